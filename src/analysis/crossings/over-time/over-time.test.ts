import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../../test/support/figures.ts';
import type { Position } from '../../../geo/position.ts';
import { greatCircleKm } from '../../../geo/sphere.ts';
import { type Random, seededRandom } from '../../../kernel/random.ts';
import { gatherCrossings } from '../crossing-clusters.ts';
import { columnsOf, type ObservedCrossing } from '../crossing-columns.ts';
import { sitesOf } from '../crossing-sites.ts';
import { type BorderPeriods, borderChanges } from './border-changes.ts';
import { type TransitionKind, transitionsOf } from './cluster-transitions.ts';
import { groupIncidents, incidentPlaces } from './incident-places.ts';
import { nearbyPlaces } from './nearby-places.ts';
import { sourceStability } from './source-stability.ts';

const PARAMETERS = { epsKm: 5, minIncidents: 5 };
const DEGREE_KM = 111.195;

/** So many km along a border that runs east at 27° north. */
function at(km: number, north = 0): Position {
  return [84 + km / (DEGREE_KM * Math.cos((27 * Math.PI) / 180)), 27 + north / DEGREE_KM];
}

interface Seen {
  readonly position: Position;
  readonly period: 0 | 1;
  readonly incident: string | number;
  readonly source?: string;
}

function spread(random: Random, km: number, count: number, period: 0 | 1, name: string): Seen[] {
  return Array.from({ length: count }, (_, number) => ({
    position: at(km + random.next() * 4 - 2, random.next() - 0.5),
    period,
    incident: `${name} ${period} ${number}`,
  }));
}

function crossingsOf(seen: readonly Seen[]): ObservedCrossing[] {
  return seen.map(({ position, period, incident, source }) => ({
    position,
    weight: 1,
    incident,
    border: ['IND', 'NPL'],
    month: period === 0 ? '2025-03' : '2026-03',
    origin: source ?? null,
  }));
}

function placesOf(seen: readonly Seen[]) {
  const columns = columnsOf(crossingsOf(seen));
  const sites = sitesOf(columns);
  return { columns, sites, places: incidentPlaces(columns, sites, sites.ofBorder[0]!) };
}

function borderOf(seen: readonly Seen[]): BorderPeriods {
  const { columns, places } = placesOf(seen);
  const periodOf = new Map(Array.from(columns.incident, (incident, row) => [incident, seen[row]!.period]));
  return {
    places,
    nearby: nearbyPlaces(places.positions, PARAMETERS.epsKm, 1e7)!,
    periods: Int8Array.from(places.numbers, (number) => periodOf.get(number)!),
  };
}

function kindsIn(seen: readonly Seen[], replications = 199) {
  return borderChanges([borderOf(seen)], PARAMETERS, { seed: 7, replications }).changes;
}

/** Two gates that are the same in both periods. */
function steady(random: Random): Seen[] {
  return [
    ...spread(random, 0, 30, 0, 'a'),
    ...spread(random, 0, 30, 1, 'a'),
    ...spread(random, 60, 30, 0, 'b'),
    ...spread(random, 60, 30, 1, 'b'),
  ];
}

describe('incidents gathered at places', () => {
  it('are in the clusters that crossings are in', () => {
    const random = seededRandom(3);
    for (let world = 0; world < 40; world += 1) {
      const seen = Array.from({ length: 80 }, (_, number) => ({
        position: at(Math.round(random.next() * 120), Math.round(random.next() * 6)),
        period: 0 as const,
        incident: Math.floor(number / (1 + random.int(3))),
      }));
      const { columns, sites, places } = placesOf(seen);
      const own = Array.from(sites.ofBorder[0]!);
      const gathered = gatherCrossings(columns, PARAMETERS);
      const again = groupIncidents(places, new Uint8Array(places.numbers.length).fill(1), PARAMETERS);
      const asSites = again.members.map((group) => group.map((place) => own[place]!).join(' ')).sort();
      expect(asSites).toEqual(gathered.members.map((group) => Array.from(group).join(' ')).sort());
    }
  });
});

