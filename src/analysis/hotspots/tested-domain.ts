/** Which cells are tested: those that incidents touched, and those in which they might have been. */
import { CellIndex } from '../../geo/cell-index.ts';
import { growByRings, neighbourTable, SIDES } from '../../geo/cell-neighbours.ts';

/** The cells that are tested, by ascending id, zeros included. */
export interface Domain {
  readonly index: CellIndex;
  /** Six neighbours a cell by number, -1 outside the domain. */
  readonly table: Int32Array;
  /** The number of each entry of the cells given. */
  readonly touched: Int32Array;
}

/**
 * `cells`: H3 cells of one resolution, in any order, repeats too. Of one ring of neighbours: touched cells and those next to them. Of more: touched cells and the gaps between them; a belt of empty cells around all, as wide as
 * a neighbourhood, would make a hotspot of everything within it.
 */
export function domainOf(cells: BigInt64Array, rings: number): Domain {
  const found = new CellIndex();
  const halves = new Uint32Array(cells.buffer, cells.byteOffset, cells.length * 2);
  const touched = new Int32Array(cells.length);
  for (let i = 0; i < cells.length; i += 1) touched[i] = found.add(halves[2 * i + 1]!, halves[2 * i]!);
  if (rings === 1) growByRings(found, 1);
  const { index, numbers } = sorted(rings === 1 ? found : closed(found, Math.max(FILLED_GAPS, rings)));
  return { index, table: neighbourTable(index), touched: touched.map((number) => numbers[number]!) };
}

/** Gaps of up to twice as many cells are places where an incident might have been, however few incidents there are. */
const FILLED_GAPS = 4;

/** What so many steps outwards reach and as many back do not lose: gaps are filled, and what lies around is left out. */
function closed(touched: CellIndex, steps: number): CellIndex {
  const grown = new CellIndex(touched.size);
  for (let number = 0; number < touched.size; number += 1)
    grown.add(touched.high[number]!, touched.low[number]!);
  growByRings(grown, steps);
  const table = neighbourTable(grown);
  const kept = new Uint8Array(grown.size).fill(1);
  for (let step = 0; step < steps; step += 1) {
    const before = kept.slice();
    for (let cell = 0; cell < grown.size; cell += 1)
      for (let side = 0; side < SIDES; side += 1) {
        const next = table[cell * SIDES + side]!;
        if (next < 0 || before[next] === 0) kept[cell] = 0;
      }
  }
  const all = new CellIndex(touched.size);
  for (let cell = 0; cell < grown.size; cell += 1)
    if (cell < touched.size || kept[cell] === 1) all.add(grown.high[cell]!, grown.low[cell]!);
  return all;
}

/** Numbered by cell id, cells that are near on the Earth are near in memory, which is what the simulations wait for. */
function sorted(found: CellIndex): { index: CellIndex; numbers: Int32Array } {
  const ids = new BigUint64Array(found.size);
  const halves = new Uint32Array(ids.buffer);
  for (let number = 0; number < found.size; number += 1) {
    halves[2 * number + 1] = found.high[number]!;
    halves[2 * number] = found.low[number]!;
  }
  ids.sort();
  const index = new CellIndex(found.size);
  const numbers = new Int32Array(found.size);
  for (let number = 0; number < found.size; number += 1) {
    index.add(halves[2 * number + 1]!, halves[2 * number]!);
    numbers[found.find(halves[2 * number + 1]!, halves[2 * number]!)] = number;
  }
  return { index, numbers };
}
