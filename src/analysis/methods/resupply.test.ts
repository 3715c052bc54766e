import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { type Dated, daysOf, liesIn, nextArrivals, sidesOf } from './resupply.ts';
import { commonRatio, type Stratum } from './stratified-rates.ts';

const on = (key: string, day: number): Dated => ({ key, span: { from: day, to: day + 1 } });
const during = (key: string, from: number, to: number): Dated => ({ key, span: { from, to } });

describe('the next arrival after a recovery', () => {
  it('is counted in days, and waited for until the end of data where there is none', () => {
    const [one, two] = nextArrivals([on('r1', 100), on('r2', 130)], [on('a', 60), on('b', 121)], 200);
    expect(one).toMatchObject({ wait: { low: 21, high: 21 }, ended: 'arrival', days: { low: 21, high: 21 } });
    expect(one!.candidates.map(({ key }) => key)).toEqual(['b']);
    expect(two).toMatchObject({
      wait: { low: 70, high: null },
      ended: 'end of data',
      days: null,
      candidates: [],
    });
  });

  it('is not one of the day of the recovery itself, and a wait is given up at the next recovery', () => {
    const [one, two] = nextArrivals([on('r1', 100), on('r2', 110)], [on('a', 100), on('b', 115)], 200);
    expect(one).toMatchObject({
      wait: { low: 11, high: null },
      ended: 'next recovery',
      days: { low: 15, high: 15 },
    });
    expect(two).toMatchObject({ wait: { low: 5, high: 5 }, ended: 'arrival' });
  });

  it('is an interval where months are all that is known', () => {
    const [sure] = nextArrivals([on('r', 100)], [during('m', 120, 151)], 200);
    expect(sure!.wait).toEqual({ low: 20, high: 50 });
    const [earlier] = nextArrivals([on('r', 100)], [during('m', 90, 121), on('b', 140)], 200);
    expect(earlier!.wait).toEqual({ low: 1, high: 40 });
    expect(earlier!.candidates.map(({ key }) => key)).toEqual(['b', 'm']);
    const [perhaps] = nextArrivals([on('r', 100)], [during('m', 90, 121)], 200);
    expect(perhaps).toMatchObject({
      wait: { low: 1, high: null },
      ended: 'end of data',
      days: { high: null },
    });
    const [month] = nextArrivals([during('r', 90, 121)], [on('b', 140)], 200);
    expect(month!.wait).toEqual({ low: 20, high: 50 });
  });

  it('holds what is true, whatever is blurred: 400 worlds with days, and the same with months', () => {
    const random = seededRandom(2);
    const blur = ({ key, span }: Dated): Dated => {
      const from = Math.floor(span.from / 30) * 30;
      return random.int(2) === 0 ? { key, span } : { key, span: { from, to: from + 30 } };
    };
    let ended = 0;
    for (let world = 0; world < 400; world += 1) {
      const draw = (name: string, most: number): Dated[] =>
        // Named in the order of their days: of several that share a month, the last by name is taken for the last.
        Array.from({ length: 1 + random.int(most) }, () => 30 + random.int(300))
          .sort((a, b) => a - b)
          .map((day, i) => on(`${name}${i}`, day));
      const [recoveries, arrivals] = [draw('r', 3), draw('a', 6)];
      const exact = nextArrivals(recoveries, arrivals, 360);
      const blurred = nextArrivals(recoveries.map(blur), arrivals.map(blur), 360);
      for (const [i, { wait, ended: how }] of blurred.entries()) {
        const truth = exact[i]!.wait;
        if (how === 'arrival') {
          ended += 1;
          expect(truth.low).toBeGreaterThanOrEqual(wait.low);
          expect(truth.low).toBeLessThanOrEqual(wait.high!);
        }
        // Nothing is said to have lasted longer than it did.
        if (truth.high !== null) expect(wait.low).toBeLessThanOrEqual(truth.high);
      }
    }
    expect(ended).toBeGreaterThan(50);
  });

  it('is the one that looking at every arrival finds, in 400 worlds with days and months', () => {
    const random = seededRandom(5);
    const some = (name: string, most: number): Dated[] =>
      Array.from({ length: random.int(most) }, (_, i) => {
        const from = random.int(200);
        return during(`${name}${i}`, from, from + [1, 1, 30, 90][random.int(4)]!);
      });
    for (let world = 0; world < 400; world += 1) {
      const [recoveries, arrivals] = [some('r', 4), some('a', 12)];
      const found = nextArrivals(recoveries, arrivals, 360);
      for (const [i, { span }] of recoveries.entries()) {
        const after = arrivals
          .map((one) => ({ ...one, low: one.span.from - span.to + 1, high: one.span.to - 1 - span.from }))
          .filter(({ high }) => high >= 1);
        const sure = after.filter(({ low }) => low >= 1).map(({ high }) => high);
        const high = sure.length === 0 ? null : Math.min(...sure);
        const low = Math.max(1, Math.min(...after.map((one) => one.low)));
        expect(found[i]!.days).toEqual(after.length === 0 ? null : { low, high });
        const candidates = after.filter((one) => Math.max(1, one.low) <= (high ?? Infinity));
        expect(found[i]!.candidates.map(({ key }) => key).sort()).toEqual(
          candidates.map(({ key }) => key).sort(),
        );
      }
    }
  });

  it('is found among hundreds of thousands', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => on(`a${i}`, 100 + i));
    const [found] = nextArrivals([on('r', 150)], many, 300_000);
    expect(found!.candidates.map(({ key }) => key)).toEqual(['a51']);
  });

  it('does not mind the order, nor when the calendar begins', () => {
    const recoveries = [on('r1', 100), on('r2', 100), on('r3', 150)];
    const arrivals = [on('a', 130), during('b', 140, 170), on('c', 180)];
    const moved = ({ key, span }: Dated): Dated => ({
      key,
      span: { from: span.from + 77, to: span.to + 77 },
    });
    const waits = nextArrivals(recoveries, arrivals, 300).map(({ wait }) => wait);
    expect(
      nextArrivals(recoveries.toReversed(), arrivals.toReversed(), 300)
        .map(({ wait }) => wait)
        .toReversed(),
    ).toEqual(waits);
    expect(nextArrivals(recoveries.map(moved), arrivals.map(moved), 377).map(({ wait }) => wait)).toEqual(
      waits,
    );
    // Of two on one day, one waits no day and the other goes on.
    expect(waits.slice(0, 2)).toEqual([
      { low: 1, high: null },
      { low: 30, high: 30 },
    ]);
  });
});

