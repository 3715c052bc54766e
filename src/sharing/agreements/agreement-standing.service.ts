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

/** Organisations with which one has an agreement that runs now and allows onward transfer with the originator's consent. */
export async function partnersInOnward(
  connection: Queryable,
  organisationId: string,
  now: Date,
): Promise<ReadonlySet<string>> {
  const partners = new Set<string>();
  for (const row of await listAgreements(connection, organisationId, null)) {
    if (row.terms.onward !== 'with_originators_consent') continue;
    if (stateAt(await standingOf(connection, row), now) !== 'active') continue;
    for (const { organisation_id } of await partiesOf(connection, row.id)) partners.add(organisation_id);
  }
  partners.delete(organisationId);
  return partners;
}

/** Of each organisation the largest number below which an agreement of its own that runs now lets no count be passed on. */
export async function leastPersonsOfParties(
  connection: Queryable,
  organisationIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const least = new Map<string, number>();
  for (const id of organisationIds)
    for (const row of await listAgreements(connection, id, null))
      if (stateAt(await standingOf(connection, row), now) === 'active')
        least.set(id, Math.max(least.get(id) ?? 0, row.terms.suppressionK));
  return least;
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
