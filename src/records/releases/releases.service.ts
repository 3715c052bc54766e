/** Releasing reports one by one under agreements that share case by case, and keeping what is corrected where it was released. */
import { type ReleasedUnder, releasedClasses } from '../../access/visibility.store.ts';
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import type { WriteContext } from '../../intake/imports/import-types.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { withConsent } from './derivation.store.ts';
import {
  endRelease,
  insertRelease,
  lockReleasable,
  moveReport,
  type Releasable,
  type Release,
  releasesStanding,
} from './release.store.ts';

export { marksOfSources } from './derivation.store.ts';
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

/** Of a held report: whether every originator of it consents to its release under the agreement. */
export async function isConsented(
  connection: Queryable,
  { reportId, agreementId }: Pick<Release, 'reportId' | 'agreementId'>,
): Promise<boolean> {
  const asked = [{ report_id: reportId, agreement_id: agreementId }];
  return (await withConsent(connection, asked)).length > 0;
}

/**
 * Of a locked report that is about to be made from others' reports: its releases end for which not every originator consents. Answers their
 * agreements.
 */
export async function endWithoutConsent(
  connection: Queryable,
  ownerId: string,
  becoming: { readonly reportId: string; readonly derivedFrom?: string | undefined },
  keyId: string,
  now: Date,
): Promise<readonly string[]> {
  const { reportId, derivedFrom } = becoming;
  const standing = (await releasesStanding(connection, [reportId])).get(reportId) ?? [];
  const asked = standing.map((agreement_id) => ({ report_id: reportId, agreement_id }));
  const consented = new Set(
    (await withConsent(connection, asked, derivedFrom === undefined ? [] : [{ reportId, derivedFrom }])).map(
      ({ agreement_id }) => agreement_id,
    ),
  );
  const ending = standing.filter((agreementId) => !consented.has(agreementId));
  for (const agreementId of ending)
    await endRelease(connection, { agreementId, ownerId, reportId }, keyId, now);
  if (ending.length > 0) await settle(connection, reportId);
  return ending;
}

async function settle(connection: Queryable, reportId: string): Promise<void> {
  const standing = await releasedUnder(connection, [reportId]);
  await moveReport(connection, reportId, standing.get(reportId) ?? { agreements: [], consented: [] });
}

/** Reports that are released under none are left out. */
async function releasedUnder(
  connection: Queryable,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, ReleasedUnder>> {
  const standing = await releasesStanding(connection, reportIds);
  const asked = [...standing].flatMap(([report_id, agreements]) =>
    agreements.map((agreement_id) => ({ report_id, agreement_id })),
  );
  const consents = asked.length === 0 ? [] : await withConsent(connection, asked);
  return new Map(
    [...standing].map(([reportId, agreements]) => {
      const consented = consents
        .filter(({ report_id }) => report_id === reportId)
        .map(({ agreement_id }) => agreement_id);
      return [reportId, { agreements, consented }];
    }),
  );
}

/** A correction of what was released stays released: the context to write it in, by report, where `contextOf` says how it would be otherwise. Reports that never were are left out. */
export async function releasedContexts(
  connection: Queryable,
  contextOf: (reportId: string) => WriteContext,
  corrected: readonly string[],
): Promise<ReadonlyMap<string, WriteContext>> {
  const contexts = new Map<string, WriteContext>();
  for (const [reportId, under] of await releasedUnder(connection, corrected)) {
    const context = contextOf(reportId);
    const into = await releasedClasses(connection, Object.values(context.classes), under);
    const classes = Object.fromEntries(
      Object.entries(context.classes).map(([recordClass, id]) => [recordClass, into.get(id) ?? id]),
    ) as typeof context.classes;
    contexts.set(reportId, { ...context, classes });
  }
  return contexts;
}
