/** Whether somebody is there to be told something: for other slices of people. */
import type { Queryable } from '../../platform/database.ts';
import { isColleague } from './account.store.ts';

/** A living account or a good key of the organisation, and no dashboard or partner. */
export function findColleague(
  connection: Queryable,
  organisationId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  return isColleague(connection, organisationId, id, now);
}
