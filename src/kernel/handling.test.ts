import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestHandling, highestPap, isLower, isLowerPap } from './handling.ts';
import { HANDLINGS, PAPS } from './vocabulary.ts';

/** Two lattices by one law each. */
const LATTICES = [
  { name: 'TLP', words: HANDLINGS as readonly string[], highest: highestHandling, lower: isLower },
  { name: 'PAP', words: PAPS as readonly string[], highest: highestPap, lower: isLowerPap },
].map(({ highest, lower, ...rest }) => ({
  ...rest,
  highest: highest as (all: readonly string[]) => string,
  lower: lower as (one: string, than: string) => boolean,
}));

describe.each(LATTICES)('markings of $name', ({ words, highest, lower }) => {
  const marking = fc.constantFrom(...words);
  const join = (one: string, other: string): string => highest([one, other]);

  it('join as in a lattice: whatever the order, however grouped, and with itself the same', () => {
    fc.assert(
      fc.property(marking, marking, marking, (a, b, c) => {
        expect(join(a, b)).toBe(join(b, a));
        expect(join(join(a, b), c)).toBe(join(a, join(b, c)));
        expect(join(a, a)).toBe(a);
        expect([join(a, 'clear'), join(a, 'red')]).toEqual([a, 'red']);
        expect(lower(a, b)).toBe(join(a, b) !== a);
      }),
    );
  });

  it('only rise: what is made of several is lower than none of them, and no higher than it must be', () => {
    fc.assert(
      fc.property(fc.array(marking, { minLength: 1 }), (all) => {
        const made = highest(all);
        expect(all.some((each) => lower(made, each))).toBe(false);
        expect(all).toContain(made);
      }),
    );
    expect(highest([])).toBe('clear');
  });
});
