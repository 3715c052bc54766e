/** Incidents as the cells they touched, and how such a footprint is put down elsewhere: whole, for one incident is one case. */
import { SIDES } from '../../geo/cell-neighbours.ts';
import type { Random } from '../../kernel/random.ts';
import type { FootprintColumns } from './footprint-columns.ts';
import type { Domain } from './tested-domain.ts';

const BENDS = bendsByLean();

/**
 * Each footprint as a tree of single steps. A node hangs on the `side` of its `parent` node (its place within the same row); a parent of
 * -1 begins a piece of its own. Nodes that are not `counted` only bridge gaps within which two cells share neighbours.
 */
export interface FootprintTrees {
  readonly starts: Int32Array;
  readonly parents: Int32Array;
  readonly sides: Uint8Array;
  readonly counted: Uint8Array;
}

/** `rings`: how far a cell's neighbourhood reaches. Cells of one incident up to twice that apart stay linked; farther pieces do not. */
export function compileTrees(
  { starts }: Pick<FootprintColumns, 'starts'>,
  { index, table, touched }: Domain,
  rings: number,
): FootprintTrees {
  const walk = new FootprintWalk(table, index.size, 2 * rings - 1);
  const treeStarts = new Int32Array(starts.length);
  for (let row = 0; row + 1 < starts.length; row += 1) {
    walk.addRow(touched.subarray(starts[row], starts[row + 1]), row);
    treeStarts[row + 1] = walk.parents.length;
  }
  return {
    starts: treeStarts,
    parents: Int32Array.from(walk.parents),
    sides: Uint8Array.from(walk.sides),
    counted: Uint8Array.from(walk.counted),
  };
}

/** Sums over cells that a map is put down into, and what each incident of a row adds to a cell of its own. */
export interface Sums {
  readonly amounts: Float64Array;
  readonly cells: Float64Array;
}

/**
 * Puts incidents' whole footprints down at random, and adds each one's amounts to the cells it then covers: of row r so many as copies[r] times
 * rates[r], a part of one being as likely as it is large. Each piece starts anywhere in the domain and heads anywhere; a step that would leave the domain,
 * or tread on the incident's own cells, bends to the nearest side that does not, so that the number of cells and their touching one another are
 * kept where an exact translation would not fit. `used` is scratch, one entry a cell.
 */
export function placeAtRandom(
  { starts, parents, sides, counted }: FootprintTrees,
  { table, index }: Domain,
  { copies, rates }: { readonly copies: Int32Array; readonly rates: Float64Array | null },
  random: Random,
  sums: readonly Sums[],
  used: Int32Array,
): void {
  let widest = 0;
  for (let row = 0; row + 1 < starts.length; row += 1)
    widest = Math.max(widest, starts[row + 1]! - starts[row]!);
  const places = new Int32Array(widest);
  for (const { cells } of sums) cells.fill(0);
  used.fill(-1);
  let incident = 0;
  for (let row = 0; row + 1 < starts.length; row += 1) {
    const from = starts[row]!;
    const wanted = rates === null ? copies[row]! : copies[row]! * rates[row]!;
    const whole = Math.floor(wanted);
    const count = whole < wanted && random.next() < wanted - whole ? whole + 1 : whole;
    for (let copy = 0; copy < count; copy += 1) {
      incident += 1;
      let turn = 0;
      let lean = 0;
      for (let node = from; node < starts[row + 1]!; node += 1) {
        const parent = parents[node]!;
        let place = -1;
        if (parent >= 0) {
          place = freeSide(table, places[parent]!, (lean + sides[node]! + turn) * SIDES, used, incident);
          // A bridge that has no room is no bridge: what hangs on it starts where it would have.
          if (place < 0 && counted[node] === 0) place = places[parent]!;
        } else {
          turn = random.int(SIDES);
          lean = random.int(2) * 2 * SIDES;
        }
        for (let attempt = 0; place < 0; attempt += 1) {
          const anywhere = random.int(index.size);
          if (used[anywhere] !== incident || attempt > 100) place = anywhere;
        }
        places[node - from] = place;
        if (counted[node] === 0) continue;
        used[place] = incident;
        for (const { amounts, cells } of sums) cells[place]! += amounts[row]!;
      }
    }
  }
}