describe('places nearby', () => {
  it('are those a look at all pairs finds, the nearest first', () => {
    const random = seededRandom(5);
    for (const around of [84, 179.99, -179.99]) {
      const positions = Array.from(
        { length: 60 },
        (): Position => [around + random.next() * 0.3 - 0.15, 10 + random.next() * 0.3],
      );
      const nearby = nearbyPlaces(positions, 8, 1e6)!;
      for (const [place, position] of positions.entries()) {
        const wanted = [...positions.keys()]
          .filter((other) => other !== place && greatCircleKm(position, positions[other]!) <= 8)
          .sort((a, b) => greatCircleKm(position, positions[a]!) - greatCircleKm(position, positions[b]!));
        expect(Array.from(nearby.places.subarray(nearby.starts[place], nearby.starts[place + 1]))).toEqual([
          place,
          ...wanted,
        ]);
      }
    }
    expect(nearbyPlaces([at(0), at(1), at(2)], 8, 5)).toBeNull();
  });
});

describe('stability over sources', () => {
  const seen = (): Seen[] => {
    const random = seededRandom(11);
    const told = (km: number, name: string, sources: readonly string[]): Seen[] =>
      spread(random, km, 24, 0, name).map((one, number) => ({
        ...one,
        source: sources[number % sources.length]!,
      }));
    return [
      ...told(0, 'many', ['1', '2', '3', '4', '5', '6']),
      ...told(80, 'one', ['7']),
      ...told(160, 'two', ['8', '1']),
    ];
  };
  const stabilities = (rows: readonly Seen[], resamples = 400) => {
    const { columns, places } = placesOf(rows);
    const sourceOf = new Map(
      Array.from(columns.incident, (incident, row) => [incident, columns.origin[row]!]),
    );
    const { members } = groupIncidents(places, new Uint8Array(places.numbers.length).fill(1), PARAMETERS);
    const found = sourceStability(
      places,
      {
        starts: Int32Array.from({ length: places.numbers.length + 1 }, (_, i) => i),
        sources: Int32Array.from(places.numbers, (number) => sourceOf.get(number)!),
        count: columns.originCount,
      },
      members,
      PARAMETERS,
      seededRandom(1),
      resamples,
    );
    return members
      .map((group, number) => ({ km: (places.positions[group[0]!]![0] - 84) * 99, ...found[number]! }))
      .sort((a, b) => a.km - b.km);
  };

  it('is high where many tell of a cluster, and that of one source is gone as often as the source is not drawn', () => {
    const [many, one, two] = stabilities(seen());
    expect(many!.recovered).toBeGreaterThan(0.8);
    // Eight sources drawn eight times: one of them is missing in (7/8)⁸ = 34 % of draws.
    expect(Math.abs(one!.dissolved - (7 / 8) ** 8)).toBeLessThan(0.07);
    expect(two!.dissolved).toBeLessThan(one!.dissolved);
    expect(one!.sources).toBe(8);
  });

  it('does not depend on how often a source told of the same incident', () => {
    const rows = seen();
    expect(stabilities([...rows, ...rows.slice(0, 20)])).toEqual(stabilities(rows));
  });
});

describe('transitions of clusters', () => {
  const kindsOf = (before: readonly Seen[], after: readonly Seen[]): TransitionKind[] => {
    const { places, nearby, periods } = borderOf([...before, ...after]);
    const inPeriod = (wanted: number) => Uint8Array.from(periods, (period) => Number(period === wanted));
    return transitionsOf(
      groupIncidents(places, inPeriod(0), PARAMETERS),
      groupIncidents(places, inPeriod(1), PARAMETERS),
      nearby,
    ).map(({ kind }) => kind);
  };
  const row = (period: 0 | 1, ...kms: number[]): Seen[] =>
    kms.flatMap((km) =>
      Array.from({ length: 6 }, (_, number) => ({
        position: at(km),
        period,
        incident: `${km} ${period} ${number}`,
      })),
    );

  it('are told by hand', () => {
    expect(kindsOf(row(0, 0), row(1, 0))).toEqual(['kept']);
    expect(kindsOf(row(0, 0), row(1, 4))).toEqual(['kept']);
    expect(kindsOf(row(0, 0), row(1, 40))).toEqual(['closed', 'opened']);
    expect(kindsOf(row(0, 0, 8), row(1, 0, 4, 8))).toEqual(['merged']);
    expect(kindsOf(row(0, 0, 4, 8), row(1, 0, 8))).toEqual(['split']);
    expect(kindsOf([], row(1, 0))).toEqual(['opened']);
    expect(kindsOf(row(0, 0), [])).toEqual(['closed']);
  });
});

