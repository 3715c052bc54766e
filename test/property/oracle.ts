/** The policy once more, naively: who may see which row and how coarse, by plain loops, sharing nothing with the product's SQL. */
import { cellToParent } from 'h3-js';
import type { Part, World, WorldRow, WorldViewer } from './world.ts';

export type Sight = 'full' | 'coarse';
type Columns = Readonly<Record<string, unknown>>;

export interface Shown {
  /** The record's id; `rowId` is this version's own. */
  readonly id: string;
  readonly rowId: string;
  readonly owner: number;
  readonly sight: Sight;
  readonly columns: Columns;
}

const EVERYTHING = ['report', 'incident', 'movement', 'statement', 'entity', 'effort', 'flow'];
const OWN: Readonly<Record<string, readonly string[]>> = {
  operator: [],
  partner: [],
  dashboard: ['incident', 'movement', 'flow'],
  field: EVERYTHING,
  analyst: EVERYTHING,
  investigator: EVERYTHING,
  data_officer: EVERYTHING,
};
export const MAY_RECEIVE = ['analyst', 'investigator', 'data_officer'];
export const RANKS = ['clear', 'green', 'amber', 'amber_strict', 'red'];
/** Whole tables that a coarse sight shows where it names them. */
const DETAIL_TABLES: Readonly<Record<string, string>> = {
  party_member: 'party',
  selector: 'identifiers',
  entity_link: 'links',
  participation: 'participations',
  indicator: 'indicators',
};
const NEVER_COARSE = [
  'same_incident_link',
  'place_reference',
  'station',
  'effort',
  'interdiction',
  'legal_case',
  'legal_case_event',
  'attachment',
  'exhibit',
  'custody_entry',
  'station_month',
  'red_flag_weight',
];
const PLACES = ['exact', 'district', 'area', 'region'] as const;
const TIMES = ['exact', 'month', 'quarter', 'year'] as const;
export const RESOLUTION = { exact: 15, district: 5, area: 4, region: 3 } as const;
export const NOW = Date.parse('2026-11-01T00:00:00Z');

/** null: this viewer may not even know of the row. */
export function sightOf(world: World, viewer: WorldViewer, row: WorldRow): Sight | null {
  if (viewer.organisation === row.owner) return OWN[viewer.role]?.includes(row.recordClass) ? 'full' : null;
  const grants = grantsOf(world, viewer, row);
  if (grants.length === 0) return null;
  if (grants.some(({ projection }) => projection === 'full')) return 'full';
  const detail = DETAIL_TABLES[row.table];
  if (detail !== undefined && !partOf(world, viewer, row).details.includes(detail)) return null;
  return NEVER_COARSE.includes(row.table) ? null : 'coarse';
}

/** All that several grants let see together; of a row that is seen coarsely. */
export function partOf(world: World, viewer: WorldViewer, row: WorldRow): Part {
  const parts = grantsOf(world, viewer, row).map(
    ({ sight }): Part => sight ?? { place: 'area', time: 'quarter', details: [] },
  );
  return {
    place: PLACES.find((level) => parts.some(({ place }) => place === level)) ?? 'region',
    time: TIMES.find((level) => parts.some(({ time }) => time === level)) ?? 'year',
    details: parts.flatMap(({ details }) => details),
  };
}

function grantsOf(world: World, viewer: WorldViewer, row: WorldRow): World['grants'] {
  if (!MAY_RECEIVE.includes(viewer.role) || row.marking.sensitivity !== 'routine') return [];
  return world.grants.filter(
    (grant) =>
      grant.grantee === viewer.organisation &&
      grant.owner === row.owner &&
      grant.recordClass === row.recordClass &&
      (grant.cases === null || row.marking.released?.includes(grant.cases)) &&
      grant.revokedAt === null &&
      (grant.purposes === null ||
        viewer.purposes === null ||
        grant.purposes.some((purpose) => viewer.purposes?.includes(purpose))) &&
      Date.parse(grant.validFrom) <= NOW &&
      (grant.validTo === null || Date.parse(grant.validTo) > NOW) &&
      RANKS.indexOf(row.marking.handling) <= RANKS.indexOf(grant.ceiling),
  );
}

