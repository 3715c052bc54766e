import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import {
  type DisplacementEstimate,
  type DisplacementOptions,
  displacement,
  ZONES,
  type Zone,
  type ZoneEffort,
  type ZonePattern,
} from './displacement.ts';

type Counts = Partial<Record<Zone, readonly [before: number, after: number]>>;

const patternsOf = (counts: Counts): ZonePattern[] =>
  ZONES.flatMap((zone) => {
    const found = counts[zone];
    return found ? [{ zones: [zone], before: found[0], after: found[1] }] : [];
  });

function estimate(
  patterns: readonly ZonePattern[],
  options: Partial<DisplacementOptions> = {},
): DisplacementEstimate {
  const found = displacement(patterns, { random: seededRandom(601), ...options });
  if (found.kind === 'refused') throw new Error(`refused: ${found.reason}`);
  return found;
}

const effortOf = (treatedAfter: number): ZoneEffort => ({
  treated: { before: 6, after: treatedAfter },
  displacement: { before: 6, after: 6 },
  control: { before: 6, after: 6 },
  displacementControl: { before: 6, after: 6 },
});

describe('the displacement difference', () => {
  const PAPER: Counts = {
    control: [308, 318],
    treated: [207, 110],
    displacementControl: [150, 140],
    displacement: [178, 157],
  };

  it('meets Wheeler and Ratcliffe', () => {
    const { difference, local, displaced, p } = estimate(patternsOf(PAPER));
    expect(difference.estimate).toBe(-118);
    expect(difference.variance).toBe(1568);
    expect(difference.estimate / Math.sqrt(difference.variance)).toBeCloseTo(-2.98, 2);
    expect(Math.round(difference.low)).toBe(-196);
    expect(Math.round(difference.high)).toBe(-40);
    expect([local, displaced]).toEqual([-107, -11]);
    expect(p).toBeLessThan(0.01);
  });

  it('counts an incident that touches two zones once, and squares its share', () => {
    const patterns: ZonePattern[] = [
      ...patternsOf({ treated: [20, 10], displacement: [20, 20], control: [30, 30] }),
      { zones: ['treated', 'displacement'], before: 8, after: 2 },
      { zones: ['treated', 'control'], before: 5, after: 5 },
    ];
    const { difference, local } = estimate(patterns);
    expect(difference.estimate).toBe(-10 - 6 - 6);
    expect(difference.variance).toBe(30 + 40 + 60 + 4 * 10 + 0);
    expect(local).toBe(-10 - 6);
  });

  it('has the p that dealing all periods again has, exactly, where incidents are few', () => {
    const patterns = patternsOf({ treated: [5, 1], displacement: [2, 4], control: [4, 3] });
    const zoneOf = patterns.flatMap(({ zones, before, after }) =>
      Array<Zone>(before + after).fill(zones[0]!),
    );
    const share = zoneOf.map((zone) => (zone === 'control' ? -1 : 1));
    const whole = share.reduce((sum, value) => sum + value, 0);
    const [of, afters] = [zoneOf.length, 8];
    const mean = (2 * whole * afters) / of - whole;
    const reached = Math.abs(estimate(patterns, { leastIncidents: 1 }).difference.estimate - mean);
    let [all, far] = [0, 0];
    for (let dealt = 0; dealt < 2 ** of; dealt += 1) {
      let [count, sum] = [0, 0];
      for (let i = 0; i < of; i += 1) {
        const isAfter = (dealt >> i) & 1;
        count += isAfter;
        sum += isAfter ? share[i]! : -share[i]!;
      }
      if (count !== afters) continue;
      all += 1;
      if (Math.abs(sum - mean) >= reached - 1e-9) far += 1;
    }
    const { p } = estimate(patterns, { leastIncidents: 1, replications: 19_999 });
    expect(p).toBeCloseTo(far / all, 1.8);
  });

  const noise = (random: Random, factor: number): ZonePattern[] =>
    patternsOf({
      treated: [poissonDraw(random, 20), poissonDraw(random, 20 * factor)],
      displacement: [poissonDraw(random, 30), poissonDraw(random, 30 * factor)],
      control: [poissonDraw(random, 45), poissonDraw(random, 45 * factor)],
    });

  it.each([1, 0.6])('raises few alarms where all zones change by a factor of %d', (factor) => {
    const random = seededRandom(613);
    let alarms = 0;
    for (let run = 0; run < 1_000; run += 1) {
      if (estimate(noise(random, factor), { random, replications: 99, leastIncidents: 1 }).p <= 0.05)
        alarms += 1;
    }
    tellFigure(
      `weighted displacement difference, all zones times ${factor}`,
      `${alarms} of 1,000 null worlds`,
    );
    expect(alarms / 1_000).toBeLessThanOrEqual(0.05);
  });

  it('raises few alarms where watching changed in one zone, and many if that is not told', () => {
    const random = seededRandom(617);
    let [told, untold] = [0, 0];
    for (let run = 0; run < 200; run += 1) {
      const patterns = patternsOf({
        treated: [poissonDraw(random, 20), poissonDraw(random, 60)],
        displacement: [poissonDraw(random, 30), poissonDraw(random, 30)],
        control: [poissonDraw(random, 30), poissonDraw(random, 30)],
      });
      const options = { random, replications: 99 } as const;
      if (estimate(patterns, { ...options, effort: effortOf(18), onChangedEffort: 'offset' }).p <= 0.05)
        told += 1;
      if (estimate(patterns, options).p <= 0.05) untold += 1;
    }
    expect(told / 200).toBeLessThanOrEqual(0.06);
    expect(untold / 200).toBeGreaterThan(0.3);
  });
});

