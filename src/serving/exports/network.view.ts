/** What ties entities together, as one viewer sees it: who took part in which incident, and who uses, owns or works for what. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { ListQuery } from '../../graphql/list.sql.ts';
import type { EntityKind, SuspicionStatus } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { IncidentColumns } from '../../records/incidents/incident.type.ts';
import type { ClassCount } from './record-pages.view.ts';

export interface EntityNodeColumns {
  readonly id: string;
  readonly row_id: string;
  readonly owner_id: string;
  readonly kind: EntityKind;
  readonly label: string;
  readonly version: number;
  readonly redacted: boolean;
  readonly known_from: Date;
  readonly report_id: string;
  readonly person_id: string | null;
  readonly visibility_class_id: number;
}

export type IncidentNodeColumns = IncidentColumns & {
  readonly known_from: Date;
  readonly visibility_class_id: number;
};

export interface TieColumns {
  readonly from_row: string;
  readonly to_row: string;
  readonly role: string;
  readonly visibility_class_id: number;
}

export function participationsOf(
  reader: ViewerReader,
  rows: readonly string[],
): Promise<readonly TieColumns[]> {
  return ties(
    reader,
    'participation',
    'r.entity_id as from_row, r.incident_id as to_row, r.role',
    'entity_id',
    rows,
  );
}

export function linksFrom(reader: ViewerReader, rows: readonly string[]): Promise<readonly TieColumns[]> {
  return ties(
    reader,
    'entity_link',
    'r.from_entity as from_row, r.to_entity as to_row, r.kind as role',
    'from_entity',
    rows,
  );
}

/** The living or past rows that ties point at, of those that the viewer sees. */
export function rowsOf<Row>(
  reader: ViewerReader,
  table: 'incident' | 'entity',
  rows: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Row[]> {
  const parameters = new Parameters();
  const from = projected(table, reader.viewer, parameters, asKnown);
  const text = `select r.* from ${from} r where r.row_id = any(${parameters.bind(rows)}::uuid[]) order by r.row_id`;
  return reader.read((connection) => connection.query<Row>(text, parameters.values));
}

/** Incidents that the entities of a query took part in, by class: they go out with them. */
export function countIncidentsOf(
  reader: ViewerReader,
  { conditions, asKnown }: Pick<ListQuery, 'conditions' | 'asKnown'>,
): Promise<readonly ClassCount[]> {
  const parameters = new Parameters();
  const [incident, participation, entity] = [
    projected('incident', reader.viewer, parameters, asKnown),
    projected('participation', reader.viewer, parameters),
    projected('entity', reader.viewer, parameters, asKnown),
  ];
  const text = `
select i.visibility_class_id as class_id, i.owner_id, count(*)::int as rows, (count(*) filter (where i.redacted))::int as redacted
from ${incident} i where i.row_id in (
  select p.incident_id from ${participation} p join ${entity} r on r.row_id = p.entity_id where ${conditions(parameters).join(' and ')})
group by 1, 2 order by 1, 2`;
  return reader.read((connection) => connection.query<ClassCount>(text, parameters.values));
}

/** What persons are held for at the moment, by person and the class it is seen in: a person may be held for something in several. */
export async function suspicionsOf(
  reader: ViewerReader,
  persons: readonly string[],
  asKnown: AsKnown,
): Promise<ReadonlyMap<string, SuspicionStatus>> {
  const parameters = new Parameters();
  const from = projected('suspicion', reader.viewer, parameters, asKnown);
  const text = `select r.person_id, r.visibility_class_id, r.status from ${from} r where r.person_id = any(${parameters.bind(persons)}::uuid[])`;
  const found = await reader.read((connection) =>
    connection.query<{ person_id: string; visibility_class_id: number; status: SuspicionStatus }>(
      text,
      parameters.values,
    ),
  );
  return new Map(found.map((row) => [`${row.person_id} ${row.visibility_class_id}`, row.status]));
}

function ties(
  reader: ViewerReader,
  table: ProjectedTable,
  columns: string,
  column: string,
  rows: readonly string[],
): Promise<readonly TieColumns[]> {
  const parameters = new Parameters();
  const from = projected(table, reader.viewer, parameters);
  const text = `select ${columns}, r.visibility_class_id from ${from} r where r.${column} = any(${parameters.bind(rows)}::uuid[]) order by 1, 2, 3`;
  return reader.read((connection) => connection.query<TieColumns>(text, parameters.values));
}
