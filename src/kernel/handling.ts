/** Markings as a lattice: TLP 2.0 and PAP, each in one line, lowest first, so that what is made from several records is marked as the highest of them. */
import { HANDLINGS, type Handling, PAPS, type Pap } from './vocabulary.ts';

/** The least marking that is no lower than any; `clear`, which binds nobody, of none. */
export function highestHandling(handlings: readonly Handling[]): Handling {
  return handlings.reduce((one, other) => (isLower(one, other) ? other : one), 'clear');
}

/** The same of what may be done. */
export function highestPap(paps: readonly Pap[]): Pap {
  return paps.reduce((one, other) => (isLowerPap(one, other) ? other : one), 'clear');
}

export function isLowerPap(one: Pap, than: Pap): boolean {
  return PAPS.indexOf(one) < PAPS.indexOf(than);
}

export function isLower(one: Handling, than: Handling): boolean {
  return HANDLINGS.indexOf(one) < HANDLINGS.indexOf(than);
}
