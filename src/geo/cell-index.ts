/** Millions of cells counted without a string or a boxed bigint: each is a pair of 32-bit halves. */
import type { Cell } from './cells.ts';
import { PairIndex } from './pair-index.ts';

/** Gives each distinct cell the next dense number, from 0: `high` holds bits 32–63, `low` bits 0–31. */
export class CellIndex extends PairIndex {
  addCell(cell: Cell): number {
    return this.add(Number(cell >> 32n), Number(cell & 0xffffffffn));
  }

  findCell(cell: Cell): number {
    return this.find(Number(cell >> 32n), Number(cell & 0xffffffffn));
  }

  cell(number: number): Cell {
    return (BigInt(this.high[number]!) << 32n) | BigInt(this.low[number]!);
  }
}

/**
 * Bins a stored column of cells at a coarser (or the same) resolution: the dense number of each row's ancestor, in an index of the distinct
 * ones. `cells` is a bigint column as it comes from the database; the machine must be little-endian, as all that Node runs on are.
 */
export function binCells(
  cells: BigInt64Array | BigUint64Array,
  resolution: number,
): { readonly index: CellIndex; readonly bins: Int32Array } {
  const halves = new Uint32Array(cells.buffer, cells.byteOffset, cells.length * 2);
  const finerBits = 3 * (15 - resolution);
  const lowDigits = finerBits >= 32 ? 0xffffffff : 2 ** finerBits - 1;
  const highDigits = finerBits > 32 ? 2 ** (finerBits - 32) - 1 : 0;
  const index = new CellIndex(1024);
  const bins = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const high = (halves[2 * row + 1]! & ~(15 << 20)) | (resolution << 20) | highDigits;
    bins[row] = index.add(high, halves[2 * row]! | lowDigits);
  }
  return { index, bins };
}
