/** The grade of a pair: weights added by hand, and what must hold whatever is compared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, parentOf } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { AGE_BANDS, POPULATIONS, SEXES } from '../../kernel/vocabulary.ts';
import * as levels from './evidence-levels.ts';
import { gradeSameIncident, type SeenIncident } from './grade.ts';
import { isProtectedRole, PROTECTED_ROLE } from './protected-roles.ts';

const DAY = Date.UTC(2026, 2, 1);
const HOURS = 3_600_000;
const GATE: Position = [84.87, 27.01];

/** Nothing known but whose it is. */
const BARE: SeenIncident = {
  ownerId: 'one',
  population: 'trafficking',
  time: null,
  place: { position: null, cell: null, resolution: null, country: null, kind: null },
  persons: { min: 0, max: null },
  party: [],
  selectors: [],
  roles: [],
  route: null,
};
const incident = (over: Partial<SeenIncident>): SeenIncident => ({ ...BARE, ...over });
const others = (over: Partial<SeenIncident>): SeenIncident => ({ ...BARE, ownerId: 'other', ...over });
const span = (hours: number, length: number) => ({
  from: DAY + hours * HOURS,
  to: DAY + (hours + length) * HOURS,
});
const at = (position: Position, resolution: number, kind: string | null = null): SeenIncident['place'] => ({
  position,
  cell: cellAt(position, resolution),
  resolution,
  country: 'NPL',
  kind,
});
const exactly = (count: number) => ({ min: count, max: count });
/** The odds a grade stands for, in units of the odds before: the product of all m / u. */
const ratio = (a: SeenIncident, b: SeenIncident): number => {
  const { grade } = gradeSameIncident(a, b);
  return (grade / (1 - grade)) * 2048;
};

