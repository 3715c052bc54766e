/** Movements as the cells they were observed in, in columns, from what the database handed over. */
import { CellIndex } from '../../geo/cell-index.ts';
import type { Cell } from '../../geo/cells.ts';
import {
  type ObservedBlock,
  type RolledLines,
  readMovementLines,
  readRolledLines,
  readStopLines,
  type StopColumns,
} from './observed-blocks.ts';
import { LegCells } from './observed-legs.ts';

/** One row a movement. */
export interface ObservedColumns {
  readonly count: number;
  readonly owners: number;
  /** The same number for movements of one event. */
  readonly events: Int32Array;
  readonly eventCount: number;
  /** Months since January of year 0; -1 when unknown. */
  readonly months: Int32Array;
  readonly persons: Float64Array;
  /** The incident each movement came to light in; empty unless read for evidence. */
  readonly incidentIds: readonly string[];
  /** All cells by number. */
  readonly index: CellIndex;
  /** One more entry than rows: row r was observed in cells[starts[r]] … cells[starts[r + 1] − 1], numbers in the index, ascending and distinct. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  /** Movements beside these rows, counted together. */
  readonly rolled: RolledMovements;
}

/** One row a month and cell: movements each of which is an event of its own. */
export interface RolledMovements {
  /** -1 where the question is not by month. */
  readonly months: Int32Array;
  /** Numbers in the index; -1 where they were observed nowhere, or known too coarsely. */
  readonly cells: Int32Array;
  readonly counts: Int32Array;
  readonly window: readonly number[];
}

/** Stops known more coarsely than the resolution are left out. */
export function readMovements(
  blocks: readonly ObservedBlock[],
  withLegs: boolean,
  resolution: number,
): ObservedColumns {
  const movements = readMovementLines(blocks);
  const stops = inOrder(readStopLines(blocks), movements.count);
  const index = new CellIndex(1024);
  const legs = withLegs ? new LegCells(resolution, index) : null;
  const starts = new Int32Array(movements.count + 1);
  let cells = new Int32Array(stops.rows.length);
  let filled = 0;
  let own: number[] = [];
  for (let row = 0; row < movements.count; row += 1) {
    own.length = 0;
    for (let at = stops.starts[row]!; at < stops.starts[row + 1]!; at += 1) {
      const cell = ancestor(stops.high[at]!, stops.low[at]!, resolution, index);
      if (cell < 0) continue;
      own.push(cell);
      // Only where nothing lies between: a leg past a stop that was merely stated, or is known too coarsely, is not an observed one.
      if (legs === null || at === stops.starts[row] || stops.ordinals[at] !== stops.ordinals[at - 1]! + 1)
        continue;
      if (resolutionOfHigh(stops.high[at - 1]!) < resolution) continue;
      for (const passed of legs.between(stops, at - 1, at)) own.push(passed);
    }
    if (own.length > 1) own = distinct(own);
    if (filled + own.length > cells.length) {
      const larger = new Int32Array(2 * (filled + own.length));
      larger.set(cells);
      cells = larger;
    }
    for (const cell of own) cells[filled++] = cell;
    starts[row + 1] = filled;
  }
  const rolled = rolledInto(index, readRolledLines(blocks), resolution);
  return { ...movements, index, starts, cells: cells.subarray(0, filled), rolled };
}

function rolledInto(index: CellIndex, lines: RolledLines, resolution: number): RolledMovements {
  const { months, high, low, counts, window } = lines;
  const cells = Int32Array.from(high, (half, row) => ancestor(half, low[row]!, resolution, index));
  return { months, cells, counts, window };
}

/** How many movements there are, and how many of them were observed at no place as fine as the cells. */
export function observedCounts({ count, starts, rolled }: ObservedColumns): {
  readonly movements: number;
  readonly away: number;
} {
  let movements = count;
  let away = 0;
  for (let row = 0; row < count; row += 1) if (starts[row] === starts[row + 1]) away += 1;
  for (const [row, counted] of rolled.counts.entries()) {
    movements += counted;
    if (rolled.cells[row]! < 0) away += counted;
  }
  return { movements, away };
}

/** By row a stop: its event by number, and its cell as finely as it is known. */
export interface ObservedStops {
  readonly incidents: Int32Array;
  readonly cells: BigInt64Array;
}

export function readStops(blocks: readonly ObservedBlock[]): ObservedStops {
  const { events } = readMovementLines(blocks);
  const { rows, high, low } = readStopLines(blocks);
  const cells = new BigInt64Array(rows.length);
  const halves = new Uint32Array(cells.buffer);
  for (let at = 0; at < rows.length; at += 1) {
    halves[2 * at] = low[at]!;
    halves[2 * at + 1] = high[at]!;
  }
  return { incidents: Int32Array.from(rows, (row) => events[row]!), cells };
}

