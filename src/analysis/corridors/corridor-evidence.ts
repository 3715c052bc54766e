/** What stands behind a corridor: cases, independent origins, how each leg is known, how many persons, and when. */
import type { WaypointKind } from '../../kernel/vocabulary.ts';
import type { ClosedPath } from './closed-paths.ts';
import type { DistinctPaths } from './distinct-paths.ts';
import { KIND_ORDER, type MovementColumns } from './movement-columns.ts';

/** Incidents by how well they know a leg. Each counts once a leg, by its best movement. */
export type LegEvidence = Readonly<Record<WaypointKind, number>>;

export interface CorridorEvidence {
  readonly incidents: number;
  /** Distinct known origins; 1 when none is known, since unknown ones may all be the same. */
  readonly independentOrigins: number;
  readonly movements: number;
  readonly legs: readonly LegEvidence[];
  /** At least: each incident by its largest movement, as its movements may be several reports of one party. At most: all added; null if unbounded. */
  readonly persons: { readonly min: number; readonly max: number | null };
  /** Incidents by month number, each in the earliest month known of it; undated ones left out. */
  readonly months: ReadonlyMap<number, number>;
  readonly undatedIncidents: number;
}

/** Where in each member movement the corridor begins: calls back with the movement's row and its first waypoint. */
export function forEachMember(
  { nodes, paths }: ClosedPath,
  distinct: DistinctPaths,
  { starts, journeys }: Pick<MovementColumns, 'starts' | 'journeys'>,
  visit: (row: number, firstWaypoint: number) => void,
): void {
  for (const path of paths) {
    const offset = offsetIn(distinct, path, nodes);
    for (let at = distinct.rowStarts[path]!; at < distinct.rowStarts[path + 1]!; at += 1) {
      const row = distinct.rows[at]!;
      visit(row, starts[journeys[row]!]! + offset);
    }
  }
}

/** Gathers evidence for one corridor after another; what it holds between them is scratch, sized once. */
export class EvidenceReader {
  readonly #columns: MovementColumns;
  readonly #distinct: DistinctPaths;
  readonly #slotOf: Int32Array;
  readonly #incidentStamp: Int32Array;
  readonly #originStamp: Int32Array;
  #stamp = 0;

  constructor(columns: MovementColumns, distinct: DistinctPaths) {
    this.#columns = columns;
    this.#distinct = distinct;
    this.#slotOf = new Int32Array(columns.incidentCount);
    this.#incidentStamp = new Int32Array(columns.incidentCount);
    this.#originStamp = new Int32Array(columns.originCount);
  }

  /** Distinct known origins, or 1 when none is known. */
  countOrigins(path: ClosedPath): number {
    const { origins } = this.#columns;
    this.#stamp += 1;
    let known = 0;
    forEachMember(path, this.#distinct, this.#columns, (row) => {
      known += this.#isNew(origins[row]!) ? 1 : 0;
    });
    return Math.max(1, known);
  }

  read(path: ClosedPath): CorridorEvidence {
    const { incidents, origins, months, personsMin, personsMax, kinds } = this.#columns;
    this.#stamp += 1;
    const legCount = path.nodes.length - 1;
    const least = new Float64Array(path.support);
    const earliest = new Float64Array(path.support).fill(Infinity);
    const bestKinds = new Uint8Array(path.support * legCount).fill(KIND_ORDER.length);
    let found = 0;
    let most = 0;
    let movements = 0;
    let known = 0;
    forEachMember(path, this.#distinct, this.#columns, (row, first) => {
      const incident = incidents[row]!;
      if (this.#incidentStamp[incident] !== this.#stamp) {
        this.#incidentStamp[incident] = this.#stamp;
        this.#slotOf[incident] = found;
        found += 1;
      }
      const slot = this.#slotOf[incident]!;
      least[slot] = Math.max(least[slot]!, personsMin[row]!);
      most += personsMax[row]!;
      if (months[row]! >= 0) earliest[slot] = Math.min(earliest[slot]!, months[row]!);
      for (let leg = 0; leg < legCount; leg += 1) {
        // A leg is known no better than the less known of its ends.
        const kind = Math.max(kinds[first + leg]!, kinds[first + leg + 1]!);
        if (kind < bestKinds[slot * legCount + leg]!) bestKinds[slot * legCount + leg] = kind;
      }
      known += this.#isNew(origins[row]!) ? 1 : 0;
      movements += 1;
    });
    return {
      incidents: found,
      independentOrigins: Math.max(1, known),
      movements,
      legs: legEvidence(bestKinds, legCount),
      persons: {
        min: least.reduce((sum, persons) => sum + persons, 0),
        max: most === Infinity ? null : most,
      },
      ...byMonth(earliest),
    };
  }

  #isNew(origin: number): boolean {
    if (origin < 0 || this.#originStamp[origin] === this.#stamp) return false;
    this.#originStamp[origin] = this.#stamp;
    return true;
  }
}

function offsetIn({ starts, nodes }: DistinctPaths, path: number, wanted: Int32Array): number {
  const from = starts[path]!;
  for (let offset = 0; from + offset + wanted.length <= starts[path + 1]!; offset += 1) {
    if (wanted.every((node, i) => nodes[from + offset + i] === node)) return offset;
  }
  throw new Error('corridor evidence: a member path does not contain its corridor');
}

function legEvidence(bestKinds: Uint8Array, legCount: number): LegEvidence[] {
  const legs = Array.from({ length: legCount }, () => ({ observed: 0, stated: 0, inferred: 0 }));
  for (let i = 0; i < bestKinds.length; i += 1) legs[i % legCount]![KIND_ORDER[bestKinds[i]!]!] += 1;
  return legs;
}

function byMonth(earliest: Float64Array): { months: Map<number, number>; undatedIncidents: number } {
  const months = new Map<number, number>();
  let undatedIncidents = 0;
  for (const month of earliest) {
    if (month === Infinity) undatedIncidents += 1;
    else months.set(month, (months.get(month) ?? 0) + 1);
  }
  return { months, undatedIncidents };
}
