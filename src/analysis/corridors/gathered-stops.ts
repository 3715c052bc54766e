/**
 * Stops near one another told as one stage: homes are known to a cell or a town, and one origin scatters over several of them. Each
 * stop joins the nearest leader within reach in its own country; leaders are the towns named, then the densest spots left.
 */
import type { Position } from '../../geo/position.ts';
import { EARTH_RADIUS_KM, toUnitVector } from '../../geo/sphere.ts';

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

/** The leader of each stop, by number. The order of the stops changes numbers only. O(n) for stops spread over the Earth. */
export function gatherStops(stops: readonly Stop[], reachKm: number): Int32Array {
  const { near, squaredChord } = nearness(stops, reachKm);
  const density = Int32Array.from(stops, (_, stop) =>
    near(stop, reachKm * DENSITY_SHARE).reduce((sum, other) => sum + stops[other]!.visits, 0),
  );
  const ranked = [...stops.keys()].sort(
    (a, b) =>
      Number(stops[b]!.isTown) - Number(stops[a]!.isTown) ||
      density[b]! - density[a]! ||
      stops[b]!.visits - stops[a]!.visits ||
      compare(stops[a]!.position, stops[b]!.position),
  );
  // Leaders tell those within reach, in order of rank: the nearest of them wins, the first where two are as near.
  const leaderOf = new Int32Array(stops.length).fill(-1);
  const nearest = new Float64Array(stops.length).fill(Infinity);
  const leaders = ranked.filter((stop) => {
    if (!stops[stop]!.isTown && leaderOf[stop]! >= 0) return false;
    for (const other of near(stop, reachKm)) {
      const chord = squaredChord(stop, other);
      if (chord >= nearest[other]!) continue;
      nearest[other] = chord;
      leaderOf[other] = stop;
    }
    return true;
  });
  for (const leader of leaders) leaderOf[leader] = leader;
  return leaderOf;
}

interface Nearness {
  /** Stops of the same country within a distance (at most the reach) of a stop, itself among them. */
  near(stop: number, withinKm: number): readonly number[];
  /** On the unit sphere: orders pairs as the great circle does, without a trigonometric function a pair. */
  squaredChord(a: number, b: number): number;
}

function nearness(stops: readonly Stop[], reachKm: number): Nearness {
  const side = reachKm / EARTH_RADIUS_KM;
  const vectors = stops.map(({ position }) => toUnitVector(position));
  const boxOf = (stop: number): number[] => vectors[stop]!.map((along) => Math.floor(along / side));
  const keyOf = (country: string | null, box: readonly number[]): string => `${country} ${box.join(' ')}`;
  const boxes = new Map<string, number[]>();
  for (const [stop, { country }] of stops.entries()) {
    const key = keyOf(country, boxOf(stop));
    const box = boxes.get(key);
    if (box) box.push(stop);
    else boxes.set(key, [stop]);
  }
  const squaredChord = (a: number, b: number): number => {
    const [one, other] = [vectors[a]!, vectors[b]!];
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
  };
  const near = (stop: number, withinKm: number): readonly number[] => {
    const most = (2 * Math.sin(withinKm / EARTH_RADIUS_KM / 2)) ** 2;
    const [x, y, z] = boxOf(stop) as [number, number, number];
    const found: number[] = [];
    for (let step = 0; step < 27; step += 1) {
      const box = [x + (step % 3) - 1, y + (Math.floor(step / 3) % 3) - 1, z + Math.floor(step / 9) - 1];
      for (const other of boxes.get(keyOf(stops[stop]!.country, box)) ?? [])
        if (squaredChord(stop, other) <= most) found.push(other);
    }
    return found;
  };
  return { near, squaredChord };
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1];
}
