/** Reading where and when each event was first observed, as counts of places and months, and the incidents behind some of them. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { EffortScope } from '../../records/flows/effort.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { datedMovements, watchedRows } from './dated-movements.sql.ts';

export interface ScanScope {
  /** First days of months, `to` excluded. */
  readonly from: string;
  readonly to: string;
  /** H3, 2–7: checked by the caller. */
  readonly resolution: number;
  /** 'cell': of the first observed stop. 'place': of the first crossing point where seen staff-time found it. */
  readonly by: 'cell' | 'place';
}

/** Texts of lines: place (a cell, or the id of a crossing point), month, events. */
export async function readScanCounts(
  reader: ViewerReader,
  asked: AskedMovements,
  scope: ScanScope,
  effort: EffortScope | null,
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const text = `
with ${firstSeen(reader, asked, scope, effort, parameters)}
select ${linesOf('key', `to_char(month, 'YYYY-MM')`, 'events')} as block
from (select key, month, count(*) as events from first group by key, month) counted group by key`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}

/**
 * Of the events of the places with these keys from `from` on, a text each place whose lines are: place, month, event, incident, origin, owner, crossing point; the last two
 * empty where no seen staff-time found it, the origin where it is not known. An event has as many lines as it has reports and places.
 */
export async function readScanIncidents(
  reader: ViewerReader,
  asked: AskedMovements,
  scope: ScanScope,
  effort: EffortScope | null,
  { keys, from }: { readonly keys: readonly string[]; readonly from: string },
): Promise<readonly string[]> {
  const parameters = new Parameters();
  const text = `
with ${firstSeen(reader, asked, scope, effort, parameters)},
behind as (
  select distinct f.key, f.month, f.event_id, d.incident_id, d.origin_id, w.owner_id, w.place_id
  from first f join dated d on d.event_id = f.event_id left join watched w on w.row_id = d.row_id
  where f.key = any(${parameters.bind(keys)}::text[]) and f.month >= ${parameters.bind(from)}::date)
select ${linesOf(
    'key',
    `to_char(month, 'YYYY-MM')`,
    'event_id',
    'incident_id',
    `coalesce(origin_id::text, '')`,
    `coalesce(owner_id::text, '')`,
    `coalesce(place_id::text, '')`,
  )} as block from behind group by key`;
  const rows = await reader.read((connection) =>
    connection.query<{ readonly block: string }>(text, parameters.values),
  );
  return rows.map(({ block }) => block);
}

/** `first (event_id, month, key)`: one row an event, since a null model that deals times again deals them to whole events. */
function firstSeen(
  reader: ViewerReader,
  asked: AskedMovements,
  { from, to, resolution, by }: ScanScope,
  effort: EffortScope | null,
  parameters: Parameters,
): string {
  const waypoint = projected('waypoint', reader.viewer, parameters, asked.asKnown);
  const [key, ordinal, join] =
    by === 'place'
      ? ['s.place_id::text', 's.ordinal', 'join watched s on s.row_id = d.row_id']
      : [
          `(${cellAtMost('s', resolution)})::text`,
          's.ordinal',
          `join ${waypoint} s on s.movement_id = d.row_id and s.kind = 'observed' and s.cell_resolution >= ${resolution}`,
        ];
  return `${datedMovements(reader, asked, to, parameters)},
watched as materialized (${watchedRows(reader, asked, effort, parameters)}),
first as materialized (
  select event_id, month, key from (
    select distinct on (d.event_id) d.event_id, d.month, ${key} as key from dated d ${join}
    where d.month is not null order by d.event_id, d.month, ${ordinal}, ${key}) e
  where e.month >= ${parameters.bind(from)}::date)`;
}
