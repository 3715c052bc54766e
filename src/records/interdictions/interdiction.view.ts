/** Reading interdictions, and what they and incidents, entities and stations have to do with each other. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { EntityColumns } from '../entities/entity.type.ts';
import type { IncidentColumns } from '../incidents/incident.type.ts';
import type { InterdictionColumns } from './interdiction.type.ts';
import {
  type InterdictionSearch,
  interdictionConditions,
  pairsOf,
  STANDING,
} from './interdiction-source.sql.ts';

export function listInterdictions(
  reader: ViewerReader,
  search: InterdictionSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<InterdictionColumns>> {
  return readList<InterdictionColumns>(
    reader,
    {
      table: 'interdiction',
      asKnown,
      sort: { column: 'r.occurred_on', type: 'date' },
      conditions: (parameters) => interdictionConditions(reader.viewer, search, asKnown, parameters),
    },
    paging,
  );
}

type Of<Name extends string, Row> = Row & Readonly<Record<Name, string>>;

export async function interdictionsOfIncidents(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Of<'of_incident', InterdictionColumns>[]> {
  const parameters = new Parameters();
  const pairs = pairsOf(reader.viewer, ids, asKnown, parameters);
  const from = projected('interdiction', reader.viewer, parameters, asKnown);
  return readPairs(
    reader,
    asKnown,
    parameters,
    `select r.*, pair.incident_id as of_incident from (${pairs}) pair join ${from} r on r.row_id = pair.row_id where ${STANDING} order by r.occurred_on, r.row_id`,
  );
}

export async function interdictionsOfEntities(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Of<'of_entity', InterdictionColumns>[]> {
  const parameters = new Parameters();
  const from = projected('interdiction', reader.viewer, parameters, asKnown);
  const wanted = `unnest(${parameters.bind(ids)}::uuid[]) as wanted (id)`;
  return readPairs(
    reader,
    asKnown,
    parameters,
    `select r.*, wanted.id as of_entity from ${wanted} join ${from} r on wanted.id = any(r.entity_ids) where ${STANDING} order by r.occurred_on, r.row_id`,
  );
}

export async function interdictionsOfStations(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly InterdictionColumns[]> {
  const parameters = new Parameters();
  const from = projected('interdiction', reader.viewer, parameters);
  return readPairs(
    reader,
    { at: null },
    parameters,
    `select r.* from ${from} r where r.station_id = any(${parameters.bind(ids)}::uuid[]) and ${STANDING} order by r.occurred_on, r.row_id`,
  );
}

/** By the interdiction's own row: what it belongs to by id, and by the number of its owner's report. */
export async function incidentsOfInterdictions(
  reader: ViewerReader,
  rowIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Of<'of_interdiction', IncidentColumns>[]> {
  const parameters = new Parameters();
  const rows = `${parameters.bind(rowIds)}::uuid[]`;
  const from = projected('incident', reader.viewer, parameters, asKnown);
  const interdiction = projected('interdiction', reader.viewer, parameters, asKnown);
  const report = projected('report', reader.viewer, parameters, asKnown);
  return readPairs(
    reader,
    asKnown,
    parameters,
    `select r.*, pair.row_id as of_interdiction from (` +
      `select t.row_id, unnest(t.incident_ids) as incident_id from ${interdiction} t where t.row_id = any(${rows}) ` +
      `union select t.row_id, i.id from ${interdiction} t join ${report} p on p.owner_id = t.owner_id and p.external_reference = t.reference ` +
      `join ${from} i on i.report_id = p.id where t.row_id = any(${rows})) pair join ${from} r on r.id = pair.incident_id order by r.id`,
  );
}

export async function entitiesByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly EntityColumns[]> {
  const parameters = new Parameters();
  const from = projected('entity', reader.viewer, parameters, asKnown);
  const text = `select r.* from ${from} r where r.id = any(${parameters.bind(ids)}::uuid[]) order by r.id`;
  return readPairs(reader, asKnown, parameters, text);
}

/** What hangs on a row of the past is asked for as of the same moment. */
async function readPairs<Row extends object>(
  reader: ViewerReader,
  asKnown: AsKnown,
  parameters: Parameters,
  text: string,
): Promise<readonly Row[]> {
  const rows = await reader.read((connection) => connection.query<Row>(text, parameters.values));
  return asKnown.at === null ? rows : rows.map((row) => ({ ...row, as_known: asKnown }));
}
