/**
 * Stops near one another told as one stage: homes are known to a cell or a town, and one origin scatters over several of them. Each
 * stop joins a leader within reach in its own country; leaders are the towns named, then the densest spots left. Of towns the nearest leads; of spots that
 * nobody named the one that pulls most, density by squared distance (Reilly's law of retail gravitation, 1931): with the nearest alone, one stray stop beyond
 * the reach of a dense spot would take half of that spot's scatter with it. A spot takes from a town only what is nearer to it and pulled more by it.
 */
import type { Position } from '../../geo/position.ts';
import { emptyStops, NearStops, type StopColumns } from './stop-columns.ts';

export interface Stop {
  readonly position: Position;
  /** Alpha-3; stops of different countries are never one stage. */
  readonly country: string | null;
  /** How often it was stopped at. */
  readonly visits: number;
  /** A town that a source named is a stage of its own, and gathers what lies around it. */
  readonly isTown: boolean;
}

/** Density is counted within this share of the reach, so that a leader stands in the middle of a scatter and not at its edge. */
const DENSITY_SHARE = 0.4;

/** Stops that come, and are visited more often or less. What is around a stop is counted again only where something changed. */
export class StopGathering {
  readonly #stops: StopColumns;
  readonly #near: NearStops;
  readonly #isNew: boolean;

  constructor(stops: StopColumns) {
    this.#stops = stops;
    this.#near = new NearStops(stops);
    this.#isNew = stops.count === 0;
  }

  /** The number of a new stop. All that are new are added before any is visited. */
  add(position: Position, country: string | null, isTown: boolean): number {
    const stop = this.#near.add(position, country, isTown);
    if (this.#isNew) return stop;
    const count = this.#near.find(stop, this.#densityKm);
    for (let at = 0; at < count; at += 1)
      this.#stops.density[stop]! += this.#stops.visits[this.#near.found[at]!]!;
    return stop;
  }

  /** So often in all. */
  visit(stop: number, visits: number): void {
    const stops = this.#stops;
    const more = visits - stops.visits[stop]!;
    if (more === 0) return;
    stops.visits[stop] = visits;
    const count = this.#near.find(stop, this.#densityKm);
    for (let at = 0; at < count; at += 1) stops.density[this.#near.found[at]!]! += more;
  }

  get #densityKm(): number {
    return this.#stops.reachKm * DENSITY_SHARE;
  }

  /** The leader of each stop; what nobody stops at leads nothing. `compareEquals`: of two in one spot. The order of the stops changes numbers only. */
  leaders(compareEquals: (a: number, b: number) => number = () => 0): Int32Array {
    const { count, towns, density, visits, positions, reachKm } = this.#stops;
    const ranked = Int32Array.from({ length: count }, (_, stop) => stop).filter((stop) => visits[stop]! > 0);
    ranked.sort(
      (a, b) =>
        towns[b]! - towns[a]! ||
        density[b]! - density[a]! ||
        visits[b]! - visits[a]! ||
        positions[2 * a]! - positions[2 * b]! ||
        positions[2 * a + 1]! - positions[2 * b + 1]! ||
        compareEquals(a, b),
    );
    // Leaders tell those within reach, in order of rank: all towns first. The first wins where two pull alike.
    const leaderOf = new Int32Array(count).fill(-1);
    const squaredTo = new Float64Array(count);
    const leaders = ranked.filter((stop) => {
      const isTown = towns[stop] === 1;
      if (!isTown && leaderOf[stop]! >= 0) return false;
      const within = this.#near.find(stop, reachKm);
      const { found, squaredChords } = this.#near;
      for (let at = 0; at < within; at += 1) {
        const other = found[at]!;
        const led = leaderOf[other]!;
        const squared = squaredChords[at]!;
        if (led >= 0) {
          const isNearer = squared < squaredTo[other]!;
          const pullsMore = squared * density[led]! < squaredTo[other]! * density[stop]!;
          // Of two towns the nearer; of a town and a spot the spot only where it is nearer and pulls more.
          const takes = isTown ? isNearer : pullsMore && (isNearer || towns[led] === 0);
          if (!takes) continue;
        }
        squaredTo[other] = squared;
        leaderOf[other] = stop;
      }
      return true;
    });
    for (const leader of leaders) leaderOf[leader] = leader;
    return leaderOf;
  }
}

/** The leader of each stop, by number. O(n) for stops spread over the Earth. */
export function gatherStops(stops: readonly Stop[], reachKm: number): Int32Array {
  const gathering = new StopGathering(emptyStops(reachKm));
  for (const { position, country, isTown } of stops) gathering.add(position, country, isTown);
  for (const [stop, { visits }] of stops.entries()) gathering.visit(stop, visits);
  return gathering.leaders();
}
