/** Flows and shared facilitators counted once more, naively, over what the viewer is shown. */

import type { Viewer } from '../../src/access/viewer.ts';
import type { Random } from '../../src/kernel/random.ts';
import { type Surface, surfaceOf } from '../access/surfaces.ts';
import type { Asker } from './asker.ts';
import { howKnown } from './check-how-known.ts';
import { same } from './compare.ts';
import { counts, drawFilter, NO_FILTER } from './filters.ts';
import type { Shown } from './oracle.ts';
import { cellAtResolution, eventOf, type Onlooker } from './oracle-answers.ts';
import { unsuspected } from './suspected.ts';
import { type KnownPlace, MOMENTS } from './world.ts';

type Group = Record<string, unknown>;

const DIMENSIONS = [
  'ORIGIN_COUNTRY',
  'TRANSIT_COUNTRY',
  'DESTINATION_COUNTRY',
  'CROSSING_POINT',
  'MONTH',
  'QUARTER',
  'YEAR',
  'MODE',
  'PURPOSE',
  'STATUS',
  'EXPLOITATION',
  'SEX',
  'AGE_BAND',
  'OWNER',
  'ORIGIN_CELL',
  'CROSSING_CELL',
];
const BUCKETS = ['MONTH', 'QUARTER', 'YEAR'];
const EMPTY: Group = {
  originCountry: null,
  transitCountry: null,
  destinationCountry: null,
  period: null,
  mode: null,
  purpose: null,
  status: null,
  exploitation: null,
  sex: null,
  ageBand: null,
  cell: null,
  owner: null,
  crossingPoint: null,
};

export async function compareFlows(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  random: Random,
  places: readonly KnownPlace[],
): Promise<void> {
  const groupBy = drawDimensions(random);
  const resolution = 3 + random.int(5);
  const filter = random.int(2) === 0 ? NO_FILTER : drawFilter('movement', random, onlooker, places);
  // Crossings and parties of an earlier state are those of the present; see the list checks.
  const now = filter.at === null ? filter : NO_FILTER;
  const movements = onlooker
    .table('movement')
    .filter((row) => 'verifications' in now.variables || counts(row))
    .filter((row) => now.keeps(row, onlooker));
  const found = await asker.ask<Group[]>(viewer, surfaceOf('flows'), {
    groupBy,
    filter: now.variables,
    cellResolution: resolution,
  });
  const where = `flows by ${groupBy.join(', ')} as ${onlooker.viewer.role} with ${JSON.stringify(now.variables)}`;
  same(
    where,
    sorted(found.map(withoutReason)),
    sorted(groupsOf(onlooker, movements, groupBy, resolution, now.variables)),
  );
  await compareRolledUp(asker, viewer, onlooker, random, movements, now.variables);
  const order = found.map((group) => group.movements as number);
  same(
    `${where}: order`,
    order,
    order.toSorted((a, b) => b - a),
  );
}

/** Figures that add up, by dimensions that rollups have: no record need be read for them, and nothing is different. */
export const ADDING_UP: Surface = {
  ...surfaceOf('flows'),
  document: `query ($groupBy: [FlowDimension!]!, $filter: MovementFilter) { flows(groupBy: $groupBy, filter: $filter, first: 5000) {
    originCountry destinationCountry period mode purpose status exploitation owner movements persons { min max } incidents } }`,
};
const ROLLED_UP = [
  'ORIGIN_COUNTRY',
  'DESTINATION_COUNTRY',
  'MODE',
  'PURPOSE',
  'STATUS',
  'EXPLOITATION',
  'OWNER',
  ...BUCKETS,
];

async function compareRolledUp(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  random: Random,
  movements: readonly Shown[],
  filter: Variables,
): Promise<void> {
  const groupBy = drawDimensions(random, ROLLED_UP);
  const found = await asker.ask<Group[]>(viewer, ADDING_UP, { groupBy, filter });
  const wanted = groupsOf(onlooker, movements, groupBy, 4, filter).map((group) =>
    Object.fromEntries(Object.keys(found[0] ?? {}).map((key) => [key, group[key]])),
  );
  same(
    `counts by ${groupBy.join(', ')} as ${onlooker.viewer.role} with ${JSON.stringify(filter)}`,
    sorted(found),
    sorted(found.length === 0 ? groupsOf(onlooker, movements, groupBy, 4, filter) : wanted),
  );
}

