/** A second world that one viewer cannot tell from the first: everything hidden from that viewer is changed, dropped or added to. */

import { cellToLatLng } from 'h3-js';
import { cellAt } from '../../src/geo/cells.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import { seededIds } from '../../src/kernel/ids.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { beginningOf, endOf, partOf, RESOLUTION, sightOf } from './oracle.ts';
import { KATHMANDU_AHEAD_MS, type Part, type World, type WorldRow, type WorldViewer } from './world.ts';

/** Nothing points at these rows, so they can be dropped. */
const LEAVES = [
  'indicator',
  'same_incident_link',
  'selector',
  'entity_link',
  'suspicion',
  'participation',
  'party_member',
  'waypoint',
  'crossing',
  'statement',
  'effort',
  'station_month',
  'interdiction',
  'legal_case_event',
  'attachment',
  'record_comment',
  'custody_entry',
  'red_flag_weight',
  'flow_observation',
  'target_step',
];

export function otherWorld(world: World, viewer: WorldViewer, seed: number): World {
  const random = seededRandom(seed ^ 0x0bad);
  const ids = seededIds(seededRandom(seed ^ 0x0ddb));
  const rows = world.rows.flatMap((row): WorldRow[] => {
    const sight = sightOf(world, viewer, row);
    if (sight === 'full') return [row];
    if (sight === 'coarse')
      return [{ ...row, columns: { ...row.columns, ...behind(partOf(world, viewer, row), row, random) } }];
    if (LEAVES.includes(row.table) && random.int(3) === 0) return [];
    return [
      { ...row, columns: { ...row.columns, ...otherwise(row, random) } },
      ...(random.int(2) === 0 ? [] : twin(row, ids, random)),
    ];
  });
  return { ...world, rows };
}

/** What a coarse sight leaves out, changed: the place inside its cell, the time inside its span, names, references, counts. */
function behind(part: Part, row: WorldRow, random: Random): Record<string, unknown> {
  const c = row.columns;
  const changed: Record<string, unknown> = {};
  const set = (name: string, value: unknown): void => {
    if (name in c) changed[name] = value;
  };
  const { time } = part;
  if (time !== 'exact') {
    if (row.table !== 'flow_observation') {
      for (const stem of [
        'observed',
        'reported',
        'stated',
        ...(row.table === 'waypoint' ? ['occurred'] : []),
      ])
        anyTime(c, stem, random, changed);
      if (typeof c.month === 'string') otherDay(c.month, time, random, changed);
      if ('occurred_granularity' in c && ['hour', 'day', 'month'].includes(c.occurred_granularity as string))
        changed.occurred_granularity = 'day';
      if ('recorded_at' in c) changed.recorded_at = within(c.recorded_at as string, time, random);
    }
    if (row.table !== 'suspicion') set('version', 7);
    for (const zone of ['occurred_zone', 'observed_zone', 'reported_zone']) set(zone, 'Europe/Kyiv');
    if (typeof c.due_at === 'string') changed.due_at = within(c.due_at, time, random);
  }
  const told = (detail: string): boolean => part.details.includes(detail);
  if (row.table === 'suspicion' && !told('basis')) set('basis', 'investigation');
  if (row.table === 'suspicion' && c.basis_on !== null && !(told('basis') && time === 'exact'))
    set('basis_on', '2026-03-03');
  set('external_reference', 'REF-ELSE');
  if (!told('labels')) set('label', 'REF-ELSE');
  // Another text with the same end: plates and registrations show that, other names nothing.
  if (!told('labels') && row.table === 'selector' && !String(c.hint).startsWith('…'))
    set('hint', `elsewhere ${String(c.hint).slice(-3)}`);
  if (!told('counts')) set('counts', { survivors: random.int(9) });
  if (!told('red_flags')) set('red_flag_total', 1 + random.int(9));
  set('station_id', null);
  set('place_reference_id', null);
  set('collector_id', null);
  if (part.place === 'exact') return changed;
  set('distance_km', random.int(400) / 4);
  set('uncertainty_km', c.uncertainty_km === null ? null : 1 + random.int(400) / 4);
  set('place_id', null);
  if (
    typeof c.cell === 'bigint' &&
    typeof c.longitude === 'number' &&
    (c.cell_resolution as number) > RESOLUTION[part.place]
  )
    movePlace(c, RESOLUTION[part.place], random, changed);
  return changed;
}

