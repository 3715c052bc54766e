/** Asking originators about a report that was made from theirs, and what their answers do to its releases. */
import type { Queryable } from '../../platform/database.ts';
import { originsOfReports } from './derivation.store.ts';
import {
  answerRequest,
  type ListedRow,
  listRequests,
  type OnwardRow,
  type Originator,
} from './onward-request.store.ts';
import { takeBackHeld } from './releases.service.ts';

export { insertRequests, lockRequest, ONWARD_STATES, type OnwardState } from './onward-request.store.ts';

/** Organisations from whose reports a report was made, along every chain, with which. Null: some of what it was made from is not there any more. */
export async function originatorsOf(
  connection: Queryable,
  reportId: string,
): Promise<readonly Originator[] | null> {
  const sources = new Map<string, string[]>();
  for (const { owner_id, source_id } of await originsOfReports(connection, [reportId])) {
    if (owner_id === null) return null;
    sources.set(owner_id, [...(sources.get(owner_id) ?? []), source_id]);
  }
  return [...sources].map(([id, all]) => ({ id, sources: all })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface ListedRequest extends ListedRow {
  /** Of the originator's own that the report was made from; none for anybody else. */
  readonly source_ids: readonly string[];
}

export async function requestsOf(
  connection: Queryable,
  organisationId: string,
  open: boolean | null,
  most: number,
): Promise<readonly ListedRequest[]> {
  const rows = await listRequests(connection, organisationId, open, most);
  const asked = rows
    .filter(({ originator_id }) => originator_id === organisationId)
    .map(({ report_id }) => report_id);
  const own = new Map<string, string[]>();
  for (const { report_id, source_id, owner_id } of await originsOfReports(connection, asked)) {
    const sources = own.get(report_id) ?? [];
    own.set(report_id, sources);
    if (owner_id === organisationId) sources.push(source_id);
  }
  return rows.map((row) => ({
    ...row,
    source_ids: row.originator_id === organisationId ? (own.get(row.report_id) ?? []) : [],
  }));
}

/**
 * Of a locked request. Consent alone releases nothing; taking it back ends the release at once. It waits for no import of the asker's, which could
 * hold it up: whoever corrects the report holds its lock too. Null where that was the answer already.
 */
export async function answerLocked(
  connection: Queryable,
  { id, state, agreement_id, asker_id, originator_id, report_id, source_ids }: OnwardRow,
  consent: boolean,
  keyId: string,
  now: Date,
): Promise<{ readonly ended: boolean } | null> {
  const stood = state === 'consented';
  const sources = (await originsOfReports(connection, [report_id]))
    .filter(({ owner_id }) => owner_id === originator_id)
    .map(({ source_id }) => source_id);
  const isTold = sources.every((source) => source_ids.includes(source));
  if (state !== 'open' && consent === stood && (!consent || isTold)) return null;
  const next = consent ? 'consented' : stood ? 'withdrawn' : 'refused';
  await answerRequest(connection, id, { state: next, sources }, keyId, now);
  if (consent || !stood) return { ended: false };
  const release = { agreementId: agreement_id, ownerId: asker_id, reportId: report_id };
  return { ended: await takeBackHeld(connection, release, keyId, now) };
}