/** The neighbour on the wanted side, or on the nearest side to it that lies in the domain and is not the incident's own yet; -1 if none. */
function freeSide(
  table: Int32Array,
  cell: number,
  bends: number,
  used: Int32Array,
  incident: number,
): number {
  for (let bend = bends; bend < bends + SIDES; bend += 1) {
    const next = table[cell * SIDES + BENDS[bend]!]!;
    if (next >= 0 && used[next] !== incident) return next;
  }
  return -1;
}

/** For each lean (0, 1) and wanted side (a side and a turn added, 0–11): the six sides, nearest to the wanted one first. */
function bendsByLean(): Uint8Array {
  const bends: number[] = [];
  for (const lean of [1, -1]) {
    for (let wanted = 0; wanted < 2 * SIDES; wanted += 1) {
      for (const off of [0, 1, -1, 2, -2, 3]) bends.push((wanted + lean * off + SIDES) % SIDES);
    }
  }
  return Uint8Array.from(bends);
}

/** Breadth-first from touched cell to touched cell, through at most `longestGap` untouched ones in a row. */
class FootprintWalk {
  readonly parents: number[] = [];
  readonly sides: number[] = [];
  readonly counted: number[] = [];
  readonly #table: Int32Array;
  readonly #longestGap: number;
  readonly #touchedBy: Int32Array;
  readonly #seenBy: Int32Array;
  /** The queue, as columns: a cell, the entry and side it was reached from, untouched cells since the last touched one, its node. */
  readonly #cell: number[] = [];
  readonly #from: number[] = [];
  readonly #side: number[] = [];
  readonly #gap: number[] = [];
  readonly #node: number[] = [];
  #rowStart = 0;

  constructor(table: Int32Array, cells: number, longestGap: number) {
    this.#table = table;
    this.#longestGap = longestGap;
    this.#touchedBy = new Int32Array(cells).fill(-1);
    this.#seenBy = new Int32Array(cells).fill(-1);
  }

  addRow(touched: Int32Array, row: number): void {
    this.#rowStart = this.parents.length;
    for (const cell of touched) this.#touchedBy[cell] = row;
    for (const cell of touched)
      if (this.#seenBy[cell] !== row) this.#addPiece(cell, row, touched.length === 1);
  }

  #addPiece(root: number, row: number, isAlone: boolean): void {
    for (const column of [this.#cell, this.#from, this.#side, this.#gap, this.#node]) column.length = 0;
    this.#push(root, -1, 0, 0, row);
    if (isAlone) {
      this.#nodeOf(0, 1);
      return;
    }
    for (let head = 0; head < this.#cell.length; head += 1) {
      const cell = this.#cell[head]!;
      const isTouched = this.#touchedBy[cell] === row;
      if (isTouched) this.#nodeOf(head, 1);
      const gap = isTouched ? 0 : this.#gap[head]!;
      for (let side = 0; side < SIDES; side += 1) {
        const next = this.#table[cell * SIDES + side]!;
        if (next < 0 || this.#seenBy[next] === row) continue;
        if (gap < this.#longestGap || this.#touchedBy[next] === row)
          this.#push(next, head, side, gap + 1, row);
      }
    }
  }

  #push(cell: number, from: number, side: number, gap: number, row: number): void {
    this.#seenBy[cell] = row;
    this.#cell.push(cell);
    this.#from.push(from);
    this.#side.push(side);
    this.#gap.push(gap);
    this.#node.push(-1);
  }

  /** The node of a queue entry, made on demand after those it hangs on. */
  #nodeOf(entry: number, counted: 0 | 1): number {
    if (this.#node[entry]! < 0) {
      const from = this.#from[entry]!;
      const parent = from < 0 ? -1 : this.#nodeOf(from, 0);
      this.#node[entry] = this.parents.length - this.#rowStart;
      this.parents.push(parent);
      this.sides.push(this.#side[entry]!);
      this.counted.push(counted);
    }
    return this.#node[entry]!;
  }
}