/** Elsewhere in the same wide cell: a child of another branch. */
function movePlace(
  c: Readonly<Record<string, unknown>>,
  wide: number,
  random: Random,
  changed: Record<string, unknown>,
): void {
  const around = parentByDigits(c.cell as bigint, wide);
  const degrees = 0.3 / 2.6 ** (wide - 4);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [latitude, longitude] = cellToLatLng(around.toString(16));
    const position = [
      longitude + (random.next() - 0.5) * degrees,
      latitude + (random.next() - 0.5) * degrees,
    ] as const;
    if (cellAt(position, wide) !== around) continue;
    const resolution = wide + 1 + random.int(4);
    const fine = cellAt(position, resolution);
    // The parent by digits and the cell around a position differ near an edge: the digits are what the hub keeps.
    if (parentByDigits(fine, wide) !== around) continue;
    Object.assign(changed, {
      longitude: position[0],
      latitude: position[1],
      z: mortonCode(position),
      cell: fine,
      cell_resolution: resolution,
    });
    return;
  }
}

function parentByDigits(cell: bigint, resolution: number): bigint {
  return (cell & ~(15n << 52n)) | (BigInt(resolution) << 52n) | ((1n << BigInt(3 * (15 - resolution))) - 1n);
}

function anyTime(
  c: Readonly<Record<string, unknown>>,
  stem: string,
  random: Random,
  changed: Record<string, unknown>,
): void {
  if (typeof c[`${stem}_from`] !== 'string') return;
  const from = Date.parse('2025-01-01T00:00:00Z') + random.int(700 * 24) * 3_600_000;
  changed[`${stem}_from`] = new Date(from).toISOString();
  changed[`${stem}_to`] = new Date(from + 3_600_000).toISOString();
}

/** Another day of the same span on the calendar of the place, its first and last among them. */
function otherDay(
  month: string,
  time: Exclude<Part['time'], 'exact'>,
  random: Random,
  changed: Record<string, unknown>,
): void {
  const start = Date.parse(beginningOf(time, `${month}T00:00:00Z`) as string);
  const days = Math.round((Date.parse(endOf(time, `${month}T00:00:00Z`) as string) - start) / 86_400_000);
  const day = start + [0, days - 1, random.int(days)][random.int(3)]! * 86_400_000;
  changed.occurred_from = new Date(day - KATHMANDU_AHEAD_MS).toISOString();
  changed.occurred_to = new Date(day - KATHMANDU_AHEAD_MS + 86_400_000).toISOString();
  changed.month = `${new Date(day).toISOString().slice(0, 7)}-01`;
}

/** Another moment of the same span. */
function within(moment: string, time: Exclude<Part['time'], 'exact'>, random: Random): string {
  const start = Date.parse(beginningOf(time, moment) as string);
  const hours = (Date.parse(endOf(time, moment) as string) - start) / 3_600_000;
  return new Date(start + random.int(hours - 8) * 3_600_000).toISOString();
}

/** A row the viewer may not know of can say anything. */
function otherwise({ columns: c }: WorldRow, random: Random): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  const set = (name: string, value: unknown): void => {
    if (name in c && c[name] !== null) changed[name] = value;
  };
  set('external_reference', `REF-${random.int(5)}`);
  set('label', 'the phone-1');
  set('reliability', 'A');
  set('credibility', 1);
  set('verification', 'evidence');
  set('purpose', 'trafficking');
  set('persons_min', 1);
  set('persons_max', 99);
  set('red_flag_total', 5);
  set('origin_country', 'UKR');
  set('claim', 'another_claim');
  set('origin_kind', 'victim');
  set('recorded_at', new Date(Date.parse('2026-10-01T00:00:00Z') + random.int(1_000) * 60_000).toISOString());
  set('occurred_from', '2026-07-05T00:00:00.000Z');
  set('occurred_to', '2026-07-06T00:00:00.000Z');
  set('month', '2026-07-01');
  set('occurred_on', '2026-07-05');
  set('reference', 'REF-0');
  set('intercepts', 9);
  set('points', 10);
  set('staff', 3);
  set('resolution', 'unresolved');
  set('value_min', 1);
  set('value_max', 5);
  set('status', (c.status as string | undefined) === 'confirmed' ? 'rejected' : c.status);
  if ('due_at' in c && c.due_at !== null) changed.status = 'witness';
  return changed;
}

/** One more hidden row like this one, hung on the same parents. */
function twin(row: WorldRow, ids: () => string, random: Random): WorldRow[] {
  const c = row.columns;
  const again = (changes: Record<string, unknown>): WorldRow[] => [
    { ...row, columns: { ...c, ...otherwise(row, random), id: ids(), ...changes } },
  ];
  switch (row.table) {
    case 'selector':
    case 'entity_link':
    case 'participation':
    case 'statement':
    case 'crossing':
      return again({});
    case 'indicator':
      return again({ code: `code-${ids()}` });
    case 'waypoint':
      return again({ ordinal: 1_000 + (c.ordinal as number) });
    case 'incident':
      return again({ version_of: null, known_to: null });
    case 'movement':
      return again({ version_of: null, known_to: null });
    case 'entity':
      return again({});
    default:
      return [];
  }
}
