/** Plans are near when their edges are within reach and their days touch. */
import { describe, expect, it } from 'vitest';
import { areNear, MARGIN_HOURS, NEAR_KM, type PlannedSpan } from './near.ts';

const plan = (over: Partial<PlannedSpan> = {}): PlannedSpan => ({
  position: [85, 27],
  radiusKm: 0,
  from: new Date('2026-12-01T00:00:00Z'),
  to: new Date('2026-12-02T00:00:00Z'),
  ...over,
});
/** A degree of latitude. */
const DEGREE_KM = 111.195;
const north = (km: number): PlannedSpan['position'] => [85, 27 + km / DEGREE_KM];

describe('two plans', () => {
  it('are near up to a distance between their edges', () => {
    expect(areNear(plan(), plan({ position: north(NEAR_KM - 0.1) }))).toBe(true);
    expect(areNear(plan(), plan({ position: north(NEAR_KM + 0.1) }))).toBe(false);
    expect(areNear(plan({ radiusKm: 4 }), plan({ position: north(NEAR_KM + 9.9), radiusKm: 6 }))).toBe(true);
    expect(areNear(plan({ radiusKm: 4 }), plan({ position: north(NEAR_KM + 10.1), radiusKm: 6 }))).toBe(
      false,
    );
  });

  it('are near while the days between them are fewer than both margins, whichever is first', () => {
    const after = (hours: number): PlannedSpan =>
      plan({
        from: new Date(Date.parse('2026-12-02T00:00:00Z') + hours * 3_600_000),
        to: new Date('2026-12-20T00:00:00Z'),
      });
    for (const [hours, near] of [
      [2 * MARGIN_HOURS - 1, true],
      [2 * MARGIN_HOURS + 1, false],
    ] as const)
      expect([areNear(plan(), after(hours)), areNear(after(hours), plan())]).toEqual([near, near]);
  });

  it('are near across the antimeridian', () => {
    expect(areNear(plan({ position: [179.95, 0] }), plan({ position: [-179.95, 0] }))).toBe(true);
  });
});
