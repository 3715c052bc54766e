/** From counts behind a figure to what is said of it: shares, a discount, and one sentence. */
import type { HowKnown } from './how-known.type.ts';

/** Counts of distinct movements, and of all their stops. */
export interface EvidenceRow {
  readonly records: number;
  readonly independent_origins: number;
  readonly stops: number;
  readonly observed: number;
  readonly stated: number;
  readonly inferred: number;
  readonly imprecise: number;
  readonly unverified: number;
  readonly single_source: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

export const NO_EVIDENCE: EvidenceRow = {
  records: 0,
  independent_origins: 0,
  stops: 0,
  observed: 0,
  stated: 0,
  inferred: 0,
  imprecise: 0,
  unverified: 0,
  single_source: 0,
  oldest: null,
  newest: null,
};

export interface Shares {
  readonly unverified: number | null;
  readonly singleSource: number | null;
  readonly imprecise: number | null;
}

export function howKnownOf(row: EvidenceRow, complete: boolean): HowKnown {
  const { records, stops } = row;
  const share = (count: number, of: number): number | null => (of === 0 ? null : count / of);
  const shares = {
    unverified: share(row.unverified, records),
    singleSource: share(row.single_source, records),
    imprecise: share(row.imprecise, stops),
  };
  return {
    records,
    complete,
    independentOrigins: row.independent_origins,
    observed: share(row.observed, stops),
    stated: share(row.stated, stops),
    inferred: share(row.inferred, stops),
    ...shares,
    oldestRecordedAt: row.oldest,
    newestRecordedAt: row.newest,
    discount: discountOf(shares),
    sentence: sentenceOf(row),
  };
}

/**
 * 0.125 to 1. Each of the three halves a figure at most, so that none alone says that nothing is there; a share that is not known is taken as
 * the worst it can be. No share, growing, ever raises it.
 */
export function discountOf({ unverified, singleSource, imprecise }: Shares): number {
  const product = [unverified, singleSource, imprecise].reduce(
    (left: number, share) => left * (1 - (share ?? 1) / 2),
    1,
  );
  return Math.round(product * 1_000) / 1_000;
}

export function sentenceOf(row: EvidenceRow): string {
  const { records, stops } = row;
  if (records === 0) return 'No record stands behind this: what happened where nobody looked is not known.';
  const unseen = row.stated + row.inferred;
  const unknown = [
    row.unverified === 0 ? [] : `the truth of ${row.unverified} of ${records} records, verified by nobody`,
    row.single_source === 0 ? [] : `a second independent origin of ${row.single_source} of ${records}`,
    row.imprecise === 0 ? [] : `the place of ${row.imprecise} of ${stops} stops, finer than a wide area`,
    unseen === 0 ? [] : `whether ${unseen} of ${stops} stops, said or inferred, were made`,
    'what happened where nobody looked',
  ].flat();
  return `Not known: ${unknown.join('; ')}.`;
}
