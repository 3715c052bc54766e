import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../test/support/figures.ts';
import { seededRandom } from '../kernel/random.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { gi, giStar, type Neighbours } from './gi-star.ts';
import { twoSidedP } from './normal.ts';

const GRID = '../shared/data/golden/gi/getisord_spdep_golden.csv';
const PLACES = [
  [10, 10],
  [20, 10],
  [40, 10],
  [15, 20],
  [30, 20],
  [30, 30],
] as const;
const VALUES = [2, 3, 3.2, 5, 8, 7];

function within(band: number, places: readonly (readonly [number, number])[]): Neighbours {
  const offsets = [0];
  const neighbours: number[] = [];
  for (const [i, [x, y]] of places.entries()) {
    for (const [j, [u, v]] of places.entries())
      if (i !== j && Math.hypot(x - u, y - v) <= band) neighbours.push(j);
    offsets.push(neighbours.length);
  }
  return { offsets: Int32Array.from(offsets), neighbours: Int32Array.from(neighbours) };
}

describe('Gi* and Gi', () => {
  it('meet the published check values', () => {
    const star = [-1.397276262, -0.2891776156, 0.6506496352, -0.2891776156, 1.2345208835, 2.0242433094];
    const plain = [-1.0136728986, -0.0436158942, 1.315587029, -0.3141267582, 1.1537398581, 1.7783394086];
    for (const [i, z] of giStar(VALUES, within(15, PLACES)).entries()) expect(z).toBeCloseTo(star[i]!, 9);
    for (const [i, z] of gi(VALUES, within(15, PLACES)).entries()) expect(z).toBeCloseTo(plain[i]!, 9);
  });

  it.skipIf(!existsSync(GRID))('agree with spdep on 256 places at five distances, p and q values too', () => {
    const [header, ...rows] = readFileSync(GRID, 'utf8')
      .replaceAll('"', '')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string): number[] => rows.map((row) => Number(row[header!.indexOf(name)]));
    const [x, y] = [column('x'), column('y')];
    const places = x.map((east, i) => [east, y[i]!] as const);
    expect(places).toHaveLength(256);
    for (const band of [30, 60, 90, 120, 150]) {
      const neighbours = within(band + 1e-9, places);
      const found = { G: gi(column('val'), neighbours), Gstar: giStar(column('val'), neighbours) };
      for (const name of ['G', 'Gstar'] as const) {
        for (const [i, wanted] of column(`${name}${band}`).entries())
          expect(found[name][i]).toBeCloseTo(wanted, 9);
      }
      if (band !== 30) continue;
      const p = found.Gstar.map(twoSidedP);
      for (const [i, wanted] of column('p_Gstar30').entries()) expect(p[i]).toBeCloseTo(wanted, 9);
      for (const [i, wanted] of column('p_BH_Gstar30').entries())
        expect(benjaminiHochberg(p)[i]).toBeCloseTo(wanted, 9);
    }
  });

  it('do not change with the unit or the zero of the values', () => {
    const neighbours = within(15, PLACES);
    for (const [i, z] of giStar(
      VALUES.map((value) => 1e6 + 40 * value),
      neighbours,
    ).entries()) {
      expect(z).toBeCloseTo(giStar(VALUES, neighbours)[i]!, 6);
    }
    for (const [i, z] of gi(
      VALUES.map((value) => 1e6 + 40 * value),
      neighbours,
    ).entries()) {
      expect(z).toBeCloseTo(gi(VALUES, neighbours)[i]!, 6);
    }
  });

  it('follow their places when these are permuted', () => {
    const order = [4, 2, 5, 0, 3, 1];
    const moved = giStar(
      order.map((i) => VALUES[i]!),
      within(
        15,
        order.map((i) => PLACES[i]!),
      ),
    );
    expect([...moved]).toEqual(order.map((i) => expect.closeTo(giStar(VALUES, within(15, PLACES))[i]!, 12)));
  });

  it('say nothing where all values are equal or everybody is a neighbour', () => {
    expect([...giStar([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], within(15, PLACES))]).toEqual(
      Array(6).fill(Number.NaN),
    );
    expect([...giStar(VALUES, within(100, PLACES))]).toEqual(Array(6).fill(Number.NaN));
  });

  it('raise an alarm in at most 5 % of grids of noise, with q at 0.05', () => {
    const places = Array.from({ length: 144 }, (_, i) => [i % 12, Math.floor(i / 12)] as const);
    const neighbours = within(1.5, places);
    const random = seededRandom(2026);
    let alarms = 0;
    for (let run = 0; run < 1_000; run += 1) {
      // Sums of twelve uniforms: near enough to normal.
      const values = places.map(() =>
        Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b),
      );
      if (benjaminiHochberg(giStar(values, neighbours).map(twoSidedP)).some((q) => q <= 0.05)) alarms += 1;
    }
    tellFigure('Gi*, any cell, normal', `${alarms} of 1,000 null worlds`);
    expect(alarms / 1_000).toBeLessThanOrEqual(0.05);
    expect(alarms).toBeGreaterThan(0);
  });
});
