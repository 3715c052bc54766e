/** Reading interdictions, and what they and incidents, entities and stations have to do with each other. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import {
  areaCondition,
  checkedCountry,
  oneOfCondition,
  overlapCondition,
} from '../../graphql/filter-conditions.sql.ts';
import type { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { EntityColumns } from '../entities/entity.type.ts';
import type { IncidentColumns } from '../incidents/incident.type.ts';
import type { InterdictionColumns } from './interdiction.type.ts';

export interface InterdictionSearch {
  readonly ids?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly bases?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly area?: AreaInput | undefined;
  readonly occurred?: TimeSpanInput | undefined;
  readonly incidentIds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

/** Withdrawn ones stand as marks for imports only. */
const STANDING = 'r.retracted_at is null';

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
      conditions: (parameters) => conditionsOf(reader, search, asKnown, parameters),
    },
    paging,
  );
}

function conditionsOf(
  reader: ViewerReader,
  search: InterdictionSearch,
  asKnown: AsKnown,
  parameters: Parameters,
): string[] {
  const conditions: string[] = [STANDING];
  if (search.ids != null) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.kinds != null) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.bases != null) conditions.push(oneOfCondition('r.basis', search.bases, parameters));
  if (search.countries != null) {
    const codes = search.countries.map((code) => checkedCountry('countries', code));
    conditions.push(oneOfCondition('r.country', codes, parameters));
  }
  if (search.area != null) conditions.push(areaCondition('r', search.area, parameters));
  if (search.occurred != null)
    conditions.push(
      overlapCondition(
        `(r.occurred_on::timestamp at time zone 'UTC')`,
        `((r.occurred_on + 1)::timestamp at time zone 'UTC')`,
        search.occurred,
        parameters,
      ),
    );
  if (search.ownerIds != null)
    conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.incidentIds != null) {
    const pairs = pairsOf(reader, search.incidentIds, asKnown, parameters);
    conditions.push(`r.row_id in (select pair.row_id from (${pairs}) pair)`);
  }
  return conditions;
}

/** Which interdictions belong to which of the incidents: by id, or by the number of the owner's own report. Only incidents the viewer sees. */
function pairsOf(
  { viewer }: ViewerReader,
  incidentIds: readonly string[],
  asKnown: AsKnown,
  parameters: Parameters,
): string {
  const ids = `${parameters.bind(incidentIds)}::uuid[]`;
  const incident = projected('incident', viewer, parameters, asKnown);
  const interdiction = projected('interdiction', viewer, parameters, asKnown);
  const report = projected('report', viewer, parameters, asKnown);
  return (
    `select i.id as incident_id, t.row_id from ${incident} i join ${interdiction} t on i.id = any(t.incident_ids) where i.id = any(${ids}) ` +
    `union select i.id as incident_id, t.row_id from ${incident} i join ${report} p on p.id = i.report_id ` +
    `join ${interdiction} t on t.owner_id = p.owner_id and t.reference = p.external_reference where i.id = any(${ids})`
  );
}

type Of<Name extends string, Row> = Row & Readonly<Record<Name, string>>;

export async function interdictionsOfIncidents(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Of<'of_incident', InterdictionColumns>[]> {
  const parameters = new Parameters();
  const pairs = pairsOf(reader, ids, asKnown, parameters);
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
