/** Events and the statements made of them, one statement a request each. */
import type { AsKnown } from '../../access/projected.sql.ts';
import { perMoment, type ViewerReader } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { readByIds } from '../../graphql/list.sql.ts';
import type { StatementColumns } from '../entities/entity.type.ts';
import { readEvents } from './same-incident-link.view.ts';

const eventOfIncident = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => readEvents(reader, ids, asKnown),
    (row) => row.one,
  ),
);

const statementsOfIncident = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) =>
      readByIds<StatementColumns>(reader, 'statement', 'incident_id', ids, 'r.incident_id, r.id', asKnown),
    (row) => row.incident_id,
  ),
);

/** Ids of all incidents that are one event with this one, itself among them, in ascending order. */
export async function eventOf(
  reader: ViewerReader,
  incidentId: string,
  asKnown: AsKnown,
): Promise<readonly string[]> {
  const rows = await eventOfIncident(reader, asKnown).load(incidentId);
  return rows.length === 0 ? [incidentId] : rows.map(({ other }) => other);
}

/** Statements about the incidents and the journeys in them, not those about suspects and things. */
export async function statementsOfEvent(
  reader: ViewerReader,
  incidentIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly StatementColumns[]> {
  const lists = await Promise.all(incidentIds.map((id) => statementsOfIncident(reader, asKnown).load(id)));
  return lists.flat().filter((row) => row.about_kind !== 'entity');
}
