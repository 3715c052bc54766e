/** What another slice may ask of an agreement: whether it runs now, between whom, and for what. */
import { isId } from '../../kernel/ids.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { listAgreements, partiesOf } from './agreement.store.ts';
import { stateAt } from './agreement.ts';
import { standingOf } from './on-agreement.service.ts';

export interface RunningAgreement {
  readonly id: string;
  readonly partyIds: readonly string[];
  readonly purposes: readonly Purpose[];
}

/** Of one party, at this moment. Null for one that is not there, between others, not begun, suspended, ended or not signed by all. */
export async function runningAgreement(
  connection: Queryable,
  organisationId: string,
  id: string,
  now: Date,
): Promise<RunningAgreement | null> {
  const [row] = isId(id) ? await listAgreements(connection, organisationId, [id]) : [];
  if (row === undefined || stateAt(await standingOf(connection, row), now) !== 'active') return null;
  const parties = await partiesOf(connection, row.id);
  return {
    id: row.id,
    partyIds: parties.map(({ organisation_id }) => organisation_id),
    purposes: row.terms.purposes,
  };
}
