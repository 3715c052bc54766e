import { describe, expect, it } from 'vitest';
import { countQuantile, countUpperTail } from './count-tails.ts';
import { normalQuantile, upperTail } from './normal.ts';
import { incompleteBeta, twoSidedStudentP } from './student.ts';

describe('tails of counts', () => {
  it('meet R for Poisson and the negative binomial, far out too', () => {
    expect(countUpperTail(12, 4, 1.7)).toBeCloseTo(0.0112624265332291, 13);
    expect(countUpperTail(25, 5, 1) / 1.59958639848701e-10).toBeCloseTo(1, 11);
    expect(countUpperTail(3, 40, 3)).toBeCloseTo(0.999999969121502, 13);
    expect(countQuantile(0.95, 4, 1.7)).toBe(9);
    expect(countQuantile(0.999, 0.02, 1)).toBe(1);
    expect(countQuantile(0.95, 2000, 1)).toBe(2074);
    expect(countQuantile(0.5, 1e5, 5)).toBe(99_999);
  });

  it('and quantiles undo each other', () => {
    for (const mean of [0.01, 0.7, 3, 28.4, 900]) {
      for (const dispersion of [1, 1.001, 1.3, 6]) {
        for (const probability of [0.05, 0.5, 0.95, 0.999]) {
          const count = countQuantile(probability, mean, dispersion);
          expect(1 - countUpperTail(count + 1, mean, dispersion)).toBeGreaterThanOrEqual(probability - 1e-12);
          if (count > 0) expect(1 - countUpperTail(count, mean, dispersion)).toBeLessThan(probability);
        }
        expect(countUpperTail(0, mean, dispersion)).toBe(1);
      }
    }
    expect(countUpperTail(1, 0, 1)).toBe(0);
    expect(countQuantile(0.95, 0, 2)).toBe(0);
  });

  it('of the negative binomial end in those of Poisson, as the dispersion comes to 1', () => {
    expect(countUpperTail(9, 4, 1 + 1e-7)).toBeCloseTo(countUpperTail(9, 4, 1), 6);
    expect(countUpperTail(9, 4, 0.4)).toBe(countUpperTail(9, 4, 1));
  });
});

describe("Student's t", () => {
  it('meets R, and the normal distribution where freedom is large', () => {
    expect(twoSidedStudentP(2.5, 3)).toBeCloseTo(0.0877066470080655, 12);
    expect(twoSidedStudentP(-0.3, 17.5)).toBeCloseTo(0.76771147286769, 12);
    expect(twoSidedStudentP(12, 40) / 7.824171304256e-15).toBeCloseTo(1, 10);
    expect(incompleteBeta(2, 5, 0.3)).toBeCloseTo(0.579825, 12);
    expect(twoSidedStudentP(1.959963984540054, 1e7)).toBeCloseTo(0.05, 7);
    expect(twoSidedStudentP(Infinity, 4)).toBe(0);
    expect(twoSidedStudentP(0, 4)).toBe(1);
    expect(twoSidedStudentP(Number.NaN, 4)).toBeNaN();
  });
});

describe('the quantile of the normal distribution', () => {
  it('meets R and undoes the tail', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.64485362695147, 12);
    expect(normalQuantile(0.999)).toBeCloseTo(3.09023230616781, 12);
    expect(normalQuantile(1e-9)).toBeCloseTo(-5.99780701500769, 10);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    for (const z of [0.1, 1, 3, 5]) expect(normalQuantile(1 - upperTail(z))).toBeCloseTo(z, 8);
    expect(() => normalQuantile(1)).toThrow('less than 1');
  });
});
