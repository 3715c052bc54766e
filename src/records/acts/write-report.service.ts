/** A report by hand on its way to the records: what it was made from, and its writing. */
import { seenClasses, type Viewer } from '../../access/viewer.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { ReportDraft } from '../../intake/reports/report-draft.ts';
import type { Reason } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { isThere } from './act.store.ts';

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

/** A source that the caller may not see is as absent as one that does not exist. */
export async function unseenSource(
  connection: Queryable,
  viewer: Viewer,
  { origin: { derivedFrom } }: ReportDraft,
  ownId: string | null,
): Promise<Reason | null> {
  if (derivedFrom === undefined) return null;
  const classes = seenClasses(viewer);
  if (isId(derivedFrom) && derivedFrom !== ownId && (await isThere(connection, derivedFrom, classes)))
    return null;
  return {
    where: 'origin.derivedFrom',
    found: 'no such report',
    wanted: 'another report that stands and that you can see',
  };
}

export async function writeReport(
  { sink, keys }: ImportTools,
  connection: Queryable,
  ownerId: string,
  handling: Handling,
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
  const classes = await ownClasses(connection, ownerId, handling, RECORD_CLASSES);
  const contentDigest = keys.token(`content/${ownerId}`, JSON.stringify(decided.draft));
  await sink.write(connection, { batchId: null, ownerId, classes, handling, now }, [
    { ...decided, contentDigest, notes: [] },
  ]);
}
