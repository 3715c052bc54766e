/** Maps put down in part say the same of chance as maps put down whole. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { neighboursWithin } from '../../geo/cell-neighbours.ts';
import { type Cell, cellAt, diskAround } from '../../geo/cells.ts';
import { giStar } from '../../geo/gi-star.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type FootprintColumns, footprintColumns } from './footprint-columns.ts';
import { PooledNull } from './pooled-null.ts';
import { forRandomMaps } from './random-maps.ts';
import { domainOf } from './tested-domain.ts';

const RESOLUTION = 5;
/** A disk, and an arm one cell wide on which footprints must bend. */
const REGION = [
  ...new Set([
    ...diskAround(cellAt([85, 27], RESOLUTION), 6),
    ...Array.from({ length: 40 }, (_, i) => cellAt([86.2 + i * 0.05, 27], RESOLUTION)),
  ]),
];
const INSIDE = new Set(REGION);
const AROUND = new Map(REGION.map((cell) => [cell, diskAround(cell, 1).filter((next) => INSIDE.has(next))]));

function wander(random: Random, longest: number): Cell[] {
  const cells = [REGION[random.int(REGION.length)]!];
  const length = 1 + random.int(longest);
  while (cells.length < length) {
    const next = AROUND.get(cells[cells.length - 1]!)!.filter((cell) => !cells.includes(cell));
    if (next.length === 0) break;
    cells.push(next[random.int(next.length)]!);
  }
  return cells;
}

function incidents(random: Random, count: number, longest: number, heaviest: number): FootprintColumns {
  return footprintColumns(
    Array.from({ length: count }, (_, incident) => ({
      incident,
      cells: wander(random, longest),
      weight: incident === 0 ? heaviest : 1 + random.int(4),
    })),
  ).columns;
}

interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Of all cells' Gi*, ascending. */
  readonly z: Float64Array;
}

function momentsOf(columns: FootprintColumns, mostPlaced: number, maps: number, seed: number): Moments {
  const domain = domainOf(columns.cells, 1);
  const { size } = domain.index;
  const neighbours = neighboursWithin(domain.index, 1);
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  const z = new Float64Array(maps * size);
  forRandomMaps(columns, domain, { rings: 1, maps, mostPlaced }, seededRandom(seed), (map, number) => {
    for (let cell = 0; cell < size; cell += 1) {
      sum[cell]! += map[cell]!;
      squares[cell]! += map[cell]! ** 2;
    }
    z.set(giStar(map, neighbours, 7), number * size);
  });
  const mean = sum.map((value) => value / maps);
  return {
    mean,
    variance: squares.map((value, cell) => value / maps - mean[cell]! ** 2),
    z: z.sort(),
  };
}

const average = (values: Float64Array): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

describe('of more incidents than are put down one by one', () => {
  it.each([
    ['single cells', 1, 4],
    ['footprints of many cells', 8, 4],
    ['one incident of sixty persons among many of four', 3, 60],
  ])('a part says what to expect, and how it varies: %s', (_, longest, heaviest) => {
    const columns = incidents(seededRandom(5), 6_000, longest, heaviest);
    const whole = momentsOf(columns, Number.POSITIVE_INFINITY, 400, 1);
    const part = momentsOf(columns, 1_500, 400, 2);
    // Expected weights differ by what 400 maps of a quarter leave uncertain: no cell by more than a few standard errors.
    const errors = whole.mean.map((mean, cell) => {
      const error = Math.sqrt((whole.variance[cell]! / 400) * (1 + 4));
      return (part.mean[cell]! - mean) / error;
    });
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(5);
    expect(average(part.variance) / average(whole.variance)).toBeGreaterThan(0.95);
    expect(average(part.variance) / average(whole.variance)).toBeLessThan(1.05);
    for (const share of [0.001, 0.01, 0.05, 0.5, 0.95, 0.99, 0.999]) {
      const [a, b] = [whole, part].map(({ z }) => z[Math.floor(share * z.length)]!) as [number, number];
      expect(Math.abs(a - b), `${share}: ${a} whole, ${b} in part`).toBeLessThan(0.1 + 0.03 * Math.abs(a));
    }
  });

  it('a part of worlds without a hotspot raises no more alarms than it may', () => {
    const random = seededRandom(6);
    let alarms = 0;
    for (let world = 0; world < 300; world += 1) {
      const columns = incidents(random, 2_000, 4, 4);
      const domain = domainOf(columns.cells, 1);
      const neighbours = neighboursWithin(domain.index, 1);
      let seen: Float64Array | undefined;
      forRandomMaps(columns, domain, { rings: 1, maps: 1 }, random, (map) => {
        seen = giStar(map, neighbours, 7);
      });
      const pooled = new PooledNull();
      forRandomMaps(columns, domain, { rings: 1, maps: 59, mostPlaced: 500 }, random, (map) =>
        pooled.add(giStar(map, neighbours, 7)),
      );
      if (Math.min(...benjaminiHochberg(pooled.twoSidedP(seen!))) <= 0.05) alarms += 1;
    }
    tellFigure('route hotspots, maps of chance in part', `${alarms} of 300 null worlds`);
    // 15 of 300 are expected of an exact test, give or take 4.
    expect(alarms, `${alarms} of 300`).toBeLessThanOrEqual(26);
  });
});
