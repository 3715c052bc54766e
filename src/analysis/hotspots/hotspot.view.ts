/** Reading the observed stops of movements, in one statement, as a few long texts. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import { cellAtMost, linesOf } from '../../graphql/cell.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../../records/incidents/same-incident.sql.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { movementConditions, movementSource } from '../../records/movements/movement-source.sql.ts';
import { DEGREE, type ObservedBlock } from './observed-blocks.ts';
import { ROLLED_RESOLUTION, rolledSpan } from './rolled-stops.ts';

const LINES_A_BLOCK = 20_000;

export interface ObservedQuestion {
  /** Cells of stops are of this resolution (0–15), or as fine as they are known. */
  readonly resolution: number;
  /** Stops known more coarsely are left out; a stop seen more coarsely is no stop here. */
  readonly least: number;
  /** Whether positions are wanted, for legs. */
  readonly withLegs: boolean;
  /** Whether incidents are to be named. */
  readonly withEvidence: boolean;
  /** Whether it asks how many persons there were. */
  readonly byPersons: boolean;
  /** Whether it asks when. */
  readonly byMonth: boolean;
}

/** Lines as observed-blocks.ts reads them: of every movement, or of the cells that most are counted in and the few movements that are counted in none. */
export async function readObservedBlocks(
  reader: ViewerReader,
  asked: AskedMovements,
  question: ObservedQuestion,
): Promise<readonly ObservedBlock[]> {
  const parameters = new Parameters();
  const rolled = rolledText(reader.viewer, asked, question, parameters);
  const { moved, blocks } = movementsText(reader.viewer, asked, question, rolled?.apart ?? null, parameters);
  const owners = `select owner_id from moved${rolled === null ? '' : ' union select owner_id from months'}`;
  const text = [
    `with moved as materialized (${moved})${rolled === null ? '' : `, ${rolled.months}`}`,
    `select 'owners' as part, count(*)::text as block from (select distinct owner_id from (${owners}) o) d`,
    `union all ${blocks}`,
    ...(rolled === null ? [] : [`union all ${rolled.blocks}`]),
  ].join(' ');
  return reader.read((connection) => connection.query<ObservedBlock>(text, parameters.values));
}

function movementsText(
  viewer: Viewer,
  asked: AskedMovements,
  { resolution, least, withLegs, withEvidence }: ObservedQuestion,
  apart: string | null,
  parameters: Parameters,
): { readonly moved: string; readonly blocks: string } {
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const waypoint = projected('waypoint', viewer, parameters, asked.asKnown);
  const event = eventColumn(viewer, asked, parameters);
  const cell = `(${cellAtMost('w', resolution)})`;
  const moved = `select r.row_id, ${withEvidence ? 'r.incident_id' : "''::text as incident_id"}, ${event.column} as event, r.owner_id,
    ${monthOf('r')} as month, r.persons_min, (row_number() over ())::int - 1 as number
  from ${source.from} ${event.join} where ${[...source.conditions, ...(apart === null ? [] : [apart])].join(' and ')}`;
  const blocks = `
select 'movement', ${linesOf('number', 'month', 'persons_min', 'event', 'incident_id')} from moved group by number / ${LINES_A_BLOCK}
union all
select 'stop', ${linesOf(
    'm.number',
    'w.ordinal',
    ...halves(cell),
    ...(withLegs ? ['longitude', 'latitude'].map((side) => `round(w.${side} * ${DEGREE})::int`) : []),
  )}
from moved m join ${waypoint} w on w.movement_id = m.row_id
where w.kind = 'observed' and w.cell_resolution >= ${least} and w.longitude is not null
group by m.number / ${LINES_A_BLOCK}`;
  return { moved, blocks };
}

/** Null where the records have to be read. `apart` is then true of the movements `r` that no cell counts. */
function rolledText(
  viewer: Viewer,
  asked: AskedMovements,
  { resolution, withEvidence, byPersons, byMonth }: ObservedQuestion,
  parameters: Parameters,
): { readonly apart: string; readonly months: string; readonly blocks: string } | null {
  const span = rolledSpan(asked);
  if (span === null || withEvidence || byPersons || resolution > ROLLED_RESOLUTION) return null;
  const timed = byMonth || span.from !== null || span.to !== null;
  const { occurred: _occurred, ...search } = asked.search;
  const rollup = projected('stop_rollup', viewer, parameters);
  const conditions = movementConditions(viewer, search, asked.asKnown, parameters);
  const within = [
    ...(span.from === null ? [] : [`r.last_month >= ${parameters.bind(span.from)}::date`]),
    ...(span.to === null ? [] : [`r.first_month < ${parameters.bind(span.to)}::date`]),
  ];
  const rows = (grain: string): string =>
    `from ${rollup} r where ${[`r.grain = '${grain}'`, ...conditions, ...(grain === 'cell' ? [] : within)].join(' and ')}`;
  // What was added and taken away again is nowhere.
  return {
    apart: `r.id in (select a.movement_id from ${projected('movement_stops_apart', viewer, parameters)} a)`,
    months: `months as materialized (select r.owner_id, ${monthOf('r')} as month ${rows('month')} group by 1, 2 having sum(r.movements) > 0)`,
    blocks: `
select 'month', ${linesOf('m.month')} from (select distinct month from months) m having count(*) > 0
union all
select 'rolled', ${linesOf('c.month', ...halves('coalesce(c.cell, 0)'), 'c.movements')} from (
  select ${byMonth ? monthOf('r') : '-1'} as month, ${cellAtMost('r', resolution)} as cell, sum(r.movements) as movements
  ${rows(timed ? 'cell_month' : 'cell')} group by 1, 2 having sum(r.movements) > 0) c having count(*) > 0`,
  };
}

/** Months since January of year 0, or -1. */
function monthOf(alias: string): string {
  return `coalesce((extract(year from ${alias}.month) * 12 + extract(month from ${alias}.month) - 1)::int, -1)`;
}

function halves(cell: string): readonly string[] {
  return [`${cell} >> 32`, `${cell} & 4294967295`];
}

/** The event as text; empty of a movement that is alone in its incident and its incident in its event, as rollups know today. */
function eventColumn(
  viewer: Viewer,
  { asKnown }: AskedMovements,
  parameters: Parameters,
): { readonly column: string; readonly join: string } {
  const same = sameIncidentJoin('r', viewer, parameters, asKnown);
  const event = 'coalesce(same.event_id, r.incident_id)::text';
  if (asKnown.at !== null) return { column: event, join: same };
  const apart = projected('movement_apart', viewer, parameters);
  return {
    column: `case when a.movement_id is null then '' else ${event} end`,
    join: `${same} left join ${apart} a on a.movement_id = r.id and a.shared`,
  };
}
