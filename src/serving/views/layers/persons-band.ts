/** Persons as a layer tells them: between so many and so many, never narrower than what an atom holds at least. */
import { ATOM_RULES } from '../atoms.ts';

export interface PersonsBand {
  readonly least: number;
  /** null: there is no most. */
  readonly most: number | null;
}

/** Where bands begin. The first is where telling begins at all. */
const STARTS = [ATOM_RULES.leastPersons, 25, 50, 100, 250, 500, 1_000] as const;

export const PERSONS_BANDS: readonly PersonsBand[] = STARTS.map((least, at) => ({
  least,
  most: at + 1 < STARTS.length ? STARTS[at + 1]! - 1 : null,
}));

/** RangeError below the first band: fewer are told in none. */
export function bandOf(persons: number): PersonsBand {
  const band = PERSONS_BANDS.findLast(({ least }) => persons >= least);
  if (band === undefined)
    throw new RangeError(`bandOf: found ${persons} persons, wanted ${ATOM_RULES.leastPersons} or more`);
  return band;
}
