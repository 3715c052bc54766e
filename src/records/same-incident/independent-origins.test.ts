/** Independence: cases by hand, a naive count, and what must hold whatever is said by whom. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { independentOrigins, type OriginStatement } from './independent-origins.ts';

const said = (id: string, over: Partial<OriginStatement> = {}): OriginStatement => ({
  id,
  originId: `origin of ${id}`,
  collectorId: null,
  derivedFrom: null,
  reportId: `report of ${id}`,
  derivedReport: null,
  caseId: `case of ${id}`,
  ...over,
});

describe('independent origins', () => {
  it('are none of nothing, and one of a statement of whomever', () => {
    expect(independentOrigins([])).toEqual({ origins: 0, groups: [], unknownOrigins: 0 });
    expect(independentOrigins([said('a')])).toEqual({
      origins: 1,
      groups: [{ statements: ['a'], originKnown: true, reason: 'stands alone' }],
      unknownOrigins: 0,
    });
    const [group] = independentOrigins([said('a', { originId: null })]).groups;
    expect(group?.reason).toBe(
      'stands alone; who first perceived it is not known, so it adds nothing to known origins',
    );
  });

  it.each<[string, Partial<OriginStatement>]>([
    ['the same root origin', { originId: 'x' }],
    ['the same collector', { collectorId: 'x' }],
    ['the same incident', { caseId: 'x' }],
  ])('of two with %s are one', (reason, over) => {
    const { origins, groups } = independentOrigins([said('b', over), said('c'), said('a', over)]);
    expect(origins).toBe(2);
    expect(groups).toEqual([
      { statements: ['a', 'b'], originKnown: true, reason },
      { statements: ['c'], originKnown: true, reason: 'stands alone' },
    ]);
  });

  it('are followed along what was derived, through statements that are not seen too', () => {
    const chain = [said('a'), said('b', { derivedFrom: 'a' }), said('c', { derivedFrom: 'b' })];
    expect(independentOrigins(chain).origins).toBe(1);
    const orphans = [said('b', { derivedFrom: 'hidden' }), said('c', { derivedFrom: 'hidden' })];
    expect(independentOrigins(orphans).groups).toEqual([
      { statements: ['b', 'c'], originKnown: true, reason: 'one derived from another' },
    ]);
  });

  it('are followed from a report to the one it was made from, and no further', () => {
    const [first, second] = [said('a', { reportId: 'r' }), said('b', { reportId: 'r' })];
    expect(independentOrigins([first, second]).origins).toBe(2);
    const made = said('c', { derivedReport: 'r' });
    expect(independentOrigins([first, second, made, said('d')]).groups).toEqual([
      { statements: ['a', 'b', 'c'], originKnown: true, reason: 'one derived from another' },
      { statements: ['d'], originKnown: true, reason: 'stands alone' },
    ]);
  });

  it('that nobody knows add nothing to known ones, and are one among themselves', () => {
    const nobody = [said('a', { originId: null }), said('b', { originId: null })];
    expect(independentOrigins(nobody)).toMatchObject({ origins: 1, unknownOrigins: 2 });
    expect(independentOrigins([...nobody, said('c'), said('d')])).toMatchObject({
      origins: 2,
      unknownOrigins: 2,
    });
  });

  it('are not confused by an incident that has the id of an origin', () => {
    expect(independentOrigins([said('a', { originId: 'x' }), said('b', { caseId: 'x' })]).origins).toBe(2);
  });
});

const few = fc.constantFrom('1', '2', '3', '4', '5', '6');
const statements = fc
  .array(
    fc.record({
      originId: fc.option(few, { freq: 3 }),
      collectorId: fc.option(few, { freq: 1 }),
      derived: fc.option(fc.nat(9), { freq: 1 }),
      report: fc.nat(4),
      from: fc.option(fc.nat(9), { freq: 1 }),
      caseId: few,
    }),
    { maxLength: 9 },
  )
  .map((drawn) =>
    drawn.map(
      ({ originId, collectorId, derived, report, from, caseId }, index): OriginStatement => ({
        id: `s${index}`,
        originId: originId === null ? null : `o${originId}${index % 4}`,
        collectorId: collectorId === null ? null : `c${collectorId}${index % 3}`,
        derivedFrom: derived === null ? null : `s${derived}`,
        reportId: `r${report}`,
        derivedReport: from === null ? null : `r${from}`,
        caseId: `i${caseId}${index % 3}`,
      }),
    ),
  );

/** Spread from each statement, again and again, until nobody is reached any more. */
function naive(list: readonly OriginStatement[]): number {
  const tied = (a: OriginStatement, b: OriginStatement): boolean =>
    (a.originId !== null && a.originId === b.originId) ||
    (a.collectorId !== null && a.collectorId === b.collectorId) ||
    a.caseId === b.caseId ||
    a.derivedFrom === b.id ||
    b.derivedFrom === a.id ||
    (a.derivedFrom !== null && a.derivedFrom === b.derivedFrom) ||
    a.derivedReport === b.reportId ||
    b.derivedReport === a.reportId ||
    (a.derivedReport !== null && a.derivedReport === b.derivedReport);
  const left = [...list];
  let known = 0;
  while (left.length > 0) {
    const group = left.splice(0, 1);
    for (const member of group)
      for (let index = left.length - 1; index >= 0; index -= 1)
        if (tied(member, left[index] as OriginStatement)) group.push(...left.splice(index, 1));
    if (group.some(({ originId }) => originId !== null)) known += 1;
  }
  return known === 0 ? Math.min(1, list.length) : known;
}

