/** Everybody who was not erased, in all versions of all reports. */
import type { Queryable } from '../../platform/database.ts';
import type { PartyKind } from './erasure.store.ts';

export async function livingParties(
  connection: Queryable,
  kind: PartyKind,
): Promise<readonly { readonly id: string; readonly report_id: string }[]> {
  return connection.query(
    `select p.id, coalesce(r.version_of, r.id) as report_id from ${kind} p join report r on r.id = p.report_id where p.erased_at is null`,
  );
}

/** Every report that is there, withdrawn or not. */
export async function livingReports(
  connection: Queryable,
): Promise<readonly { readonly id: string; readonly owner_id: string }[]> {
  return connection.query('select id, owner_id from report where version_of is null order by owner_id, id');
}
