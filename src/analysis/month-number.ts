/** Months as numbers, so that spans of them are sums. */

/** Months since January of year 0 of one like 2024-03. RangeError for anything else. */
export function monthNumber(month: string): number {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!found) throw new RangeError(`movements: found the month "${month}", wanted the form 2024-03`);
  return Number(found[1]) * 12 + Number(found[2]) - 1;
}

/** Like 2024-03. */
export function monthName(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** The number of the latest month that is over, in UTC. */
export function lastWholeMonth(now: Date): number {
  return monthNumber(now.toISOString().slice(0, 7)) - 1;
}
