/** Whether somebody is there to be told something: for other slices of people. */
import type { Queryable } from '../../platform/database.ts';
import { isSecondPerson } from './colleague.store.ts';

/** Somebody else of the organisation than who asks, and whom the asker did not make up. */
export function findSecondPerson(
  connection: Queryable,
  organisationId: string,
  id: string,
  askerId: string,
  now: Date,
): Promise<boolean> {
  return isSecondPerson(connection, organisationId, id, askerId, now);
}
