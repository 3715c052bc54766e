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
  /** Longitude and latitude after one another, NaN where only the node is known; absent when that is so everywhere. */
  readonly positions?: Float64Array;
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
      positions: Float64Array.from(waypoints.flatMap(({ position }) => position ?? [Number.NaN, Number.NaN])),
    }),
  };
  return {
    columns: { ...columns, incidentCount: incidents.names.length, originCount: origins.names.length },
    movements: rows,
    records,
  };
}

/** Stops at the same node in a row become one, of the best-known kind among them (and that one's position). */
export function withoutRepeatedStops(columns: MovementColumns): MovementColumns {
  const { starts, nodes, kinds, positions } = columns;
  const kept = new Int32Array(nodes.length);
  const keptStarts = new Int32Array(starts.length);
  let size = 0;
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    for (let at = starts[journey]!; at < starts[journey + 1]!; at += 1) {
      const isRepeat = at > starts[journey]! && nodes[at]! >= 0 && nodes[at] === nodes[at - 1];
      if (!isRepeat) kept[size++] = at;
      else if (kinds[at]! < kinds[kept[size - 1]!]!) kept[size - 1] = at;
    }
    keptStarts[journey + 1] = size;
  }
  const chosen = kept.subarray(0, size);
  return {
    ...columns,
    starts: keptStarts,
    nodes: chosen.map((at) => nodes[at]!),
    kinds: Uint8Array.from(chosen, (at) => kinds[at]!),
    ...(positions && { positions: pairsAt(positions, chosen) }),
  };
}

function pairsAt(pairs: Float64Array, chosen: Int32Array): Float64Array {
  const found = new Float64Array(2 * chosen.length);
  for (let i = 0; i < chosen.length; i += 1) {
    found[2 * i] = pairs[2 * chosen[i]!]!;
    found[2 * i + 1] = pairs[2 * chosen[i]! + 1]!;
  }
  return found;
}
