/** The told counts of one thing, quarter by quarter. A quarter that is not there is not available, which is not none. */
import { compareCounts } from '../../../analysis/compare/compare-counts.ts';
import type { CountDimension, CountKey } from '../count-levels.ts';

/** A number of a view: a sum of whole atoms. Nothing else is known to a layer. */
export interface ToldCell {
  readonly key: CountKey;
  readonly persons: number;
  readonly incidents: number;
}

export interface ToldSeries {
  /** What distinguishes it, in the view's order of dimensions. */
  readonly name: string;
  /** Without the quarter. */
  readonly key: CountKey;
  readonly quarters: ReadonlyMap<string, ToldCell>;
}

/** Quarters that the map of now is drawn of. */
export const WINDOW_QUARTERS = 4;
const LEAST_EARLIER = 2;
/** As everywhere in the hub: of fewer nothing is said. */
const LEAST_INCIDENTS = 10;
const ALPHA = 0.05;

export type Trend = 'up' | 'down' | 'steady' | 'not_available';

/** One series for each value of the dimensions beside the quarter; by name. */
export function seriesOf(
  dimensions: readonly CountDimension[],
  cells: readonly ToldCell[],
): readonly ToldSeries[] {
  const beside = dimensions.filter((dimension) => dimension !== 'quarter');
  const found = new Map<string, { name: string; key: CountKey; quarters: Map<string, ToldCell> }>();
  for (const cell of cells) {
    const { quarter, ...key } = cell.key;
    if (quarter === undefined) continue;
    const name = beside.map((dimension) => key[dimension]).join('>');
    const series = found.get(name) ?? { name, key, quarters: new Map<string, ToldCell>() };
    series.quarters.set(quarter, cell);
    found.set(name, series);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The quarters that ended last before `until` (the first day of a quarter), ascending. */
export function quartersUntil(until: string, count = WINDOW_QUARTERS): readonly string[] {
  const next = Number(until.slice(0, 4)) * 4 + Math.floor((Number(until.slice(5, 7)) - 1) / 3);
  return Array.from({ length: count }, (_, at) => named(next - count + at));
}

/** So many quarters before one like 2026-Q1. */
export function quartersBefore(quarter: string, count: number): readonly string[] {
  const number = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1;
  return Array.from({ length: count }, (_, at) => named(number - count + at));
}

function named(number: number): string {
  return `${Math.floor(number / 4)}-Q${(number % 4) + 1}`;
}

/** Of several quarters together, as far as they are told; null where none is. */
export function sumOf({ quarters }: ToldSeries, of: readonly string[]): Omit<ToldCell, 'key'> | null {
  const told = of.flatMap((quarter) => quarters.get(quarter) ?? []);
  if (told.length === 0) return null;
  return {
    persons: told.reduce((sum, { persons }) => sum + persons, 0),
    incidents: told.reduce((sum, { incidents }) => sum + incidents, 0),
  };
}

export interface Movement {
  readonly direction: 'up' | 'down';
  /** Two-sided, of incidents a quarter being as many as in the quarters before. */
  readonly p: number;
  /** Told quarters of the year before, ascending. */
  readonly earlier: readonly string[];
}

/** A quarter's incidents against the told quarters of the year before; null where too little is told to say. */
export function movementAt(
  series: ToldSeries,
  quarter: string,
  leastEarlier = LEAST_EARLIER,
): Movement | null {
  const now = series.quarters.get(quarter);
  const earlier = quartersBefore(quarter, WINDOW_QUARTERS).filter((one) => series.quarters.has(one));
  const before = sumOf(series, earlier);
  if (now === undefined || before === null || earlier.length < leastEarlier) return null;
  if (now.incidents + before.incidents < LEAST_INCIDENTS) return null;
  const change = compareCounts(
    { count: before.incidents, exposure: earlier.length },
    { count: now.incidents, exposure: 1 },
  );
  return { direction: change.difference.value > 0 ? 'up' : 'down', p: change.p, earlier };
}

/** Of the latest quarter. */
export function trendOf(series: ToldSeries, until: string): Trend {
  const [latest] = quartersUntil(until, 1);
  const movement = movementAt(series, latest!);
  if (movement === null) return 'not_available';
  return movement.p < ALPHA ? movement.direction : 'steady';
}
