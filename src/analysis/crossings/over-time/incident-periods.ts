/** In which period an incident was: by when it was first seen on its border. */
import { monthNumber } from '../../month-number.ts';
import type { ReadColumns } from '../crossing-columns.ts';
import type { CrossingSites } from '../crossing-sites.ts';
import type { IncidentPlaces } from './incident-places.ts';

/** Months since January of year 0, both included. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

/** By incident of the border, by when it was first seen there; -1 of those in none of the periods. */
export function periodsOfIncidents(
  columns: ReadColumns,
  { starts, rows }: CrossingSites,
  places: IncidentPlaces,
  own: Int32Array,
  periods: readonly Period[],
): Int8Array {
  const months = columns.months.map(monthNumber);
  const first = new Float64Array(places.numbers.length).fill(Infinity);
  for (const site of own) {
    for (let at = starts[site]!; at < starts[site + 1]!; at += 1) {
      const row = rows[at]!;
      const incident = places.local.get(columns.incident[row]!)!;
      first[incident] = Math.min(first[incident]!, months[columns.month[row]!] ?? Infinity);
    }
  }
  return Int8Array.from(first, (month) =>
    periods.findIndex((span) => month >= span.first && month <= span.last),
  );
}
