import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { mortonCode, mortonHalves, mortonRanges } from './morton.ts';
import type { BoundingBox } from './position.ts';

const random = seededRandom(23);
const longitude = (): number => 360 * random.next() - 180;
const latitude = (): number => 180 * random.next() - 90;

function isCovered(code: bigint, box: BoundingBox, maxRanges: number): boolean {
  return mortonRanges(box, maxRanges).some(({ low, high }) => code >= low && code <= high);
}

describe('the code of a position', () => {
  it('interleaves 31 bits of each axis, longitude in the even ones', () => {
    expect(mortonCode([-180, -90])).toBe(0n);
    expect(mortonCode([180, 90])).toBe(2n ** 62n - 1n);
    expect(mortonCode([0, -90])).toBe(2n ** 60n);
    expect(mortonCode([-180, 0])).toBe(2n ** 61n);
  });

  it('in halves is the same code', () => {
    for (let run = 0; run < 500; run += 1) {
      const [x, y] = [longitude(), latitude()];
      const { high, low } = mortonHalves(x, y);
      expect((BigInt(high) << 32n) | BigInt(low)).toBe(mortonCode([x, y]));
    }
  });
});

describe('the ranges of a box', () => {
  it('hold every position in it, also at its edges and across the antimeridian', () => {
    for (let run = 0; run < 400; run += 1) {
      const [south, north] = [latitude(), latitude()].sort((a, b) => a - b) as [number, number];
      const box = { west: longitude(), east: longitude(), south, north };
      const width = box.west <= box.east ? box.east - box.west : box.east - box.west + 360;
      const maxRanges = 1 + random.int(40);
      for (let sample = 0; sample < 20; sample += 1) {
        const inside = box.west + width * random.next();
        const x = Math.min(inside > 180 ? inside - 360 : inside, box.west <= box.east ? box.east : 180);
        const y = south + (north - south) * random.next();
        expect(isCovered(mortonCode([x, y]), box, maxRanges), `${x} ${y} in ${JSON.stringify(box)}`).toBe(
          true,
        );
      }
      for (const x of [box.west, box.east]) {
        for (const y of [south, north]) expect(isCovered(mortonCode([x, y]), box, maxRanges)).toBe(true);
      }
    }
  });

  it('are ascending, disjoint and no more than allowed', () => {
    for (let run = 0; run < 100; run += 1) {
      const [south, north] = [latitude(), latitude()].sort((a, b) => a - b) as [number, number];
      const maxRanges = 1 + random.int(30);
      const ranges = mortonRanges({ west: longitude(), east: longitude(), south, north }, maxRanges);
      expect(ranges.length).toBeLessThanOrEqual(maxRanges);
      for (const [i, { low, high }] of ranges.entries()) {
        expect(low <= high).toBe(true);
        if (i > 0) expect(low > ranges[i - 1]!.high).toBe(true);
      }
    }
  });

  it('leave most of the world out, so that the index is worth reading', () => {
    const box = { west: 80, south: 26, east: 88, north: 31 };
    const share = (maxRanges: number): number =>
      Number(mortonRanges(box, maxRanges).reduce((sum, { low, high }) => sum + high - low + 1n, 0n)) /
      2 ** 62;
    const wanted = (8 * 5) / (360 * 180);
    expect(share(16)).toBeLessThan(2 * wanted);
    expect(share(64)).toBeLessThan(1.3 * wanted);
    expect(share(64)).toBeGreaterThanOrEqual(wanted);
    expect(isCovered(mortonCode([85, -40]), box, 16)).toBe(false);
  });

  it('of an empty box are none, and of no range at all are refused', () => {
    expect(mortonRanges({ west: 0, east: 1, south: 5, north: 4 }, 4)).toEqual([]);
    expect(() => mortonRanges({ west: 0, east: 1, south: 0, north: 1 }, 0)).toThrow(
      'wanted a whole number from 1',
    );
  });
});
