/** What stands behind movements, counted once more, naively. */
import type { Shown } from './oracle.ts';
import { eventIndependence, type Json, type Onlooker } from './oracle-answers.ts';

/** Placed no finer than what a coarse share shows. */
export const isImprecise = ({ columns: c }: Shown): boolean => ((c.cell_resolution ?? 0) as number) <= 4;

export const isSingleSource = (onlooker: Onlooker, incident: string): boolean =>
  (eventIndependence(onlooker, incident).origins as number) < 2;

export function howKnown(onlooker: Onlooker, given: readonly Shown[]): Json {
  const movements = [...new Map(given.map((movement) => [movement.rowId, movement])).values()];
  const stops = movements.flatMap(({ rowId }) =>
    onlooker.table('waypoint').filter((row) => row.columns.movement_id === rowId),
  );
  const times = movements
    .flatMap(({ columns }) => onlooker.table('report').filter((row) => row.id === columns.report_id))
    .map((report) => report.columns.recorded_at as string)
    .toSorted();
  const origins = new Set(movements.flatMap(({ columns }) => (columns.origin_id as string | null) ?? []));
  const of = <T>(list: readonly T[], test: (one: T) => boolean): number | null =>
    list.length === 0 ? null : list.filter(test).length / list.length;
  const kind = (word: string): number | null => of(stops, (stop) => stop.columns.kind === word);
  const unverified = of(movements, ({ columns }) => columns.verification === 'unverified');
  const singleSource = of(movements, ({ columns }) =>
    isSingleSource(onlooker, columns.incident_id as string),
  );
  const imprecise = of(stops, isImprecise);
  const half = (share: number | null): number => 1 - (share ?? 1) / 2;
  return {
    records: movements.length,
    complete: true,
    independentOrigins: origins.size === 0 && movements.length > 0 ? 1 : origins.size,
    observed: kind('observed'),
    stated: kind('stated'),
    inferred: kind('inferred'),
    unverified,
    singleSource,
    imprecise,
    oldestRecordedAt: times[0] ?? null,
    newestRecordedAt: times.at(-1) ?? null,
    discount: Math.round(half(unverified) * half(singleSource) * half(imprecise) * 1_000) / 1_000,
    sentence: sentence(movements.length, stops.length, unverified, singleSource, imprecise, kind('observed')),
  };
}

function sentence(
  records: number,
  stops: number,
  unverified: number | null,
  single: number | null,
  imprecise: number | null,
  observed: number | null,
): string {
  if (records === 0) return 'No record stands behind this: what happened where nobody looked is not known.';
  const out = (share: number | null, of: number): string => `${Math.round((share ?? 0) * of)} of ${of}`;
  const parts: string[] = [];
  const add = (share: number | null, words: string): void => {
    if (share !== null && share > 0) parts.push(words);
  };
  add(unverified, `the truth of ${out(unverified, records)} records, verified by nobody`);
  add(single, `a second independent origin of ${out(single, records)}`);
  add(imprecise, `the place of ${out(imprecise, stops)} stops, finer than a wide area`);
  const unseen = observed === null ? null : 1 - observed;
  add(unseen, `whether ${out(unseen, stops)} stops, said or inferred, were made`);
  return `Not known: ${[...parts, 'what happened where nobody looked'].join('; ')}.`;
}
