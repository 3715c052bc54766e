/** Bundles of tracks: what was planted is found, noise makes none, and nothing that does not matter shows. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { adjustedRandIndex } from '../../geo/adjusted-rand-index.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type DenseTrack, deriveTrackBundles, type TrackBundle } from './track-bundles.ts';

const PARAMETERS = { epsKm: 15, minIncidents: 5, minOrigins: 1, precisionKm: 3.2 };
const KM_A_DEGREE = 111;

/** Three roads of some 400 to 550 km; the second crosses the first. */
const ROADS: readonly (readonly Position[])[] = [
  [
    [81, 27],
    [82.5, 27.6],
    [84.5, 27.6],
    [86, 28.4],
  ],
  [
    [84, 25.6],
    [83.8, 27],
    [83.4, 28.8],
    [82, 30.2],
  ],
  [
    [86, 30.5],
    [84.5, 30.8],
    [83, 32],
  ],
];

/** Most of a road, from stops about as far from each other as their number makes them, each some km beside it. */
function onRoad(random: Random, road: readonly Position[], name: string, noiseKm: number): DenseTrack {
  const stops = 10 + random.int(5);
  const [from, to] = [0.1 * random.next(), 1 - 0.1 * random.next()];
  return track(
    name,
    Array.from({ length: stops }, (_, i) => {
      const on = (i + 0.3 * (random.next() - 0.5)) / (stops - 1);
      const share = from + (to - from) * Math.min(1, Math.max(0, on));
      const leg = Math.min(road.length - 2, Math.floor(share * (road.length - 1)));
      const past = share * (road.length - 1) - leg;
      const [a, b] = [road[leg]!, road[leg + 1]!];
      return [
        a[0] + (b[0] - a[0]) * past + (normal(random) * noiseKm) / KM_A_DEGREE / 0.88,
        a[1] + (b[1] - a[1]) * past + (normal(random) * noiseKm) / KM_A_DEGREE,
      ];
    }),
  );
}

/** Anywhere in some 500 by 600 km, keeping on more or less in one direction. */
function anywhere(random: Random, name: string): DenseTrack {
  let heading = 2 * Math.PI * random.next();
  let at: Position = [81 + 5 * random.next(), 26 + 5 * random.next()];
  return track(
    name,
    Array.from({ length: 12 }, () => {
      heading += 0.5 * normal(random);
      const km = 20 + 20 * random.next();
      at = [
        at[0] + (km * Math.cos(heading)) / KM_A_DEGREE / 0.88,
        at[1] + (km * Math.sin(heading)) / KM_A_DEGREE,
      ];
      return at;
    }),
  );
}

function track(name: string, places: readonly Position[]): DenseTrack {
  return {
    movement: name,
    event: name,
    origin: name,
    personsMin: 2,
    personsMax: 3,
    stops: places.map((position, ordinal) => ({ ordinal, position, uncertaintyKm: 0 })),
  };
}

/** 15 tracks a road, and 5 anywhere: 10 % noise. */
function planted(seed: number, noiseKm = 3): { tracks: DenseTrack[]; truth: number[] } {
  const random = seededRandom(seed);
  const onRoads = ROADS.flatMap((road, number) =>
    Array.from({ length: 15 }, (_, i) => onRoad(random, road, `road ${number} track ${i}`, noiseKm)),
  );
  const noise = Array.from({ length: 5 }, (_, i) => anywhere(random, `noise ${i}`));
  return {
    tracks: [...onRoads, ...noise],
    truth: [...onRoads.map((_, i) => Math.floor(i / 15)), ...noise.map(() => -1)],
  };
}

function bundlesOf(tracks: readonly DenseTrack[], parameters = PARAMETERS): readonly TrackBundle[] {
  const found = deriveTrackBundles(tracks, parameters);
  if (found.refused) throw new Error(found.found);
  return found.bundles;
}

/** Each track by the largest bundle that it is in. */
function labelsOf(count: number, bundles: readonly TrackBundle[]): Int32Array {
  const labels = new Int32Array(count).fill(-1);
  for (const [number, { tracks }] of [...bundles.entries()].reverse())
    for (const at of tracks) labels[at] = number;
  return labels;
}

describe('planted bundles', () => {
  it('are found among noise of 10 %, each with its line', () => {
    const agreements: number[] = [];
    for (let seed = 0; seed < 20; seed += 1) {
      const { tracks, truth } = planted(seed);
      const bundles = bundlesOf(tracks);
      agreements.push(adjustedRandIndex(labelsOf(tracks.length, bundles), truth));
      for (const { line, widthKm, incidents, independentOrigins, persons } of bundles) {
        expect(line.length).toBeGreaterThan(1);
        expect(widthKm).toBeGreaterThan(0);
        expect(widthKm).toBeLessThan(2 * PARAMETERS.epsKm);
        expect(independentOrigins).toBe(incidents);
        expect(persons).toEqual({ min: 2 * incidents, max: 3 * incidents });
      }
    }
    agreements.sort((a, b) => a - b);
    const mean = agreements.reduce((sum, value) => sum + value, 0) / agreements.length;
    expect(mean).toBeGreaterThanOrEqual(0.95);
    expect(agreements[10]).toBeGreaterThanOrEqual(0.95);
  });

  it('lie where their road is, in the direction of travel', () => {
    const [first] = bundlesOf(planted(3, 1).tracks.filter(({ event }) => event.startsWith('road 2')));
    expect(first?.incidents).toBe(15);
    const ends = [first!.line[0]!, first!.line.at(-1)!];
    expect(greatCircleKm(ends[0]!, ROADS[2]![0]!)).toBeLessThan(60);
    expect(greatCircleKm(ends[1]!, ROADS[2]!.at(-1)!)).toBeLessThan(60);
    expect(first?.lengthKm).toBeGreaterThan(250);
  });
});

