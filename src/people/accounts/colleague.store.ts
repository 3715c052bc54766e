/** Who of an organisation is a second person, as far as the hub can know. */
import type { Queryable } from '../../platform/database.ts';

const TAKEN_UP = `a.organisation_id = $2 and a.disabled_at is null and a.role not in ('dashboard', 'partner')
  and (exists (select 1 from account_secret s where s.account_id = a.id) or exists (select 1 from account_identity i where i.account_id = a.id))`;

/**
 * A second person by all the hub can know. An account that somebody took up, which the asker did not invite, by this key or one before it: who invites can take it up. Where
 * the organisation has no such account, a good key of a data officer's: nobody knows who holds a key, and one may hold two.
 */
export async function isSecondPerson(
  connection: Queryable,
  organisationId: string,
  id: string,
  askerId: string,
  now: Date,
): Promise<boolean> {
  const rows = await connection.query(
    `with recursive line as (
       select $3::uuid as id union select k.rotated_from from line join api_key k on k.id = line.id where k.rotated_from is not null)
     select from account a where a.id = $1 and a.id <> $3 and (a.invited_by is null or a.invited_by not in (select id from line)) and ${TAKEN_UP}
     union all
     select from api_key k where k.id = $1 and k.id not in (select id from line) and k.organisation_id = $2 and k.revoked_at is null and k.expires_at > $4
       and k.role = 'data_officer' and not exists (
         select from account a where a.id <> $3 and (a.invited_by is null or a.invited_by not in (select id from line)) and ${TAKEN_UP})`,
    [id, organisationId, askerId, now.toISOString()],
  );
  return rows.length > 0;
}
