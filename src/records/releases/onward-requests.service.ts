/** Asking originators about a report that was made from theirs, and what their answers do to its releases. */
import type { Queryable } from '../../platform/database.ts';
import { originsOfReports } from './derivation.store.ts';
import { answerRequest, type ListedRow, listRequests, type OnwardRow } from './onward-request.store.ts';
import { takeBackHeld } from './releases.service.ts';

export { insertRequests, lockRequest, ONWARD_STATES, type OnwardState } from './onward-request.store.ts';

/** Organisations from whose reports a report was made, along every chain. Null: some of what it was made from is not there any more. */
export async function originatorsOf(
  connection: Queryable,
  reportId: string,
): Promise<readonly string[] | null> {
  const owners = (await originsOfReports(connection, [reportId])).map(({ owner_id }) => owner_id);
  const known = owners.filter((owner) => owner !== null);
  return known.length < owners.length ? null : [...new Set(known)].sort();
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
  { id, state, agreement_id, asker_id, report_id }: OnwardRow,
  consent: boolean,
  keyId: string,
  now: Date,
): Promise<{ readonly ended: boolean } | null> {
  const stood = state === 'consented';
  if (state !== 'open' && consent === stood) return null;
  await answerRequest(connection, id, consent ? 'consented' : stood ? 'withdrawn' : 'refused', keyId, now);
  if (consent || !stood) return { ended: false };
  const release = { agreementId: agreement_id, ownerId: asker_id, reportId: report_id };
  return { ended: await takeBackHeld(connection, release, keyId, now) };
}
