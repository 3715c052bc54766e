/** What became of a place over time, in Esri's 17 words: Gi* of each step says hot or cold, Mann-Kendall says whether it grows (ArcGIS, Emerging Hot Spot Analysis). */
import type { Trend } from './mann-kendall.ts';

export const EMERGING_PATTERNS = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'sporadic',
  'oscillating',
  'historical',
] as const;

export type EmergingPattern = (typeof EMERGING_PATTERNS)[number];

/** Eight patterns hot, the same eight cold, and none. */
export type EmergingCategory = `${EmergingPattern} ${'hot' | 'cold'}` | 'none';

/** Of each step, in order: 1 significantly hot, −1 significantly cold, 0 neither. */
export type Heat = 1 | 0 | -1;

/** Esri's "ninety percent of the time-step intervals". */
const NEARLY_ALWAYS = 0.9;

/**
 * The states of a series of z scores, by their q values: untested steps (NaN) are neither hot nor cold. Adjust over all cells and all steps at once: if each step is
 * adjusted by itself, noise of 36 steps makes a sporadic hot spot somewhere in five of six grids.
 */
export function heatOf(z: ArrayLike<number>, q: ArrayLike<number>, alpha = 0.05): Heat[] {
  return Array.from(z, (score, step) => (q[step]! <= alpha ? (score > 0 ? 1 : -1) : 0));
}

/**
 * The category of one place. `trend` is that of its z scores; null (too few steps) counts as no trend, and so does one whose p is above `alpha`.
 *
 * Esri's definitions overlap, so they are asked in this order. What holds at the last step goes before what once held: a place
 * that was always hot and is cold today is a new cold spot. Within that, the order of Esri's own table: a place that is hot for
 * the first time is new, even if it was cold before. Sporadic needs no heat at the last step (the wording up to ArcGIS Pro 2; later
 * ones do). Steps that are neither hot nor cold stand between runs.
 */
export function emergingCategory(
  heat: readonly Heat[],
  trend: Pick<Trend, 'z' | 'p'> | null,
  alpha = 0.05,
): EmergingCategory {
  const direction = trend !== null && trend.p <= alpha ? Math.sign(trend.z) : 0;
  const last = heat.at(-1) ?? 0;
  if (last !== 0) return `${patternOfToday(heat, last, direction * last)} ${last > 0 ? 'hot' : 'cold'}`;
  for (const side of [1, -1] as const) {
    const share = heat.filter((state) => state === side).length / heat.length;
    const word = side > 0 ? 'hot' : 'cold';
    if (share >= NEARLY_ALWAYS) return `historical ${word}`;
    if (share > 0 && !heat.includes(side > 0 ? -1 : 1)) return `sporadic ${word}`;
  }
  return 'none';
}

/** Of a place that is hot (side 1) or cold (side −1) at the last step. `growing`: 1 where its side's clustering grows, −1 where it fades. */
function patternOfToday(heat: readonly Heat[], side: Heat, growing: number): EmergingPattern {
  const onSide = heat.filter((state) => state === side).length;
  if (onSide === 1) return 'new';
  const run = heat.length - 1 - heat.findLastIndex((state) => state !== side);
  const isNearlyAlways = onSide / heat.length >= NEARLY_ALWAYS;
  if (onSide === run && !isNearlyAlways) return 'consecutive';
  if (isNearlyAlways) return growing > 0 ? 'intensifying' : growing < 0 ? 'diminishing' : 'persistent';
  return heat.some((state) => state === -side) ? 'oscillating' : 'sporadic';
}