const originsOf = (list: readonly OriginStatement[]): number => independentOrigins(list).origins;

describe('whatever is said', () => {
  it('is counted as the naive way does, in any order and said twice', () => {
    fc.assert(
      fc.property(
        statements.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const found = independentOrigins(list);
          expect(found.origins).toBe(naive(list));
          expect(independentOrigins([...shuffled, ...list])).toEqual(found);
          expect(found.groups.flatMap((group) => group.statements).sort()).toEqual(
            list.map(({ id }) => id).sort(),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is no more independent for one more statement that depends on a counted one, or of which nobody knows the origin', () => {
    const tie = fc.constantFrom<keyof OriginStatement>(
      'originId',
      'collectorId',
      'caseId',
      'derivedFrom',
      'derivedReport',
    );
    fc.assert(
      fc.property(statements, fc.nat(), tie, fc.boolean(), few, (list, pick, by, unknown, fresh) => {
        const counted = independentOrigins(list).groups.filter(({ originKnown }) => originKnown);
        const pool = counted.flatMap((group) => group.statements);
        const on = list.find(({ id }) => id === pool[pick % Math.max(1, pool.length)]);
        const more = said('more', { originId: unknown ? null : `fresh ${fresh}` });
        if (on === undefined && !unknown) return;
        const made = by === 'derivedFrom' || by === 'derivedReport';
        if (list.length === 0 || (on !== undefined && on[by] === null && !made)) return;
        const dependent =
          on === undefined
            ? more
            : { ...more, [by]: by === 'derivedFrom' ? on.id : by === 'derivedReport' ? on.reportId : on[by] };
        expect(originsOf([...list, dependent])).toBeLessThanOrEqual(originsOf(list));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is no more independent when two origins, collectors or incidents turn out to be one', () => {
    const kind = fc.constantFrom('originId' as const, 'collectorId' as const, 'caseId' as const);
    fc.assert(
      fc.property(statements, kind, fc.nat(), fc.nat(), (list, by, one, other) => {
        const values = list.flatMap((statement) => statement[by] ?? []);
        const [from, to] = [
          values[one % Math.max(1, values.length)],
          values[other % Math.max(1, values.length)],
        ];
        const merged = list.map((statement) =>
          to !== undefined && statement[by] === from ? { ...statement, [by]: to } : statement,
        );
        expect(originsOf(merged)).toBeLessThanOrEqual(originsOf(list));
      }),
      { numRuns: 1_000 },
    );
  });
});
