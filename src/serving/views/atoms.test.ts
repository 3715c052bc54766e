import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { ATOM_RULES, type CountableEvent, gatherAtoms, isEnough, standingOf } from './atoms.ts';

let next = 0;
function event(
  persons: number,
  contributors: readonly string[],
  keys: readonly (string | null)[] = ['A'],
): CountableEvent {
  next += 1;
  return { id: `e${String(next).padStart(4, '0')}`, persons, contributors, keys };
}

describe('enough to be told', () => {
  it.each([
    [
      'of each of two as many as may be told by themselves',
      [event(4, ['a']), event(4, ['a']), event(3, ['a']), event(5, ['b']), event(4, ['b']), event(2, ['b'])],
      true,
    ],
    ['ten persons', [event(4, ['a']), event(4, ['b']), event(2, ['b'])], false],
    ['two incidents', [event(6, ['a']), event(6, ['b'])], false],
    ['one contributor', [event(6, ['a']), event(6, ['a']), event(6, ['a'])], false],
    [
      'one with four fifths, who would be told the rest',
      [event(8, ['a']), event(8, ['a']), event(4, ['b'])],
      false,
    ],
    ['one with more than that', [event(8, ['a']), event(9, ['a']), event(4, ['b'])], false],
    [
      'one that reported all, though others did too',
      [event(8, ['a', 'b']), event(9, ['a']), event(4, ['a', 'c'])],
      false,
    ],
  ])('%s', (_, events, wanted) => {
    expect(isEnough(events)).toBe(wanted);
  });
});

describe('atoms', () => {
  it('are as fine as they can be, and what is too little alone is gathered coarser', () => {
    const fine = (key: string): readonly string[] => [`${key}`, 'north'];
    const busy = Array.from({ length: 8 }, (_, i) => event(4, [i % 2 ? 'a' : 'b'], fine('crossing 1')));
    const quiet = ['crossing 2', 'crossing 3', 'crossing 4', 'crossing 6'].flatMap((key) => [
      event(4, ['a'], fine(key)),
      event(4, ['b'], fine(key)),
    ]);
    const alone = event(9, ['a'], ['crossing 5', 'south']);
    const { atoms, waiting } = gatherAtoms([...quiet, alone, ...busy]);
    expect(atoms.map(({ level, key, persons }) => ({ level, key, persons }))).toEqual([
      { level: 0, key: 'crossing 1', persons: 32 },
      { level: 1, key: 'north', persons: 32 },
    ]);
    expect(waiting).toEqual([alone]);
  });

  it('hold each event once at most, are enough each, and are the same in any order', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = seededRandom(seed);
      const events = Array.from({ length: 5 + random.int(60) }, () => {
        const place = random.int(6);
        return event(
          1 + random.int(6),
          ['a', 'b', 'c']
            .filter(() => random.int(2) === 0)
            .concat('d')
            .slice(0, 1 + random.int(2)),
          [random.int(4) === 0 ? null : `place ${place}`, `area ${place >> 1}`, 'all'],
        );
      });
      const { atoms, waiting } = gatherAtoms(events);
      const ids = [...atoms.flatMap((atom) => atom.events), ...waiting].map(({ id }) => id);
      expect([...ids].sort()).toEqual(events.map(({ id }) => id).sort());
      for (const atom of atoms) {
        expect(isEnough(atom.events)).toBe(true);
        // Whoever knows its own part and takes it away is left with as many as may be told.
        for (const contributor of new Set(atom.events.flatMap((one) => one.contributors))) {
          const others = atom.events.filter((one) => !one.contributors.includes(contributor));
          expect(others.length).toBeGreaterThanOrEqual(ATOM_RULES.leastEvents);
          expect(others.reduce((sum, { persons }) => sum + persons, 0)).toBeGreaterThanOrEqual(
            ATOM_RULES.leastPersons,
          );
        }
      }
      expect(gatherAtoms([...events].reverse())).toEqual({ atoms, waiting });
      // Nothing that waits would be enough with others that wait.
      for (const level of [0, 1, 2]) {
        const keys = new Set(waiting.map(({ keys }) => keys[level]));
        for (const key of keys)
          if (key !== null)
            expect(isEnough(waiting.filter(({ keys: own }) => own[level] === key))).toBe(false);
      }
    }
  });

  it('are as large as the agreements of any of their contributors want', () => {
    const rules = { ...ATOM_RULES, leastPersonsOf: new Map([['careful', 30]]) };
    const of = (one: string, key: string) => Array.from({ length: 6 }, () => event(3, [one], [key, 'all']));
    const { atoms } = gatherAtoms(
      [...of('a', 'x'), ...of('b', 'x'), ...of('careful', 'y'), ...of('b', 'y'), ...of('careful', 'z')],
      rules,
    );
    // Of x 36 are told. Of y too: but without b, or without the careful one, 18 are left of it.
    expect(atoms.map(({ key, persons }) => [key, persons])).toEqual([['x', 36]]);
    expect(
      isEnough([...of('careful', 'x'), ...of('careful', 'x'), ...of('b', 'x'), ...of('b', 'x')], rules),
    ).toBe(true);
  });

  it('are not made of what cannot be counted', () => {
    expect(() => gatherAtoms([event(0, ['a'])])).toThrow(
      'found 0 persons, wanted a whole number of 1 or more',
    );
    expect(() => gatherAtoms([event(1, [])])).toThrow('without a contributor');
    const twice = event(1, ['a']);
    expect(() => gatherAtoms([twice, twice])).toThrow('twice');
  });
});

