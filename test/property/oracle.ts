/** The policy once more, naively: who may see which row and how coarse, by plain loops, sharing nothing with the product's SQL. */
import { cellToParent } from 'h3-js';
import type { World, WorldRow, WorldViewer } from './world.ts';

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
const MAY_RECEIVE = ['analyst', 'investigator', 'data_officer'];
const RANKS = ['clear', 'green', 'amber', 'amber_strict', 'red'];
const NEVER_COARSE = [
  'party_member',
  'selector',
  'entity_link',
  'participation',
  'indicator',
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
const COARSE = 4;
const NOW = Date.parse('2026-11-01T00:00:00Z');

/** null: this viewer may not even know of the row. */
export function sightOf(world: World, viewer: WorldViewer, row: WorldRow): Sight | null {
  if (viewer.organisation === row.owner) return OWN[viewer.role]?.includes(row.recordClass) ? 'full' : null;
  if (!MAY_RECEIVE.includes(viewer.role) || row.marking.sensitivity !== 'routine') return null;
  let sight: Sight | null = null;
  for (const grant of world.grants) {
    if (
      grant.grantee !== viewer.organisation ||
      grant.owner !== row.owner ||
      grant.recordClass !== row.recordClass
    )
      continue;
    if (grant.revokedAt !== null || Date.parse(grant.validFrom) > NOW) continue;
    if (grant.validTo !== null && Date.parse(grant.validTo) <= NOW) continue;
    if (RANKS.indexOf(row.marking.handling) > RANKS.indexOf(grant.ceiling)) continue;
    if (grant.projection === 'full') return 'full';
    sight = 'coarse';
  }
  return sight === 'coarse' && NEVER_COARSE.includes(row.table) ? null : sight;
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
    if (sight === null || !knownAt(row.columns, sight, at)) continue;
    const id = row.columns.id as string;
    shown.push({
      id: (row.columns.version_of as string | null | undefined) ?? id,
      rowId: id,
      owner: row.owner,
      sight,
      columns: {
        ...(sight === 'full' ? wholly(row, viewer) : coarsely(row)),
        ...(table === 'suspicion' ? lapsing(row.columns, sight, at) : {}),
        ...parents(world, viewer, row, at),
      },
    });
  }
  return shown;
}

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
function lapsing(c: Columns, sight: Sight, at: string | null): Columns {
  const shown = (time: unknown): string | null =>
    time === null ? null : sight === 'coarse' ? quarter(time) : (time as string);
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

function knownAt(columns: Columns, sight: Sight, at: string | null): boolean {
  if (!('known_from' in columns)) return true;
  const { known_from: from, known_to: to } = columns as { known_from: string; known_to: string | null };
  if (at === null) return to === null;
  const moment = Date.parse(sight === 'coarse' ? (quarter(at) as string) : at);
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

function coarsely({ table, columns }: WorldRow): Columns {
  const coarse: Record<string, unknown> = { ...columns };
  for (const name of HIDDEN) if (name in coarse) coarse[name] = null;
  if ('version' in coarse) coarse.version = 1;
  if ('counts' in coarse) coarse.counts = {};
  if (table === 'entity') coarse.label = columns.kind;
  if (table === 'suspicion') Object.assign(coarse, { basis: null, basis_on: null, reviewer_id: null });
  if (coarse.level === 'exact' || coarse.level === 'locality') coarse.level = 'admin';
  if (table !== 'flow_observation') {
    for (const stem of ['observed', 'reported', 'stated', ...(table === 'waypoint' ? ['occurred'] : [])])
      for (const name of [`${stem}_from`, `${stem}_to`]) if (name in coarse) coarse[name] = null;
    if (coarse.occurred_from !== undefined && table !== 'waypoint') coarseTime(columns, coarse);
    for (const name of ['recorded_at', 'known_from'])
      if (name in coarse) coarse[name] = quarter(columns[name]);
  }
  if (typeof columns.cell_resolution === 'number' && columns.cell_resolution > COARSE) {
    coarse.cell = BigInt(`0x${cellToParent((columns.cell as bigint).toString(16), COARSE)}`);
    coarse.cell_resolution = COARSE;
  }
  return coarse;
}

const HIDDEN = [
  'external_reference',
  'place_reference_id',
  'place_id',
  'longitude',
  'latitude',
  'z',
  'red_flag_total',
  'distance_km',
  'uncertainty_km',
  'occurred_zone',
  'observed_zone',
  'reported_zone',
  'station_id',
];

/** A time known to the year stays the year; anything finer becomes the quarter of its own month. */
function coarseTime(columns: Columns, coarse: Record<string, unknown>): void {
  const granularity = columns.occurred_granularity;
  if (granularity === 'year') {
    const year = new Date(Date.parse(columns.occurred_from as string) + 180 * 86_400_000).getUTCFullYear();
    coarse.occurred_from = new Date(Date.UTC(year, 0, 1)).toISOString();
    coarse.occurred_to = new Date(Date.UTC(year + 1, 0, 1)).toISOString();
    return;
  }
  const time = typeof columns.month === 'string' ? `${columns.month}T00:00:00Z` : columns.occurred_from;
  coarse.occurred_from = quarter(time);
  coarse.occurred_to = quarterEnd(time);
  if (granularity !== undefined && granularity !== 'unknown') coarse.occurred_granularity = 'quarter';
  if ('month' in columns) coarse.month = null;
}

export function quarter(time: unknown): string | null {
  if (typeof time !== 'string') return null;
  const date = new Date(time);
  return new Date(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1)).toISOString();
}

export function quarterEnd(time: unknown): string | null {
  const start = quarter(time);
  if (start === null) return null;
  const date = new Date(start);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 3, 1)).toISOString();
}
