import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { survivalCurve, turnbull, type Wait } from './survival.ts';

/** Weeks in remission on 6-mercaptopurine (Freireich et al., Blood 21, 1963); + still in remission. */
const FREIREICH = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
/** Months to breast retraction after radiotherapy alone (Finkelstein & Wolfe, Biometrics 41, 1985): more than the first, at most the second. */
const RETRACTION =
  '45- 6-10 0-7 46- 46- 7-16 17- 7-14 37-44 0-8 4-11 15- 11-15 22- 46- 46- 25-37 46- 26-40 46- 27-34 36-44 46- 36-48 37- 40- 17-25 46- 11-18 38- 5-12 37- 0-5 18- 24- 36- 5-11 19-35 17-25 24- 32- 33- 19-26 37- 34- 36-';

const weeks = (text: string): Wait[] =>
  text.split(' ').map((word, i) => {
    const time = Number.parseInt(word, 10);
    return word.endsWith('+')
      ? { low: time + 1, high: null, cluster: String(i) }
      : { low: time, high: time, cluster: String(i) };
  });

const curve = (waits: readonly Wait[]) => survivalCurve(waits, 0.95, seededRandom(1));

describe('the share still waited for', () => {
  it('is that of Kaplan and Meier for the 6-MP patients, with its log-log interval and median', () => {
    const { points, median, interval } = curve(weeks(FREIREICH));
    expect(interval).toBe('greenwood');
    expect(points.map(({ days, share }) => [days, Math.round(share * 1e3) / 1e3])).toEqual([
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
    ]);
    // As Stata prints them (Kleinbaum & Klein, Survival Analysis).
    const bands = points.map(({ low, high }) => [low!.toFixed(4), high!.toFixed(4)]);
    expect(bands[0]).toEqual(['0.6197', '0.9516']);
    expect(bands[2]).toEqual(['0.5032', '0.8894']);
    expect(bands[6]).toEqual(['0.1881', '0.6801']);
    expect(median).toEqual({ days: 23, low: 13, high: null });
  });

  it('is the product of the shares that stayed, counted one by one', () => {
    const random = seededRandom(7);
    for (let world = 0; world < 200; world += 1) {
      const waits = Array.from({ length: 1 + random.int(12) }, (_, i): Wait => {
        const time = 1 + random.int(9);
        return random.int(3) === 0
          ? { low: time + 1, high: null, cluster: String(i) }
          : { low: time, high: time, cluster: String(i) };
      });
      const left = (until: number): number => {
        let share = 1;
        for (let day = 1; day <= until; day += 1) {
          const waiting = waits.filter(({ low, high }) => (high === null ? low > day : low >= day)).length;
          const ended = waits.filter(({ high }) => high === day).length;
          if (waiting > 0) share *= (waiting - ended) / waiting;
        }
        return share;
      };
      for (const { days, share } of curve(waits).points) expect(share).toBeCloseTo(left(days), 12);
    }
  });

  it('is Turnbull’s where times are known to within months, as published', () => {
    const waits = RETRACTION.split(' ').map((word) => {
      const [after, until] = word.split('-');
      return { low: Number(after) + 1, high: until === '' ? null : Number(until) };
    });
    expect(waits).toHaveLength(46);
    const found = turnbull(waits)
      .filter(({ share }) => share > 1e-4)
      .map(({ from, to, share }) => [from - 1, to, Number(share.toFixed(4))]);
    expect(found).toEqual([
      [4, 5, 0.0463],
      [6, 7, 0.0334],
      [7, 8, 0.0887],
      [11, 12, 0.0708],
      [24, 25, 0.0926],
      [33, 34, 0.0818],
      [38, 40, 0.1209],
      [46, 48, 0.4656],
    ]);
  });

  it('is the same by either road where every day is known', () => {
    let left = 1;
    const masses = turnbull(weeks(FREIREICH)).filter(({ to, share }) => to !== Infinity && share > 1e-6);
    const points = curve(weeks(FREIREICH)).points;
    expect(masses.map(({ to }) => to)).toEqual(points.map(({ days }) => days));
    for (const [i, { share }] of masses.entries()) {
      left -= share;
      expect(left).toBeCloseTo(points[i]!.share, 6);
    }
  });

  it('does not mind the order, twice the same waits keep the share and narrow its interval', () => {
    const waits = weeks(FREIREICH);
    expect(curve(waits.toReversed())).toEqual(curve(waits));
    const [once, twice] = [curve(waits).points[2]!, curve([...waits, ...waits]).points[2]!];
    expect(twice.share).toBeCloseTo(once.share, 12);
    expect(twice.high! - twice.low!).toBeLessThan(once.high! - once.low!);
    const wide = waits.map((wait) => (wait.high === null ? wait : { ...wait, high: wait.high + 3 }));
    expect(curve(wide)).toMatchObject({ interval: 'bootstrap' });
    expect(curve(wide.map((wait) => ({ ...wait, cluster: 'one' })))).toMatchObject({ interval: 'none' });
  });

  it('lies in its interval in at least 90 of 100 worlds, whether days are known or weeks', () => {
    for (const width of [1, 7]) {
      const random = seededRandom(3 + width);
      let held = 0;
      for (let world = 0; world < 100; world += 1) {
        const waits = Array.from({ length: 40 }, (_, i): Wait => {
          const time = 1 + Math.floor(-Math.log(1 - random.next()) * 30);
          const low = Math.floor((time - 1) / width) * width + 1;
          return time > 90
            ? { low: 91, high: null, cluster: String(i) }
            : { low, high: low + width - 1, cluster: String(i) };
        });
        const at = curve(waits).points.findLast(({ days }) => days <= 28)!;
        const truth = Math.exp(-28 / 30);
        if (at.low! <= truth && truth <= at.high!) held += 1;
      }
      expect(held).toBeGreaterThanOrEqual(90);
    }
  });
});
