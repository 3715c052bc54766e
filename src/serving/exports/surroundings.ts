/** Pages of records with what stands around each: its owner, its marking, its report and places as far as the viewer sees them. */
import type { ViewerReader } from '../../access/reader.ts';
import type { ListQuery } from '../../graphql/list.sql.ts';
import type { OwnedColumns } from '../../graphql/owned-record.type.ts';
import { notePerson } from '../../graphql/persons-read.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Marks } from './collection.ts';
import { papOfReports, readRecords, reportsOf, waypointsOf } from './record-pages.view.ts';
import type { ExportedWaypoint, Surroundings } from './record-rows.ts';

/** A page and the one read ahead of it are in memory: some megabytes of movements with their stops. */
const ROWS_A_PAGE = 2_000;

type Row = OwnedColumns & { readonly visibility_class_id: number };

export interface Composing<R> {
  readonly reader: ViewerReader;
  readonly query: ListQuery;
  readonly marks: Marks;
  readonly rows: readonly R[];
}

/** The next page is read while this one is written; whoever stops taking pages ends the reading. */
export async function* pagesOf<R extends Row, Made>(
  reader: ViewerReader,
  query: ListQuery,
  marks: Marks,
  compose: (composing: Composing<R>) => Promise<readonly Made[]>,
): AsyncGenerator<readonly Made[]> {
  const read = async (after: Cursor | null) => {
    const { rows, next } = await readRecords<R>(reader, query, ROWS_A_PAGE, after);
    return { made: await compose({ reader, query, marks, rows }), next };
  };
  let coming = read(null);
  while (true) {
    const { made, next } = await coming;
    if (next !== null) {
      coming = read(next);
      // Nobody may be waiting for it any more when it fails.
      coming.catch(() => undefined);
    }
    yield made;
    if (next === null) return;
  }
}

/** Of each row of the page, by the report it is from. */
export async function papOf<R extends Row>(
  { reader, query, marks, rows }: Composing<R>,
  reportOf: (row: R) => string | null,
): Promise<(row: R) => Surroundings> {
  const ids = rows.flatMap((row) => reportOf(row) ?? []);
  const paps = await papOfReports(reader, ids, query.asKnown);
  return (row) => {
    const reportId = reportOf(row);
    const pap = reportId === null ? undefined : paps.get(reportId);
    return {
      owner: marks.slugOf(row.owner_id),
      handling: marks.handlingOf(row.visibility_class_id),
      pap: pap ?? null,
      reportId: pap === undefined ? null : reportId,
    };
  };
}

/** The reports of the incidents or movements that rows hang on, of those that the viewer sees. */
export function throughParent<R extends Row>(
  { reader, query, rows }: Composing<R>,
  table: 'incident' | 'movement',
  parentOf: (row: R) => string,
): Promise<ReadonlyMap<string, string>> {
  return reportsOf(reader, table, rows.map(parentOf), query.asKnown);
}

export async function waypointsByMovement<R extends Row>({
  reader,
  query,
  rows,
}: Composing<R>): Promise<ReadonlyMap<string, readonly ExportedWaypoint[]>> {
  const found = new Map<string, ExportedWaypoint[]>(rows.map((row) => [row.row_id, []]));
  const waypoints = await waypointsOf(
    reader,
    rows.map((row) => row.row_id),
    query.asKnown,
  );
  for (const waypoint of waypoints) found.get(waypoint.movement_id)?.push(waypoint);
  return found;
}

/** Whoever is shown a person leaves a trace of it. */
export function notePersons(
  reader: ViewerReader,
  rows: readonly { readonly id: string; readonly owner_id: string; readonly kind: string }[],
): void {
  for (const { id, owner_id, kind } of rows) if (kind === 'individual') notePerson(reader, id, owner_id);
}
