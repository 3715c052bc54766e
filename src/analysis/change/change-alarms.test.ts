/** Changes of flow: what was planted is found, what was not is not, and more staff is no more flow. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { countQuantile } from '../../geo/count-tails.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type FamilySettings, testFamily } from './alarm-family.ts';
import { deriveAlarms, isEnough } from './derive-alarms.ts';
import { measureFalseAlarms } from './false-alarms.ts';
import { CHANGE_METHODS, type ChangeMethod, judgeMonth, STEPS_BEFORE } from './judge-month.ts';
import { type MonthlySeries, type WatchedPlace, watchedOf } from './monthly-series.ts';

const MONTHS: Readonly<Record<ChangeMethod, number>> = { farrington: 72, C1: 24, C2: 24, C3: 24, cusum: 24 };
const settings = (method: ChangeMethod): FamilySettings => ({
  method,
  alpha: 0.05,
  replications: 999,
  stopAfter: 10,
  seed: 1,
});

function draw(random: Random, mean: number, dispersion: number): number {
  return countQuantile(random.next() * 0.999999 + 1e-7, mean, dispersion);
}

const series = (key: string, counts: readonly number[]): MonthlySeries => ({
  kind: 'crossing',
  key,
  counts,
  origins: 9,
  watched: null,
});

/** Levels from one in three months to thirty a month. */
function world(seed: number, months: number, dispersion = 1, size = 12): MonthlySeries[] {
  const random = seededRandom(seed);
  return Array.from({ length: size }, (_, i) => {
    const mean = 0.35 * 1.5 ** i;
    return series(
      `place ${String(i).padStart(2, '0')}`,
      Array.from({ length: months }, () => draw(random, mean, dispersion)),
    );
  }).filter(isEnough);
}

const alarmsOf = (method: ChangeMethod, all: readonly MonthlySeries[]) =>
  deriveAlarms(all, all[0]!.counts.length - 1, settings(method));

/** The same series whose last months are so many times its mean. */
const jump = (one: MonthlySeries, factor: number, months: number): MonthlySeries => {
  const mean = one.counts.reduce((sum, count) => sum + count, 0) / one.counts.length;
  const level = Math.round(factor * mean);
  return {
    ...one,
    counts: one.counts.map((count, at) => (at >= one.counts.length - months ? level : count)),
  };
};

/** A place that one organisation watches, its staff-time by month. */
function watchedAt(one: MonthlySeries, staff: readonly number[]): MonthlySeries {
  const incidents = one.counts.reduce((sum, count) => sum + count, 0);
  const place: WatchedPlace = { ownerId: 'owner', placeId: one.key, incidents };
  return { ...one, watched: watchedOf(one.counts, [place], new Map([[`owner ${one.key}`, staff]])) };
}

