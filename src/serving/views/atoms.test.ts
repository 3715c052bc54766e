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

  it('are as large as the agreements of their contributors want, or made without whoever wants more', () => {
    const least = new Map([['careful', 30]]);
    const of = (one: string, key: string) => Array.from({ length: 6 }, () => event(3, [one], [key]));
    const gathered = (...events: readonly (readonly CountableEvent[])[]) =>
      gatherAtoms(events.flat(), ATOM_RULES, least).atoms.map(({ key, persons }) => [key, persons]);
    expect(gathered(of('a', 'x'), of('b', 'x'))).toEqual([['x', 36]]);
    // Without either of the two 18 are left.
    expect(gathered(of('careful', 'y'), of('b', 'y'))).toEqual([]);
    expect(gathered(of('careful', 'y'), of('careful', 'y'), of('b', 'y'), of('b', 'y'))).toEqual([['y', 72]]);
    const { atoms, waiting } = gatherAtoms(
      [...of('a', 'z'), ...of('b', 'z'), event(3, ['careful', 'a'], ['z'])],
      ATOM_RULES,
      new Map([['careful', 40]]),
    );
    expect([atoms.length, atoms[0]?.persons, waiting.length]).toEqual([1, 36, 1]);
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
  const atom = { ...told, contributors: ['a', 'b'] };

  it('is told as before while what is gone of it is too little to be told', () => {
    expect(standingOf({ ...atom, members })).toEqual(told);
    expect(standingOf({ ...atom, members: members.slice(1) })).toEqual(told);
    expect(standingOf({ ...atom, members: members.slice(3) })).toEqual(told);
  });

  it('is smaller once as many are gone as an atom needs', () => {
    expect(standingOf({ ...atom, members: members.slice(4) })).toEqual({ persons: 24, events: 8 });
  });

  it('is told no more where the rest would not be enough', () => {
    expect(standingOf({ ...atom, members: members.slice(9) })).toBeNull();
    expect(
      standingOf({ ...atom, members: members.filter(({ contributors: [one] }) => one === 'a') }),
    ).toBeNull();
    expect(standingOf({ ...atom, members: [] })).toBeNull();
  });

  it('goes by what its contributors’ agreements want, as long as it was told of as many', () => {
    const stands = (left: readonly CountableEvent[], least: number) =>
      standingOf({ ...atom, members: left }, ATOM_RULES, new Map([['a', least]]));
    expect(stands(members.slice(4), 12)).toEqual({ persons: 24, events: 8 });
    // Each is left with 12 of the others.
    expect(stands(members.slice(4), 13)).toBeNull();
    // Told before: it stands, and shrinks by the rules alone.
    expect(stands(members, 60)).toEqual(told);
    expect(stands(members.slice(1), 60)).toEqual(told);
    expect(stands(members.slice(4), 60)).toEqual({ persons: 24, events: 8 });
  });

  it('changes by nothing or by enough, whatever goes when', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seededRandom(seed);
      let now: { persons: number; events: number } | null = told;
      let left: readonly CountableEvent[] = members;
      while (now !== null && left.length > 0) {
        left = left.filter(() => random.int(5) > 0);
        const after = standingOf({ ...now, contributors: ['a', 'b'], members: left });
        const fell = now.persons - (after?.persons ?? 0);
        expect(fell === 0 || fell >= ATOM_RULES.leastPersons).toBe(true);
        now = after;
      }
    }
  });
});
