/** Movements and their stops as plain columns, which grow, take changes and can be handed to another thread: a million of them in some 70 MB. */
import { findId, type IdTable, idTable, numberOfId } from '../id-table.ts';
import { grouped } from './distinct-paths.ts';
import { emptyJourneys, type Journeys, longer } from './journeys.ts';
import { type Placing, placingBuffers } from './place-nodes.ts';
import { emptySites, type Sites } from './sites.ts';

/** One row a movement, in no particular order; of each column only the first `count` entries mean anything. */
export interface Travel {
  count: number;
  readonly movements: IdTable;
  /** Incidents, and those by which events are named. */
  readonly incidents: IdTable;
  readonly origins: IdTable;
  readonly owners: IdTable;
  /** By number of a movement's id; -1 where it is no row. */
  rowOf: Int32Array<ArrayBuffer>;
  readonly rows: TravelRows;
  readonly sites: Sites;
  readonly journeys: Journeys;
  /** Where the sites were told to be last time; null where nobody asked yet. */
  placing: Placing | null;
}

export interface TravelRows {
  /** Number of its id. */
  movement: Int32Array<ArrayBuffer>;
  /** The incident it came to light in. */
  incident: Int32Array<ArrayBuffer>;
  /** The same for incidents that are one event. */
  event: Int32Array<ArrayBuffer>;
  /** -1 when unknown. */
  origin: Int32Array<ArrayBuffer>;
  owner: Int32Array<ArrayBuffer>;
  /** Months since January of year 0; -1 when unknown. */
  month: Int32Array<ArrayBuffer>;
  journey: Int32Array<ArrayBuffer>;
  personsMin: Float64Array<ArrayBuffer>;
  /** Infinity when no bound is known. */
  personsMax: Float64Array<ArrayBuffer>;
}

export function emptyTravel(): Travel {
  const whole = (): Int32Array<ArrayBuffer> => new Int32Array(0);
  return {
    count: 0,
    movements: idTable(),
    incidents: idTable(),
    origins: idTable(),
    owners: idTable(),
    rowOf: whole(),
    rows: {
      movement: whole(),
      incident: whole(),
      event: whole(),
      origin: whole(),
      owner: whole(),
      month: whole(),
      journey: whole(),
      personsMin: new Float64Array(0),
      personsMax: new Float64Array(0),
    },
    sites: emptySites(),
    journeys: emptyJourneys(),
    placing: null,
  };
}

/** The row of the movement whose id is written from `at` on; a new one if it has none. */
export function rowFor(travel: Travel, text: string, at: number): number {
  const number = numberOfId(travel.movements, text, at);
  if (number >= travel.rowOf.length) {
    const known = travel.rowOf.length;
    travel.rowOf = longer(travel.rowOf, number + 1);
    travel.rowOf.fill(-1, known);
  }
  const known = travel.rowOf[number]!;
  if (known >= 0) return known;
  const row = travel.count;
  if (row === travel.rows.movement.length) makeRoom(travel.rows, row + 1);
  travel.rows.movement[row] = number;
  travel.rowOf[number] = row;
  travel.count += 1;
  return row;
}

/** The last row takes its place. */
export function removeRow(travel: Travel, row: number): void {
  const { rows, rowOf } = travel;
  const last = travel.count - 1;
  rowOf[rows.movement[row]!] = -1;
  if (row !== last) {
    for (const column of Object.values(rows) as Int32Array[]) column[row] = column[last]!;
    rowOf[rows.movement[row]!] = row;
  }
  travel.count = last;
}

/** Movements of one journey beside each other: whoever looks at all of them finds them in one stretch of memory. */
export function orderByJourney({ count, rows, rowOf, journeys }: Travel): void {
  const { members } = grouped(rows.journey.subarray(0, count), journeys.count);
  for (const column of Object.values(rows) as Int32Array[]) {
    const before = column.slice(0, count);
    for (let row = 0; row < count; row += 1) column[row] = before[members[row]!]!;
  }
  for (let row = 0; row < count; row += 1) rowOf[rows.movement[row]!] = row;
}

/** -1 where it is none. */
export function findRow(travel: Travel, id: string, at = 0): number {
  const number = findId(travel.movements, id, at);
  return number < 0 ? -1 : travel.rowOf[number]!;
}

/** Room in all columns for so many rows. */
export function makeRoom(rows: TravelRows, count: number): void {
  if (count <= rows.movement.length) return;
  rows.movement = longer(rows.movement, count);
  rows.incident = longer(rows.incident, count);
  rows.event = longer(rows.event, count);
  rows.origin = longer(rows.origin, count);
  rows.owner = longer(rows.owner, count);
  rows.month = longer(rows.month, count);
  rows.journey = longer(rows.journey, count);
  rows.personsMin = longer(rows.personsMin, count);
  rows.personsMax = longer(rows.personsMax, count);
}

/** All memory of the columns, to be handed on without a copy. */
export function buffersOf(travel: Travel): ArrayBuffer[] {
  const { movements, incidents, origins, owners, rowOf, rows, sites, journeys, placing } = travel;
  return [
    ...[movements, incidents, origins, owners].flatMap(({ words, slots }) => [words, slots]),
    rowOf,
    ...Object.values(rows as unknown as Record<string, Int32Array<ArrayBuffer>>),
    sites.centres,
    ...[sites.known, journeys].flatMap(({ starts, stops, slots }) => [starts, stops, slots]),
  ]
    .map(({ buffer }) => buffer)
    .concat(placing === null ? [] : placingBuffers(placing));
}

/** Bytes in memory, but for a few names. */
export function bytesOf(travel: Travel): number {
  return buffersOf(travel).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
