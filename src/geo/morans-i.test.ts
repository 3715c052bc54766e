import { describe, expect, it } from 'vitest';
import { asRows } from './distance-band.ts';
import { moransI } from './morans-i.ts';

/** A row of things, each next to the one before and the one after. */
const row = (count: number) =>
  asRows(
    Array.from({ length: count }, (_, i) => [i - 1, i + 1].filter((other) => other >= 0 && other < count)),
  );

describe("Moran's I", () => {
  it('is worked out by hand for four values in a row', () => {
    // Deviations −1.5, −0.5, 0.5, 1.5: products of neighbours 0.75 − 0.25 + 0.75, each pair twice; squares 5; six pairs.
    const { i, expected } = moransI([1, 2, 3, 4], row(4));
    expect(i).toBeCloseTo((4 / 6) * ((2 * 1.25) / 5), 12);
    expect(expected).toBeCloseTo(-1 / 3, 12);
  });

  it('has the mean and variance of all orders of the values', () => {
    const values = [3, 1, 4, 1, 5, 9, 2];
    const lattice = asRows([[1, 2], [0, 2, 3], [0, 1], [1, 4, 5, 6], [3], [3, 6], [3, 5]]);
    const all = ordersOf(values).map((order) => moransI(order, lattice).i);
    const mean = all.reduce((sum, i) => sum + i, 0) / all.length;
    const variance = all.reduce((sum, i) => sum + (i - mean) ** 2, 0) / all.length;
    const { i, expected, z } = moransI(values, lattice);
    expect(expected).toBeCloseTo(mean, 10);
    expect(z).toBeCloseTo((i - mean) / Math.sqrt(variance), 8);
  });

  it('is above what chance expects for alike beside alike, below it for a chequered row, and nothing of equal values', () => {
    expect(moransI([1, 1, 1, 1, 5, 5, 5, 5], row(8)).z).toBeGreaterThan(1.9);
    expect(moransI([1, 5, 1, 5, 1, 5, 1, 5], row(8)).z).toBeLessThan(-1.9);
    expect(moransI([2, 2, 2, 2], row(4)).z).toBeNaN();
    expect(moransI([1, 2, 3], row(3)).z).toBeNaN();
  });
});

function ordersOf(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, at) => ordersOf(values.toSpliced(at, 1)).map((rest) => [value, ...rest]));
}