/** A table as this viewer sees it, as the hub knows it now (`at` null) or knew it. Unversioned tables have one state. */
export function seen(
  world: World,
  viewer: WorldViewer,
  table: string,
  at: string | null = null,
): readonly Shown[] {
  const shown: Shown[] = [];
  for (const row of world.rows) {
    if (row.table !== table || isWithdrawn(row)) continue;
    if (table in HANGING && !hangsOnShown(world, viewer, row, at)) continue;
    const sight = sightOf(world, viewer, row);
    if (sight === null) continue;
    const part = sight === 'full' ? WHOLE : partOf(world, viewer, row);
    if (!knownAt(row.columns, part, at)) continue;
    const id = row.columns.id as string;
    shown.push({
      id: (row.columns.version_of as string | null | undefined) ?? id,
      rowId: id,
      owner: row.owner,
      sight,
      columns: {
        ...(sight === 'full' ? wholly(row, viewer) : partly(row, part)),
        ...(table === 'suspicion' ? lapsing(row.columns, part, at) : {}),
        ...parents(world, viewer, row, at),
      },
    });
  }
  return shown;
}

const WHOLE: Part = { place: 'exact', time: 'exact', details: [] };

const HANGING: Readonly<Record<string, readonly string[]>> = {
  attachment: ['report', 'legal_case', 'exhibit'],
  exhibit: ['legal_case'],
};

/** A file or an exhibit is shown with what it hangs on: whole, and at the same moment. */
function hangsOnShown(
  world: World,
  viewer: WorldViewer,
  { table, columns }: WorldRow,
  at: string | null,
): boolean {
  return (HANGING[table] ?? []).some((parent) =>
    seen(world, viewer, parent, at).some(
      ({ id, sight }) => sight === 'full' && id === columns[`${parent}_id`],
    ),
  );
}

/** Nobody is shown what was decided without being shown that it lapsed. */
function lapsing(c: Columns, { time: level }: Part, at: string | null): Columns {
  const shown = (time: unknown): string | null => (time === null ? null : beginningOf(level, time));
  const due = shown(c.due_at);
  const moment = at === null ? NOW : Date.parse(shown(at) as string);
  const lapsed = due !== null && Date.parse(due) <= moment;
  return {
    status: lapsed ? 'lapsed' : c.status,
    due_at: due,
    lapsed_at: lapsed ? due : null,
    reviewed_at: (c.version as number) > 1 ? shown(c.known_from) : null,
  };
}

/** A withdrawn report is shown as a tombstone; of other records nothing is. */
function isWithdrawn({ table, columns }: WorldRow): boolean {
  return table !== 'report' && (columns.retracted_at ?? null) !== null;
}

/** A past version names the records it hung on, not their versions of the time, where the viewer may know of those. */
function parents(world: World, viewer: WorldViewer, { columns }: WorldRow, at: string | null): Columns {
  if (at === null) return {};
  return Object.fromEntries(
    ['report_id', 'incident_id'].flatMap((name) => {
      const parent = world.rows.find((row) => row.columns.id === columns[name]);
      if (parent === undefined || sightOf(world, viewer, parent) === null) return [];
      return [[name, parent.columns.version_of ?? columns[name]]];
    }),
  );
}

function knownAt(columns: Columns, { time }: Part, at: string | null): boolean {
  if (!('known_from' in columns)) return true;
  const { known_from: from, known_to: to } = columns as { known_from: string; known_to: string | null };
  if (at === null) return to === null;
  const moment = Date.parse(beginningOf(time, at) as string);
  return Date.parse(from) <= moment && (to === null || Date.parse(to) > moment);
}

/** The owner's own reference is nobody else's. */
function wholly(row: WorldRow, viewer: WorldViewer): Columns {
  if (viewer.organisation === row.owner) return row.columns;
  if (row.table === 'report') return { ...row.columns, external_reference: null };
  if (row.table === 'suspicion') return { ...row.columns, reviewer_id: null };
  if (row.table === 'legal_case') return { ...row.columns, reference: null };
  if (row.table === 'attachment') return { ...row.columns, attached_by: null };
  if (row.table === 'exhibit') return { ...row.columns, label: null, recorded_by: null };
  if (row.table === 'custody_entry')
    return { ...row.columns, from_reference: null, to_reference: null, recorded_by: null };
  return row.table === 'interdiction' ? { ...row.columns, station_id: null, reference: null } : row.columns;
}