describe('the displacement quotient', () => {
  it('meets Bowers and Johnson: what left came out next door', () => {
    const moved = estimate(patternsOf({ treated: [100, 50], displacement: [100, 150], control: [100, 100] }));
    expect(moved.quotient!.estimate).toBe(-1);
    const [low, high] = moved.quotient!.interval!;
    expect(low).toBeLessThan(-1);
    expect(high).toBeGreaterThan(-1);
    expect(high).toBeLessThan(0);
    expect(moved.difference.estimate).toBe(0);
  });

  it('holds the true quotient as often as its interval says', () => {
    const random = seededRandom(619);
    let held = 0;
    for (let run = 0; run < 1000; run += 1) {
      const { quotient } = estimate(
        patternsOf({
          treated: [poissonDraw(random, 200), poissonDraw(random, 80)],
          displacement: [poissonDraw(random, 200), poissonDraw(random, 260)],
          control: [poissonDraw(random, 300), poissonDraw(random, 300)],
        }),
        { random, replications: 1 },
      );
      const [low, high] = quotient!.interval!;
      if (low <= -0.5 && -0.5 <= high) held += 1;
    }
    expect(held / 1000).toBeGreaterThan(0.93);
    expect(held / 1000).toBeLessThan(0.97);
  });

  it('has no interval where the treated zone did not surely change, and is not there without controls', () => {
    const still = estimate(patternsOf({ treated: [100, 98], displacement: [100, 120], control: [100, 100] }));
    expect(still.quotient!.interval).toBeNull();
    const none = estimate(patternsOf({ treated: [100, 50], displacement: [100, 120], control: [20, 0] }));
    expect(none.quotient).toBeNull();
  });

  it('does not see how many times everything is counted, though the interval does', () => {
    const counts: Counts = { treated: [40, 10], displacement: [40, 60], control: [50, 45] };
    const tenfold: Counts = { treated: [400, 100], displacement: [400, 600], control: [500, 450] };
    const [few, many] = [counts, tenfold].map(
      (each) => estimate(patternsOf(each), { replications: 1 }).quotient!,
    );
    expect(many!.estimate).toBeCloseTo(few!.estimate, 12);
    expect(many!.interval![1] - many!.interval![0]).toBeLessThan(few!.interval![1] - few!.interval![0]);
  });
});

describe('displacement', () => {
  const counts = patternsOf({ treated: [40, 10], displacement: [40, 60], control: [50, 45] });

  it('is refused of too few incidents or origins, and where watching changed', () => {
    const random = seededRandom(1);
    const few = patternsOf({ treated: [40, 10], displacement: [4, 5], control: [50, 45] });
    expect(displacement(few, { random })).toEqual({
      kind: 'refused',
      reason: 'too few incidents',
      zone: 'displacement',
    });
    expect(displacement(counts, { random, origins: 2 })).toMatchObject({
      reason: 'too few origins',
      zone: null,
    });
    expect(displacement(counts, { random, effort: effortOf(7) })).toMatchObject({
      reason: 'effort changed',
      zone: 'treated',
    });
    expect(displacement(counts, { random, effort: effortOf(6.5) }).kind).toBe('estimated');
    expect(() => displacement(counts, { random, effort: effortOf(0) })).toThrow('wanted more than 0');
  });

  it('does not see the order of patterns, the unit of effort, nor patterns split in two', () => {
    const straight = estimate(counts, { effort: effortOf(12), onChangedEffort: 'offset' });
    expect(straight.local).toBe(10 - 80 - (45 - 50));
    const split = [...counts, ...counts].map((pattern) => ({
      ...pattern,
      before: pattern.before / 2,
      after: pattern.zones[0] === 'control' ? pattern.after : pattern.after / 2,
    }));
    const halves = split.map((pattern, i) =>
      pattern.zones[0] === 'control' ? { ...pattern, after: i < 3 ? 20 : 25 } : pattern,
    );
    for (const other of [counts.toReversed(), halves]) {
      const again = estimate(other, { effort: effortOf(12), onChangedEffort: 'offset' });
      expect(again.difference).toEqual(straight.difference);
      expect(again.quotient).toEqual(straight.quotient);
      expect(again.p).toBeCloseTo(straight.p, 1);
    }
  });
});
