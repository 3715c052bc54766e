import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { isInside } from '../../geo/turf.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { deriveCrossingClusters } from './crossing-clusters.ts';
import type { ObservedCrossing } from './crossing-columns.ts';

const GATES: readonly Position[] = [
  [85.25, 26.75],
  [85.75, 26.625],
  [87.25, 26.5],
];

/** Repeated crossings near three gates, and twelve far from any; coordinates are multiples of 1/1024°. */
function season(random: Random, shift = 0): ObservedCrossing[] {
  const grid = (degrees: number): number => Math.round(degrees * 1024) / 1024;
  const near = Array.from({ length: 200 }, (_, i) => ({ gate: GATES[random.int(3)]!, spread: 0.04, i }));
  const far = Array.from({ length: 12 }, (_, i) => ({
    gate: [80 + i * 0.375, 28.5] as const,
    spread: 0.01,
    i: 200 + i,
  }));
  return [...near, ...far].map(({ gate: [x, y], spread, i }) => ({
    position: [grid(x + spread * (random.next() - 0.5)) + shift, grid(y + spread * (random.next() - 0.5))],
    weight: 1 + random.int(4),
    incident: `i${i}`,
    border: ['IND', 'NPL'],
    month: `2024-${String(1 + random.int(12)).padStart(2, '0')}`,
    origin: random.next() < 0.5 ? null : `o${random.int(9)}`,
  }));
}

const counts = ({ clusters, noise }: ReturnType<typeof deriveCrossingClusters>) => ({
  clusters: clusters.map(({ incidents, personEvents, records, places }) => [
    incidents,
    personEvents,
    records,
    places.length,
  ]),
  noise: noise.map(({ incidents, places }) => [incidents, places.length]),
});

