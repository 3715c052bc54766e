/** Maps of the same incidents put down at random: what chance would have made of them. */
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type FootprintColumns, incidentsOf } from './footprint-columns.ts';
import { compileTrees, placeAtRandom } from './footprints.ts';
import type { Domain } from './tested-domain.ts';

/** So many incidents a map are put down one by one, and ten for each cell. */
const MOST_PLACED = 20_000;
const PLACED_A_CELL = 10;

export interface RandomMapOptions {
  readonly rings: number;
  readonly maps: number;
  /** For tests: how many incidents a map are put down at most. */
  readonly mostPlaced?: number;
}

/**
 * Hands `visit` one map after another, the weight in each cell of the domain; the array is the same each time.
 *
 * A map of a million incidents is the map of what is expected in each cell plus noise that the central limit theorem makes normal, and of noise only its
 * covariances count. So of more incidents than are put down one by one, a part is, each row at a rate of its own, the heavier the likelier; what
 * a placed incident adds is scaled so that the noise has the very covariances of the whole (a rate of s wants 1/√s), and is laid over the expected map,
 * which all placed incidents of all maps estimate (there 1/s each). What the edges of the domain do to a footprint is in both. The work
 * grows with cells and maps, not with incidents.
 */
export function forRandomMaps(
  columns: FootprintColumns,
  domain: Domain,
  { rings, maps, mostPlaced = Math.max(MOST_PLACED, PLACED_A_CELL * domain.index.size) }: RandomMapOptions,
  random: Random,
  visit: (magnitudes: Float64Array, map: number) => void,
): void {
  const trees = compileTrees(columns, domain, rings);
  const { weights: amounts, copies } = columns;
  const used = new Int32Array(domain.index.size);
  const map = new Float64Array(domain.index.size);
  const rates = ratesFor(columns, mostPlaced);
  if (rates === null) {
    for (let number = 0; number < maps; number += 1) {
      placeAtRandom(trees, domain, { copies, rates }, random, [{ amounts, cells: map }], used);
      visit(map, number);
    }
    return;
  }
  // Twice the same draws: once for what to expect, once for each map.
  const seed = random.int(2 ** 31);
  const expected = new Float64Array(map.length);
  const whole = {
    amounts: amounts.map((amount, row) => amount / rates[row]!),
    cells: new Float64Array(map.length),
  };
  const noise = { amounts: amounts.map((amount, row) => amount / Math.sqrt(rates[row]!)), cells: map };
  const estimating = seededRandom(seed);
  for (let number = 0; number < maps; number += 1) {
    placeAtRandom(trees, domain, { copies, rates }, estimating, [whole, noise], used);
    for (let cell = 0; cell < map.length; cell += 1)
      expected[cell]! += (whole.cells[cell]! - noise.cells[cell]!) / maps;
  }
  const again = seededRandom(seed);
  for (let number = 0; number < maps; number += 1) {
    placeAtRandom(trees, domain, { copies, rates }, again, [noise], used);
    for (let cell = 0; cell < map.length; cell += 1) map[cell]! += expected[cell]!;
    visit(map, number);
  }
}

/** By row, in proportion to its weight, at most 1; null where all can be put down. Rows that weigh nothing add nothing. */
function ratesFor(columns: FootprintColumns, mostPlaced: number): Float64Array | null {
  if (incidentsOf(columns) <= mostPlaced) return null;
  const { weights, copies } = columns;
  const rates = new Float64Array(weights.length);
  // What is certain to be put down takes its places from the rest, which can make more certain: each round settles some.
  let left = mostPlaced;
  let waiting = Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  for (;;) {
    const weight = waiting.reduce((sum, row) => sum + weights[row]! * copies[row]!, 0);
    const certain = waiting.filter((row) => (weights[row]! * left) / weight >= 1);
    if (certain.length === 0) {
      for (const row of waiting) rates[row] = (weights[row]! * left) / weight;
      break;
    }
    for (const row of certain) {
      rates[row] = 1;
      left -= copies[row]!;
    }
    waiting = waiting.filter((row) => rates[row] === 0);
    if (waiting.length === 0) break;
  }
  for (let row = 0; row < rates.length; row += 1) if (rates[row] === 0) rates[row] = Number.MIN_VALUE;
  return rates;
}
