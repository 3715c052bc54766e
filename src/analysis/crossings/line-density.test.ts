import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { smoothAlong, stepsOf } from './line-density.ts';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, one) => total + one, 0);

describe('density along a line', () => {
  it('keeps all mass, whatever the steps, the bandwidth and the line, its ends included', () => {
    const random = seededRandom(1);
    for (let run = 0; run < 300; run += 1) {
      const lengthKm = 0.5 + 300 * random.next() ** 3;
      const km = Array.from({ length: 20 }, (_, i) =>
        i === 0 ? 0 : i === 1 ? lengthKm : random.next() * lengthKm,
      );
      const mass = km.map(() => random.int(9) + random.next());
      // Bandwidths many times as long as the line too.
      const [stepKm, bandwidthKm] = [0.5 + 20 * random.next(), 0.5 + 200 * random.next() ** 2];
      const closed = random.next() < 0.5;
      const sums = smoothAlong({ lengthKm, closed }, km, mass, stepKm, bandwidthKm);
      expect(sums).toHaveLength(stepsOf(lengthKm, stepKm));
      expect(sum(sums)).toBeCloseTo(sum(mass), 9);
      expect(Math.min(...sums)).toBeGreaterThanOrEqual(0);
    }
  });

  it('is Epanechnikov’s kernel, added up point by point', () => {
    const [at, bandwidthKm, stepKm, lengthKm] = [23.7, 9, 2.5, 61];
    const sums = smoothAlong({ lengthKm, closed: false }, [at], [3], stepKm, bandwidthKm);
    for (const [step, found] of sums.entries()) {
      let expected = 0;
      const parts = 4_000;
      const width = Math.min(stepKm, lengthKm - step * stepKm) / parts;
      for (let i = 0; i < parts; i += 1) {
        const u = (step * stepKm + (i + 0.5) * width - at) / bandwidthKm;
        if (Math.abs(u) < 1) expected += (3 * 0.75 * (1 - u * u) * width) / bandwidthKm;
      }
      expect(found).toBeCloseTo(expected, 5);
    }
  });

  it('is the same read from the other end, reflected at an open end and carried over a closed one', () => {
    const [lengthKm, stepKm] = [100, 5];
    const there = smoothAlong({ lengthKm, closed: false }, [2, 40], [1, 2], stepKm, 12);
    const back = smoothAlong({ lengthKm, closed: false }, [98, 60], [1, 2], stepKm, 12);
    for (const [step, found] of back.toReversed().entries()) expect(found).toBeCloseTo(there[step]!, 12);
    const open = smoothAlong({ lengthKm, closed: false }, [1], [1], stepKm, 10);
    expect(open.at(-1)).toBe(0);
    const closed = smoothAlong({ lengthKm, closed: true }, [1], [1], stepKm, 10);
    expect(closed.at(-1)).toBeGreaterThan(0.2);
    // Turning a closed line by whole steps turns its density.
    const turned = smoothAlong({ lengthKm, closed: true }, [36], [1], stepKm, 10);
    for (const [step, found] of closed.entries()) expect(turned[(step + 7) % 20]).toBeCloseTo(found, 12);
  });

  it('of an even line is even, up to both ends', () => {
    const km = Array.from({ length: 1_000 }, (_, i) => (i + 0.5) / 10);
    const sums = smoothAlong(
      { lengthKm: 100, closed: false },
      km,
      km.map(() => 1),
      5,
      15,
    );
    for (const found of sums) expect(found).toBeCloseTo(50, 1);
  });

  it('has a last step as long as the rest, and asks for lengths', () => {
    expect([stepsOf(10, 5), stepsOf(10.2, 5), stepsOf(3, 5), stepsOf(15.000_000_000_1, 5)]).toEqual([
      2, 3, 1, 3,
    ]);
    expect(() => smoothAlong({ lengthKm: 10, closed: false }, [], [], 0, 1)).toThrow('wanted all above 0');
  });
});
