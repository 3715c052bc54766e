import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COARSE,
  join,
  type PartialSight,
  readSight,
  SHARED_DETAILS,
  SHARED_PLACES,
  SHARED_TIMES,
  sightKey,
  sightOf,
} from './sight.ts';

const sight: fc.Arbitrary<PartialSight> = fc
  .tuple(
    fc.constantFrom(...SHARED_PLACES),
    fc.constantFrom(...SHARED_TIMES),
    fc.shuffledSubarray([...SHARED_DETAILS]),
  )
  .map(([place, time, details]) => sightOf(place, time, details));

/** Whether whoever has `more` sees all that `less` shows. */
function shows(more: PartialSight, less: PartialSight): boolean {
  return (
    SHARED_PLACES.indexOf(more.place) <= SHARED_PLACES.indexOf(less.place) &&
    SHARED_TIMES.indexOf(more.time) <= SHARED_TIMES.indexOf(less.time) &&
    less.details.every((detail) => more.details.includes(detail))
  );
}

describe('two sights of one class', () => {
  it('join as in a lattice: whatever the order, however grouped, and with itself the same', () => {
    fc.assert(
      fc.property(sight, sight, sight, (a, b, c) => {
        expect(join(a, b)).toEqual(join(b, a));
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, a)).toEqual(a);
      }),
    );
  });

  it('join to the least that shows what either shows', () => {
    fc.assert(
      fc.property(sight, sight, sight, (a, b, c) => {
        const both = join(a, b);
        expect(shows(both, a) && shows(both, b)).toBe(true);
        if (shows(c, a) && shows(c, b)) expect(shows(c, both)).toBe(true);
      }),
    );
  });
});

describe('a sight', () => {
  it('has one spelling, and another has another', () => {
    fc.assert(
      fc.property(sight, sight, (a, b) => {
        expect(sightKey(a) === sightKey(b)).toBe(shows(a, b) && shows(b, a));
      }),
    );
  });

  it('is read back from what was kept, and is coarse where nothing was', () => {
    fc.assert(
      fc.property(sight, (kept) => {
        expect(readSight(JSON.parse(JSON.stringify(kept)) as PartialSight)).toEqual(kept);
      }),
    );
    expect(readSight(null)).toEqual(COARSE);
  });

  it.each([
    [{ place: 'street', time: 'month', details: [] }],
    [{ place: 'area', time: 'hour', details: [] }],
    [{ place: 'area', time: 'month', details: ['names'] }],
  ])('that is none is shown to nobody: %j', (kept) => {
    expect(() => readSight(kept)).toThrow(/is none/);
  });
});
