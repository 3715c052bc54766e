/** Under what events are counted for others: one chain of levels for all views, so that the cells of every view are sums of the same atoms. */

/** Countries are alpha-3; place and area are H3 cells as text; a quarter is like 2026-Q1, a year like 2026. */
export type CountDimension = 'origin' | 'destination' | 'place' | 'area' | 'quarter' | 'year';
export type CountKey = Readonly<Partial<Record<CountDimension, string>>>;

/** From the finest to the coarsest; each follows from the one before it. */
export const COUNT_LEVELS: readonly (readonly CountDimension[])[] = [
  ['origin', 'destination', 'place', 'quarter'],
  ['origin', 'destination', 'area', 'quarter'],
  ['origin', 'destination', 'quarter'],
  ['origin', 'destination', 'year'],
];

/** What is known of where and when an event was, as finely as any level asks. */
export interface CountedFacts {
  readonly origin: string | null;
  readonly destination: string | null;
  readonly place: string | null;
  readonly area: string | null;
  readonly quarter: string | null;
  readonly year: string | null;
}

/** By level; null where something that the level names is not known. */
export function keysOf(facts: CountedFacts): readonly (string | null)[] {
  return COUNT_LEVELS.map((dimensions) => {
    const values = dimensions.map((dimension) => facts[dimension]);
    return values.includes(null) ? null : values.join('|');
  });
}

/** The cell of a view that an atom is counted in; null of one that is known too coarsely for it. `areaOf`: the area a place lies in. */
export function cellFor(
  dimensions: readonly CountDimension[],
  { level, key }: { readonly level: number; readonly key: string },
  areaOf: (place: string) => string,
): CountKey | null {
  const values = key.split('|');
  const known: Partial<Record<CountDimension, string>> = {};
  for (const [at, dimension] of (COUNT_LEVELS[level] ?? []).entries()) known[dimension] = values[at]!;
  if (known.place !== undefined) known.area = areaOf(known.place);
  if (known.quarter !== undefined) known.year = known.quarter.slice(0, 4);
  const cell: Partial<Record<CountDimension, string>> = {};
  for (const dimension of dimensions) {
    const value = known[dimension];
    if (value === undefined) return null;
    cell[dimension] = value;
  }
  return cell;
}

/** Cells of a view, by key: sums of whole atoms. What is counted in none is not told apart from what there is not. */
export function countCells(
  dimensions: readonly CountDimension[],
  atoms: readonly {
    readonly level: number;
    readonly key: string;
    readonly persons: number;
    readonly events: number;
  }[],
  areaOf: (place: string) => string,
): readonly { readonly key: CountKey; readonly persons: number; readonly incidents: number }[] {
  const cells = new Map<string, { key: CountKey; persons: number; incidents: number }>();
  for (const atom of atoms) {
    const key = cellFor(dimensions, atom, areaOf);
    if (key === null) continue;
    const name = dimensions.map((dimension) => key[dimension]).join('|');
    const cell = cells.get(name) ?? { key, persons: 0, incidents: 0 };
    cell.persons += atom.persons;
    cell.incidents += atom.events;
    cells.set(name, cell);
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}