/** An event of some of the rows: the cells of all of them, the largest number of persons, the earliest month. */
export interface ObservedEvent {
  readonly event: number;
  readonly numbers: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly persons: number;
  readonly month: number;
}

/** Each event of the rows that `counts` once; the arrays are good until the next. An event whose rows touched nothing has no cells. */
export function forEachEvent(
  columns: ObservedColumns,
  counts: (row: number) => boolean,
  visit: (event: ObservedEvent) => void,
): void {
  const { events, eventCount, starts, cells, persons, months } = columns;
  const eventStarts = new Int32Array(eventCount + 1);
  for (const event of events) eventStarts[event + 1]! += 1;
  for (let event = 0; event < eventCount; event += 1) eventStarts[event + 1]! += eventStarts[event]!;
  const next = eventStarts.slice();
  const rows = new Int32Array(events.length);
  for (let row = 0; row < events.length; row += 1) rows[next[events[row]!]!++] = row;
  for (let event = 0; event < eventCount; event += 1) {
    const own = rows.subarray(eventStarts[event], eventStarts[event + 1]).filter(counts);
    if (own.length === 0) continue;
    const [first] = own as unknown as [number];
    if (own.length === 1) {
      const [from, to] = [starts[first]!, starts[first + 1]!];
      visit({ event, numbers: cells, from, to, persons: persons[first]!, month: months[first]! });
      continue;
    }
    const all = distinct([...own].flatMap((row) => [...cells.subarray(starts[row], starts[row + 1])]));
    visit({
      event,
      numbers: Int32Array.from(all),
      from: 0,
      to: all.length,
      persons: own.reduce((most, row) => Math.max(most, persons[row]!), 0),
      month: own.reduce((least, row) => Math.min(least, months[row]!), Infinity),
    });
  }
}

/** By cell, ids of incidents of the rows that `counts`, ascending, at most `most` of each. */
export function evidenceOf(
  { index, starts, cells, incidentIds, count }: ObservedColumns,
  wanted: readonly Cell[],
  most: number,
  counts: (row: number) => boolean = () => true,
): ReadonlyMap<Cell, readonly string[]> {
  if (most === 0) return new Map();
  const found = new Map(
    wanted.flatMap((cell) => {
      const number = index.findCell(cell);
      return number < 0 ? [] : [[number, new Set<string>()] as const];
    }),
  );
  for (let row = 0; row < count; row += 1) {
    if (!counts(row)) continue;
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) found.get(cells[at]!)?.add(incidentIds[row]!);
  }
  return new Map([...found].map(([number, ids]) => [index.cell(number), [...ids].sort().slice(0, most)]));
}

/** Stops row by row, in travel order. */
function inOrder(stops: StopColumns, count: number): StopColumns & { readonly starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const row of stops.rows) starts[row + 1]! += 1;
  for (let row = 0; row < count; row += 1) starts[row + 1]! += starts[row]!;
  const filled = starts.slice();
  const order = new Int32Array(stops.rows.length);
  for (const [stop, row] of stops.rows.entries()) {
    // Into its place among the few stops of its movement: they come in any order.
    let at = filled[row]!;
    for (; at > starts[row]! && stops.ordinals[order[at - 1]!]! > stops.ordinals[stop]!; at -= 1)
      order[at] = order[at - 1]!;
    order[at] = stop;
    filled[row]! += 1;
  }
  return {
    starts,
    rows: order.map((stop) => stops.rows[stop]!),
    ordinals: order.map((stop) => stops.ordinals[stop]!),
    high: Uint32Array.from(order, (stop) => stops.high[stop]!),
    low: Uint32Array.from(order, (stop) => stops.low[stop]!),
    longitudes: order.map((stop) => stops.longitudes[stop]!),
    latitudes: order.map((stop) => stops.latitudes[stop]!),
  };
}

function distinct(numbers: readonly number[]): number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.filter((number, at) => at === 0 || number !== sorted[at - 1]);
}

/** Bits 52–55 of an H3 index, by its upper half. */
function resolutionOfHigh(high: number): number {
  return (high >>> 20) & 15;
}

/** The number of a cell's ancestor; -1 of a cell that is coarser than that. As `parentOf` does it, in halves. */
function ancestor(high: number, low: number, resolution: number, index: CellIndex): number {
  if (resolutionOfHigh(high) < resolution) return -1;
  const finerBits = 3 * (15 - resolution);
  const lowDigits = finerBits >= 32 ? 0xffffffff : 2 ** finerBits - 1;
  const highDigits = finerBits > 32 ? 2 ** (finerBits - 32) - 1 : 0;
  return index.add((high & ~(15 << 20)) | (resolution << 20) | highDigits, low | lowDigits);
}
