import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm, interpolate, lineLengthKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import { buildBorders } from '../../places/borders.ts';
import { KNOWN_CROSSINGS } from '../../places/known-crossings.ts';
import { densitiesOf } from './border-density.ts';
import { BorderLine, positionsAlong } from './border-line.ts';
import { massAlong, stretchOf } from './chainage.ts';
import { columnsOf, type ObservedCrossing } from './crossing-columns.ts';
import { sitesOf } from './crossing-sites.ts';

const PAIR = ['IND', 'NPL'] as const;
/** A long line, one apart from it, and one that comes back to its beginning. */
const LINES: readonly (readonly Position[])[] = [
  [
    [80, 27],
    [82, 27.5],
    [84, 27],
  ],
  [
    [90, 27],
    [91, 27],
  ],
  [
    [95, 20],
    [95.2, 20],
    [95.2, 20.2],
    [95, 20.2],
    [95, 20],
  ],
];
const line = new BorderLine({ border: PAIR, lines: LINES });

describe('chainage', () => {
  it('is the length of the line up to the foot of a place, by a look at every piece of every leg', () => {
    const random = seededRandom(1);
    for (let run = 0; run < 60; run += 1) {
      const at: Position = [80 + random.next() * 4, 26.9 + random.next() * 0.7];
      let best = { km: 0, apart: Infinity };
      let before = 0;
      const [first] = LINES as [readonly Position[]];
      for (let i = 1; i < first.length; i += 1) {
        const leg = greatCircleKm(first[i - 1]!, first[i]!);
        for (let part = 0; part <= 20_000; part += 1) {
          const apart = greatCircleKm(interpolate(first[i - 1]!, first[i]!, part / 20_000), at);
          if (apart < best.apart) best = { km: before + (leg * part) / 20_000, apart };
        }
        before += leg;
      }
      const found = line.chainageOf(at);
      if (best.apart > 50) expect(found).toBeNull();
      else expect(Math.abs((found?.km ?? 0) - best.km)).toBeLessThan(0.1);
    }
  });

  it('begins at the western end of each piece, whichever way it is drawn', () => {
    const reversed = new BorderLine({
      border: PAIR,
      lines: LINES.map((drawn, piece) => (piece < 2 ? drawn.toReversed() : drawn)),
    });
    const places: Position[] = [
      [80.4, 27.2],
      [83.9, 27],
      [90.2, 27.1],
      [95.1, 20.2],
      [79, 27],
    ];
    for (const at of places) {
      const [here, there] = [line.chainageOf(at), reversed.chainageOf(at)];
      expect(there?.piece).toBe(here?.piece);
      expect(there?.km ?? -1).toBeCloseTo(here?.km ?? -1, 6);
    }
    expect(places.map((at) => line.chainageOf(at)?.piece)).toEqual([0, 0, 1, 2, undefined]);
    expect(line.chainageOf([79.8, 27])).toEqual({ piece: 0, km: 0 });
    expect(line.chainageOf([60, 27])).toBeNull();
  });

  it('leads back to its place, on every border of the world that has a known crossing', () => {
    const borders = new Map(buildBorders().map((row) => [row.countries.join(' '), row]));
    let looked = 0;
    for (const { countries, position } of KNOWN_CROSSINGS) {
      const row = borders.get(countries.join(' '));
      if (row === undefined) continue;
      const real = new BorderLine({ border: row.countries, lines: row.lines });
      const found = real.chainageOf(position);
      // The causeway of Johor and Kawthaung lie over water.
      if (found === null) continue;
      const piece = real.pieces[found.piece]!;
      expect(found.km).toBeLessThanOrEqual(piece.lengthKm);
      const [foot] = positionsAlong(piece, [found.km]) as [Position];
      const again = real.chainageOf(foot);
      expect(again?.piece).toBe(found.piece);
      expect(again?.km).toBeCloseTo(found.km, 3);
      expect(greatCircleKm(foot, position)).toBeLessThan(50);
      looked += 1;
    }
    expect(looked).toBeGreaterThan(150);
  });
});