describe('a grade worked out by hand', () => {
  it('is one in 2,049 where nothing is known of either', () => {
    expect(gradeSameIncident(incident({}), others({}))).toEqual({
      grade: 1 / 2049,
      reasons: [],
      contradictions: [],
    });
  });

  it('of the same day, gate and party: 0.9 / 0.02 × 0.8 / 0.02 × 0.5 / 0.25 = 3,600, against 2,048', () => {
    const facts = { time: span(0, 24), place: at(GATE, 9), persons: exactly(3) };
    const { grade, reasons, contradictions } = gradeSameIncident(incident(facts), others(facts));
    expect(grade).toBeCloseTo(3_600 / (3_600 + 2_048), 12);
    expect(reasons.map(({ about, weight }) => [about, weight.toFixed(6)])).toEqual([
      ['time', '5.491853'],
      ['place', '5.321928'],
      ['party_size', '1.000000'],
    ]);
    expect(contradictions).toEqual([]);
  });

  it.each<[string, number, Partial<SeenIncident>, Partial<SeenIncident>]>([
    ['hours', 0.6 / 0.005, { time: span(8, 1) }, { time: span(8, 4) }],
    ['months', 0.95 / 0.2, { time: span(0, 24) }, { time: span(-100, 31 * 24) }],
    ['half a year', 0.95 / 0.45, { time: span(0, 90 * 24) }, { time: span(100, 31 * 24) }],
    ['a year', 0.95 / 0.85, { time: span(0, 365 * 24) }, { time: span(100, 24) }],
    ['neighbouring days', 0.01 / 0.02, { time: span(0, 24) }, { time: span(72, 24) }],
    ['three days later', 0.002 / 0.8, { time: span(0, 24) }, { time: span(73, 24) }],
    ['one spot', 0.8 / 0.02, { place: at(GATE, 9) }, { place: at([84.88, 27.01], 7) }],
    ['one town', 0.8 / 0.05, { place: at(GATE, 9) }, { place: at([84.88, 27.01], 6) }],
    ['as near as it is known', 0.8 / 0.2, { place: at(GATE, 5) }, { place: at([84.95, 27.05], 5) }],
    ['a district', 0.9 / 0.6, { place: at(GATE, 9) }, { place: at(GATE, 7, 'admin_area') }],
    ['a coarse cell', 0.9 / 0.6, { place: at(GATE, 9) }, { place: { ...at(GATE, 4), position: null } }],
    ['a country', 0.9 / 0.6, { place: at(GATE, 9) }, { place: { ...BARE.place, country: 'NPL' } }],
    ['another country', 0.15 / 0.4, { place: at(GATE, 9) }, { place: { ...BARE.place, country: 'IND' } }],
    ['the next town', 0.1 / 0.3, { place: at(GATE, 9) }, { place: at([84.99, 27.01], 9) }],
    ['another gate', 0.005 / 0.6, { place: at(GATE, 9) }, { place: at([86.0, 26.6], 9) }],
    ['a larger party', 0.15 / 0.4, { persons: exactly(2) }, { persons: { min: 3, max: null } }],
    ['perhaps as large', 0.8 / 0.65, { persons: exactly(2) }, { persons: { min: 1, max: 3 } }],
    ['a shared role', 0.6 / 0.5, { roles: ['recruiter'] }, { roles: ['driver', 'recruiter'] }],
    ['other roles', 0.4 / 0.5, { roles: ['recruiter'] }, { roles: ['driver'] }],
    [
      'the same route',
      0.7 / 0.5,
      { route: { origin: 'NPL', destination: 'IND' } },
      { route: { origin: 'NPL', destination: 'IND' } },
    ],
    [
      'another route',
      0.1 / 0.4,
      { route: { origin: 'NPL', destination: null } },
      { route: { origin: 'BGD', destination: 'IND' } },
    ],
    ['another population', 0.02 / 0.3, {}, { population: 'deaths' }],
    ['one organisation', 0.1 / 0.5, {}, { ownerId: 'one' }],
  ])('%s', (_, wanted, a, b) => {
    expect(ratio(incident(a), others(b))).toBeCloseTo(wanted, 9);
  });

  it('counts identifiers by kind: the first strong one 150, two more a little, names 6, and none in common 0.7', () => {
    const held = (...keys: string[]) =>
      keys.map((key) => ({ kind: key.split(' ')[0] as string, token: key.split(' ')[1] as string }));
    const of = (a: string[], b: string[]): number =>
      ratio(incident({ selectors: held(...a) }), others({ selectors: held(...b) }));
    expect(of(['phone 1'], ['phone 1', 'plate 2'])).toBeCloseTo(150, 9);
    expect(of(['phone 1', 'plate 2'], ['plate 2', 'phone 1'])).toBeCloseTo(150 * 2 ** 1.5, 9);
    const many = ['phone 1', 'phone 2', 'phone 3', 'phone 4', 'name 5'];
    expect(of(many, many)).toBeCloseTo(150 * 2 ** 3, 9);
    expect(of(['agency 1'], ['agency 1'])).toBeCloseTo(6, 9);
    expect(of(['phone 1'], ['phone 2'])).toBeCloseTo(0.7 / 0.99, 9);
    expect(of(['phone 1'], ['plate 1'])).toBeCloseTo(0.7 / 0.99, 9);
    expect(of(['name 1'], ['name 2'])).toBeCloseTo(1, 9);
    expect(of(['phone 1'], [])).toBeCloseTo(1, 9);
  });

  it('knows of a party counts by sex and minority alone, and makes little of them', () => {
    const party = (...list: [string, string, number][]) =>
      list.map(([sex, ageBand, count]) => ({ sex, ageBand, count }));
    const two = party(['female', '9_17', 1], ['female', '21_23', 1]);
    const same = party(['female', 'adult', 1], ['female', 'minor', 1]);
    expect(ratio(incident({ party: two }), others({ party: same }))).toBeCloseTo(1.2, 9);
    const differs = party(['male', 'adult', 1], ['female', 'minor', 1]);
    expect(ratio(incident({ party: two }), others({ party: differs }))).toBeCloseTo(0.8, 9);
  });

  it('has words that hold no figure of either incident, and a level for each comparison', () => {
    const told = [
      levels.TIME,
      levels.PLACE,
      levels.SELECTORS,
      levels.ROLES,
      levels.PERSONS,
      levels.PARTY,
      levels.ROUTE,
      levels.OWNER,
      levels.POPULATION,
    ].flatMap((table) => Object.values(table));
    expect(told.length).toBeGreaterThan(20);
    for (const { m, u, words } of told) {
      expect(m > 0 && m < 1 && u > 0 && u < 1).toBe(true);
      expect(words).toMatch(/^[a-z][a-z0-9, ]+$/);
    }
  });
});

