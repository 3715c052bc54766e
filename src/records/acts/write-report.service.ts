/** A report by hand on its way to the records: what it was made from, and its writing. */
import { seenClasses, type Viewer } from '../../access/viewer.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { ReportDraft } from '../../intake/reports/report-draft.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { highestHandling, highestPap, isLower, isLowerPap } from '../../kernel/handling.ts';
import { isId } from '../../kernel/ids.ts';
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { markingOf } from './act.store.ts';

const RECORD_CLASSES = [
  'report',
  'incident',
  'movement',
  'statement',
  'entity',
  'effort',
  'flow',
  'personal',
] as const;

/** How a report is to be marked. */
export interface Marking {
  readonly handling: Handling;
  readonly pap: Pap;
  /** Made from what another organisation keeps: to be shown to third parties its originator would have to consent. */
  readonly withheld: boolean;
}

/**
 * Markings only rise: what is made from a report is marked at least as high. `said` undefined: as `usual`, or as high as it must be. A source
 * that the caller may not see is as absent as one that does not exist.
 */
export async function markingFor(
  connection: Queryable,
  viewer: Viewer,
  { origin: { derivedFrom } }: ReportDraft,
  ownId: string | null,
  {
    said,
    usual,
    saidPap,
    usualPap,
  }: {
    readonly said: Handling | undefined;
    readonly usual: Handling;
    readonly saidPap: Pap | undefined;
    readonly usualPap: Pap;
  },
): Promise<Outcome<Marking>> {
  if (derivedFrom === undefined)
    return accept({ handling: said ?? usual, pap: saidPap ?? usualPap, withheld: false });
  const classes = seenClasses(viewer);
  const source =
    isId(derivedFrom) && derivedFrom !== ownId ? await markingOf(connection, derivedFrom, classes) : null;
  if (source === null)
    return refuse({
      where: 'origin.derivedFrom',
      found: 'no such report',
      wanted: 'another report that stands and that you can see',
    });
  if (said !== undefined && isLower(said, source.handling))
    return refuse({
      where: 'handling',
      found: said.toUpperCase(),
      wanted: `${source.handling.toUpperCase()} or higher, as the report it is made from`,
    });
  if (saidPap !== undefined && isLowerPap(saidPap, source.pap))
    return refuse({
      where: 'pap',
      found: saidPap.toUpperCase(),
      wanted: `${source.pap.toUpperCase()} or higher, as the report it is made from`,
    });
  return accept({
    pap: saidPap ?? highestPap([usualPap, source.pap]),
    handling: said ?? highestHandling([usual, source.handling]),
    withheld: source.owner_id !== viewer.organisationId || source.sensitivity !== 'routine',
  });
}

/** Leaving out, in a correction, what an earlier version was made from lowers nothing. Null: the marking will do. */
export function belowSources(
  marking: Pick<Marking, 'handling' | 'pap'>,
  sources: readonly Pick<Marking, 'handling' | 'pap'>[],
): Reason | null {
  const handling = highestHandling(sources.map((source) => source.handling));
  const pap = highestPap(sources.map((source) => source.pap));
  const wanted = (least: string): string =>
    `${least.toUpperCase()} or higher, as what a version of it was made from`;
  if (isLower(marking.handling, handling))
    return { where: 'handling', found: marking.handling.toUpperCase(), wanted: wanted(handling) };
  if (isLowerPap(marking.pap, pap))
    return { where: 'pap', found: marking.pap.toUpperCase(), wanted: wanted(pap) };
  return null;
}

export async function writeReport(
  { sink, keys }: ImportTools,
  connection: Queryable,
  ownerId: string,
  { handling, pap, withheld }: Marking,
  now: Date,
  decided: {
    readonly recordId: string;
    readonly decision: 'accepted' | 'version';
    readonly version: number;
    readonly occurrence: number;
    readonly identityDigest: Uint8Array;
    readonly draft: ReportDraft;
  },
): Promise<void> {
  const classes = await ownClasses(connection, ownerId, handling, RECORD_CLASSES, withheld);
  const contentDigest = keys.token(`content/${ownerId}`, JSON.stringify(decided.draft));
  await sink.write(connection, { batchId: null, ownerId, classes, handling, pap, now }, [
    { ...decided, contentDigest, notes: [] },
  ]);
}