describe('the stretch of a cluster', () => {
  const at = (piece: number, km: number, weight = 1) => ({ chainage: { piece, km }, weight });

  it('runs from its first place to its last, on the piece with most incidents', () => {
    expect(
      stretchOf(line, [at(0, 30), at(0, 12, 5), at(1, 3), at(0, 14), { chainage: null, weight: 99 }]),
    ).toEqual({
      piece: 0,
      fromKm: 12,
      toKm: 30,
      lengthKm: line.pieces[0]!.lengthKm,
    });
    expect(stretchOf(line, [{ chainage: null, weight: 3 }])).toBeNull();
  });

  it('runs over the beginning of a closed line where that is the shorter way round', () => {
    const round = line.pieces[2]!;
    expect(round.closed).toBe(true);
    expect(stretchOf(line, [at(2, 2), at(2, round.lengthKm - 3), at(2, 1)])).toMatchObject({
      fromKm: round.lengthKm - 3,
      toKm: 2,
    });
    expect(stretchOf(line, [at(2, 20), at(2, 25)])).toMatchObject({ fromKm: 20, toKm: 25 });
  });
});

describe('the density of a border', () => {
  /** Incidents at one or more places along the lines, a few told twice, a few too far from any. */
  function crossings(): ObservedCrossing[] {
    const random = seededRandom(4);
    return Array.from({ length: 400 }, (_, i): ObservedCrossing => {
      const piece = i % 3;
      const { line: drawn, lengthKm } = line.pieces[piece]!;
      const [foot] = positionsAlong({ line: drawn, lengthKm, closed: false }, [random.next() * lengthKm]) as [
        Position,
      ];
      return {
        position: i % 50 === 0 ? [70, 10] : [foot[0], foot[1] + random.next() / 50],
        weight: 1 + random.int(4),
        incident: Math.floor(i * 0.7),
        border: PAIR,
        month: null,
        origin: null,
      };
    });
  }

  it('sums, step by step, to the incidents and persons of the border, however it is cut and smoothed', () => {
    const all = crossings();
    const columns = columnsOf(all);
    const sites = sitesOf(columns);
    const chainages = sites.positions.map((position) => line.chainageOf(position));
    const mass = { border: PAIR, ...massAlong(columns, sites, sites.ofBorder[0]!, chainages) };
    const incidents = new Set(all.map(({ incident }) => incident)).size;
    for (const [stepKm, bandwidthKm] of [
      [5, 5],
      [0.5, 30],
      [70, 200],
    ] as const) {
      const densities = densitiesOf([mass], new Map([[PAIR.join(' '), line]]), stepKm, bandwidthKm);
      expect(densities.map((one) => one.line)).toEqual([1, 2, 3]);
      let onLines = 0;
      for (const density of densities) {
        const along = (perKm: 'incidentsPerKm' | 'personsPerKm'): number =>
          density.steps.reduce((sum, step) => sum + step[perKm] * (step.toKm - step.fromKm), 0);
        expect(along('incidentsPerKm')).toBeCloseTo(density.incidents, 8);
        expect(along('personsPerKm')).toBeCloseTo(density.persons, 8);
        expect(density.steps.at(-1)?.toKm).toBeCloseTo(lineLengthKm(line.pieces[density.line - 1]!.line), 8);
        onLines += density.incidents;
      }
      expect(onLines + densities[0]!.offLineIncidents).toBeCloseTo(incidents, 8);
    }
    // Told twice, an incident is no more.
    const twice = columnsOf([...all, ...all]);
    const again = sitesOf(twice);
    const feet = again.positions.map((position) => line.chainageOf(position));
    const { pieces } = massAlong(twice, again, again.ofBorder[0]!, feet);
    for (const [number, { incidents: of, persons, km }] of pieces.entries()) {
      expect(km).toEqual(mass.pieces[number]!.km);
      for (const [bin, one] of of.entries()) expect(one).toBeCloseTo(mass.pieces[number]!.incidents[bin]!, 9);
      for (const [bin, one] of persons.entries())
        expect(one).toBeCloseTo(mass.pieces[number]!.persons[bin]!, 9);
    }
  });

  it('is asked for in lengths that can be answered', () => {
    const lines = new Map([[PAIR.join(' '), line]]);
    const none = new Float64Array(0);
    const mass = [
      { border: PAIR, offLine: 0, pieces: [{ piece: 0, km: none, incidents: none, persons: none }] },
    ];
    expect(() => densitiesOf(mass, lines, 0.1, 5)).toThrow('stepKm: found 0.1, wanted 0.5 to 500');
    expect(() => densitiesOf(mass, lines, 5, 0)).toThrow('bandwidthKm: found 0');
    expect(() =>
      densitiesOf(
        Array.from({ length: 40 }, () => mass[0]!),
        lines,
        0.5,
        5,
      ),
    ).toThrow('longer steps');
    expect(densitiesOf(mass, lines, 5, 5)[0]?.steps.every((step) => step.incidentsPerKm === 0)).toBe(true);
  });
});