it('tracks that go anywhere make a bundle in at most 5 of 100 worlds', () => {
  let worlds = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const random = seededRandom(5_000 + seed);
    const tracks = Array.from({ length: 50 }, (_, i) => anywhere(random, `track ${i}`));
    if (bundlesOf(tracks).length > 0) worlds += 1;
  }
  tellFigure('track bundles of 50 tracks that go anywhere', `${worlds} of 200 worlds`);
  expect(worlds).toBeLessThanOrEqual(10);
});

describe('what does not matter', () => {
  const { tracks } = planted(7);
  const whole = bundlesOf(tracks);
  const members = (bundles: readonly TrackBundle[], of: readonly DenseTrack[]): readonly string[] =>
    bundles.map(({ tracks: own }) => [...new Set(own.map((at) => of[at]!.event))].sort().join(' ')).sort();
  const expectAlike = (others: readonly DenseTrack[], east = 0): void => {
    const found = bundlesOf(others);
    expect(members(found, others)).toEqual(members(whole, tracks));
    for (const { incidents, independentOrigins, persons, widthKm, line } of found) {
      const same = whole.find((bundle) => greatCircleKm(shifted(bundle.line[0]!, east), line[0]!) < 1e-3);
      expect(same).toMatchObject({ incidents, independentOrigins, persons: { min: persons.min } });
      expect(widthKm).toBeCloseTo(same!.widthKm!, 6);
      expect(line).toHaveLength(same!.line.length);
    }
  };

  it('is the order of the tracks', () => {
    expect(whole.length).toBeGreaterThan(2);
    expectAlike(tracks.toReversed());
  });

  it.each([360, -720, 97.3])('is the meridian: %d° on', (east) => {
    expectAlike(
      tracks.map((one) => ({
        ...one,
        stops: one.stops.map((stop) => ({ ...stop, position: shifted(stop.position, east) })),
      })),
      east,
    );
  });

  it('is how many reports of one incident tell the same', () => {
    expectAlike([...tracks, ...tracks.map((one) => ({ ...one, movement: `${one.movement} again` }))]);
  });

  it('and what does: one incident is no five, one origin no three, and the way back is another', () => {
    const road = tracks.filter(({ event }) => event.startsWith('road 0'));
    const others = tracks.filter(({ event }) => event.startsWith('noise') || event.startsWith('road 1'));
    const one = road.map((own) => ({ ...own, event: 'one incident' }));
    expect(members(bundlesOf([...one, ...others]), [...one, ...others]).join()).not.toContain('one incident');
    const told = road.map((own) => ({ ...own, origin: 'one origin' }));
    const strict = { ...PARAMETERS, minOrigins: 3 };
    expect(bundlesOf(told, { ...strict, minOrigins: 1 })[0]).toMatchObject({ independentOrigins: 1 });
    expect(bundlesOf(told, strict)).toEqual([]);
    const back = road.map((own) => ({
      ...own,
      event: `${own.event} back`,
      stops: own.stops.toReversed().map((stop, ordinal) => ({ ...stop, ordinal })),
    }));
    for (const { incidents } of bundlesOf([...road, ...back])) expect(incidents).toBeLessThanOrEqual(15);
  });

  it('a stop between that was not seen parts a track, and so does a leg too long', () => {
    const parted = (change: (stops: DenseTrack['stops']) => DenseTrack['stops']): number =>
      Math.max(
        ...bundlesOf(
          tracks
            .filter(({ event }) => event.startsWith('road 2'))
            .map((own) => ({ ...own, stops: change(own.stops) })),
        ).map(({ lengthKm }) => lengthKm),
        0,
      );
    expect(parted((stops) => stops)).toBeGreaterThan(250);
    expect(parted((stops) => stops.map((stop) => ({ ...stop, ordinal: 2 * stop.ordinal })))).toBe(0);
    expect(parted((stops) => [stops[0]!, stops.at(-1)!].map((stop, ordinal) => ({ ...stop, ordinal })))).toBe(
      0,
    );
  });
});

it('is refused under ten incidents', () => {
  const { tracks } = planted(1);
  expect(deriveTrackBundles(tracks.slice(0, 9), PARAMETERS)).toMatchObject({
    refused: true,
    found: '9 incidents with a dense track',
  });
});

it('is refused where more segments lie near each other than can be looked at, in any order of the tracks', () => {
  const { tracks } = planted(1);
  for (const given of [tracks, tracks.toReversed()])
    expect(deriveTrackBundles(given, { ...PARAMETERS, mostNeighbours: 1_000 })).toMatchObject({
      refused: true,
      reason: 'too much to hold',
      found: expect.stringMatching(/^\d+ segments with more than 1000 neighbours$/),
      wanted: expect.stringContaining('1000 neighbours or fewer'),
    });
});

function shifted([longitude, latitude]: Position, east: number): Position {
  return [longitude + east, latitude];
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
