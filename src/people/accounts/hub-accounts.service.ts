/** Accounts of the whole hub, for its command line. */
import { readSlugs } from '../../access/organisation.view.ts';
import { idleSince } from '../../access/session.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import {
  type AccountRow,
  type ListedAccount,
  listAccounts,
  listSessions,
  lockAccount,
} from './account.store.ts';

export type HubAccount = AccountRow;

/** Nobody's name: those are for the data officers of the organisation. */
export async function listHubAccounts({
  database,
  now: clock,
}: ImportTools): Promise<
  readonly { readonly row: ListedAccount; readonly slug: string; readonly sessions: number }[]
> {
  const now = clock();
  const slugs = await readSlugs(database);
  return database.unrestricted('list accounts', async (connection) => {
    const rows = await listAccounts(connection, null, null, now);
    const accountIds = rows.map(({ id }) => id);
    const sessions = await listSessions(connection, accountIds, now, idleSince(now));
    return rows.map((row) => ({
      row,
      slug: slugs.get(row.organisation_id ?? '') ?? '-',
      sessions: sessions.filter((each) => each.account_id === row.id).length,
    }));
  });
}

/** Under its lock. Throws NOT_FOUND. */
export async function onHubAccount<T>(
  { database }: ImportTools,
  id: string,
  work: (connection: Queryable, row: HubAccount) => Promise<T>,
): Promise<T> {
  return database.unrestricted('an act on an account', async (connection) => {
    const row = isId(id) ? await lockAccount(connection, id, undefined) : null;
    if (row === null || row.forgotten_at !== null)
      throw new HeadwaterError(
        'NOT_FOUND',
        'found no account with that id, wanted one as `account list` shows it',
      );
    return work(connection, row);
  });
}
