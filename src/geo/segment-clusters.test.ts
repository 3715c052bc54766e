/** Clusters of segments against all pairs one by one, and the line that stands for one. */
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../kernel/random.ts';
import type { Position } from './position.ts';
import { type BundledSegment, representativeLine } from './representative-line.ts';
import { clusterSegments, NO_CLUSTER } from './segment-clusters.ts';
import { type Segment, segmentBetween, segmentDistanceKm } from './segment-distance.ts';
import { greatCircleKm, toUnitVector } from './sphere.ts';

const between = (from: Position, to: Position): Segment =>
  segmentBetween(toUnitVector(from), toUnitVector(to)) as Segment;

interface World {
  readonly ends: readonly (readonly [Position, Position])[];
  readonly groups: readonly number[];
}

/** Short segments, many of them eastwards; on a lattice, so that equal distances are common, or anywhere. */
function world(random: Random, lattice: boolean, count = 120): World {
  const somewhere = (): number => (lattice ? Math.floor(8 * random.next()) / 8 : random.next());
  const ends = Array.from({ length: count }, () => {
    const [x, y] = [2 * somewhere(), 2 * somewhere()];
    const [dx, dy] = random.next() < 0.7 ? [0.25, 0] : [somewhere() / 2 - 0.2, somewhere() / 2 - 0.2];
    return [
      [x, y],
      [x + dx + 0.01, y + dy],
    ] as const;
  });
  return { ends, groups: ends.map(() => Math.floor(30 * random.next())) };
}

function labelsOf({ ends, groups }: World, epsKm: number, minGroups: number): readonly number[] {
  const segments = ends.map(([from, to]) => between(from, to));
  return [...clusterSegments(segments, Int32Array.from(groups), { epsKm, minGroups })!.labels];
}

const headAlike = (a: Segment, b: Segment): boolean =>
  a.frame.along.reduce((sum, value, axis) => sum + value * b.frame.along[axis]!, 0) > 0;

/** Every pair; nothing shared with what is tested but the distance. */
function bruteForce({ ends, groups }: World, epsKm: number, minGroups: number): readonly number[] {
  const segments = ends.map(([from, to]) => between(from, to));
  const km = segments.map((a) => segments.map((b) => (headAlike(a, b) ? segmentDistanceKm(a, b) : Infinity)));
  const isCore = km.map(
    (row) => new Set(row.flatMap((far, other) => (far <= epsKm ? [groups[other]!] : []))).size >= minGroups,
  );
  const labels = segments.map((_, i) => (isCore[i] ? i : NO_CLUSTER));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, row] of km.entries())
      for (const [j, far] of row.entries())
        if (isCore[i] && isCore[j] && far <= epsKm && labels[j]! < labels[i]!) {
          labels[i] = labels[j]!;
          changed = true;
        }
  }
  const sense = ({ start, end }: Segment): readonly number[] =>
    [...start].reverse().concat([...end].reverse());
  const lower = (a: Segment, b: Segment): number => {
    const [one, other] = [sense(a), sense(b)];
    const at = one.findIndex((value, i) => value !== other[i]);
    return at < 0 ? 0 : one[at]! - other[at]!;
  };
  const joined = segments.map((_, i) => {
    if (isCore[i]) return labels[i]!;
    const near = segments
      .map((_, j) => j)
      .filter((j) => isCore[j] && km[i]![j]! <= epsKm)
      .sort((a, b) => km[i]![a]! - km[i]![b]! || lower(segments[a]!, segments[b]!));
    return near.length === 0 ? NO_CLUSTER : labels[near[0]!]!;
  });
  const kept = [...new Set(joined)].filter(
    (label) =>
      label !== NO_CLUSTER &&
      new Set(joined.flatMap((other, i) => (other === label ? [groups[i]] : []))).size >= minGroups,
  );
  const lowest = (label: number): Segment =>
    segments.filter((_, i) => isCore[i] && joined[i] === label).sort(lower)[0]!;
  kept.sort((a, b) => lower(lowest(a), lowest(b)));
  return joined.map((label) => kept.indexOf(label));
}

