/** Records for an export, page by page: what a list would show this viewer, and what of its surroundings the viewer may see. */
import { type AsKnown, KNOWN_NOW, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListQuery, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Pap } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { ExportedWaypoint } from './record-rows.ts';

export interface ClassCount {
  readonly class_id: number;
  readonly owner_id: string;
  readonly rows: number;
  readonly redacted: number;
}

/** How many rows of which class there are: what an export is marked as is known before its first byte. */
export async function countByClass(reader: ViewerReader, query: ListQuery): Promise<readonly ClassCount[]> {
  const parameters = new Parameters();
  const from = projected(query.table, reader.viewer, parameters, query.asKnown);
  const text =
    'select r.visibility_class_id as class_id, r.owner_id, count(*)::int as rows, (count(*) filter (where r.redacted))::int as redacted ' +
    `from ${from} r where ${query.conditions(parameters).join(' and ')} group by 1, 2 order by 1, 2`;
  return reader.read((connection) => connection.query<ClassCount>(text, parameters.values));
}

/** Classes of all that is seen of these tables, as markings alone: what an export stands on beside its own rows counts as none of them. */
export async function markingsOf(
  reader: ViewerReader,
  tables: readonly ProjectedTable[],
  query: ListQuery,
): Promise<readonly ClassCount[]> {
  const asKnown = (table: ProjectedTable) => (HAS_A_PAST.has(table) ? query.asKnown : KNOWN_NOW);
  const found = await Promise.all(
    tables.map((table) =>
      countByClass(reader, { ...query, table, asKnown: asKnown(table), conditions: () => ['true'] }),
    ),
  );
  return found.flat().map((each) => ({ ...each, rows: 0, redacted: 0 }));
}

const HAS_A_PAST: ReadonlySet<ProjectedTable> = new Set(['incident', 'effort', 'same_incident_link']);

/** One page by keyset, in a transaction of its own: no connection is held while somebody reads slowly. */
export async function readRecords<Row>(
  reader: ViewerReader,
  query: ListQuery,
  first: number,
  after: Cursor | null,
): Promise<{ readonly rows: readonly Row[]; readonly next: Cursor | null }> {
  const { page } = await readList<Row>(reader, query, { first, after });
  const last = page.rows.at(-1);
  return {
    rows: page.rows,
    next: page.hasNextPage && last !== undefined ? { value: last.cursor_value, id: last.cursor_id } : null,
  };
}

/** Of half its columns: a million movements have four million of these. */
const WAYPOINT =
  'r.movement_id, r.ordinal, r.kind, r.basis, r.mode, r.level, r.country, r.longitude, r.latitude, r.uncertainty_km, r.cell, r.occurred_from';

export async function waypointsOf(
  reader: ViewerReader,
  rowIds: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ExportedWaypoint[]> {
  const parameters = new Parameters();
  const from = projected('waypoint', reader.viewer, parameters, asKnown);
  const text = `select ${WAYPOINT} from ${from} r where r.movement_id = any(${parameters.bind(rowIds)}::uuid[]) order by r.movement_id, r.ordinal`;
  return reader.read((connection) => connection.query<ExportedWaypoint>(text, parameters.values));
}

/** Permissible actions by the id of a report, of those that the viewer sees. */
export async function papOfReports(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<ReadonlyMap<string, Pap>> {
  const rows = await readColumns<{ id: string; pap: Pap }>(reader, 'report', 'r.id, r.pap', ids, asKnown);
  return new Map(rows.map(({ id, pap }) => [id, pap]));
}

/** The report each is from, of those that the viewer sees. */
export async function reportsOf(
  reader: ViewerReader,
  table: 'incident' | 'movement',
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<ReadonlyMap<string, string>> {
  const rows = await readColumns<{ id: string; report_id: string }>(
    reader,
    table,
    'r.id, r.report_id',
    ids,
    asKnown,
  );
  return new Map(rows.map(({ id, report_id }) => [id, report_id]));
}

async function readColumns<Row>(
  reader: ViewerReader,
  table: ProjectedTable,
  columns: string,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly Row[]> {
  const parameters = new Parameters();
  const from = projected(table, reader.viewer, parameters, asKnown);
  const text = `select ${columns} from ${from} r where r.id = any(${parameters.bind([...new Set(ids)])}::uuid[])`;
  return reader.read((connection) => connection.query<Row>(text, parameters.values));
}
