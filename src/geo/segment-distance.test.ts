/** Segments and tracks: the paper's distances by hand, wherever on the Earth they lie, and the places of a track that are kept. */
import { describe, expect, it } from 'vitest';
import { frameBetween, fromPlane, toPlane } from './local-frame.ts';
import type { Position } from './position.ts';
import { type Segment, segmentBetween, segmentDistance, segmentDistanceKm } from './segment-distance.ts';
import {
  EARTH_RADIUS_KM,
  greatCircleKm,
  interpolate,
  toPosition,
  toUnitVector,
  type UnitVector,
} from './sphere.ts';
import { characteristicPoints, trackSegments } from './track-partition.ts';

/** A degree of the equator. */
const DEGREE_KM = (EARTH_RADIUS_KM * Math.PI) / 180;

const between = (from: Position, to: Position): Segment =>
  segmentBetween(toUnitVector(from), toUnitVector(to)) as Segment;

/** The whole picture put elsewhere: turned by `east` round the axis, then tipped by `north` towards the pole at the meridian of 90° W. */
const moved = ([longitude, latitude]: Position, east: number, north: number): Position => {
  const [x, y, z] = toUnitVector([longitude + 90, latitude]);
  const tip = (north * Math.PI) / 180;
  const tipped: UnitVector = [
    x,
    y * Math.cos(tip) - z * Math.sin(tip),
    y * Math.sin(tip) + z * Math.cos(tip),
  ];
  const [turned, height] = toPosition(tipped);
  return [turned - 90 + east, height];
};

describe('the distance of two segments', () => {
  // On the equator the plane's axes are longitude and latitude. Six degrees, and 3-4-5 beside it.
  const longer: readonly [Position, Position] = [
    [-3, 0],
    [3, 0],
  ];
  const shorter: readonly [Position, Position] = [
    [1, 1],
    [4, 5],
  ];
  const places: readonly [string, (at: Position) => Position][] = [
    ['on the equator', (at) => at],
    ['across 180°', ([longitude, latitude]) => [longitude + 179.5, latitude]],
    ['three turns on', ([longitude, latitude]) => [longitude + 1_080, latitude]],
    ['at 75° north', (at) => moved(at, 20, 75)],
    ['over the pole, across 180°', (at) => moved(at, 180, 89)],
  ];

  it.each(places)('is that of the definitions %s', (_, put) => {
    const line = between(put(longer[0]), put(longer[1]));
    const parts = segmentDistance(line, between(put(shorter[0]), put(shorter[1])));
    expect(parts.perpendicularKm / DEGREE_KM).toBeCloseTo((1 + 25) / (1 + 5), 9);
    expect(parts.parallelKm / DEGREE_KM).toBeCloseTo(1, 9);
    expect(parts.angleKm / DEGREE_KM).toBeCloseTo(4, 9);
    const back = segmentDistance(between(put(shorter[1]), put(shorter[0])), line);
    expect(back.angleKm / DEGREE_KM).toBeCloseTo(5, 9);
    expect(back.perpendicularKm).toBeCloseTo(parts.perpendicularKm, 6);
  });

  it('is 0 to itself, its length backwards, and the gap to what goes on in line', () => {
    const one = between([0, 0], [1, 0]);
    expect(segmentDistanceKm(one, one)).toBeCloseTo(0, 9);
    expect(segmentDistanceKm(one, between([1, 0], [0, 0]))).toBeCloseTo(DEGREE_KM, 6);
    const next = segmentDistance(one, between([1.5, 0], [2, 0]));
    expect(next.perpendicularKm + next.angleKm).toBeCloseTo(0, 9);
    expect(next.parallelKm).toBeCloseTo(0.5 * DEGREE_KM, 6);
  });

  it('is the same from either side, also of equally long ones, and none of a place', () => {
    const [a, b] = [between([0, 0], [0, 1]), between([0.1, 0.3], [1.1, 0.3])];
    expect(segmentDistanceKm(a, b)).toBe(segmentDistanceKm(b, a));
    expect(segmentBetween(toUnitVector([5, 5]), toUnitVector([5, 5]))).toBeNull();
    expect(segmentBetween(toUnitVector([5, 5]), toUnitVector([-175, -5]))).toBeNull();
  });

  it('is no less than that of their nearest ends', () => {
    let closest = Infinity;
    for (let seed = 1; seed <= 20_000; seed += 1) {
      const at = [2, 3, 5, 7, 11, 13].map((base) => corput(seed, base));
      const a = between([at[0]!, at[1]!], [at[0]! + at[2]!, at[1]!]);
      const b = between([at[3]!, at[4]!], [at[3]! + at[5]! - 0.5, at[4]! + at[2]! - 0.5]);
      const ends = [a.start, a.end].flatMap((from) =>
        [b.start, b.end].map((to) => greatCircleKm(toPosition(from), toPosition(to))),
      );
      closest = Math.min(closest, segmentDistanceKm(a, b) / Math.min(...ends));
    }
    expect(closest).toBeGreaterThanOrEqual(1);
    // Side by side it is as much.
    expect(segmentDistanceKm(between([0, 0], [1, 0]), between([0, 0.2], [0.9, 0.2])) / DEGREE_KM).toBeCloseTo(
      0.2,
      3,
    );
  });
});

