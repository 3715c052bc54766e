import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestHandling, isLower } from './handling.ts';
import { HANDLINGS, type Handling } from './vocabulary.ts';

const handling = fc.constantFrom(...HANDLINGS);
const join = (one: Handling, other: Handling): Handling => highestHandling([one, other]);

describe('markings', () => {
  it('join as in a lattice: whatever the order, however grouped, and with itself the same', () => {
    fc.assert(
      fc.property(handling, handling, handling, (a, b, c) => {
        expect(join(a, b)).toBe(join(b, a));
        expect(join(join(a, b), c)).toBe(join(a, join(b, c)));
        expect(join(a, a)).toBe(a);
        expect([join(a, 'clear'), join(a, 'red')]).toEqual([a, 'red']);
      }),
    );
  });

  it('only rise: what is made of several is lower than none of them, and no higher than it must be', () => {
    fc.assert(
      fc.property(fc.array(handling, { minLength: 1 }), (all) => {
        const made = highestHandling(all);
        expect(all.some((each) => isLower(made, each))).toBe(false);
        expect(all).toContain(made);
      }),
    );
    expect(highestHandling([])).toBe('clear');
  });
});