describe('the days before and after', () => {
  it('leave out the recoveries themselves, and what is before one and after another', () => {
    const { before, after } = sidesOf(
      [
        { from: 100, to: 101 },
        { from: 130, to: 131 },
      ],
      20,
      { from: 90, to: 140 },
    );
    expect(before).toEqual([
      { from: 90, to: 100 },
      { from: 121, to: 130 },
    ]);
    expect(after).toEqual([
      { from: 101, to: 110 },
      { from: 131, to: 140 },
    ]);
    expect(liesIn({ from: 121, to: 122 }, before)).toBe(true);
    expect(liesIn({ from: 95, to: 102 }, before)).toBe(false);
  });

  it('show a change by chance alone in at most 5 % of 1,000 worlds where recoveries change nothing', () => {
    const random = seededRandom(12);
    let alarms = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const strata = Array.from({ length: 6 }, (): Stratum => {
        const rate = (1 + random.int(9)) / 100;
        const arrivals = Array.from({ length: poissonDraw(random, rate * 700) }, () => random.int(700));
        const recoveries = Array.from({ length: 1 + random.int(3) }, () => {
          const from = random.int(700);
          return { from, to: from + 1 };
        });
        const { before, after } = sidesOf(recoveries, 180, { from: 0, to: 700 });
        const count = (side: typeof before): number =>
          arrivals.filter((day) => liesIn({ from: day, to: day + 1 }, side)).length;
        return {
          before: { count: count(before), exposure: daysOf(before) },
          after: { count: count(after), exposure: daysOf(after) },
        };
      });
      if ((commonRatio(strata, 0.95)?.p ?? 1) <= 0.05) alarms += 1;
    }
    tellFigure('re-supply, any change', `${alarms} of 1,000 null worlds`);
    expect(alarms).toBeLessThanOrEqual(50);
  });
});