describe('an atom that was published', () => {
  const members = Array.from({ length: 12 }, (_, i) => event(3, [i % 2 ? 'a' : 'b']));
  const told = { persons: 36, events: 12 };

  it('is told as before while what is gone of it is too little to be told', () => {
    expect(standingOf({ ...told, members })).toEqual(told);
    expect(standingOf({ ...told, members: members.slice(1) })).toEqual(told);
    expect(standingOf({ ...told, members: members.slice(3) })).toEqual(told);
  });

  it('is smaller once as many are gone as an atom needs', () => {
    expect(standingOf({ ...told, members: members.slice(4) })).toEqual({ persons: 24, events: 8 });
  });

  it('is told no more where the rest would not be enough', () => {
    expect(standingOf({ ...told, members: members.slice(9) })).toBeNull();
    expect(
      standingOf({ ...told, members: members.filter(({ contributors: [one] }) => one === 'a') }),
    ).toBeNull();
    expect(standingOf({ ...told, members: [] })).toBeNull();
  });

  it('is told no more where an agreement wants more by now, and falls by no less than that', () => {
    const rules = (least: number) => ({ ...ATOM_RULES, leastPersonsOf: new Map([['a', least]]) });
    expect(standingOf({ ...told, members }, rules(36))).toEqual(told);
    expect(standingOf({ ...told, members }, rules(37))).toBeNull();
    expect(standingOf({ ...told, members: members.slice(4) }, rules(12))).toEqual({ persons: 24, events: 8 });
    expect(standingOf({ ...told, members: members.slice(4) }, rules(13))).toBeNull();
    // Whose all is gone from it, but who was in it when it was told.
    const others = Array.from({ length: 12 }, (_, i) => event(3, [i % 2 ? 'c' : 'b']));
    const formerly = { ...told, contributors: ['a', 'b', 'c'] };
    expect(standingOf({ ...formerly, members: others.slice(4) }, rules(12))).toEqual({
      persons: 24,
      events: 8,
    });
    expect(standingOf({ ...formerly, members: others.slice(4) }, rules(13))).toEqual(told);
  });

  it('changes by nothing or by enough, whatever goes when', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seededRandom(seed);
      let now: { persons: number; events: number } | null = told;
      let left: readonly CountableEvent[] = members;
      while (now !== null && left.length > 0) {
        left = left.filter(() => random.int(5) > 0);
        const after = standingOf({ ...now, members: left });
        const fell = now.persons - (after?.persons ?? 0);
        expect(fell === 0 || fell >= ATOM_RULES.leastPersons).toBe(true);
        now = after;
      }
    }
  });
});
