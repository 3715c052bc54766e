/**
 * Movements as the database hands them over: a few long texts instead of millions of rows, each line a site, a movement or a stop,
 * with its fields between tabs. All that there are, or those that changed.
 */
import { numberOfId, UUID_LENGTH } from '../id-table.ts';
import { monthNumber } from '../month-number.ts';
import { journeyOf } from './journeys.ts';
import { KIND_ORDER } from './movement-columns.ts';
import { SiteNumbering } from './sites.ts';
import { findRow, makeRoom, orderByJourney, removeRow, rowFor, type Travel } from './travel.ts';

export interface TravelBlock {
  /** 'changed': ids of movements that were written since; those without a line of their own are no more. */
  readonly part: 'site' | 'movement' | 'stop' | 'changed';
  readonly block: string;
}

/** Ids of the places that sites name, each once. */
export function placesNamed(blocks: readonly TravelBlock[]): readonly string[] {
  const named = new Set<string>();
  for (const line of linesOf(blocks, 'site')) {
    const [, , placeId] = line.split('\t');
    if (placeId) named.add(placeId);
  }
  return [...named];
}

/** Whether a movement that was there is no more. */
export function takeBlocks(travel: Travel, blocks: readonly TravelBlock[]): boolean {
  const isFirst = travel.count === 0;
  const sites = takeSites(travel, blocks);
  const rows = takeMovements(travel, blocks);
  takeStops(travel, blocks, rows, sites);
  const told = new Set(rows);
  const gone = [...linesOf(blocks, 'changed')]
    .map((id) => findRow(travel, id))
    .filter((row) => row >= 0 && !told.has(row));
  // From the last on: the row that takes a place is none that is to go.
  for (const row of gone.sort((a, b) => b - a)) removeRow(travel, row);
  if (isFirst) orderByJourney(travel);
  return gone.length > 0;
}

function* linesOf(blocks: readonly TravelBlock[], wanted: TravelBlock['part']): Generator<string> {
  for (const { part, block } of blocks) if (part === wanted && block !== '') yield* block.split('\n');
}

/** Their numbers in `travel`, by number in the blocks. A site line: number, whether at a border, place, country, cell. */
function takeSites({ sites }: Travel, blocks: readonly TravelBlock[]): number[] {
  const numbering = new SiteNumbering(sites);
  const numbers: number[] = [];
  for (const line of linesOf(blocks, 'site')) {
    const tab = line.indexOf('\t');
    numbers[Number(line.slice(0, tab))] = numbering.of(line.slice(tab + 1));
  }
  return numbers;
}

/**
 * Their rows, by number in the blocks. A movement line: number, id, incident, event (empty when it is the incident), origin, owner, month, persons at
 * least, at most.
 */
function takeMovements(travel: Travel, blocks: readonly TravelBlock[]): Int32Array {
  const { incidents, origins, owners, rows: columns } = travel;
  const rows = new Int32Array(countLines(blocks, 'movement'));
  makeRoom(columns, travel.count === 0 ? rows.length : 0);
  const months = new Map<string, number>();
  for (const { part, block } of blocks) {
    if (part !== 'movement') continue;
    for (let from = 0; from < block.length; ) {
      const id = block.indexOf('\t', from) + 1;
      const incident = id + UUID_LENGTH + 1;
      const event = incident + UUID_LENGTH + 1;
      const origin = afterId(block, event);
      const owner = afterId(block, origin);
      const month = owner + UUID_LENGTH + 1;
      const atLeast = block.indexOf('\t', month) + 1;
      const atMost = block.indexOf('\t', atLeast) + 1;
      const found = block.indexOf('\n', atMost);
      const end = found < 0 ? block.length : found;
      const row = rowFor(travel, block, id);
      rows[Number(block.slice(from, id - 1))] = row;
      columns.incident[row] = numberOfId(incidents, block, incident);
      columns.event[row] = isEmpty(block, event)
        ? columns.incident[row]
        : numberOfId(incidents, block, event);
      columns.origin[row] = isEmpty(block, origin) ? -1 : numberOfId(origins, block, origin);
      columns.owner[row] = numberOfId(owners, block, owner);
      columns.month[row] = monthOf(block.slice(month, atLeast - 1), months);
      columns.personsMin[row] = Number(block.slice(atLeast, atMost - 1));
      columns.personsMax[row] = atMost === end ? Infinity : Number(block.slice(atMost, end));
      from = end + 1;
    }
  }
  return rows;
}

function monthOf(text: string, months: Map<string, number>): number {
  if (text === '') return -1;
  const known = months.get(text) ?? monthNumber(text);
  months.set(text, known);
  return known;
}

const ZERO = 48;
const TAB = 9;
const NEW_LINE = 10;

function isEmpty(block: string, at: number): boolean {
  return block.charCodeAt(at) === TAB;
}

function afterId(block: string, at: number): number {
  return at + (isEmpty(block, at) ? 1 : UUID_LENGTH + 1);
}

function countLines(blocks: readonly TravelBlock[], wanted: TravelBlock['part']): number {
  let count = 0;
  for (const { part, block } of blocks) {
    if (part !== wanted || block === '') continue;
    count += 1;
    for (let at = block.indexOf('\n'); at >= 0; at = block.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

/** A stop line: the movement's number, ordinal, kind by its place in KIND_ORDER, site. Four numbers a line, read digit by digit: four million lines are too many for `split`. */
function takeStops(
  { rows: columns, journeys }: Travel,
  blocks: readonly TravelBlock[],
  rows: Int32Array,
  sites: readonly number[],
): void {
  const count = rows.length;
  const starts = new Int32Array(count + 1);
  eachStop(blocks, (movement) => {
    starts[movement + 1]! += 1;
  });
  for (let movement = 0; movement < count; movement += 1) starts[movement + 1]! += starts[movement]!;
  const filled = starts.slice();
  const ordinals = new Int32Array(starts[count]!);
  const stops = new Int32Array(starts[count]!);
  eachStop(blocks, (movement, ordinal, kind, site) => {
    // Into its place among the few stops of its movement: they come in any order.
    let at = filled[movement]!;
    for (; at > starts[movement]! && ordinals[at - 1]! > ordinal; at -= 1) {
      ordinals[at] = ordinals[at - 1]!;
      stops[at] = stops[at - 1]!;
    }
    ordinals[at] = ordinal;
    stops[at] = stopOf(sites[site]!, kind);
    filled[movement]! += 1;
  });
  for (let movement = 0; movement < count; movement += 1)
    columns.journey[rows[movement]!] = journeyOf(journeys, stops, starts[movement]!, starts[movement + 1]!);
}

function eachStop(
  blocks: readonly TravelBlock[],
  visit: (movement: number, ordinal: number, kind: number, site: number) => void,
): void {
  const fields = [0, 0, 0, 0];
  for (const { part, block } of blocks) {
    if (part !== 'stop' || block === '') continue;
    let field = 0;
    for (let at = 0; at <= block.length; at += 1) {
      const code = at < block.length ? block.charCodeAt(at) : NEW_LINE;
      if (code >= ZERO) fields[field] = fields[field]! * 10 + code - ZERO;
      else if (code === TAB) field += 1;
      else {
        visit(fields[0]!, fields[1]!, fields[2]!, fields[3]!);
        fields.fill(0);
        field = 0;
      }
    }
  }
}

/** A stop of a journey: a site, and how it is known. */
export function stopOf(site: number, kind: number): number {
  return site * KIND_ORDER.length + kind;
}

/** The number the database gives each kind. */
export const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(
  KIND_ORDER.map((kind, number) => [kind, number]),
);
