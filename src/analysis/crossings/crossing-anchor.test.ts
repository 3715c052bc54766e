import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { anchorOf, elderFirst, type MarkPoint } from './crossing-anchor.ts';
import { deriveCrossingClusters } from './crossing-clusters.ts';
import type { ObservedCrossing } from './crossing-columns.ts';

const EPS_KM = 5;
/** Forty spots along a border, 11 km or more apart; every third is a known crossing point. */
const SPOTS = Array.from({ length: 40 }, (_, i): Position => [80 + i * 0.125, 27.5 - (i % 5) / 10]);
const POINTS: readonly MarkPoint[] = SPOTS.flatMap((position, i) =>
  i % 3 === 0 ? [{ id: `point ${i}`, position, derived: i % 2 === 0 }] : [],
);

let serial = 0;
/** Spread over about 3 km around a spot, in a month from `first` on. */
function crossing(random: Random, spot: number, first: number): ObservedCrossing {
  serial += 1;
  const month = first + random.int(24 - first);
  const near = (): number => (random.next() + random.next() - 1) / 40;
  const [longitude, latitude] = SPOTS[spot]!;
  return {
    position: [longitude + near(), latitude + near()],
    weight: 1 + random.int(3),
    incident: `i${serial}`,
    border: ['IND', 'NPL'],
    month: `${2024 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}`,
    origin: null,
  };
}

/** Two years of crossings, few at some spots and many at others. */
function years(random: Random): ObservedCrossing[] {
  return SPOTS.flatMap((_, spot) =>
    Array.from({ length: 8 + random.int(90) }, () => crossing(random, spot, 0)),
  );
}

/** Which mark each incident's cluster has. */
function marksOf(crossings: readonly ObservedCrossing[]): { marks: string[]; of: Map<string, string> } {
  const { clusters } = deriveCrossingClusters(crossings, { epsKm: EPS_KM, minIncidents: 5 });
  const marks: string[] = [];
  const of = new Map<string, string>();
  for (const { places } of clusters) {
    const { mark } = anchorOf(places, POINTS, EPS_KM);
    marks.push(mark);
    const spots = new Set(places.map(({ position }) => position.join()));
    for (const { position, incident } of crossings)
      if (spots.has(position.join())) of.set(String(incident), mark);
  }
  return { marks, of };
}

/** Share of clusters whose mark is the same for most of the incidents that were there before. */
function survived(before: ReturnType<typeof marksOf>, after: ReturnType<typeof marksOf>): number {
  const kept = before.marks.filter((mark) => {
    const members = [...before.of].filter(([, own]) => own === mark);
    return members.filter(([incident]) => after.of.get(incident) === mark).length > members.length / 2;
  });
  return kept.length / before.marks.length;
}

describe('the mark a cluster is known by', () => {
  it('is no other cluster’s of the border', () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const { marks } = marksOf(years(seededRandom(seed)));
      expect(marks.length).toBeGreaterThan(30);
      expect(new Set(marks).size).toBe(marks.length);
    }
  });

  it('survives a tenth more incidents, and a tenth fewer', () => {
    const shares = { later: 0, anytime: 0, fewer: 0 };
    const runs = 10;
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seededRandom(seed);
      const crossings = years(random);
      const before = marksOf(crossings);
      const tenth = (first: number): ObservedCrossing[] =>
        Array.from({ length: crossings.length / 10 }, () =>
          crossing(random, random.int(SPOTS.length), first),
        );
      shares.later += survived(before, marksOf([...crossings, ...tenth(22)])) / runs;
      shares.anytime += survived(before, marksOf([...crossings, ...tenth(0)])) / runs;
      shares.fewer += survived(before, marksOf(crossings.filter(() => random.next() >= 0.1))) / runs;
    }
    console.log(`cluster ids that survive a tenth of the incidents: ${JSON.stringify(shares)}`);
    expect(shares.later).toBeGreaterThan(0.97);
    expect(shares.anytime).toBeGreaterThan(0.9);
    expect(shares.fewer).toBeGreaterThan(0.9);
  });

  it('does not pass from one cluster to another that outgrows it', () => {
    const random = seededRandom(7);
    const [small, large] = [
      Array.from({ length: 9 }, () => crossing(random, 1, 0)),
      Array.from({ length: 10 }, () => crossing(random, 2, 0)),
    ];
    const before = marksOf([...small, ...large]);
    const after = marksOf([...small, ...large, ...Array.from({ length: 3 }, () => crossing(random, 1, 23))]);
    expect(before.marks).toHaveLength(2);
    for (const [incident, mark] of before.of) expect(after.of.get(incident)).toBe(mark);
  });

  it('is the elder’s when two grow into one, and does not depend on the order of places', () => {
    const at = (longitude: number, month: string): ObservedCrossing[] =>
      Array.from({ length: 6 }, () => ({
        ...crossing(seededRandom(1), 0, 0),
        position: [longitude, 26],
        month,
      }));
    const apart = [...at(85, '2024-03'), ...at(85.12, '2024-01')];
    const between = [85.03, 85.06, 85.09].flatMap((longitude) => at(longitude, '2025-01'));
    const marksAt = (crossings: readonly ObservedCrossing[]): string[] => marksOf(crossings).marks;
    const [elder] = marksAt(at(85.12, '2024-01'));
    expect(marksAt(apart)).toHaveLength(2);
    expect(marksAt([...apart, ...between])).toEqual([elder]);
    const [{ places } = { places: [] }] = deriveCrossingClusters([...apart, ...between]).clusters;
    expect(anchorOf(places.toReversed(), POINTS, EPS_KM)).toEqual(anchorOf(places, POINTS, EPS_KM));
  });

  it('orders by the first month, then by how often that month; what has no month comes last', () => {
    const anchors = [
      { mark: 'd', month: null, incidents: 0 },
      { mark: 'c', month: '2024-02', incidents: 9 },
      { mark: 'b', month: '2024-01', incidents: 1 },
      { mark: 'a', month: '2024-01', incidents: 2 },
    ];
    expect(anchors.toSorted(elderFirst).map(({ mark }) => mark)).toEqual(['a', 'b', 'c', 'd']);
  });
});
