import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { ears } from './ears.ts';

const NEWPORT = '../shared/data/golden/change/salmNewport_germany.csv';
/** α = 0.05, one-sided. */
const Z = 1.6448536269514722;

const METHODS = ['C1', 'C2', 'C3'] as const;

describe('EARS', () => {
  it.skipIf(!existsSync(NEWPORT))('bounds salmonella Newport as R does', () => {
    const counts = readFileSync(NEWPORT, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    expect(counts).toHaveLength(528);
    const bounds = (method: 'C1' | 'C2'): number[] =>
      ears(counts, { method, threshold: Z, minSigma: 0 })
        .slice(365, 377)
        .map((step) => step!.bound);
    const C1 = [
      3.27885359359, 3.27885359359, 3.43651727429, 3.85561664478, 3.85561664478, 3.85561664478, 3.85561664478,
      3.86974349885, 3.91535636572, 3.91535636572, 3.35549025702, 3.35549025702,
    ];
    const C2 = [
      4.91535636572, 3.61556534956, 3.27885359359, 3.27885359359, 3.43651727429, 3.85561664478, 3.85561664478,
      3.85561664478, 3.85561664478, 3.86974349885, 3.91535636572, 3.91535636572,
    ];
    for (const [i, bound] of bounds('C1').entries()) expect(bound).toBeCloseTo(C1[i]!, 10);
    for (const [i, bound] of bounds('C2').entries()) expect(bound).toBeCloseTo(C2[i]!, 10);
    const alarmsOf = (method: 'C1' | 'C2'): number[] =>
      ears(counts, { method, threshold: Z, minSigma: 0 })
        .slice(365, 417)
        .flatMap((step, i) => (step!.alarm ? [i + 1] : []));
    expect(alarmsOf('C1')).toEqual([31, 35, 43, 44, 45, 46]);
    expect(alarmsOf('C2')).toEqual([15, 16, 31, 35, 44, 45, 46, 47]);
  });

  it('is what the formulas say, step by step', () => {
    const random = seededRandom(211);
    for (let run = 0; run < 30; run += 1) {
      const counts = Array.from({ length: 40 }, () => poissonDraw(random, 4));
      const baseline = 3 + random.int(7);
      const scores = (gap: number, step: number): number => {
        const past = counts.slice(step - gap - baseline, step - gap);
        const mean = past.reduce((a, b) => a + b) / baseline;
        const sd = Math.sqrt(past.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (baseline - 1));
        return (counts[step]! - mean) / Math.max(sd, 0.5);
      };
      const options = { baseline, minSigma: 0.5 };
      for (let step = baseline + 4; step < 40; step += 1) {
        const [one, two, three] = METHODS.map((method) => ears(counts, { ...options, method })[step]!);
        expect(one!.statistic).toBeCloseTo(scores(0, step), 10);
        expect(two!.statistic).toBeCloseTo(scores(2, step), 10);
        const sum = [0, 1, 2].reduce((total, lag) => total + Math.max(0, scores(2, step - lag) - 1), 0);
        expect(three!.statistic).toBeCloseTo(sum, 10);
        for (const found of [one!, two!, three!]) {
          // What the bound says, more or fewer events at this step would have shown.
          if (found.bound > 0) expect(found.alarm).toBe(counts[step]! > found.bound);
          else
            expect(found === three ? found.alarm : counts[step]! > 0).toBe(counts[step]! > 0 || found.alarm);
        }
      }
      expect(ears(counts, { ...options, method: 'C1' })[baseline - 1]).toBeNull();
      expect(ears(counts, { ...options, method: 'C1' })[baseline]).not.toBeNull();
      expect(ears(counts, { ...options, method: 'C3' })[baseline + 3]).toBeNull();
      expect(ears(counts, { ...options, method: 'C3' })[baseline + 4]).not.toBeNull();
    }
  });

  it.each(METHODS)('%s does not see how steps are counted, nor effort that never changes', (method) => {
    const random = seededRandom(223);
    const counts = Array.from({ length: 60 }, () => poissonDraw(random, 3));
    const straight = ears(counts, { method });
    const tripled = ears(
      counts.map((count) => 3 * count),
      { method, minSigma: 1 },
    );
    const watched = ears(counts, { method, effort: counts.map(() => 2), minSigma: 1 / 6 });
    for (const [step, found] of straight.entries()) {
      expect(tripled[step]?.statistic ?? null).toEqual(found && expect.closeTo(found.statistic, 9));
      expect(watched[step]?.bound ?? null).toEqual(found && expect.closeTo(found.bound, 9));
    }
  });

  it('takes twice the events for twice the effort as nothing new', () => {
    const effort = Array.from({ length: 30 }, (_, step) => (step < 25 ? 1 : 10));
    const counts = effort.map((watched, step) => watched * (2 + (step % 3)));
    expect(ears(counts, { method: 'C1', effort }).some((step) => step?.alarm)).toBe(false);
    expect(ears(counts, { method: 'C1' }).some((step) => step?.alarm)).toBe(true);
  });

  it.each(METHODS)('%s calls at most 5 in 100 steps of noise, at every rate', (method) => {
    const random = seededRandom(227);
    for (const mean of [0.05, 0.3, 0.7, 2, 10, 60]) {
      const steps = ears(
        Array.from({ length: 4000 }, () => poissonDraw(random, mean)),
        { method },
      ).filter((step) => step !== null);
      const called = steps.filter(({ alarm }) => alarm).length;
      tellFigure(`EARS ${method}, ${mean} a step`, `${called} of ${steps.length} steps of noise`);
      expect(called / steps.length).toBeLessThanOrEqual(0.05);
    }
  });

  it('asks for a baseline and effort that mean something', () => {
    expect(() => ears([1, 2], { method: 'C1', baseline: 2 })).toThrow('wanted 3 or more');
    expect(() => ears([1, 2], { method: 'C1', effort: [1, 0] })).toThrow('wanted more than 0');
    expect(ears([0, 0, 0, 1], { method: 'C1', baseline: 3 })[3]!.alarm).toBe(false);
    expect(ears([0, 0, 0, 2], { method: 'C1', baseline: 3 })[3]!.alarm).toBe(true);
  });
});