const place = fc
  .record({
    east: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    resolution: fc.constantFrom(9, 8, 7, 6, 5, 4, 3),
    kind: fc.constantFrom(null, null, 'locality', 'admin_area'),
    shown: fc.constantFrom(true, true, false),
  })
  .map(({ east, resolution, kind, shown }) => {
    const known = at([GATE[0] + east, GATE[1]], resolution, kind);
    return shown || resolution > 4 ? known : { ...known, position: null };
  });
const time = fc
  .record({ from: fc.integer({ min: -200, max: 200 }), length: fc.constantFrom(1, 24, 744, 2_200, 8_760) })
  .map(({ from, length }) => span(from, length));
const seen: fc.Arbitrary<SeenIncident> = fc.record({
  ownerId: fc.constantFrom('one', 'other'),
  population: fc.constantFrom(...POPULATIONS),
  time: fc.option(time),
  place: fc.oneof(place, fc.constant({ ...BARE.place, country: 'NPL' }), fc.constant(BARE.place)),
  persons: fc
    .record({ min: fc.nat(3), more: fc.option(fc.nat(2)) })
    .map(({ min, more }) => ({ min, max: more === null ? null : min + more })),
  party: fc.array(
    fc.record({
      sex: fc.constantFrom(...SEXES),
      ageBand: fc.constantFrom(...AGE_BANDS),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 2 },
  ),
  selectors: fc.array(
    fc.record({
      kind: fc.constantFrom('phone', 'plate', 'name', 'agency'),
      token: fc.constantFrom('1', '2', '3'),
    }),
    { maxLength: 3 },
  ),
  roles: fc.array(fc.constantFrom('recruiter', 'driver', 'used'), { maxLength: 2 }),
  route: fc.option(
    fc.record({
      origin: fc.constantFrom('NPL', 'BGD', null),
      destination: fc.constantFrom('IND', 'NPL', null),
    }),
  ),
});
const gradeOf = (a: SeenIncident, b: SeenIncident): number => gradeSameIncident(a, b).grade;
const ABOVE = 1 + 1e-12;

describe('whatever is compared', () => {
  it('is graded alike from either side, in 0–1, with every weight told', () => {
    fc.assert(
      fc.property(seen, seen, (a, b) => {
        const graded = gradeSameIncident(a, b);
        expect(gradeSameIncident(b, a)).toEqual(graded);
        const total = [...graded.reasons, ...graded.contradictions].reduce(
          (sum, { weight }) => sum + weight,
          levels.PRIOR_WEIGHT,
        );
        expect(graded.grade).toBeCloseTo(1 / (1 + 2 ** -total), 9);
        expect(graded.grade > 0 && graded.grade < 1).toBe(true);
        expect(graded.contradictions.every(({ weight }) => weight < 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is graded no higher for a contradiction more', () => {
    const contradictions: ((a: SeenIncident, b: SeenIncident) => Partial<SeenIncident>)[] = [
      (a) => ({ time: a.time && { from: a.time.to + 999 * HOURS, to: a.time.to + 1_000 * HOURS } }),
      (a) => (a.place.cell === null ? {} : { place: at([GATE[0] + 30, GATE[1]], 9) }),
      (a) => ({ persons: { min: (a.persons.max ?? 0) + 1, max: (a.persons.max ?? 0) + 1 } }),
      (a) => ({ population: POPULATIONS.find((one) => one !== a.population) ?? 'deaths' }),
      (a) => ({ route: a.route && { origin: 'UKR', destination: 'UKR' } }),
      (a) => ({ ownerId: a.ownerId }),
      (_, b) => ({
        roles: b.roles.length === 0 ? [] : ['seen by nobody else'],
        selectors: b.selectors.map(({ kind }) => ({ kind, token: 'of nobody else' })),
      }),
      (_, b) => ({ party: b.party.length === 0 ? [] : [{ sex: 'other', ageBand: 'minor', count: 9 }] }),
    ];
    fc.assert(
      fc.property(seen, seen, fc.nat(contradictions.length - 1), (a, b, which) => {
        // A count that nobody made contradicts nothing.
        if (which === 2 && a.persons.max === null) return;
        const worse = { ...b, ...contradictions[which]?.(a, b) };
        expect(gradeOf(a, worse)).toBeLessThanOrEqual(gradeOf(a, b) * ABOVE);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is graded no higher for a coarser footprint where the finer ones met, and elsewhere no higher than that one allows anywhere', () => {
    fc.assert(
      fc.property(seen, seen, place, fc.nat(6), fc.boolean(), (a, b, finer, coarser, hidden) => {
        const resolution = Math.min(finer.resolution ?? 0, 2 + coarser);
        const cell = parentOf(finer.cell as bigint, resolution);
        const position = hidden && resolution <= 4 ? null : finer.position;
        const wide = { ...finer, cell, resolution, position };
        const fine = gradeSameIncident(a, { ...b, place: finer });
        const met = fine.contradictions.every(({ about }) => about !== 'place');
        const over = { ...finer, position: GATE, cell: cellAt(GATE, resolution), resolution };
        const here = { ...a, place: at(GATE, a.place.resolution ?? 9, a.place.kind) };
        const most = met ? fine.grade : Math.max(fine.grade, gradeOf(here, { ...b, place: over }));
        expect(gradeOf(a, { ...b, place: wide })).toBeLessThanOrEqual(most * ABOVE);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is graded no higher for a longer span where the shorter ones met', () => {
    fc.assert(
      fc.property(seen, seen, time, fc.nat(3_000), fc.nat(3_000), (a, b, shorter, before, after) => {
        const met = a.time !== null && a.time.from < shorter.to && shorter.from < a.time.to;
        if (!met) return;
        const longer = { from: shorter.from - before * HOURS, to: shorter.to + after * HOURS };
        expect(gradeOf(a, { ...b, time: longer })).toBeLessThanOrEqual(
          gradeOf(a, { ...b, time: shorter }) * ABOVE,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never much the likelier for an area or a country: less than twice', () => {
    fc.assert(
      fc.property(seen, seen, fc.constantFrom('admin_area', 'country'), (a, b, kind) => {
        const vague = { ...b, place: { ...b.place, kind } };
        const found = gradeSameIncident(a, vague).reasons.find(({ about }) => about === 'place');
        expect(found?.weight ?? 0).toBeLessThan(1);
      }),
    );
  });
});

describe('roles that a report protects', () => {
  it.each([
    'possible_victim',
    'PVOT',
    'victim',
    'not_a_victim',
    'Survivor',
    'witness',
    'family_member',
    'contact',
  ])('%s', (role) => {
    expect(isProtectedRole(role)).toBe(true);
  });

  it.each(['suspect', 'recruiter', 'transporter', 'used', 'agency', 'facilitator'])('are not %s', (role) => {
    expect(isProtectedRole(role)).toBe(false);
    expect(PROTECTED_ROLE).not.toContain(role);
  });
});
