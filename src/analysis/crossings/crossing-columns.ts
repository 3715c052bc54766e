/** Observed crossings by the million: columns of numbers, so that gathering them touches no text and makes no object a crossing. */
import type { Position } from '../../geo/position.ts';
import { UUID_LENGTH } from '../id-table.ts';
import { Numbering } from '../numbering.ts';
import { UuidNumbering } from './uuid-numbering.ts';

/** An *observed* crossing. Crossings inferred from a straight leg are an artefact of the line: the caller leaves them out. */
export interface ObservedCrossing {
  readonly position: Position;
  /** Persons, at least. */
  readonly weight: number;
  readonly incident: string | number;
  /** Alpha-3 codes of the countries on both sides, in alphabetical order. */
  readonly border: readonly [string, string];
  /** "2024-03"; null when the time is not known to the month. */
  readonly month: string | null;
  /** Key of the independent origin; null when unknown. */
  readonly origin: string | null;
}

/** Columns by row, one row a crossing. */
export interface CrossingColumns {
  readonly count: number;
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** Persons, at least. */
  readonly persons: Float64Array;
  /** Number of the independent incident, below `incidentCount`; not every number need be there. */
  readonly incident: Int32Array;
  readonly incidentCount: number;
  /** Which of `borders`. */
  readonly border: Int32Array;
  /** Both countries' alpha-3 codes, in alphabetical order. */
  readonly borders: readonly (readonly [string, string])[];
  /** Which of `months`; -1 when the time is not known to the month. */
  readonly month: Int32Array;
  /** Like "2024-03", ascending. */
  readonly months: readonly string[];
  /** Which of the known origins; -1 when unknown. */
  readonly origin: Int32Array;
  readonly originCount: number;
}

/** With what only the database's lines tell. */
export interface ReadColumns extends CrossingColumns {
  /** The report's own incident: those of one incident, where linked, differ in it. */
  readonly report: Int32Array;
  incidentId(report: number): string;
  /** Which of `owners`. */
  originId(origin: number): string;
  readonly owner: Int32Array;
  readonly owners: readonly string[];
}

/** What was seen on one border, in lines as crossing-cluster.view.ts gives them. */
export interface CrossingBlock {
  /** In alphabetical order. */
  readonly border: readonly [string, string];
  readonly lines: string;
}

const TAB = 9;
const DAY_MS = 86_400_000;

export function readColumns(blocks: readonly CrossingBlock[]): ReadColumns {
  // As many as lines: counted first, since columns do not grow.
  const count = blocks.reduce((sum, { lines }) => sum + linesIn(lines), 0);
  const [ids, origins, owners] = [new UuidNumbering(), new UuidNumbering(), new UuidNumbering()];
  const [months, borders] = [new Numbering(), new Numbering()];
  const columns = emptyColumns(count);
  const report = new Int32Array(count);
  const owner = new Int32Array(count);
  let row = 0;
  for (const { border, lines } of blocks) {
    const borderNumber = borders.of(border.join(' '));
    for (let from = 0; from < lines.length; row += 1) {
      const latitude = lines.indexOf('\t', from) + 1;
      const persons = lines.indexOf('\t', latitude) + 1;
      const incident = lines.indexOf('\t', persons) + 1;
      const event = incident + UUID_LENGTH + 1;
      const day = event + (lines.charCodeAt(event) === TAB ? 1 : UUID_LENGTH + 1);
      const origin = lines.indexOf('\t', day) + 1;
      const by = origin + (lines.charCodeAt(origin) === TAB ? 1 : UUID_LENGTH + 1);
      columns.longitude[row] = Number(lines.slice(from, latitude - 1));
      columns.latitude[row] = Number(lines.slice(latitude, persons - 1));
      columns.persons[row] = Number(lines.slice(persons, incident - 1));
      report[row] = ids.of(lines, incident);
      columns.incident[row] = lines.charCodeAt(event) === TAB ? report[row]! : ids.of(lines, event);
      columns.border[row] = borderNumber;
      columns.month[row] = day + 1 === origin ? -1 : months.of(lines.slice(day, origin - 1));
      columns.origin[row] = lines.charCodeAt(origin) === TAB ? -1 : origins.of(lines, origin);
      owner[row] = owners.of(lines, by);
      from = by + UUID_LENGTH + 1;
    }
  }
  return {
    ...finish(columns, months.names.map(monthOfDay), borders.names),
    incidentCount: ids.size,
    originCount: origins.size,
    report,
    incidentId: (number) => ids.name(number),
    originId: (number) => origins.name(number),
    owner,
    owners: owners.names(),
  };
}

/** "2024-03" of the days from the first of 1970 to any day of it. */
function monthOfDay(days: string): string {
  return new Date(Number(days) * DAY_MS).toISOString().slice(0, 7);
}

/** Throws a RangeError for a border that is not in alphabetical order. */
export function columnsOf(crossings: Iterable<ObservedCrossing>): CrossingColumns {
  const all = [...crossings];
  const columns = emptyColumns(all.length);
  const [incidents, months, origins, borders] = [
    new Numbering<string | number>(),
    new Numbering(),
    new Numbering(),
    new Numbering(),
  ];
  for (const [row, { position, weight, incident, border, month, origin }] of all.entries()) {
    if (border[0] > border[1])
      throw new RangeError(
        `crossing clusters: found the border ${border.join(' ')}, wanted alphabetical order`,
      );
    [columns.longitude[row], columns.latitude[row]] = position;
    columns.persons[row] = weight;
    columns.incident[row] = incidents.of(incident);
    columns.border[row] = borders.of(border.join(' '));
    columns.month[row] = month === null ? -1 : months.of(month);
    columns.origin[row] = origin === null ? -1 : origins.of(origin);
  }
  return {
    ...finish(columns, months.names, borders.names),
    incidentCount: incidents.names.length,
    originCount: origins.names.length,
  };
}

function emptyColumns(count: number) {
  return {
    longitude: new Float64Array(count),
    latitude: new Float64Array(count),
    persons: new Float64Array(count),
    incident: new Int32Array(count),
    border: new Int32Array(count),
    month: new Int32Array(count),
    origin: new Int32Array(count),
  };
}

/** Months and borders are renumbered so that a lower number is an earlier month, and a border earlier in the alphabet. */
function finish(
  columns: ReturnType<typeof emptyColumns>,
  months: readonly string[],
  borders: readonly string[],
) {
  const inOrder = (names: readonly string[]): string[] => [...new Set(names)].sort();
  return {
    ...columns,
    count: columns.month.length,
    month: renumbered(columns.month, months),
    border: renumbered(columns.border, borders),
    months: inOrder(months),
    borders: inOrder(borders).map((pair) => pair.split(' ') as [string, string]),
  };
}

function renumbered(numbers: Int32Array, names: readonly string[]): Int32Array {
  const rank = new Map([...new Set(names)].sort().map((name, at) => [name, at]));
  const ranks = Int32Array.from(names, (name) => rank.get(name)!);
  return numbers.map((number) => (number < 0 ? number : ranks[number]!));
}

/** Of a text that does not end in one. */
function linesIn(text: string): number {
  let lines = text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
