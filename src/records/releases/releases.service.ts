/** Releasing reports one by one under agreements that share case by case, and keeping what is corrected where it was released. */
import { releasedClasses } from '../../access/visibility.store.ts';
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import type { WriteContext } from '../../intake/imports/import-types.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import {
  endRelease,
  insertRelease,
  lockReleasable,
  moveReport,
  type Releasable,
  type Release,
  releasesStanding,
} from './release.store.ts';

export {
  moveReportTo,
  type Releasable,
  type Release,
  type ReleaseRow,
  releasesUnder,
} from './release.store.ts';

/** A report of one's own that stands, locked as every act locks it, while no import runs. Null: there is none. Throws BUSY. */
export async function holdReleasable(
  connection: Queryable,
  ownerId: string,
  reportId: string,
): Promise<Releasable | null> {
  await holdImports(connection, ownerId);
  return lockReleasable(connection, ownerId, reportId);
}

/** Of a held report. Works on the next request, of every version and all the report tells. False where it was released under it already. */
export async function releaseHeld(
  connection: Queryable,
  ids: IdSource,
  release: Release,
  keyId: string,
  now: Date,
): Promise<boolean> {
  const released = await insertRelease(connection, ids, release, keyId, now);
  if (released) await settle(connection, release.reportId);
  return released;
}

/** Of a held report. False where it was not released under it. */
export async function takeBackHeld(
  connection: Queryable,
  release: Release,
  keyId: string,
  now: Date,
): Promise<boolean> {
  const ended = await endRelease(connection, release, keyId, now);
  if (ended) await settle(connection, release.reportId);
  return ended;
}

async function settle(connection: Queryable, reportId: string): Promise<void> {
  const standing = await releasesStanding(connection, [reportId]);
  await moveReport(connection, reportId, standing.get(reportId) ?? []);
}

/** A correction of what was released stays released: the context to write it in, by report, where `contextOf` says how it would be otherwise. Reports that never were are left out. */
export async function releasedContexts(
  connection: Queryable,
  contextOf: (reportId: string) => WriteContext,
  corrected: readonly string[],
): Promise<ReadonlyMap<string, WriteContext>> {
  const contexts = new Map<string, WriteContext>();
  for (const [reportId, agreements] of await releasesStanding(connection, corrected)) {
    const context = contextOf(reportId);
    const into = await releasedClasses(connection, Object.values(context.classes), agreements);
    const classes = Object.fromEntries(
      Object.entries(context.classes).map(([recordClass, id]) => [recordClass, into.get(id) ?? id]),
    ) as typeof context.classes;
    contexts.set(reportId, { ...context, classes });
  }
  return contexts;
}
