import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { discreteLaplace, drawBelowFrom } from './discrete-laplace.ts';

/** Bytes that are the same in every run, so that a bound of one in a million runs is a bound. */
function seededBytes(seed: number): (count: number) => Uint8Array {
  const random = seededRandom(seed);
  return (count) => Uint8Array.from({ length: count }, () => random.int(256));
}

/** Against the known probabilities: (1 − q)/(1 + q) · q^|y| with q = exp(−rate). Tails are pooled where fewer than 10 are expected. */
function chiSquared(
  counts: ReadonlyMap<number, number>,
  draws: number,
  rate: number,
): { statistic: number; cells: number } {
  const q = Math.exp(-rate);
  const probability = (y: number): number => ((1 - q) / (1 + q)) * q ** Math.abs(y);
  let most = 0;
  while (draws * probability(most + 1) >= 10) most += 1;
  let statistic = 0;
  let [inside, expectedInside] = [0, 0];
  for (let y = -most; y <= most; y += 1) {
    const expected = draws * probability(y);
    statistic += ((counts.get(y) ?? 0) - expected) ** 2 / expected;
    inside += counts.get(y) ?? 0;
    expectedInside += expected;
  }
  statistic += (draws - inside - (draws - expectedInside)) ** 2 / (draws - expectedInside);
  return { statistic, cells: 2 * most + 2 };
}

describe('discrete Laplace noise', () => {
  it.each([
    [1n, 1n],
    [1n, 5n],
    [3n, 10n],
    [7n, 3n],
  ])('of rate %i/%i is drawn as often as it should be', (numerator, denominator) => {
    const draw = drawBelowFrom(seededBytes(Number(numerator * 100n + denominator)));
    const draws = 60_000;
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i += 1) {
      const y = Number(discreteLaplace({ numerator, denominator }, draw));
      counts.set(y, (counts.get(y) ?? 0) + 1);
    }
    const { statistic, cells } = chiSquared(counts, draws, Number(numerator) / Number(denominator));
    // Mean and variance of χ² are its degrees of freedom and twice that; 4 standard deviations above.
    const freedom = cells - 1;
    expect(statistic).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
  });

  it('would be found out if it were a little off', () => {
    const draw = drawBelowFrom(seededBytes(9));
    const counts = new Map<number, number>();
    for (let i = 0; i < 60_000; i += 1) {
      const y = Number(discreteLaplace({ numerator: 1n, denominator: 5n }, draw));
      counts.set(y, (counts.get(y) ?? 0) + 1);
    }
    const { statistic, cells } = chiSquared(counts, 60_000, 0.21);
    expect(statistic).toBeGreaterThan(cells + 6 * Math.sqrt(2 * cells));
  });

  it('draws below a bound evenly, the bound left out', () => {
    const draw = drawBelowFrom(randomBytes);
    const counts = new Map<bigint, number>();
    for (let i = 0; i < 5_000; i += 1) counts.set(draw(5n), (counts.get(draw(5n)) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([0n, 1n, 2n, 3n, 4n]);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
    expect(draw(1n)).toBe(0n);
    expect(() => draw(0n)).toThrow('wanted 1 or more');
    expect(draw(2n ** 70n)).toBeLessThan(2n ** 70n);
  });

  it('is not drawn at no rate', () => {
    expect(() => discreteLaplace({ numerator: 0n, denominator: 1n }, drawBelowFrom(randomBytes))).toThrow(
      'more than 0',
    );
  });
});
