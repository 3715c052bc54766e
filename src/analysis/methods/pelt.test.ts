import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { NILE } from '../../../test/support/nile-flow.ts';
import { normalDraw, poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { meanCost, pelt, poissonCost, type StretchCost } from './pelt.ts';

/** The least cost of every cut there is. */
function byTrial(steps: number, cost: StretchCost, penalty: number, shortest: number): number {
  let least = Infinity;
  for (let cut = 0; cut < 2 ** (steps - 1); cut += 1) {
    const breaks = Array.from({ length: steps - 1 }, (_, i) => i + 1).filter((at) => (cut >> (at - 1)) & 1);
    least = Math.min(least, costOf(breaks, steps, cost, penalty, shortest));
  }
  return least;
}

function costOf(
  breaks: readonly number[],
  steps: number,
  cost: StretchCost,
  penalty: number,
  shortest: number,
): number {
  const ends = [0, ...breaks, steps];
  let sum = breaks.length * penalty;
  for (let i = 1; i < ends.length; i += 1) {
    if (ends[i]! - ends[i - 1]! < shortest) return Infinity;
    sum += cost(ends[i - 1]!, ends[i]!);
  }
  return sum;
}

describe('PELT', () => {
  it('finds the dam at Aswan: the Nile changes after 28 years', () => {
    expect(pelt(NILE.length, meanCost(NILE))).toEqual([28]);
  });

  it.each([1, 2, 3])('is the best of all cuts, with stretches of %d steps or more', (shortest) => {
    const random = seededRandom(503 + shortest);
    let cut = 0;
    for (let run = 0; run < 40; run += 1) {
      const steps = 2 + random.int(10);
      const values = Array.from({ length: steps }, () => random.int(5) + (random.next() < 0.3 ? 6 : 0));
      for (const cost of [meanCost(values, 2), poissonCost(values)]) {
        const penalty = 4 * random.next();
        const found = pelt(steps, cost, penalty, shortest);
        cut += found.length;
        const least = byTrial(steps, cost, penalty, shortest);
        if (least < Infinity) expect(costOf(found, steps, cost, penalty, shortest)).toBeCloseTo(least, 9);
        else expect(found).toEqual([]);
      }
    }
    expect(cut).toBeGreaterThan(40);
  });

  it('finds planted levels of counts, with effort taken out', () => {
    const random = seededRandom(521);
    const effort = Array.from({ length: 90 }, (_, month) => (month < 60 ? 1 : 4));
    const counts = effort.map((watched, month) => poissonDraw(random, watched * (month < 30 ? 3 : 12)));
    expect(pelt(90, poissonCost(counts, effort))).toEqual([30]);
    expect(pelt(90, poissonCost(counts))).toEqual([30, 60]);
  });

  it('turns with time, and does not see unit or zero', () => {
    const random = seededRandom(523);
    for (let run = 0; run < 20; run += 1) {
      const values = Array.from(
        { length: 60 },
        (_, i) => normalDraw(random) + (i > 20 ? 4 : 0) - (i > 45 ? 7 : 0),
      );
      const straight = pelt(60, meanCost(values));
      expect(straight.length).toBeGreaterThanOrEqual(2);
      expect(pelt(60, meanCost(values.toReversed()))).toEqual(straight.map((at) => 60 - at).toReversed());
      expect(pelt(60, meanCost(values.map((value) => 8 * value + 4096)))).toEqual(straight);
      const counts = values.map((value) => Math.max(0, Math.round(20 + 2 * value)));
      const tripled = pelt(60, poissonCost(counts, Array(60).fill(1 / 7)));
      expect(tripled).toEqual(pelt(60, poissonCost(counts)));
    }
  });

  it.each([12, 36, 100])('cuts at most 5 of 100 series of noise, of %d steps', (steps) => {
    const random = seededRandom(541);
    let [normal, counts] = [0, 0];
    for (let run = 0; run < 1_000; run += 1) {
      const values = Array.from({ length: steps }, () => normalDraw(random));
      if (pelt(steps, meanCost(values)).length > 0) normal += 1;
      const events = Array.from({ length: steps }, () => poissonDraw(random, 2));
      if (pelt(steps, poissonCost(events)).length > 0) counts += 1;
    }
    tellFigure(
      `PELT, a cut in ${steps} steps`,
      `${normal} of 1,000 normal series, ${counts} of 1,000 of counts`,
    );
    expect(normal / 1_000).toBeLessThanOrEqual(0.05);
    expect(counts / 1_000).toBeLessThanOrEqual(0.05);
  });

  it('leaves equal, short and empty series whole', () => {
    expect(pelt(20, meanCost(Array(20).fill(7)))).toEqual([]);
    expect(pelt(20, poissonCost(Array(20).fill(0)))).toEqual([]);
    expect(pelt(0, meanCost([]))).toEqual([]);
    expect(pelt(1, meanCost([3]))).toEqual([]);
    expect(() => pelt(5, poissonCost([1, 2, 3, 4, 5]), 1, 0)).toThrow('wanted 1');
    expect(() => meanCost([1], 0)).toThrow('more than 0');
  });
});