describe('crossing clusters', () => {
  it('are the gates, with the stragglers shown as noise', () => {
    const crossings = season(seededRandom(1));
    const { clusters, noise, counts: read } = deriveCrossingClusters(crossings);
    expect(clusters).toHaveLength(3);
    for (const { centre, places, outline, incidents, personEvents } of clusters) {
      expect(Math.min(...GATES.map((gate) => greatCircleKm(gate, centre)))).toBeLessThan(1);
      expect(isInside(centre, outline)).toBe(true);
      expect(places.reduce((sum, place) => sum + place.incidents, 0)).toBe(incidents);
      expect(places.reduce((sum, place) => sum + place.personEvents, 0)).toBe(personEvents);
      expect(places.every(({ role }) => role === 'core' || role === 'border')).toBe(true);
    }
    expect(noise).toHaveLength(1);
    expect(noise[0]!.incidents).toBe(12);
    expect(read).toEqual({ records: 212, incidents: 212 });
    expect(clusters.reduce((sum, { records }) => sum + records, noise[0]!.records)).toBe(212);
  });

  it('do not depend on the order of the crossings', () => {
    const crossings = season(seededRandom(2));
    const order = crossings
      .map((one) => ({ one, at: seededRandom(crossings.indexOf(one)).next() }))
      .sort((a, b) => a.at - b.at);
    expect(deriveCrossingClusters(order.map(({ one }) => one))).toEqual(deriveCrossingClusters(crossings));
  });

  it('do not see whole turns, and keep their members across the antimeridian', () => {
    const straight = deriveCrossingClusters(season(seededRandom(3)));
    expect(deriveCrossingClusters(season(seededRandom(3), 360))).toEqual(straight);
    for (const shift of [94.75, -265.25, 92.75]) {
      const moved = deriveCrossingClusters(season(seededRandom(3), shift));
      expect(counts(moved)).toEqual(counts(straight));
      for (const { outline, centre } of moved.clusters) {
        expect(isInside(centre, outline)).toBe(true);
        for (const [longitude] of outline.flat(2)) expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
        for (const ring of outline.flat()) {
          const longitudes = ring.map(([longitude]) => longitude);
          expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeLessThan(1);
        }
      }
    }
  });

  it('count an incident once, however many records tell of it', () => {
    const crossings = season(seededRandom(4));
    const once = deriveCrossingClusters(crossings);
    const twice = deriveCrossingClusters([...crossings, ...crossings]);
    expect(twice.clusters.map(({ idHint }) => idHint)).toEqual(once.clusters.map(({ idHint }) => idHint));
    expect(twice.clusters.map(({ incidents }) => incidents)).toEqual(
      once.clusters.map(({ incidents }) => incidents),
    );
    const figures = ({ clusters, noise }: typeof once) =>
      [...clusters, ...noise].map(({ personEvents, centre, places }: Partial<(typeof clusters)[0]>) => [
        personEvents,
        centre,
        places?.map((place) => place.personEvents),
      ]);
    expect(figures(twice)).toEqual(figures(once));
    const wandering = Array.from(
      { length: 20 },
      (_, i): ObservedCrossing => ({
        ...crossings[0]!,
        incident: 'one party',
        position: [85 + i / 1024, 26],
      }),
    );
    expect(deriveCrossingClusters(wandering)).toMatchObject({
      clusters: [],
      noise: [{ incidents: 1, records: 20, personEvents: wandering[0]!.weight }],
    });
    // A second report of one event counts the larger party, wherever it saw it.
    const told = crossings.map((one, i) =>
      i === 0 ? [one, { ...one, weight: 9 }, { ...one, weight: 2 }] : [one],
    );
    const sum = ({ clusters, noise }: typeof once): number =>
      [...clusters, ...noise].reduce((total, { personEvents }) => total + personEvents, 0);
    expect(sum(deriveCrossingClusters(told.flat()))).toBe(sum(once) - crossings[0]!.weight + 9);
  });

  it('stay on their own border, and can be moved from one file into two', () => {
    const here = season(seededRandom(5));
    const there = here.map(
      (one): ObservedCrossing => ({ ...one, border: ['BGD', 'IND'], incident: `b${one.incident}` }),
    );
    const { clusters } = deriveCrossingClusters([...here, ...there]);
    expect(clusters.map(({ border }) => border.join(' '))).toEqual([
      ...Array(3).fill('BGD IND'),
      ...Array(3).fill('IND NPL'),
    ]);
    expect(clusters.slice(3)).toEqual(deriveCrossingClusters(here).clusters);
    expect(() => deriveCrossingClusters([{ ...here[0]!, border: ['NPL', 'IND'] }])).toThrow(
      'alphabetical order',
    );
  });

  it('at one or two places are drawn as a small band, and tell their months and origins', () => {
    const gate = (incident: number, origin: string | null, month: string | null): ObservedCrossing => ({
      position: [85, 26.5 + (incident % 2) / 100],
      weight: 2,
      incident,
      border: ['IND', 'NPL'],
      month,
      origin,
    });
    const [cluster] = deriveCrossingClusters([
      gate(1, null, '2024-03'),
      gate(2, null, '2023-12'),
      gate(3, null, null),
      gate(4, null, '2024-03'),
      gate(5, null, '2024-05'),
    ]).clusters;
    expect(cluster).toMatchObject({
      incidents: 5,
      personEvents: 10,
      independentOrigins: 1,
      monthsActive: 3,
      firstMonth: '2023-12',
      lastMonth: '2024-05',
    });
    const { unknowns } = deriveCrossingClusters([gate(1, null, null), gate(2, null, '2024-05')]);
    expect(unknowns.join()).toContain('1 of 2 crossings have no month');
    for (const { position } of cluster!.places) expect(isInside(position, cluster!.outline)).toBe(true);
    expect(isInside([85.02, 26.5], cluster!.outline)).toBe(false);
    const known = [
      gate(1, 'a', null),
      gate(2, 'b', null),
      gate(3, 'a', null),
      gate(4, null, null),
      gate(5, null, null),
    ];
    expect(deriveCrossingClusters(known).clusters[0]!.independentOrigins).toBe(2);
  });

  it('of nothing are none', () => {
    expect(deriveCrossingClusters([])).toMatchObject({
      clusters: [],
      noise: [],
      counts: { records: 0, incidents: 0 },
    });
  });
});
