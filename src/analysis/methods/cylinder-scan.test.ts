/** The highest window of a set of counts is found without looking at most, and is the one that looking at all finds. */
import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { CylinderScan } from './cylinder-scan.ts';
import { MOST_PAIRED } from './paired-windows.ts';
import { throwEvents, wheelOf } from './redraw.ts';
import { cylinders } from './scan-windows.ts';

const CELLS = 60;

function scanOf(random: Random, events: number, steps: number, ends: 'last' | 'any') {
  const positions = Array.from(
    { length: CELLS },
    (): Position => [80 + 4 * random.next(), 26 + 2 * random.next()],
  );
  const shares = Float64Array.from({ length: CELLS * steps }, () => random.next() ** 2);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const expected = shares.map((share) => (share / whole) * events);
  const weights = Float64Array.from(positions, (_, cell) =>
    expected.subarray(cell * steps, (cell + 1) * steps).reduce((sum, value) => sum + value, 0),
  );
  const windows = cylinders(positions, weights, steps, {
    longest: 1 + random.int(steps),
    maxShare: 0.5,
    maxRadiusKm: Infinity,
    ends,
  });
  const drawn = new Float64Array(expected.length);
  const wheel = wheelOf(expected);
  return {
    scan: new CylinderScan(windows, expected, events),
    draw: () => {
      throwEvents(random, events, wheel, drawn);
      return drawn;
    },
  };
}

describe.each([
  ['few events', 60],
  ['many events', 5_000],
  ['just as many as pairs of counts hold', MOST_PAIRED - 1],
  ['more events than pairs of counts hold', MOST_PAIRED],
])('of %s', (_, events) => {
  it.each(['last', 'any'] as const)('is the best of all around all cells, ends: %s', (ends) => {
    const random = seededRandom(events);
    const seen = new Set<number>();
    for (let world = 0; world < 4; world += 1) {
      const { scan, draw } = scanOf(random, events, 3 + random.int(17), ends);
      for (let times = 0; times < 5; times += 1) {
        const counts = draw();
        const best = Math.max(0, ...scan.bestAround(counts).map(({ logLikelihood }) => logLikelihood));
        const found = scan.highest(counts);
        // What a window expects is added up in the order of its cells by both.
        expect(found).toBeCloseTo(best, 9);
        seen.add(found);
        expect(scan.highest(counts, found * 0.7)).toBe(found);
        expect(scan.highest(counts, found + 1)).toBe(found + 1);
        for (const enough of [found * 0.9, found, found * 1.1])
          expect(scan.highest(counts, found * 0.5, enough) >= enough).toBe(found >= enough);
      }
    }
    expect(seen.size).toBe(20);
  });
});