describe('clusters of segments', () => {
  it.each([true, false])('are those of all pairs one by one, on a lattice: %s', (lattice) => {
    let clusters = 0;
    let alone = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const made = world(seededRandom(seed), lattice);
      const [epsKm, minGroups] = [8 + (seed % 5) * 4, 3 + (seed % 3)];
      const labels = labelsOf(made, epsKm, minGroups);
      expect(labels).toEqual(bruteForce(made, epsKm, minGroups));
      clusters += Math.max(...labels) + 1;
      alone += labels.filter((label) => label === NO_CLUSTER).length;
    }
    expect(clusters).toBeGreaterThan(60);
    expect(alone).toBeGreaterThan(600);
  });

  it('do not hang on the order, the meridian, or on how often a group tells the same', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const made = world(seededRandom(900 + seed), false);
      const labels = labelsOf(made, 14, 4);
      const turned = labelsOf(
        { ends: made.ends.toReversed(), groups: made.groups.toReversed() },
        14,
        4,
      ).toReversed();
      expect(turned).toEqual(labels);
      for (const east of [360, -720, 179, 100]) {
        const shifted = made.ends.map((pair) =>
          pair.map(([longitude, latitude]) => [longitude + east, latitude]),
        ) as unknown as World['ends'];
        expect(partition(labelsOf({ ends: shifted, groups: made.groups }, 14, 4))).toEqual(partition(labels));
      }
      const twice = { ends: [...made.ends, ...made.ends], groups: [...made.groups, ...made.groups] };
      expect(labelsOf(twice, 14, 4)).toEqual([...labels, ...labels]);
    }
  });

  it('ask for what they need', () => {
    expect(() => clusterSegments([], new Int32Array(0), { epsKm: 0, minGroups: 3 })).toThrow(
      'found 0 km and minimum 3',
    );
    expect(clusterSegments([], new Int32Array(0), { epsKm: 1, minGroups: 3 })?.clusters).toBe(0);
  });

  it('are none where there are more neighbours than may be looked at, in any order', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const { ends, groups } = world(seededRandom(300 + seed), seed % 2 === 0);
      const segments = ends.map(([from, to]) => between(from, to));
      // Some end of the one lies within reach of some end of the other.
      const neighbours = ends.reduce(
        (sum, a, i) =>
          sum +
          ends.filter(
            (b, j) => i !== j && a.some((one) => b.some((other) => greatCircleKm(one, other) <= 14)),
          ).length,
        0,
      );
      const found = (mostNeighbours: number, order: (of: number[]) => number[]) => {
        const numbers = order([...ends.keys()]);
        return clusterSegments(
          numbers.map((i) => segments[i]!),
          Int32Array.from(numbers, (i) => groups[i]!),
          { epsKm: 14, minGroups: 4, mostNeighbours },
        );
      };
      for (const order of [(of: number[]) => of, (of: number[]) => of.toReversed()]) {
        expect(found(neighbours, order)?.clusters).toBe(found(Infinity, order)?.clusters);
        expect(found(neighbours - 1, order)).toBeNull();
        expect(found(20, order)).toBeNull();
      }
    }
  });
});

describe('the line of a bundle', () => {
  const bundle = (offsets: readonly number[], put: (at: Position) => Position): BundledSegment[] =>
    offsets.flatMap((offset, group) =>
      Array.from({ length: 10 }, (_, i) => ({
        ...between(put([0.2 * i, offset]), put([0.2 * (i + 1), offset])),
        group,
        uncertaintyKm: 0,
      })),
    );
  const offsets = [-0.1, -0.05, 0, 0.05, 0.1];

  it.each([
    ['here', 0],
    ['across 180°', 179],
  ])('is the middle of it, as wide as four fifths of it, %s', (_, east) => {
    const put = ([longitude, latitude]: Position): Position => [longitude + east, latitude];
    const { line, widthKm } = representativeLine(bundle(offsets, put), 3, 10);
    expect(greatCircleKm(line[0]!, put([0, 0]))).toBeLessThan(0.1);
    expect(greatCircleKm(line.at(-1)!, put([2, 0]))).toBeLessThan(10);
    for (const [, latitude] of line) expect(latitude).toBeCloseTo(0, 3);
    // Of five lanes four are within 0.1° of the middle; four fifths of them reach so far.
    expect(widthKm).toBeCloseTo(2 * greatCircleKm([0, 0], [0, 0.1]), 0);
    const told = representativeLine([...bundle(offsets, put), ...bundle(offsets, put)], 3, 10);
    expect(told.line.length).toBe(line.length);
    for (const [i, at] of told.line.entries()) expect(greatCircleKm(at, line[i]!)).toBeLessThan(1e-6);
  });

  it('is only where enough run side by side, adds what is not known of the places, and is none where all cancel out', () => {
    const short = bundle(offsets, (at) => at).filter(({ group }, i) => group < 2 || i % 10 < 5);
    const { line } = representativeLine(short, 3, 10);
    expect(line.at(-1)![0]).toBeCloseTo(1, 1);
    expect(representativeLine(short, 6, 10)).toEqual({ line: [], widthKm: null });
    const vague = bundle([0, 0, 0], (at) => at).map((segment) => ({ ...segment, uncertaintyKm: 4 }));
    expect(representativeLine(vague, 3, 10).widthKm).toBeCloseTo(8, 3);
    const there = bundle([0, 0, 0], (at) => at);
    const back = there.map(({ start, end, ...rest }) => ({
      ...rest,
      ...(segmentBetween(end, start) as Segment),
      group: rest.group + 3,
    }));
    expect(representativeLine([...there, ...back], 3, 10).line).toEqual([]);
  });
});

/** Groups of equal labels, whatever their numbers: clusters are numbered from the south, which a shift leaves, but rounding may not. */
function partition(labels: readonly number[]): readonly number[] {
  const first = new Map<number, number>();
  return labels.map((label, i) => {
    if (label === NO_CLUSTER) return NO_CLUSTER;
    if (!first.has(label)) first.set(label, i);
    return first.get(label)!;
  });
}
