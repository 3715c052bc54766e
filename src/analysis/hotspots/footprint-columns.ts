/** Incidents as the cells they touched, alike ones together: a million incidents along the same routes are some thousand footprints. */
import { CellIndex } from '../../geo/cell-index.ts';
import type { Cell } from '../../geo/cells.ts';

export interface IncidentFootprint {
  readonly incident: string | number;
  /** Cells of observed points and observed legs at the parameters' resolution; repeats do not count. */
  readonly cells: readonly Cell[];
  /** What the incident adds to each of its cells: its persons, or 1. */
  readonly weight: number;
}

/** One row a footprint: incidents of the same cells and weight are copies of one. */
export interface FootprintColumns {
  /** One more entry than there are footprints: row r touched cells[starts[r]] … cells[starts[r + 1] − 1]. */
  readonly starts: Int32Array;
  /** H3 cells, all of one resolution, ascending and distinct within a row: those of observed points and observed legs, never of inferred ones. */
  readonly cells: BigInt64Array;
  /** Persons, or 1: what one such incident adds to each cell it touched. */
  readonly weights: Float64Array;
  /** How many such incidents there are, 1 or more. */
  readonly copies: Int32Array;
}

/** Incidents given twice are one: their cells together, at the larger weight. `records`: how many were given. */
export function footprintColumns(incidents: Iterable<IncidentFootprint>): {
  columns: FootprintColumns;
  records: number;
} {
  const byIncident = new Map<string | number, { cells: Set<Cell>; weight: number }>();
  let records = 0;
  for (const { incident, cells, weight } of incidents) {
    records += 1;
    if (!(weight >= 0)) throw new RangeError(`route hotspots: found a weight of ${weight}, wanted 0 or more`);
    const known = byIncident.get(incident);
    if (known) for (const cell of cells) known.cells.add(cell);
    byIncident.set(
      incident,
      known
        ? { cells: known.cells, weight: Math.max(weight, known.weight) }
        : { cells: new Set(cells), weight },
    );
  }
  const gathered = new Footprints();
  for (const { cells, weight } of byIncident.values()) {
    const numbers = Int32Array.from(cells, (cell) => gathered.index.addCell(cell)).sort();
    gathered.add(numbers, 0, numbers.length, weight);
  }
  return { columns: gathered.columns(), records };
}

/** How many incidents the rows stand for. */
export function incidentsOf({ copies }: FootprintColumns): number {
  return copies.reduce((sum, count) => sum + count, 0);
}

/** Weight and number of the incidents that touched each cell of the domain; `touched`: the domain's number of each entry of the columns' cells. */
export function sumByCell(
  { starts, weights, copies }: FootprintColumns,
  touched: Int32Array,
  size: number,
): { magnitudes: Float64Array; incidents: Int32Array } {
  const magnitudes = new Float64Array(size);
  const incidents = new Int32Array(size);
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      magnitudes[touched[at]!]! += weights[row]! * copies[row]!;
      incidents[touched[at]!]! += copies[row]!;
    }
  }
  return { magnitudes, incidents };
}

/** Distinct footprints counted as they come, each one's cells by number in `index`. */
export class Footprints {
  readonly index: CellIndex;
  #numbers = new Int32Array(1024);
  #filled = 0;
  readonly #starts: number[] = [0];
  readonly #weights: number[] = [];
  readonly #copies: number[] = [];
  #slots = new Int32Array(1024).fill(-1);

  constructor(index = new CellIndex()) {
    this.index = index;
  }

  /** As many incidents as `copies` that touched numbers[from] … numbers[to − 1], which must ascend; those that touched nothing are none. */
  add(numbers: Int32Array, from: number, to: number, weight: number, copies = 1): void {
    if (to === from || copies === 0) return;
    const mask = this.#slots.length - 1;
    let slot = hash(numbers, from, to, weight) & mask;
    for (; this.#slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]!;
      if (this.#weights[row] !== weight || !this.#isRow(row, numbers, from, to)) continue;
      this.#copies[row]! += copies;
      return;
    }
    this.#slots[slot] = this.#weights.length;
    if (this.#filled + to - from > this.#numbers.length) {
      const larger = new Int32Array(2 * (this.#filled + to - from));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers.set(numbers.subarray(from, to), this.#filled);
    this.#filled += to - from;
    this.#starts.push(this.#filled);
    this.#weights.push(weight);
    this.#copies.push(copies);
    if (2 * this.#weights.length > this.#slots.length) this.#grow();
  }

  /** Sorted by cells and weight, so that neither the order in which they came nor the numbers of cells reach the simulation. */
  columns(): FootprintColumns {
    const rows = Array.from(this.#weights, (weight, row) => ({
      cells: BigInt64Array.from(this.#numbers.subarray(this.#starts[row], this.#starts[row + 1]), (number) =>
        this.index.cell(number),
      ).sort(),
      weight,
      copies: this.#copies[row]!,
    })).sort(
      (a, b) =>
        ascending(a.cells[0]!, b.cells[0]!) ||
        a.cells.length - b.cells.length ||
        compareCells(a.cells, b.cells) ||
        a.weight - b.weight,
    );
    const starts = new Int32Array(rows.length + 1);
    const cells = new BigInt64Array(this.#filled);
    for (const [row, footprint] of rows.entries()) {
      cells.set(footprint.cells, starts[row]);
      starts[row + 1] = starts[row]! + footprint.cells.length;
    }
    return {
      starts,
      cells,
      weights: Float64Array.from(rows, ({ weight }) => weight),
      copies: Int32Array.from(rows, ({ copies }) => copies),
    };
  }

  #isRow(row: number, numbers: Int32Array, from: number, to: number): boolean {
    const start = this.#starts[row]!;
    if (this.#starts[row + 1]! - start !== to - from) return false;
    for (let i = 0; i < to - from; i += 1) if (this.#numbers[start + i] !== numbers[from + i]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Int32Array(4 * this.#slots.length).fill(-1);
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.#weights.length; row += 1) {
      let slot = hash(this.#numbers, this.#starts[row]!, this.#starts[row + 1]!, this.#weights[row]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}

/** FNV-1a over whole numbers, mixed once more at the end because only the low bits choose the slot. */
function hash(numbers: Int32Array, from: number, to: number, weight: number): number {
  let mixed = Math.imul(0x811c9dc5 ^ weight, 0x01000193);
  for (let at = from; at < to; at += 1) mixed = Math.imul(mixed ^ numbers[at]!, 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}

function compareCells(a: BigInt64Array, b: BigInt64Array): number {
  const i = a.findIndex((cell, at) => cell !== b[at]);
  return i < 0 ? 0 : ascending(a[i]!, b[i]!);
}

function ascending(a: Cell, b: Cell): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