describe.each(CHANGE_METHODS)('%s', (method) => {
  const months = MONTHS[method];
  // C3 adds up three months, and CUSUM asks for some that stay.
  const lasting = { cusum: 5, C3: 3, C1: 1, C2: 1, farrington: 1 }[method];

  it.each([1, 2])('has any alarm in at most 5 of 100 worlds of noise with dispersion %i', (dispersion) => {
    let called = 0;
    for (let seed = 0; seed < 1_000; seed += 1) {
      const all = world(seed, months, dispersion, method === 'cusum' ? 7 : 12);
      if (alarmsOf(method, all).alarms.length > 0) called += 1;
    }
    tellFigure(`change alarms by ${method}, dispersion ${dispersion}`, `${called} of 1,000 null worlds`);
    expect(called).toBeLessThanOrEqual(50);
  });

  it('finds a planted rise and nothing else, in any order, and says from which month', () => {
    let found = 0;
    for (let seed = 0; seed < 10; seed += 1) {
      const all = world(seed, months).map((one) => (one.key === 'place 07' ? jump(one, 4, lasting) : one));
      const { alarms, tested } = alarmsOf(method, all);
      expect(tested).toBe(all.length);
      const planted = alarms.find(({ series: { key } }) => key === 'place 07');
      if (planted) {
        found += 1;
        expect(planted.direction).toBe(1);
        expect(planted.verdict.judgement.score).toBeGreaterThan(1);
        expect(planted.watching).toBe('not known');
        expect(planted.since).toBeGreaterThanOrEqual(months - lasting);
      }
      expect(alarms.length).toBeLessThanOrEqual(2);
      const shown = (told: typeof alarms) => told.map(({ series: { key }, verdict }) => [key, verdict]);
      expect(shown(alarmsOf(method, all.toReversed()).alarms)).toEqual(shown(alarms));
    }
    expect(found).toBeGreaterThanOrEqual(9);
  });

  it('calls no change of flow where staff-time alone grew, and says that it was the watching', () => {
    const random = seededRandom(5);
    const staff = Array.from({ length: months }, (_, at) => (at >= months - lasting ? 8 : 2));
    let [called, explained] = [0, 0];
    for (let run = 0; run < 20; run += 1) {
      const others = world(100 + run, months, 1, 6);
      const counts = staff.map((worked) => draw(random, 3 * worked, 1));
      const { alarms, explained: watching } = alarmsOf(method, [
        ...others,
        watchedAt(series('staffed', counts), staff),
      ]);
      if (alarms.some(({ series: { key } }) => key === 'staffed')) called += 1;
      for (const one of watching) {
        expect([one.series.key, one.direction, one.watching]).toEqual(['staffed', 1, 'possibly watching']);
        explained += 1;
      }
    }
    expect(called).toBeLessThanOrEqual(2);
    expect(explained).toBeGreaterThanOrEqual(18);
  });

  it('still calls a change of flow that more staff-time does not explain, and warns of the watching', () => {
    const staff = Array.from({ length: months }, (_, at) => (at >= months - lasting ? 3 : 2));
    const counts = staff.map((worked, at) =>
      draw(seededRandom(at), (at >= months - lasting ? 12 : 3) * worked, 1),
    );
    const { alarms, explained } = alarmsOf(method, [
      ...world(3, months, 1, 6),
      watchedAt(series('staffed', counts), staff),
    ]);
    expect(alarms.map(({ series: { key }, watching }) => [key, watching])).toEqual([
      ['staffed', 'possibly watching'],
    ]);
    expect(alarms[0]?.effortRatio).toBeCloseTo(1.5, 10);
    expect(explained).toEqual([]);
  });

  it('measures its own false alarms, alike every time', () => {
    const all = world(1, months, 1, 7);
    const { members } = alarmsOf(method, all);
    const told = measureFalseAlarms(members, months - 1, settings(method), 200);
    expect(told?.worlds).toBe(200);
    expect(told?.share).toBeLessThan(0.1);
    expect(told?.high).toBeGreaterThan(told!.share);
    expect(measureFalseAlarms(members, months - 1, settings(method), 200)).toEqual(told);
    // The same worlds at a level at which noise must alarm, lest this measure nothing.
    const loose = measureFalseAlarms(members, months - 1, { ...settings(method), alpha: 0.5 }, 200);
    expect(loose!.worldsWithAnAlarm).toBeGreaterThan(told!.worldsWithAnAlarm);
  });

  it('says nothing where too little came before', () => {
    const short = world(1, STEPS_BEFORE[method], 1, 12);
    expect(alarmsOf(method, short)).toMatchObject({ alarms: [], tested: 0 });
  });
});

it.each(['farrington', 'C1', 'C2'] as const)('%s finds a planted fall', (method) => {
  const all = world(4, MONTHS[method]).map((one) => (one.key === 'place 11' ? jump(one, 0, 1) : one));
  const { alarms } = alarmsOf(method, all);
  expect(alarms.map(({ series: { key }, direction }) => [key, direction])).toEqual([['place 11', -1]]);
});

it('one run of alarms begins where it began, and the level changed there', () => {
  const all = world(9, MONTHS.farrington).map((one) => (one.key === 'place 08' ? jump(one, 4, 3) : one));
  const [alarm] = alarmsOf('farrington', all).alarms;
  expect(alarm?.series.key).toBe('place 08');
  expect(alarm?.since).toBe(MONTHS.farrington - 3);
  expect(alarm?.changePoint?.step).toBe(MONTHS.farrington - 3);
  expect(alarm!.changePoint!.after / alarm!.changePoint!.before).toBeGreaterThan(2.5);
});

