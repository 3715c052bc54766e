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

/** Beyond this numbers of boxes would no longer be exact. */
const LEAST_SIDE_KM = 5;

/** The leader of each stop, by number. The order of the stops changes numbers only. O(n) for stops spread over the Earth. */
export function gatherStops(stops: readonly Stop[], reachKm: number): Int32Array {
  const eachNear = nearness(stops, reachKm);
  const density = new Float64Array(stops.length);
  for (let stop = 0; stop < stops.length; stop += 1) {
    eachNear(stop, reachKm * DENSITY_SHARE, (other) => {
      density[stop]! += stops[other]!.visits;
    });
  }
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
    eachNear(stop, reachKm, (other, squaredChord) => {
      if (squaredChord >= nearest[other]!) return;
      nearest[other] = squaredChord;
      leaderOf[other] = stop;
    });
    return true;
  });
  for (const leader of leaders) leaderOf[leader] = leader;
  return leaderOf;
}

/**
 * Visits stops of the same country within a distance (at most the reach) of a stop, itself among them, with the squared chord on the unit sphere: it
 * orders pairs as the great circle does, without a trigonometric function a pair.
 */
type EachNear = (
  stop: number,
  withinKm: number,
  visit: (other: number, squaredChord: number) => void,
) => void;

function nearness(stops: readonly Stop[], reachKm: number): EachNear {
  // Any side of at least the reach will do; very small boxes would be too many to number.
  const side = Math.max(reachKm, LEAST_SIDE_KM) / EARTH_RADIUS_KM;
  const across = Math.ceil(2 / side) + 3;
  const countries = new Map<string | null, number>();
  const vectors = new Float64Array(3 * stops.length);
  const boxAlong = (along: number): number => Math.floor((along + 1) / side) + 1;
  const boxOf = new Int32Array(stops.length);
  const boxes: { readonly key: number; readonly stops: number[] }[] = [];
  const byKey = new Map<number, number>();
  for (const [stop, { position, country }] of stops.entries()) {
    const number = countries.get(country) ?? countries.size;
    countries.set(country, number);
    const [x, y, z] = toUnitVector(position);
    vectors.set([x, y, z], 3 * stop);
    const key = ((number * across + boxAlong(x)) * across + boxAlong(y)) * across + boxAlong(z);
    const box = byKey.get(key) ?? boxes.push({ key, stops: [] }) - 1;
    byKey.set(key, box);
    boxes[box]!.stops.push(stop);
    boxOf[stop] = box;
  }
  const around = boxes.map(({ key }): readonly (readonly number[])[] =>
    Array.from({ length: 27 }, (_, step) => {
      const [dx, dy, dz] = [(step % 3) - 1, (Math.floor(step / 3) % 3) - 1, Math.floor(step / 9) - 1];
      const box = byKey.get(key + (dx * across + dy) * across + dz);
      return box === undefined ? [] : boxes[box]!.stops;
    }).filter(({ length }) => length > 0),
  );
  return (stop, withinKm, visit) => {
    const most = (2 * Math.sin(withinKm / EARTH_RADIUS_KM / 2)) ** 2;
    const [x, y, z] = [vectors[3 * stop]!, vectors[3 * stop + 1]!, vectors[3 * stop + 2]!];
    for (const box of around[boxOf[stop]!]!) {
      for (const other of box) {
        const squaredChord =
          (vectors[3 * other]! - x) ** 2 +
          (vectors[3 * other + 1]! - y) ** 2 +
          (vectors[3 * other + 2]! - z) ** 2;
        if (squaredChord <= most) visit(other, squaredChord);
      }
    }
  };
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1];
}
