/** Movements and their observed stops as a few long texts, a line each, fields between tabs: read digit by digit, for there are millions. */

export interface ObservedBlock {
  /** How many owners there are; movements; stops; months of movements counted together; those by cell. */
  readonly part: 'owners' | 'movement' | 'stop' | 'month' | 'rolled';
  readonly block: string;
}

/** Positions come as whole numbers of so many to the degree, about a metre each. */
export const DEGREE = 100_000;

export interface MovementLines {
  readonly count: number;
  readonly owners: number;
  readonly events: Int32Array;
  readonly eventCount: number;
  readonly months: Int32Array;
  readonly persons: Float64Array;
  readonly incidentIds: readonly string[];
}

/** One row a stop, in no particular order. */
export interface StopColumns {
  /** The movement's row. */
  readonly rows: Int32Array;
  readonly ordinals: Int32Array;
  /** Upper and lower 32 bits of the cell as finely as it was read. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** In parts of a degree; 0 where legs were not asked for. */
  readonly longitudes: Int32Array;
  readonly latitudes: Int32Array;
}

/** A line: number from 0, month or -1, persons, event (empty where no other movement is of it), incident (empty unless read for evidence). */
export function readMovementLines(blocks: readonly ObservedBlock[]): MovementLines {
  const texts = blocks.flatMap(({ part, block }) => (part === 'movement' ? [block] : []));
  const count = texts.reduce((sum, text) => sum + linesIn(text), 0);
  const events = new Int32Array(count);
  const months = new Int32Array(count);
  const persons = new Float64Array(count);
  const incidentIds: string[] = [];
  const shared = new Map<string, number>();
  let eventCount = 0;
  const numbers = [0, 0, 0];
  for (const text of texts) {
    for (let at = 0; at < text.length; ) {
      at = readNumbers(text, at, numbers);
      const end = endOfLine(text, at);
      const row = numbers[0]!;
      months[row] = numbers[1]!;
      persons[row] = numbers[2]!;
      // Two tabs and nothing more, of nearly all of them.
      const [event, incident] = end - at <= 1 ? ['', ''] : text.slice(at, end).split('\t');
      if (incident) incidentIds[row] = incident;
      const known = event ? shared.get(event) : undefined;
      events[row] = known ?? eventCount;
      if (event && known === undefined) shared.set(event, eventCount);
      if (known === undefined) eventCount += 1;
      at = end + 1;
    }
  }
  const owners = Number(blocks.find(({ part }) => part === 'owners')?.block ?? 0);
  return { count, owners, events, eventCount, months, persons, incidentIds };
}

/** A line: the movement's number, ordinal, upper and lower half of the cell, longitude, latitude. */
export function readStopLines(blocks: readonly ObservedBlock[]): StopColumns {
  const [rows, ordinals, high, low, longitudes, latitudes] = readColumns(blocks, 'stop', 6) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return { rows, ordinals, high: Uint32Array.from(high), low: Uint32Array.from(low), longitudes, latitudes };
}

/** Lines of whole numbers as columns of 32 bits each; numbers of more are cut to their lower bits. */
function readColumns(
  blocks: readonly ObservedBlock[],
  wanted: ObservedBlock['part'],
  fields: number,
): readonly Int32Array[] {
  const texts = blocks.flatMap(({ part, block }) => (part === wanted ? [block] : []));
  const count = texts.reduce((sum, text) => sum + linesIn(text), 0);
  const columns = Array.from({ length: fields }, () => new Int32Array(count));
  const numbers = new Array<number>(fields).fill(0);
  let line = 0;
  for (const text of texts) {
    for (let at = 0; at < text.length; line += 1) {
      at = endOfLine(text, readNumbers(text, at, numbers)) + 1;
      for (let field = 0; field < fields; field += 1) columns[field]![line] = numbers[field]!;
    }
  }
  return columns;
}

/** Movements counted together, each alone in its event and observed in one cell or none. One row a month (-1: any) and cell. */
export interface RolledLines {
  readonly months: Int32Array;
  /** Upper and lower 32 bits of the cell; both 0 of those observed nowhere. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly counts: Int32Array;
  /** In which movements counted together lie, in any order. */
  readonly window: readonly number[];
}

/** A line: month or -1, upper and lower half of the cell, how many movements. */
export function readRolledLines(blocks: readonly ObservedBlock[]): RolledLines {
  const columns = readColumns(blocks, 'rolled', 4);
  return {
    months: columns[0]!,
    high: Uint32Array.from(columns[1]!),
    low: Uint32Array.from(columns[2]!),
    counts: columns[3]!,
    window: [...readColumns(blocks, 'month', 1)[0]!].filter((month) => month >= 0),
  };
}

/** How much there is to do, in movements: counted together or one by one, which take some characters each. */
export function movementsIn(blocks: readonly ObservedBlock[]): number {
  const told = blocks.reduce((sum, { part, block }) => sum + (part === 'rolled' ? 0 : block.length), 0);
  return told / CHARACTERS + readRolledLines(blocks).counts.reduce((sum, count) => sum + count, 0);
}

/** Of a movement and its stop. */
const CHARACTERS = 60;

/** As many whole numbers as `into` has places, from `at`; where what follows them begins. */
function readNumbers(text: string, at: number, into: number[]): number {
  let next = at;
  for (let field = 0; field < into.length; field += 1) {
    let number = 0;
    let isNegative = false;
    for (; next < text.length; next += 1) {
      const code = text.charCodeAt(next);
      if (code >= ZERO) number = number * 10 + code - ZERO;
      else if (code === MINUS) isNegative = true;
      else break;
    }
    into[field] = isNegative ? -number : number;
    if (text.charCodeAt(next) === TAB) next += 1;
  }
  return next;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function linesIn(text: string): number {
  let lines = text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const ZERO = 48;
const MINUS = 45;
const TAB = 9;
