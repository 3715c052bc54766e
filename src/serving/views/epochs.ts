/** When counts are told, and of what time: whole quarters that ended 90 days ago or earlier. */

const LATE_DAYS = 90;
const DAY_MS = 86_400_000;

/** The first day that is in no count yet, like 2026-07-01. */
export function countedUntil(now: Date): string {
  const late = new Date(now.getTime() - LATE_DAYS * DAY_MS);
  const month = Math.floor(late.getUTCMonth() / 3) * 3;
  return new Date(Date.UTC(late.getUTCFullYear(), month, 1)).toISOString().slice(0, 10);
}

/** Of the first day of a month: 2026-04-01 is in 2026-Q2. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}
