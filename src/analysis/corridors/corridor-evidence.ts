/** What stands behind a corridor: cases, independent origins, how each leg is known, how many persons, and when. */
import type { WaypointKind } from '../../kernel/vocabulary.ts';
import type { ClosedPath } from './closed-paths.ts';
import type { DistinctPaths } from './distinct-paths.ts';
import { KIND_ORDER, type MonthSpan, type MovementColumns, monthSpan } from './movement-columns.ts';

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

/** Each journey that contains the path once: calls back with its number and the first waypoint of the path in it. */
export function forEachJourney(
  { nodes, paths }: Pick<ClosedPath, 'nodes' | 'paths'>,
  distinct: DistinctPaths,
  { starts }: Pick<MovementColumns, 'starts'>,
  visit: (journey: number, firstWaypoint: number) => void,
): void {
  for (const path of paths) {
    const offset = offsetIn(distinct, path, nodes);
    for (let at = distinct.journeyStarts[path]!; at < distinct.journeyStarts[path + 1]!; at += 1) {
      const journey = distinct.journeys[at]!;
      visit(journey, starts[journey]! + offset);
    }
  }
}

/**
 * Gathers evidence for one corridor after another; what it holds between them is scratch, sized once. An incident of one movement is added up; only of
 * the others is the best of several sought.
 */
export class EvidenceReader {
  readonly #columns: MovementColumns;
  readonly #distinct: DistinctPaths;
  readonly #isAlone: Uint8Array;
  readonly #slotOf: Int32Array;
  readonly #incidentStamp: Int32Array;
  readonly #originStamp: Int32Array;
  readonly #span: MonthSpan;
  #stamp = 0;

  /** `isAlone`: by row, 1 where its incident has no other. */
  constructor(columns: MovementColumns, distinct: DistinctPaths, isAlone: Uint8Array) {
    this.#columns = columns;
    this.#distinct = distinct;
    this.#isAlone = isAlone;
    this.#slotOf = new Int32Array(columns.incidentCount);
    this.#incidentStamp = new Int32Array(columns.incidentCount);
    this.#originStamp = new Int32Array(columns.originCount);
    this.#span = monthSpan(columns.months);
  }

  /** Distinct known origins, or 1 when none is known; no more than `enough` are counted. */
  countOrigins(paths: Int32Array, enough = Infinity): number {
    const { origins } = this.#columns;
    const { journeyStarts, journeys, rowStarts, rows } = this.#distinct;
    this.#stamp += 1;
    let known = 0;
    for (const path of paths) {
      for (let at = journeyStarts[path]!; at < journeyStarts[path + 1]!; at += 1) {
        const to = rowStarts[journeys[at]! + 1]!;
        for (let from = rowStarts[journeys[at]!]!; from < to; from += 1)
          known += this.#isNew(origins[rows[from]!]!) ? 1 : 0;
        if (known >= enough) return enough;
      }
    }
    return Math.max(1, known);
  }

  read(path: ClosedPath): CorridorEvidence {
    const { incidents, origins, months, personsMin, personsMax, kinds } = this.#columns;
    const { rowStarts, rows } = this.#distinct;
    this.#stamp += 1;
    const legCount = path.nodes.length - 1;
    // Of incidents with several movements.
    const [least, earliest, bestKinds]: [number[], number[], number[]] = [[], [], []];
    const legs = new LegCounts(legCount);
    const byMonth = new MonthCounts(this.#span);
    let [alone, persons, most, movements, known] = [0, 0, 0, 0, 0];
    const [isAlone, originStamp, stamp] = [this.#isAlone, this.#originStamp, this.#stamp];
    forEachJourney(path, this.#distinct, this.#columns, (journey, first) => {
      let aloneHere = 0;
      for (let at = rowStarts[journey]!; at < rowStarts[journey + 1]!; at += 1) {
        const row = rows[at]!;
        const origin = origins[row]!;
        most += personsMax[row]!;
        if (origin >= 0 && originStamp[origin] !== stamp) {
          originStamp[origin] = stamp;
          known += 1;
        }
        if (isAlone[row] === 1) {
          aloneHere += 1;
          persons += personsMin[row]!;
          byMonth.add(months[row]!);
          continue;
        }
        const slot = this.#slotFor(incidents[row]!, least.length);
        if (slot === least.length) {
          least.push(0);
          earliest.push(Infinity);
          for (let leg = 0; leg < legCount; leg += 1) bestKinds.push(KIND_ORDER.length);
        }
        least[slot] = Math.max(least[slot]!, personsMin[row]!);
        if (months[row]! >= 0) earliest[slot] = Math.min(earliest[slot]!, months[row]!);
        for (let leg = 0; leg < legCount; leg += 1)
          bestKinds[slot * legCount + leg] = Math.min(
            bestKinds[slot * legCount + leg]!,
            kindOfLeg(kinds, first + leg),
          );
      }
      movements += rowStarts[journey + 1]! - rowStarts[journey]!;
      alone += aloneHere;
      for (let leg = 0; leg < legCount; leg += 1) legs.add(leg, kindOfLeg(kinds, first + leg), aloneHere);
    });
    for (const [at, kind] of bestKinds.entries()) legs.add(at % legCount, kind, 1);
    for (const month of earliest) byMonth.add(month === Infinity ? -1 : month);
    return {
      incidents: alone + least.length,
      independentOrigins: Math.max(1, known),
      movements,
      legs: legs.all,
      persons: {
        min: least.reduce((sum, party) => sum + party, persons),
        max: most === Infinity ? null : most,
      },
      months: byMonth.months(),
      undatedIncidents: byMonth.undated,
    };
  }

  /** The next, where the incident has none yet. */
  #slotFor(incident: number, next: number): number {
    if (this.#incidentStamp[incident] === this.#stamp) return this.#slotOf[incident]!;
    this.#incidentStamp[incident] = this.#stamp;
    this.#slotOf[incident] = next;
    return next;
  }

  #isNew(origin: number): boolean {
    if (origin < 0 || this.#originStamp[origin] === this.#stamp) return false;
    this.#originStamp[origin] = this.#stamp;
    return true;
  }
}

/** A leg is known no better than the less known of its ends. */
function kindOfLeg(kinds: Uint8Array, from: number): number {
  return Math.max(kinds[from]!, kinds[from + 1]!);
}

class LegCounts {
  readonly all: Record<WaypointKind, number>[];

  constructor(legs: number) {
    this.all = Array.from({ length: legs }, () => ({ observed: 0, stated: 0, inferred: 0 }));
  }

  add(leg: number, kind: number, incidents: number): void {
    this.all[leg]![KIND_ORDER[kind]!] += incidents;
  }
}

class MonthCounts {
  readonly #first: number;
  readonly #counts: Int32Array;
  undated = 0;

  constructor({ first, last }: MonthSpan) {
    this.#first = first;
    this.#counts = new Int32Array(Math.max(0, last - first + 1));
  }

  add(month: number): void {
    if (month < 0) this.undated += 1;
    else this.#counts[month - this.#first]! += 1;
  }

  months(): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (const [at, incidents] of this.#counts.entries())
      if (incidents > 0) found.set(this.#first + at, incidents);
    return found;
  }
}

function offsetIn({ starts, nodes }: DistinctPaths, path: number, wanted: Int32Array): number {
  const from = starts[path]!;
  for (let offset = 0; from + offset + wanted.length <= starts[path + 1]!; offset += 1) {
    if (wanted.every((node, i) => nodes[from + offset + i] === node)) return offset;
  }
  throw new Error('corridor evidence: a member path does not contain its corridor');
}