it('the plane of a line is that of the sphere beside it, and leads back', () => {
  const frame = frameBetween(toUnitVector([170, 70]), toUnitVector([-170, 75]))!;
  const [from, to] = [fromPlane(frame, [-30, 200]), fromPlane(frame, [30, 200])];
  expect(toPlane(frame, from)[0]).toBeCloseTo(-30, 9);
  expect(toPlane(frame, from)[1]).toBeCloseTo(200, 9);
  const drawn = 60 / greatCircleKm(toPosition(from), toPosition(to));
  expect(drawn).toBeGreaterThan(1);
  expect(drawn).toBeLessThan(1.0005);
});

describe('the places of a track that are kept', () => {
  /** Units of a hundredth of a degree, told to one of them. */
  const kept = (points: readonly Position[], put = (at: Position): Position => at): number[] =>
    characteristicPoints(
      points.map(([x, y]) => put([x / 100, y / 100])),
      DEGREE_KM / 100,
    );

  it('are those of the shorter description: 20 h⁴ against 100 + h²', () => {
    // One line: log2 20, and log2 h four times. Two legs: log2 (100 + h²). They are equal at h = 1.5037.
    const bent = (h: number): Position[] => [
      [0, 0],
      [10, h],
      [20, 0],
    ];
    expect(kept(bent(1.5))).toEqual([0, 2]);
    expect(kept(bent(1.51))).toEqual([0, 1, 2]);
    expect(kept(bent(1.51), ([longitude, latitude]) => [longitude - 179.9, latitude])).toEqual([0, 1, 2]);
    expect(kept(bent(1.51), (at) => moved(at, 0, 80))).toEqual([0, 1, 2]);
  });

  it('are the ends of a straight way, the corner of a bent one, and where it turned back', () => {
    const straight = Array.from({ length: 10 }, (_, i): Position => [10 * i, i % 2]);
    expect(kept(straight)).toEqual([0, 9]);
    const corner = [...straight, ...Array.from({ length: 9 }, (_, i): Position => [90, 10 * (i + 1)])];
    expect(kept(corner)).toEqual([0, 9, 18]);
    expect(kept([...straight, ...straight.toReversed().slice(1)])).toEqual([0, 9, 18]);
  });

  it('are the best of all ways to keep some', () => {
    let kinds = new Set<number>();
    for (let seed = 0; seed < 30; seed += 1) {
      const track = Array.from(
        { length: 9 },
        (_, i): Position => [0.1 * i + 0.1 * corput(9 * seed + i + 1, 2), 0.25 * corput(9 * seed + i + 1, 3)],
      );
      const inner = [1, 2, 3, 4, 5, 6, 7];
      const ways = Array.from({ length: 2 ** inner.length }, (_, set) => [
        0,
        ...inner.filter((__, bit) => (set >> bit) & 1),
        8,
      ]);
      const found = characteristicPoints(track, 3);
      expect(bits(track, found, 3)).toBeCloseTo(Math.min(...ways.map((way) => bits(track, way, 3))), 9);
      const back = characteristicPoints(track.toReversed(), 3).map((at) => 8 - at);
      expect(bits(track, back.reverse(), 3)).toBeCloseTo(bits(track, found, 3), 9);
      kinds = kinds.add(found.length);
    }
    expect(kinds.size).toBeGreaterThan(2);
  });

  it('make segments no longer than was asked, and none where nobody moved', () => {
    const places: Position[] = [
      [179, 60],
      [179, 60],
      [-179, 60],
    ];
    const segments = trackSegments(places, { precisionKm: 5, longestKm: 30 });
    expect(segments).toHaveLength(Math.ceil(greatCircleKm(places[0]!, places[2]!) / 30));
    expect(Math.max(...segments.map(({ lengthKm }) => lengthKm))).toBeLessThanOrEqual(30);
    const middle = interpolate(places[0]!, places[2]!, 0.5);
    expect(segments.some(({ end }) => greatCircleKm(toPosition(end), middle) < 1e-6)).toBe(true);
    expect(trackSegments([places[0]!, places[1]!], { precisionKm: 5, longestKm: 30 })).toEqual([]);
  });
});

/** Equation 5 of the paper, with what is nearer than the precision for nothing. */
function bits(track: readonly Position[], kept: readonly number[], precisionKm: number): number {
  const told = (km: number): number => Math.log2(Math.max(1, km / precisionKm));
  let sum = 0;
  for (const [number, to] of kept.slice(1).entries()) {
    const from = kept[number]!;
    const line = between(track[from]!, track[to]!);
    sum += told(line.lengthKm);
    if (to - from === 1) continue;
    for (let at = from; at < to; at += 1) {
      const { perpendicularKm, angleKm } = segmentDistance(line, between(track[at]!, track[at + 1]!));
      sum += told(perpendicularKm) + told(angleKm);
    }
  }
  return sum;
}

/** Van der Corput's sequence: even, and the same every time. */
function corput(index: number, base: number): number {
  let [value, share] = [0, 1];
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    share /= base;
    value += share * (rest % base);
  }
  return value;
}
