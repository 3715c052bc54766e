/**
 * Stops near one another told as one stage: homes are known to a cell or a town, and one origin scatters over several of them. Each
 * stop joins the nearest leader within reach in its own country; leaders are the towns named, then the densest spots left.
 */
import type { Position } from '../../geo/position.ts';
import { greatCircleKm, toUnitVector, type UnitVector } from '../../geo/sphere.ts';

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
  const near = nearness(stops, reachKm);
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
  const isLeader = new Uint8Array(stops.length);
  for (const stop of ranked) {
    if (stops[stop]!.isTown || !near(stop, reachKm).some((other) => isLeader[other])) isLeader[stop] = 1;
  }
  const rank = new Int32Array(stops.length);
  for (const [place, stop] of ranked.entries()) rank[stop] = place;
  return Int32Array.from(stops, (_, stop) => {
    if (isLeader[stop]) return stop;
    const km = (other: number): number => greatCircleKm(stops[stop]!.position, stops[other]!.position);
    return near(stop, reachKm)
      .filter((other) => isLeader[other])
      .reduce((best, other) => ((km(other) - km(best) || rank[other]! - rank[best]!) < 0 ? other : best));
  });
}

/** Stops of the same country within a distance (at most the reach) of a stop, itself among them. */
function nearness(
  stops: readonly Stop[],
  reachKm: number,
): (stop: number, withinKm: number) => readonly number[] {
  const side = reachKm / 6371;
  const boxOf = ([x, y, z]: UnitVector): [number, number, number] => [
    Math.floor(x / side),
    Math.floor(y / side),
    Math.floor(z / side),
  ];
  const keyOf = (country: string | null, box: readonly number[]): string => `${country} ${box.join(' ')}`;
  const boxes = new Map<string, number[]>();
  const vectors = stops.map(({ position }) => toUnitVector(position));
  for (const [stop, vector] of vectors.entries()) {
    const key = keyOf(stops[stop]!.country, boxOf(vector));
    const box = boxes.get(key);
    if (box) box.push(stop);
    else boxes.set(key, [stop]);
  }
  return (stop, withinKm) => {
    const { country, position } = stops[stop]!;
    const [x, y, z] = boxOf(vectors[stop]!);
    const found: number[] = [];
    for (let step = 0; step < 27; step += 1) {
      const box = [x + (step % 3) - 1, y + (Math.floor(step / 3) % 3) - 1, z + Math.floor(step / 9) - 1];
      for (const other of boxes.get(keyOf(country, box)) ?? []) {
        if (other === stop || greatCircleKm(position, stops[other]!.position) <= withinKm) found.push(other);
      }
    }
    return found;
  };
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1];
}
