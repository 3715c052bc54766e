/** Reading movements, their waypoints and their parties. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type ListAnswer, type ListQuery, readByIds, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { MovementColumns, WaypointColumns } from './movement.type.ts';
import type { AskedMovements } from './movement-search.service.ts';
import { movementConditions } from './movement-source.sql.ts';

export interface PartyMemberRow {
  readonly movement_id: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  readonly age_band: string;
}

export function listMovements(
  reader: ViewerReader,
  asked: AskedMovements,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<MovementColumns>> {
  return readList<MovementColumns>(reader, movementList(reader, asked), paging);
}

/** What a list of movements is, however it is read. */
export function movementList({ viewer }: ViewerReader, { search, asKnown }: AskedMovements): ListQuery {
  return {
    table: 'movement',
    asKnown,
    sort: { column: 'r.occurred_from', type: 'timestamptz' },
    conditions: (parameters) => movementConditions(viewer, search, asKnown, parameters),
  };
}

export function movementsByIds(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly MovementColumns[]> {
  return readByIds<MovementColumns>(reader, 'movement', 'id', ids, 'r.id', asKnown);
}

export function movementsByIncidents(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly MovementColumns[]> {
  return readByIds<MovementColumns>(reader, 'movement', 'incident_id', ids, 'r.incident_id, r.id', asKnown);
}

export function waypointsByMovements(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly WaypointColumns[]> {
  return readByIds<WaypointColumns>(
    reader,
    'waypoint',
    'movement_id',
    ids,
    'r.movement_id, r.ordinal',
    asKnown,
  );
}

export function partiesByMovements(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly PartyMemberRow[]> {
  return readByIds<PartyMemberRow>(
    reader,
    'party_member',
    'movement_id',
    ids,
    'r.movement_id, r.age_band, r.sex, r.subject_id',
  );
}