/** Of an identifier whose hint may be the whole of it. */
function hintsEnd({ kind, hint }: Columns): string {
  const text = String(hint);
  if (text.startsWith('…')) return text;
  return (kind === 'plate' || kind === 'registration') && text.replace(/[^\p{L}\p{N}]/gu, '').length >= 8
    ? `…${text.slice(-3)}`
    : '…';
}

function partly({ table, columns }: WorldRow, part: Part): Columns {
  const shown: Record<string, unknown> = { ...columns };
  const timed = part.time === 'exact';
  for (const name of [...HIDDEN, ...(part.place === 'exact' ? [] : OF_PLACE), ...(timed ? [] : OF_TIME)])
    if (name in shown) shown[name] = null;
  if ('version' in shown && !timed) shown.version = 1;
  if ('counts' in shown && !part.details.includes('counts')) shown.counts = {};
  if ('red_flag_total' in shown && !part.details.includes('red_flags')) shown.red_flag_total = null;
  if (table === 'entity' && !part.details.includes('labels')) shown.label = columns.kind;
  if (table === 'selector' && !part.details.includes('labels')) shown.hint = hintsEnd(columns);
  if (table === 'suspicion') {
    shown.reviewer_id = null;
    if (!part.details.includes('basis')) shown.basis = null;
    if (!part.details.includes('basis') || !timed) shown.basis_on = null;
  }
  if (part.place !== 'exact' && (shown.level === 'exact' || shown.level === 'locality'))
    shown.level = 'admin';
  if (table !== 'flow_observation') {
    if (!timed)
      for (const stem of ['observed', 'reported', 'stated', ...(table === 'waypoint' ? ['occurred'] : [])])
        for (const name of [`${stem}_from`, `${stem}_to`]) if (name in shown) shown[name] = null;
    if (shown.occurred_from !== undefined && table !== 'waypoint') partTime(columns, shown, part.time);
    for (const name of ['recorded_at', 'known_from'])
      if (name in shown) shown[name] = beginningOf(part.time, columns[name]);
  }
  const resolution = RESOLUTION[part.place];
  if (typeof columns.cell_resolution === 'number' && columns.cell_resolution > resolution) {
    shown.cell = BigInt(`0x${cellToParent((columns.cell as bigint).toString(16), resolution)}`);
    shown.cell_resolution = resolution;
  }
  return shown;
}

const HIDDEN = ['external_reference', 'place_reference_id', 'station_id'];
const OF_PLACE = ['place_id', 'longitude', 'latitude', 'z', 'distance_km', 'uncertainty_km'];
const OF_TIME = ['occurred_zone', 'observed_zone', 'reported_zone'];

/** A time known no finer than to a year stays that; anything finer becomes the span of its own month that is shown. */
function partTime(columns: Columns, shown: Record<string, unknown>, time: Part['time']): void {
  if (time === 'exact') return;
  const granularity = columns.occurred_granularity as Part['time'] | 'unknown' | undefined;
  const level =
    TIMES.indexOf(granularity as Part['time']) > TIMES.indexOf(time) ? (granularity as 'year') : time;
  const middle = (): unknown =>
    typeof columns.occurred_from !== 'string'
      ? null
      : granularity === 'year'
        ? new Date(Date.parse(columns.occurred_from) + 180 * 86_400_000).toISOString()
        : columns.occurred_from;
  const moment = typeof columns.month === 'string' ? `${columns.month}T00:00:00Z` : middle();
  shown.occurred_from = beginningOf(level, moment);
  shown.occurred_to = endOf(level, moment);
  if (granularity !== undefined && granularity !== 'unknown') shown.occurred_granularity = level;
  if ('month' in columns && time !== 'month') shown.month = null;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The first moment of the month, quarter or year of a moment, in UTC; the moment itself where times are exact. */
export function beginningOf(level: Part['time'], time: unknown): string | null {
  if (typeof time !== 'string') return null;
  if (level === 'exact') return time;
  const date = new Date(time);
  const months = MONTHS[level];
  return new Date(
    Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months, 1),
  ).toISOString();
}

export function endOf(level: Exclude<Part['time'], 'exact'>, time: unknown): string | null {
  const start = beginningOf(level, time);
  if (start === null) return null;
  const date = new Date(start);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[level], 1)).toISOString();
}