function drawDimensions(random: Random, dimensions: readonly string[] = DIMENSIONS): readonly string[] {
  const drawn = new Set(
    Array.from({ length: random.int(4) }, () => dimensions[random.int(dimensions.length)] as string),
  );
  const bucket = [...drawn].find((dimension) => BUCKETS.includes(dimension));
  if (drawn.has('ORIGIN_CELL')) drawn.delete('CROSSING_CELL');
  return [...drawn].filter((dimension) => !BUCKETS.includes(dimension) || dimension === bucket);
}

interface Counted {
  readonly keys: Group;
  readonly movement: Shown;
  /** The moved person, where the question is about persons. */
  readonly subject: string | null;
}

type Span = { readonly from?: string; readonly to?: string } | undefined;
type Variables = Readonly<Record<string, unknown>>;

/** How a reason is worded is no figure; that there is one where a rate is not available, and nowhere else, is. */
function withoutReason(group: Group): Group {
  const { reason, ...rate } = group.detectionsPerStaffMonth as Group;
  same('flows: a reason', reason !== null, rate.status === 'NOT_AVAILABLE');
  return { ...group, detectionsPerStaffMonth: rate };
}

function groupsOf(
  onlooker: Onlooker,
  movements: readonly Shown[],
  groupBy: readonly string[],
  resolution: number,
  filter: Variables,
): Group[] {
  const groups = new Map<string, Counted[]>();
  if (groupBy.length === 0) groups.set(JSON.stringify(EMPTY), []);
  for (const movement of movements) {
    for (const one of spread(onlooker, movement, groupBy, resolution)) {
      const key = JSON.stringify(one.keys);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  }
  return [...groups].map(([key, members]) => ({
    ...(JSON.parse(key) as Group),
    ...figures(onlooker, members, groupBy),
    detectionsPerStaffMonth: detections(onlooker, groupBy, JSON.parse(key) as Group, filter),
    howKnown: howKnown(
      onlooker,
      members.map(({ movement }) => movement),
    ),
  }));
}

/** A movement stands in every group one of its countries, crossings or persons puts it in, and once in each. */
function spread(
  onlooker: Onlooker,
  movement: Shown,
  groupBy: readonly string[],
  resolution: number,
): Counted[] {
  const c = movement.columns;
  let made: Counted[] = [{ keys: { ...EMPTY }, movement, subject: null }];
  const set = (key: string, value: unknown): void => {
    made = made.map((one) => ({ ...one, keys: { ...one.keys, [key]: value } }));
  };
  const children = (table: string): readonly Shown[] =>
    onlooker.table(table).filter((row) => row.columns.movement_id === movement.rowId);
  const plain: Readonly<Record<string, string>> = {
    ORIGIN_COUNTRY: 'originCountry',
    DESTINATION_COUNTRY: 'destinationCountry',
    MODE: 'mode',
    PURPOSE: 'purpose',
    STATUS: 'status',
    EXPLOITATION: 'exploitation',
  };
  for (const dimension of groupBy) {
    const key = plain[dimension];
    if (key !== undefined) set(key, c[dimension.toLowerCase()]);
    if (dimension === 'OWNER') set('owner', onlooker.slug(movement.owner));
    if (BUCKETS.includes(dimension)) set('period', bucketOf(c, dimension));
    if (dimension === 'ORIGIN_CELL') {
      const origin = children('waypoint').find((row) => row.columns.ordinal === 0);
      set('cell', origin === undefined ? null : cellAtResolution(origin.columns, resolution));
    }
    if (dimension === 'TRANSIT_COUNTRY') {
      const roles = c.roles as string[];
      const transit = (c.countries as string[]).filter((_, step) => roles[step] === 'transit');
      made = made.flatMap((one) =>
        transit.map((country) => ({ ...one, keys: { ...one.keys, transitCountry: country } })),
      );
    }
  }
  if (groupBy.includes('CROSSING_POINT') || groupBy.includes('CROSSING_CELL')) {
    const observed = children('crossing').filter((row) => row.columns.kind === 'observed');
    made = made.flatMap((one) =>
      observed.map((row) => ({
        ...one,
        keys: {
          ...one.keys,
          ...(groupBy.includes('CROSSING_POINT')
            ? { crossingPoint: row.columns.place_id === null ? null : { id: row.columns.place_id } }
            : {}),
          ...(groupBy.includes('CROSSING_CELL') ? { cell: cellAtResolution(row.columns, resolution) } : {}),
        },
      })),
    );
  }
  if (groupBy.includes('SEX') || groupBy.includes('AGE_BAND')) {
    made = made.flatMap((one) =>
      children('party_member').map((row) => ({
        ...one,
        subject: row.columns.subject_id as string,
        keys: {
          ...one.keys,
          ...(groupBy.includes('SEX') ? { sex: row.columns.sex } : {}),
          ...(groupBy.includes('AGE_BAND') ? { ageBand: row.columns.age_band } : {}),
        },
      })),
    );
  }
  const once = new Map(made.map((one) => [`${one.subject}/${JSON.stringify(one.keys)}`, one]));
  return [...once.values()];
}

/** Without a month, the quarter or year in which the whole time lies. */
function bucketOf(c: Variables, bucket: string): string | null {
  if (c.month === null) {
    if (bucket === 'MONTH' || !['quarter', 'year'].includes(c.occurred_granularity as string)) return null;
    const hours = (time: unknown, more: number): string =>
      new Date(Date.parse(time as string) + more * 3_600_000).toISOString();
    const first = bucketOf({ month: hours(c.occurred_from, 15) }, bucket);
    return first === bucketOf({ month: hours(c.occurred_to, -15) }, bucket) ? first : null;
  }
  const month = c.month as string;
  const [year, number] = [month.slice(0, 4), Number(month.slice(5, 7))];
  if (bucket === 'YEAR') return `${year}-01-01`;
  const first = bucket === 'QUARTER' ? Math.floor((number - 1) / 3) * 3 + 1 : number;
  return `${year}-${String(first).padStart(2, '0')}-01`;
}

function figures(onlooker: Onlooker, members: readonly Counted[], groupBy: readonly string[]): Group {
  const byPerson = groupBy.includes('SEX') || groupBy.includes('AGE_BAND');
  const sizes = new Map<string, Map<string, number>>();
  for (const { movement } of members) {
    const event = eventOf(onlooker, movement.columns.incident_id as string);
    const sizeOf = sizes.get(event) ?? new Map<string, number>();
    const size = byPerson ? (sizeOf.get(movement.rowId) ?? 0) + 1 : (movement.columns.persons_min as number);
    sizes.set(event, sizeOf.set(movement.rowId, size));
  }
  // Movements of one event may be several reports of one party.
  const least = [...sizes.values()].map((sizeOf) => Math.max(...sizeOf.values()));
  const most = members.map(({ movement }) =>
    byPerson ? 1 : (movement.columns.persons_max as number | null),
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    movements: new Set(members.map(({ movement }) => movement.rowId)).size,
    // Of no movement at all nothing is known, not even that there were none.
    persons:
      members.length === 0
        ? null
        : { min: sum(least), max: most.includes(null) ? null : sum(most as number[]) },
    incidents: new Set(
      members.map(({ movement }) => eventOf(onlooker, movement.columns.incident_id as string)),
    ).size,
    independentOrigins: origins(members.map(({ movement }) => movement)),
  };
}

/** All unknown origins count as one, and only where none is known. */
function origins(movements: readonly Shown[]): number {
  const known = new Set(
    movements.map((movement) => movement.columns.origin_id).filter((origin) => origin !== null),
  );
  return known.size === 0 && movements.length > 0 ? 1 : known.size;
}

function detections(onlooker: Onlooker, groupBy: readonly string[], keys: Group, filter: Variables): Group {
  const bare = { detections: null, staffMonths: null, rate: null, low: null, high: null };
  const span = filter.occurred as Span;
  const owners = filter.owners as readonly string[] | undefined;
  const shared = Object.keys(filter).every((part) => ['owners', 'occurred'].includes(part));
  const whole = [span?.from, span?.to].every((end) => end === undefined || /-01T00:00:00\.000Z$/.test(end));
  if (!shared || !whole) return { status: 'NOT_AVAILABLE', ...bare };
  const stations = onlooker.table('station');
  const efforts = onlooker
    .table('effort')
    .map((row) => ({ row, station: stations.find((station) => station.rowId === row.columns.station_id) }))
    .filter(({ station }) => station !== undefined)
    .filter(({ row }) => owners === undefined || owners.includes(onlooker.slug(row.owner)))
    .filter(({ row }) => span?.from === undefined || (row.columns.month as string) >= span.from.slice(0, 10))
    .filter(({ row }) => span?.to === undefined || (row.columns.month as string) < span.to.slice(0, 10));
  if (
    !groupBy.every((dimension) => [...BUCKETS, 'OWNER', 'CROSSING_POINT'].includes(dimension)) ||
    efforts.length === 0
  )
    return { status: 'NOT_AVAILABLE', ...bare };
  const staffed = new Set(efforts.map(({ row }) => row.owner));
  if (groupBy.includes('OWNER') && ![...staffed].some((owner) => onlooker.slug(owner) === keys.owner))
    return { status: 'NOT_AVAILABLE', ...bare };
  const bucket = groupBy.find((dimension) => BUCKETS.includes(dimension));
  const placed = groupBy.includes('CROSSING_POINT');
  if ((bucket !== undefined && keys.period === null) || (placed && keys.crossingPoint === null))
    return { status: 'NOT_AVAILABLE', ...bare };
  const months = efforts
    .filter(({ row }) => !groupBy.includes('OWNER') || onlooker.slug(row.owner) === keys.owner)
    .filter(({ station }) => !placed || station?.columns.place_id === (keys.crossingPoint as Group).id)
    .filter(({ row }) => bucket === undefined || bucketOf(row.columns, bucket) === keys.period)
    .reduce((sum, { row }) => sum + (row.columns.staff as number) * (row.columns.work_fraction as number), 0);
  if (months === 0) return { status: 'NOT_MONITORED', ...bare };
  // Of the staffed months by their own calendar, whatever hours of a span in UTC they overlap.
  const group = JSON.stringify(keys);
  const members = onlooker
    .table('movement')
    .filter(counts)
    .filter((movement) => owners === undefined || owners.includes(onlooker.slug(movement.owner)))
    .flatMap((movement) => spread(onlooker, movement, groupBy, 0))
    .filter((one) => JSON.stringify(one.keys) === group);
  const own = members.filter(({ movement }) =>
    efforts.some(
      ({ row, station }) =>
        row.owner === movement.owner &&
        row.columns.month === movement.columns.month &&
        (row.columns.staff as number) > 0 &&
        (!placed || station?.columns.place_id === (keys.crossingPoint as Group).id),
    ),
  );
  const incidents = new Set(
    own.map(({ movement }) => eventOf(onlooker, movement.columns.incident_id as string)),
  ).size;
  // Random worlds are too small for the ten incidents that a rate takes.
  return { status: 'NOT_ENOUGH_DATA', ...bare, detections: incidents, staffMonths: months };
}

const sorted = (groups: readonly Group[]): string[] =>
  groups.map((group) => JSON.stringify(Object.entries(group).toSorted())).toSorted();

const EVIDENCE = ['staff', 'contact', 'document', 'police', 'publisher'];

export async function compareFacilitators(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  random: Random,
): Promise<void> {
  const owners = 1 + random.int(2);
  const alone = random.int(3) === 0;
  const at = random.int(2) === 0 ? null : (MOMENTS[random.int(MOMENTS.length)] as string);
  const found = await asker.ask<Group[]>(viewer, surfaceOf('sharedFacilitators'), {
    ownersAtLeast: owners,
    standsWithoutVictim: alone,
    asKnownAt: at,
  });
  const wanted = facilitators(onlooker, at).filter(
    (one) =>
      (one.incidents as number) >= 2 &&
      (one.owners as number) >= owners &&
      (!alone || (one.incidentsWithoutVictim as number) >= 2),
  );
  same(
    `sharedFacilitators as ${onlooker.viewer.role} at ${at}`,
    sorted(found.map(rounded)),
    sorted(wanted.map(rounded)),
  );
}

const rounded = (group: Group): Group => ({ ...group, surprise: (group.surprise as number).toFixed(6) });

interface Held {
  readonly selector: Shown;
  readonly entity: Shown;
  readonly incident: string;
  readonly event: string;
}

function facilitators(onlooker: Onlooker, at: string | null): Group[] {
  const held: Held[] = [];
  const gone = unsuspected(onlooker, at);
  for (const selector of onlooker.table('selector')) {
    const entity = onlooker.table('entity', at).find((row) => row.rowId === selector.columns.entity_id);
    if (entity === undefined || entity.columns.kind === 'individual' || gone.has(entity.rowId)) continue;
    for (const { columns } of onlooker.table('participation')) {
      const incident = onlooker.table('incident', at).find((row) => row.rowId === columns.incident_id);
      if (columns.entity_id !== entity.rowId || incident === undefined || !counts(incident)) continue;
      held.push({ selector, entity, incident: incident.id, event: eventOf(onlooker, incident.id, at) });
    }
  }
  const keyOf = ({ selector }: Held): string => `${selector.columns.kind}/${selector.columns.token}`;
  return [...new Set(held.map(keyOf))].map((key) => {
    const members = held.filter((one) => keyOf(one) === key);
    const first = members[0] as Held;
    const ofKind = held.filter((one) => one.selector.columns.kind === first.selector.columns.kind);
    const statements = members.flatMap((one) =>
      onlooker
        .table('statement', at)
        .flatMap((row) =>
          row.columns.about_id === one.entity.rowId ? [{ ...row.columns, event: one.event }] : [],
        ),
    ) as Record<string, unknown>[];
    const incidents = new Set(members.map((one) => one.event)).size;
    return {
      kind: String(first.entity.columns.kind).toUpperCase(),
      selectorKind: first.selector.columns.kind,
      // What is shown whole of any of them, before what is cut to its end.
      hint: members
        .map((one) => String(one.selector.columns.hint))
        .sort((a, b) => Number(a.startsWith('…')) - Number(b.startsWith('…')) || (a < b ? -1 : 1))[0],
      incidents,
      owners: new Set(members.map((one) => one.entity.owner)).size,
      independentOrigins: new Set(statements.map((row) => row.origin_id).filter((origin) => origin !== null))
        .size,
      incidentsWithoutVictim: new Set(
        statements
          .filter(
            (row) =>
              row.origin_kind !== 'victim' && row.origin_kind !== 'unknown' && row.derived_from === null,
          )
          .map((row) => row.event),
      ).size,
      missingEvidence: EVIDENCE.filter((kind) => !statements.some((row) => row.origin_kind === kind)),
      surprise: tail(
        incidents,
        new Set(ofKind.map((one) => one.event)).size,
        new Set(ofKind.map(keyOf)).size,
      ),
      entityIds: [...new Set(members.map((one) => one.entity.id))].toSorted(),
      incidentIds: [...new Set(members.map((one) => one.incident))].toSorted(),
    };
  });
}

/** −log10 of the binomial tail, summed term by term: small worlds need no logarithms. */
function tail(seen: number, incidents: number, identifiers: number): number {
  if (seen <= 1 || identifiers <= 1) return 0;
  let probability = 0;
  for (let k = seen; k <= incidents; k += 1) {
    let choose = 1;
    for (let i = 0; i < k; i += 1) choose = (choose * (incidents - i)) / (i + 1);
    probability += choose * (1 / identifiers) ** k * (1 - 1 / identifiers) ** (incidents - k);
  }
  return -Math.log10(probability);
}
