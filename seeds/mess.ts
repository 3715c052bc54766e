/** Small, counted amounts of the mess that real files hold, so that quarantine and data quality have something to show. */
import type { Random } from '../src/kernel/random.ts';
import { bikramSambat, dayFirst } from './calendar.ts';
import { sample } from './draw.ts';
import type { InterceptColumn } from './intercept-header.ts';
import { type FilledIntercept, type InterceptCells, pythonAddress } from './intercept-rows.ts';
import type { MessKind } from './truth.ts';

/** A row on its way into a file, with what was done to it. */
export interface WrittenRow {
  readonly cells: InterceptCells;
  readonly reference: string;
  readonly mess: readonly { readonly kind: MessKind; readonly column: InterceptColumn }[];
}

/** Intercepts touched at scale 1, each by one kind only; all of their rows, or the first where a person's cell is meant. */
const AMOUNTS: Readonly<Record<MessKind, number>> = {
  zero_coordinates: 6,
  swapped_coordinates: 5,
  ambiguous_date: 2,
  bikram_sambat_date: 1,
  destination_unknown: 5,
  destination_region: 5,
  destination_several: 4,
  repeated_id: 3,
};

/** The rows of each intercept, in the same order; a repeated one comes last among its own and is marked so. */
export function muddle(
  random: Random,
  filled: readonly FilledIntercept[],
  scale: number,
): readonly (readonly WrittenRow[])[] {
  const chosen = choose(random, filled, scale);
  return filled.map((one) => {
    const kind = chosen.get(one);
    const clean = one.rows.map((cells) => ({ cells, reference: one.intercept.reference, mess: [] }));
    return kind === undefined ? clean : spoil(kind, one, clean);
  });
}

function choose(
  random: Random,
  filled: readonly FilledIntercept[],
  scale: number,
): ReadonlyMap<FilledIntercept, MessKind> {
  const chosen = new Map<FilledIntercept, MessKind>();
  for (const [kind, amount] of Object.entries(AMOUNTS) as [MessKind, number][]) {
    const suitable = filled.filter((one) => !chosen.has(one) && suits(kind, one));
    for (const one of sample(random, suitable, Math.max(1, Math.round(amount * scale))))
      chosen.set(one, kind);
  }
  return chosen;
}

/** Day and month can be told apart unless both are at most 12 and different; only Nepal writes Bikram Sambat. */
function suits(kind: MessKind, { intercept }: FilledIntercept): boolean {
  const [, month, day] = intercept.date.split('-').map(Number);
  if (kind === 'ambiguous_date') return day !== undefined && day <= 12 && day !== month;
  if (kind === 'bikram_sambat_date') return intercept.station.country === 'NPL';
  return true;
}

function spoil(kind: MessKind, one: FilledIntercept, rows: readonly WrittenRow[]): readonly WrittenRow[] {
  const everyRow = (column: InterceptColumn, text: string): readonly WrittenRow[] =>
    rows.map((row) => ({ ...row, cells: { ...row.cells, [column]: text }, mess: [{ kind, column }] }));
  const { date, destination } = one.intercept;
  const [first, ...others] = rows;
  if (first === undefined) return rows;
  switch (kind) {
    case 'zero_coordinates':
      return [moved(kind, first, [0, 0]), ...others];
    case 'swapped_coordinates':
      return [moved(kind, first, [Number(first.cells.latitude), Number(first.cells.longitude)]), ...others];
    case 'ambiguous_date':
      return everyRow('date_of_interception', dayFirst(date));
    case 'bikram_sambat_date':
      return everyRow('date_of_interception', bikramSambat(date));
    case 'destination_unknown':
      return everyRow('where_going_destination', "PV doesn't know");
    case 'destination_region':
      return everyRow('where_going_destination', 'Gulf Country');
    case 'destination_several':
      return everyRow(
        'where_going_destination',
        `${destination.spellings[0]};${destination.id === 'delhi' ? 'Mumbai' : 'Delhi'}`,
      );
    case 'repeated_id': {
      const cells = { ...first.cells, number_of_victims: String(one.intercept.homes.length + 1) };
      return [...rows, { ...first, cells, mess: [{ kind, column: 'irf_number' }] }];
    }
  }
}

function moved(kind: MessKind, row: WrittenRow, [x, y]: readonly [number, number]): WrittenRow {
  const address = /'address': '([^']*)'/.exec(row.cells.address ?? '')?.[1] ?? '';
  const cells = {
    ...row.cells,
    address: pythonAddress(address, [x, y]),
    longitude: String(x),
    latitude: String(y),
  };
  return { ...row, cells, mess: [{ kind, column: 'latitude' }] };
}
