/** Which questions are answered from where movements were counted as they were written. */
import { monthSpan } from '../../records/flows/rolled-up.ts';
import type { AskedMovements, MovementSearch } from '../../records/movements/movement-search.service.ts';

/** No cell that is kept is finer. */
export const ROLLED_RESOLUTION = 6;

/** Filters that cells can apply. Any other, and one that is added later, wants the records. */
const APPLIED: ReadonlySet<string> = new Set([
  'ownerIds',
  'occurred',
  'verifications',
] satisfies (keyof MovementSearch)[]);

/** The months asked for; null where only the records can answer. */
export function rolledSpan({ search, asKnown }: AskedMovements): ReturnType<typeof monthSpan> {
  if (asKnown.at !== null) return null;
  if (Object.entries(search).some(([name, value]) => value != null && !APPLIED.has(name))) return null;
  return monthSpan(search);
}
