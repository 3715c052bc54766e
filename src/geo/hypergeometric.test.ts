import { describe, expect, it } from 'vitest';
import { logHypergeometricTail } from './hypergeometric.ts';

describe('the hypergeometric tail', () => {
  it('is what Fisher gives the lady who tastes tea: 1 and 17 of 70', () => {
    expect(Math.exp(logHypergeometricTail(4, 4, 4, 8))).toBeCloseTo(1 / 70, 12);
    expect(Math.exp(logHypergeometricTail(3, 4, 4, 8))).toBeCloseTo(17 / 70, 12);
  });

  it('is what counting all draws gives, on small sets', () => {
    for (let total = 1; total <= 7; total += 1)
      for (let marked = 0; marked <= total; marked += 1)
        for (let drawn = 0; drawn <= total; drawn += 1)
          for (let found = 0; found <= total + 1; found += 1)
            expect(Math.exp(logHypergeometricTail(found, marked, drawn, total))).toBeCloseTo(
              byCounting(found, marked, drawn, total),
              10,
            );
  });

  it('keeps far tails: all 400 marked of 1,000 in a draw of 400', () => {
    // 1 / C(1000, 400), whose logarithm to base 10 is −290.6961…
    expect(logHypergeometricTail(400, 400, 400, 1000) / Math.LN10).toBeCloseTo(-290.696, 2);
  });

  it('refuses more marked than there are', () => {
    expect(() => logHypergeometricTail(1, 9, 2, 8)).toThrow('wanted at most 8');
  });
});

function byCounting(found: number, marked: number, drawn: number, total: number): number {
  let [all, enough] = [0, 0];
  for (let draw = 0; draw < 2 ** total; draw += 1) {
    const bits = Array.from({ length: total }, (_, i) => (draw >> i) & 1);
    if (bits.reduce((sum, bit) => sum + bit, 0) !== drawn) continue;
    all += 1;
    if (bits.slice(0, marked).reduce((sum, bit) => sum + bit, 0) >= found) enough += 1;
  }
  return enough / all;
}
