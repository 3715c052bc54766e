/** What becomes of each cell over time: Gi* of every step, whether it grows, and in one of seventeen words which kind of hotspot it is. */
import { benjaminiHochberg } from '../../geo/benjamini-hochberg.ts';
import { neighboursWithin } from '../../geo/cell-neighbours.ts';
import type { Cell } from '../../geo/cells.ts';
import { giStar } from '../../geo/gi-star.ts';
import { twoSidedP } from '../../geo/normal.ts';
import type { Random } from '../../kernel/random.ts';
import type { Tell } from '../../platform/background.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { type EmergingCategory, emergingCategory, type Heat, heatOf } from '../methods/emerging-hotspots.ts';
import { FEWEST_STEPS, mannKendall, type Trend } from '../methods/mann-kendall.ts';
import { type FootprintColumns, incidentsOf, sumByCell } from './footprint-columns.ts';
import { PooledNull } from './pooled-null.ts';
import { forRandomMaps } from './random-maps.ts';
import { LEAST_CELLS, LEAST_INCIDENTS } from './route-hotspots.ts';
import { type Domain, domainOf } from './tested-domain.ts';

export const EMERGING_HOTSPOTS = {
  method: 'getis-ord-gi-star-by-step/mann-kendall-hamed-rao/incident-permutation',
  version: 3,
} as const;

/** Cells times steps: each is a number in every simulation. */
export const MOST_BINS = 200_000;
/** Twenty years of months. */
export const MOST_STEPS = 240;

export interface EmergingParameters {
  readonly rings: number;
  readonly alpha: number;
  readonly simulations: number;
}

export interface EmergingCell {
  readonly cell: Cell;
  readonly category: EmergingCategory;
  /** Of the z scores; 0 where they never vary. */
  readonly trend: Trend | null;
  /** By step. */
  readonly heat: readonly Heat[];
  /** By step; null in a step in which nothing was seen anywhere. */
  readonly z: readonly (number | null)[];
  readonly magnitudes: readonly number[];
  readonly incidents: number;
}

/**
 * `columns`: by step, the footprints of the incidents that are of it. Each step is a map of its own: z says where its incidents lie together, not whether there were
 * many. Chance is that of route hotspots: each step's whole incidents are put down at random in the same cells, and false discovery is held over all
 * cells and steps at once. A cell where nobody was ever seen has no category, whatever lies around it.
 */
export function deriveEmergingCells(
  columns: readonly FootprintColumns[],
  { rings, alpha, simulations }: EmergingParameters,
  random: Random,
  tell?: Tell,
): { readonly refused: false; readonly cells: readonly EmergingCell[] } | Refusal {
  const steps = columns.length;
  const incidents = columns.reduce((sum, ofStep) => sum + incidentsOf(ofStep), 0);
  if (incidents < LEAST_INCIDENTS)
    return refuseToDerive('not enough data', `${incidents} incidents`, `${LEAST_INCIDENTS} or more`);
  if (steps < FEWEST_STEPS)
    return refuseToDerive('not enough data', `${steps} steps`, `${FEWEST_STEPS} or more`);
  if (steps > MOST_STEPS)
    return refuseToDerive(
      'too much to hold',
      `${steps} steps`,
      `${MOST_STEPS} or fewer: longer steps, or a later \`from\``,
    );
  const all = new BigInt64Array(columns.reduce((sum, { cells }) => sum + cells.length, 0));
  let filled = 0;
  for (const { cells } of columns) {
    all.set(cells, filled);
    filled += cells.length;
  }
  const domain = domainOf(all, rings);
  const { size } = domain.index;
  if (size < LEAST_CELLS) return refuseToDerive('not enough data', `${size} cells`, `${LEAST_CELLS} or more`);
  if (size * steps > MOST_BINS)
    return refuseToDerive(
      'too much to hold',
      `${size} cells in ${steps} steps`,
      `${MOST_BINS} of both multiplied: coarser cells, or longer steps`,
    );
  const maps = stepMaps(columns, domain, size);
  const neighbours = neighboursWithin(domain.index, rings);
  const disk = 1 + 3 * rings * (rings + 1);
  const z = maps.map(({ magnitudes }) => giStar(magnitudes, neighbours, disk));
  const pooled = new PooledNull();
  for (const [step, { touched }] of maps.entries()) {
    if (touched.length > 0)
      forRandomMaps(columns[step]!, { ...domain, touched }, { rings, maps: simulations }, random, (map) =>
        pooled.add(giStar(map, neighbours, disk)),
      );
    tell?.((step + 1) / steps);
  }
  const q = discoveryRates(z, pooled, size);
  const cells: EmergingCell[] = [];
  for (let number = 0; number < size; number += 1) {
    const seen = maps.reduce((sum, { incidents: counts }) => sum + counts[number]!, 0);
    if (seen === 0) continue;
    const scores = z.map((step) => step[number]!);
    const heat = heatOf(
      scores,
      q.map((step) => step[number]!),
      alpha,
    );
    const known = scores.map((score) => (Number.isNaN(score) ? 0 : score));
    const trend = mannKendall(known);
    cells.push({
      cell: domain.index.cell(number),
      category: emergingCategory(heat, trend, alpha),
      trend,
      heat,
      z: scores.map((score) => (Number.isNaN(score) ? null : score)),
      magnitudes: maps.map(({ magnitudes }) => magnitudes[number]!),
      incidents: seen,
    });
  }
  return { refused: false, cells };
}

interface StepMap {
  readonly touched: Int32Array;
  readonly magnitudes: Float64Array;
  readonly incidents: Int32Array;
}

function stepMaps(
  columns: readonly FootprintColumns[],
  { touched }: Domain,
  size: number,
): readonly StepMap[] {
  let from = 0;
  return columns.map((ofStep) => {
    const own = touched.subarray(from, from + ofStep.cells.length);
    from += ofStep.cells.length;
    return { touched: own, ...sumByCell(ofStep, own, size) };
  });
}

/** The larger of both p values' rates over all cells and steps; NaN where nothing can be said. */
function discoveryRates(
  z: readonly Float64Array[],
  pooled: PooledNull,
  size: number,
): readonly Float64Array[] {
  const flat = new Float64Array(size * z.length);
  for (const [step, scores] of z.entries()) flat.set(scores, step * size);
  const analytic = benjaminiHochberg(flat.map(twoSidedP));
  const permuted = benjaminiHochberg(pooled.twoSidedP(flat));
  const q = permuted.map((value, at) => Math.max(value, analytic[at]!));
  return z.map((_, step) => q.subarray(step * size, (step + 1) * size));
}
