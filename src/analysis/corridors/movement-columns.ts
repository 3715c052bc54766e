/** Movements as columns of numbers, so that a million of them are a few arrays; repeated stops at one place become one. */
import type { Position } from '../../geo/position.ts';
import type { WaypointKind } from '../../kernel/vocabulary.ts';
import { monthNumber } from '../month-number.ts';
import { Numbering } from '../numbering.ts';

export interface CorridorMovement {
  readonly movement: string;
  readonly incident: string | number;
  /** Key of the independent origin; null when unknown. */
  readonly origin: string | null;
  /** "2024-03"; null when the time is not known to the month. */
  readonly month: string | null;
  readonly personsMin: number;
  /** null: no upper bound known. */
  readonly personsMax: number | null;
  /** In travel order. */
  readonly waypoints: readonly CorridorWaypoint[];
}

export interface CorridorWaypoint {
  /** Number in the place graph; -1 for a place that could not be resolved: no corridor runs over it. */
  readonly node: number;
  readonly kind: WaypointKind;
  /** Where in the node's footprint this was, when it is known better than the node. */
  readonly position?: Position;
}

/** The best-known kind is the lowest. */
export const KIND_ORDER: readonly WaypointKind[] = ['observed', 'stated', 'inferred'];

/** One row a movement. Rows must be distinct movements; incidents and origins are numbered from 0, and not every number need be there. */
export interface MovementColumns {
  readonly incidents: Int32Array;
  readonly incidentCount: number;
  /** -1 when unknown. */
  readonly origins: Int32Array;
  readonly originCount: number;
  /** Months since January of year 0; -1 when unknown. */
  readonly months: Int32Array;
  readonly personsMin: Float64Array;
  /** Infinity when no bound is known. */
  readonly personsMax: Float64Array;
  /** What each row travelled: rows that stopped at the same places, known as well, may share a journey. Some may be of no row. */
  readonly journeys: Int32Array;
  /** One more entry than journeys: the waypoints of journey j are starts[j] … starts[j + 1] − 1. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  /** Places in KIND_ORDER. */
  readonly kinds: Uint8Array;
  /** Where in their nodes they were; absent when only the node is known of any. */
  readonly spots?: Spots;
}

/** Many waypoints share a spot. */
export interface Spots {
  /** By waypoint, the number of its spot. */
  readonly of: Int32Array;
  /** Longitude and latitude of each spot after one another, NaN where only the node is known. */
  readonly positions: Float64Array;
}

export interface MonthSpan {
  readonly first: number;
  readonly last: number;
}

/** First and last month that is known, by number; Infinity and −Infinity where none is. */
export function monthSpan(months: Int32Array): MonthSpan {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < months.length; row += 1) {
    const month = months[row]!;
    if (month < 0) continue;
    if (month < first) first = month;
    if (month > last) last = month;
  }
  return { first, last };
}

/** Columns and the movements their rows stand for. A movement given twice is one; the later is left out. */
export function movementColumns(movements: Iterable<CorridorMovement>): {
  readonly columns: MovementColumns;
  readonly movements: readonly CorridorMovement[];
  readonly records: number;
} {
  const byId = new Map<string, CorridorMovement>();
  let records = 0;
  for (const movement of movements) {
    records += 1;
    if (!byId.has(movement.movement)) byId.set(movement.movement, movement);
  }
  const rows = [...byId.values()];
  const incidents = new Numbering<string | number>();
  const origins = new Numbering();
  const waypoints = rows.flatMap((row) => row.waypoints);
  const starts = new Int32Array(rows.length + 1);
  for (const [row, movement] of rows.entries()) starts[row + 1] = starts[row]! + movement.waypoints.length;
  const columns = {
    incidents: Int32Array.from(rows, ({ incident }) => incidents.of(incident)),
    origins: Int32Array.from(rows, ({ origin }) => (origin === null ? -1 : origins.of(origin))),
    months: Int32Array.from(rows, ({ month }) => (month === null ? -1 : monthNumber(month))),
    personsMin: Float64Array.from(rows, ({ personsMin }) => personsMin),
    personsMax: Float64Array.from(rows, ({ personsMax }) => personsMax ?? Infinity),
    journeys: Int32Array.from(rows.keys()),
    starts,
    nodes: Int32Array.from(waypoints, ({ node }) => node),
    kinds: Uint8Array.from(waypoints, ({ kind }) => KIND_ORDER.indexOf(kind)),
    ...(waypoints.some(({ position }) => position) && {
      spots: {
        of: Int32Array.from(waypoints.keys()),
        positions: Float64Array.from(
          waypoints.flatMap(({ position }) => position ?? [Number.NaN, Number.NaN]),
        ),
      },
    }),
  };
  return {
    columns: { ...columns, incidentCount: incidents.names.length, originCount: origins.names.length },
    movements: rows,
    records,
  };
}

/** Stops at the same node in a row become one, of the best-known kind among them (and that one's spot). */
export function withoutRepeatedStops(columns: MovementColumns): MovementColumns {
  const { starts, nodes, kinds, spots } = columns;
  const keptStarts = new Int32Array(starts.length);
  const keptNodes = new Int32Array(nodes.length);
  const keptKinds = new Uint8Array(nodes.length);
  const keptSpots = new Int32Array(spots ? nodes.length : 0);
  let size = 0;
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    for (let at = starts[journey]!; at < starts[journey + 1]!; at += 1) {
      const isRepeat = at > starts[journey]! && nodes[at]! >= 0 && nodes[at] === nodes[at - 1];
      if (isRepeat && kinds[at]! >= keptKinds[size - 1]!) continue;
      const to = isRepeat ? size - 1 : size++;
      keptNodes[to] = nodes[at]!;
      keptKinds[to] = kinds[at]!;
      if (spots) keptSpots[to] = spots.of[at]!;
    }
    keptStarts[journey + 1] = size;
  }
  return {
    ...columns,
    starts: keptStarts,
    nodes: keptNodes.subarray(0, size),
    kinds: keptKinds.subarray(0, size),
    ...(spots && { spots: { of: keptSpots.subarray(0, size), positions: spots.positions } }),
  };
}