describe('changes along a border', () => {
  it('finds the gate that opened and the one that closed, and keeps the rest', () => {
    const random = seededRandom(21);
    const seen = [
      ...steady(random),
      ...spread(random, 120, 25, 1, 'new'),
      ...spread(random, 180, 25, 0, 'old'),
    ];
    const changes = kindsIn(seen);
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['closed', 'kept', 'kept', 'opened']);
    for (const { kind, p } of changes) {
      if (kind === 'kept') expect(p).toBeGreaterThan(0.05);
      else expect(p).toBeLessThanOrEqual(0.02);
    }
  });

  it('finds a gate that moved by less than reach, and one that grew into its neighbour', () => {
    const random = seededRandom(22);
    const moved = [
      ...steady(random),
      ...spread(random, 120, 30, 0, 'm'),
      ...spread(random, 123.5, 30, 1, 'm'),
    ];
    const [shift] = kindsIn(moved).filter(({ movedKm }) => movedKm! > 2.5);
    expect(shift).toMatchObject({ kind: 'kept' });
    expect(shift!.p).toBeLessThanOrEqual(0.02);
    const grown = [
      ...steady(random),
      ...[0, 1].flatMap((period) =>
        [120, 133].flatMap((km) => spread(random, km, 25, period as 0 | 1, `${km}`)),
      ),
      ...spread(random, 126.5, 25, 1, 'between'),
    ];
    const [merge] = kindsIn(grown).filter(({ kind }) => kind === 'merged');
    expect(merge!.p).toBeLessThanOrEqual(0.02);
  });

  it('turns round with time', () => {
    const random = seededRandom(23);
    const seen = [...steady(random), ...spread(random, 120, 25, 1, 'new')];
    const turned = seen.map((one): Seen => ({ ...one, period: one.period === 0 ? 1 : 0 }));
    expect(
      kindsIn(turned)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['closed', 'kept', 'kept']);
  });

  it('is the same for rows in any order, repeated, and whole turns away', () => {
    const random = seededRandom(24);
    // Many at one coordinate too, in both periods.
    const atOne = Array.from(
      { length: 30 },
      (_, number): Seen => ({
        position: at(200),
        period: number % 3 === 0 ? 0 : 1,
        incident: `one ${number}`,
      }),
    );
    const seen = [...steady(random), ...spread(random, 120, 25, 1, 'new'), ...atOne];
    const told = (rows: readonly Seen[]) =>
      kindsIn(rows, 99).map(({ kind, movedKm, p }) => [kind, movedKm?.toFixed(6), p]);
    const wanted = told(seen);
    expect(told([...seen].reverse())).toEqual(wanted);
    expect(told([...seen, ...seen.slice(0, 50)])).toEqual(wanted);
    expect(told(seen.map((one) => ({ ...one, position: [one.position[0] + 360, one.position[1]] })))).toEqual(
      wanted,
    );
  });

  it('calls a change in at most 5 % of 1,000 worlds in which nothing changed along the border', () => {
    let alarms = 0;
    for (let world = 0; world < 1000; world += 1) {
      const random = seededRandom(world);
      const seen = Array.from(
        { length: 70 },
        (_, number): Seen => ({
          // Gates and stragglers, each as busy in both periods; the second period has more of all.
          position:
            random.next() < 0.6 ? at(20 * random.int(6) + random.next() * 4) : at(random.next() * 120),
          period: random.next() < 0.4 ? 0 : 1,
          incident: number,
        }),
      );
      const { changes } = borderChanges([borderOf(seen)], PARAMETERS, { seed: world, replications: 39 });
      if (changes.some(({ p }) => p <= 0.05)) alarms += 1;
    }
    tellFigure('crossing changes, any', `${alarms} of 1,000 null worlds`);
    // 50 ± 7 are expected of an exact test; 3 deviations more would be one that is not.
    expect(alarms).toBeLessThanOrEqual(71);
    expect(alarms, `${alarms} of 1,000`).toBeGreaterThan(5);
  });
});