it('a series of fewer than 10 incidents or 3 origins is not tested', () => {
  const ten = series('ten', [3, 3, 3, 1]);
  expect(isEnough(ten)).toBe(true);
  expect(isEnough({ ...ten, origins: 2 })).toBe(false);
  expect(isEnough({ ...ten, counts: [3, 3, 3, 0] })).toBe(false);
});

describe('a corridor that was not there before', () => {
  const quiet = (months: number, ...since: number[]) => [...Array<number>(months).fill(0), ...since];
  const judged = (counts: readonly number[], step: number) =>
    judgeMonth({ counts, effort: counts.map(() => 1) }, step, {
      ...settings('farrington'),
      dispersion: 1,
      random: seededRandom(1),
    });

  it('is in alarm in every month until its own season is its baseline', () => {
    const counts = quiet(60, ...Array<number>(9).fill(4));
    for (let step = 60; step < 69; step += 1) {
      const found = judged(counts, step);
      expect([step, found?.isAbove]).toEqual([step, true]);
      expect(found!.score).toBeGreaterThan(1);
      expect(found!.pUp).toBeLessThan(0.001);
    }
    // None of the first four months is held against another of them: half an event in 57 to 60 months.
    expect(judged(counts, 63)?.expected).toBeCloseTo(0.5 / 60, 12);
    expect(judged(counts, 64)?.expected).toBeCloseTo(4 / 61, 12);
  });

  it('stays one alert, from its first month on', () => {
    for (const months of [1, 2, 3, 4]) {
      const opened = series('opened', quiet(60, ...Array<number>(months).fill(12)));
      const { alarms } = alarmsOf('farrington', [...world(2, 60 + months), opened]);
      const own = alarms.find(({ series: { key } }) => key === 'opened');
      expect([months, own?.direction, own?.since]).toEqual([months, 1, 60]);
    }
  });

  it('is no fall where its season never held any', () => {
    // Closed from June to December every year.
    const counts = Array.from({ length: 72 }, (_, at) => (at % 12 < 5 ? 20 : 0));
    const found = judged(counts, 68)!;
    expect([found.observed, found.isBelow, found.pDown]).toEqual([0, false, 1]);
    expect(found.score).toBeGreaterThan(-1);
  });
});

it('a rise above next to nothing has a positive score, and one incident is none', () => {
  // One incident in five years, within the windows: a quantile of what is expected is 0.
  const counts = Array.from({ length: 72 }, (_, at): number => (at === 35 ? 1 : 0));
  for (const [here, isAbove] of [
    [1, false],
    [6, true],
  ] as const) {
    const found = judgeMonth({ counts: counts.with(71, here), effort: counts.map(() => 1) }, 71, {
      ...settings('farrington'),
      alpha: 0.2,
      dispersion: 1,
      random: seededRandom(1),
    })!;
    expect(found.high).toBe(1);
    expect(found.isAbove).toBe(isAbove);
    expect(found.score).toBeCloseTo((here - found.expected) / (1 - found.expected), 12);
  }
});

it('worlds of no change are tested by the scatter that they show, not by what they were drawn with', () => {
  // Of one series of ten months before, whose scatter is badly known, either answer differs much.
  const [months, mean, dispersion] = [12, 6, 4];
  const member = {
    name: 'one',
    dispersion,
    watch: { counts: Array(months).fill(mean), effort: Array(months).fill(1) },
  };
  const told = measureFalseAlarms([member], months - 1, settings('C1'), 4_000)!;
  const random = seededRandom(8);
  let [asTested, asDrawn] = [0, 0];
  for (let world = 0; world < 4_000; world += 1) {
    const counts = Array.from({ length: months }, () => draw(random, mean, dispersion));
    if (alarmsOf('C1', [series('one', counts)]).alarms.length > 0) asTested += 1;
    const known = { ...member, watch: { ...member.watch, counts } };
    if (testFamily([known], months - 1, settings('C1'))[0]?.direction) asDrawn += 1;
  }
  expect(asTested / 4_000).toBeGreaterThanOrEqual(told.low);
  expect(asTested / 4_000).toBeLessThanOrEqual(told.high);
  expect(asDrawn / 4_000).toBeLessThan(told.low);
});
