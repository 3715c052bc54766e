import { describe, expect, it } from 'vitest';
import { ask, linesOf, TASK, type Told } from '../../../test/support/resupply-lines.ts';
import { work } from './resupply-work.ts';

/** Ten houses with three arrivals before a recovery and five after it. */
const HOUSES: readonly Told[] = Array.from({ length: 10 }, (_, n): Told[] => [
  ...Array.from({ length: 3 }, (_, i) => ({ house: `h${n}`, day: 300 + 7 * i + n })),
  { house: `h${n}`, day: 400, kind: 'recovery' },
  ...Array.from({ length: 5 }, (_, i) => ({ house: `h${n}`, day: 420 + 11 * i + n })),
  { house: `h${n}`, day: 900, journey: false },
]).flat();

/** Each event names an employer beside the house, in a record with no identifier of the house's. */
const twice = (told: readonly Told[]): readonly Told[] => {
  const once = told.map((one, i): Told => ({ ...one, event: `v${i}`, origin: `o${i}` }));
  return [...once, ...once.map((one): Told => ({ ...one, house: `${one.house}-ltd`, journey: false }))];
};

describe('an event that names two establishments', () => {
  it('counts once in all that is told of all, and with each of them in what is told of one', () => {
    const [once, doubled] = [ask(HOUSES), ask(twice(HOUSES))];
    expect([doubled.establishments, doubled.strata]).toEqual([20, 10]);
    expect(doubled.pooled).toMatchObject({ recoveries: 10, ended: 10, refusal: null });
    expect(doubled.pooled.curve).toEqual(once.pooled.curve);
    expect(doubled.change.before).toEqual(once.change.before);
    expect(doubled.change.after).toEqual(once.change.after);
    expect(doubled.change.ratio).toEqual(once.change.ratio);
    expect(doubled.places).toHaveLength(20);
    for (const { next } of doubled.places) expect(next[0]!.ended).toBe('arrival');
  });

  it('does not make five recoveries the ten that figures need', () => {
    const half = HOUSES.slice(0, HOUSES.length / 2);
    expect(ask(twice(half)).pooled).toMatchObject({
      recoveries: 5,
      refusal: { reason: 'not enough data', found: expect.stringMatching(/^5 dated recoveries/) },
    });
    const few = HOUSES.filter(({ house, day }) => house === 'h0' && (day >= 400 || day === 300));
    expect(ask(twice(few)).change.refusal?.found).toMatch(/^6 arrivals/);
    expect(ask(twice(few.concat(few.map((one) => ({ ...one, house: 'h1' }))))).change.refusal).toBeNull();
  });

  it('is one where one arrest recorded as an interdiction names both', () => {
    const told: Told[] = [
      { house: 'one', day: 100 },
      { house: 'two', day: 120 },
    ];
    const arrests = ['ei000', 'ei001'].map((id) => ['arrest', 'x', id, 'a', '1970-07-01'].join('\t'));
    const found = work({ ...TASK, actions: ['arrest'], blocks: [...linesOf(told), ...arrests] });
    expect([found.establishments, found.strata]).toEqual([2, 1]);
  });
});

describe('before and after', () => {
  it('leaves out the arrivals that a recovery itself brought to light, and says how many', () => {
    const clean = ask(HOUSES).change;
    // A second report of each recovery tells when those who were found had been brought.
    const withTheirs = HOUSES.flatMap((one, i): Told[] =>
      one.kind === 'recovery'
        ? [
            { ...one, event: `v${i}` },
            { ...one, event: `v${i}`, kind: 'exploitation', day: 350 },
          ]
        : [one],
    );
    const found = ask(withTheirs);
    expect(found.places[0]!.place.arrivals).toHaveLength(9);
    expect(found.change.ofTaken).toBe(10);
    expect(found.change.before).toEqual(clean.before);
    expect(found.change.after).toEqual(clean.after);
    expect(clean.ofTaken).toBe(0);
  });

  it('counts a month of staff-time once, however many establishments its organisation tells of', () => {
    const staff = Array.from({ length: 24 }, (_, month) => ({
      ownerId: 'a',
      month: 1970 * 12 + month,
      staffMonths: 2,
    }));
    const of = (told: readonly Told[]) => ask(told, { staff }).change;
    const all = of(HOUSES);
    expect(all.before.staffed).toMatchObject({ staffMonths: 10 });
    expect(all.after.staffed).toMatchObject({ staffMonths: 10 });
    expect(of(twice(HOUSES)).after.staffed).toEqual(all.after.staffed);
  });
});

describe('what took the part of what is gone', () => {
  it('is the same in whatever order rows come, and never of two kinds', () => {
    const told: Told[] = [
      { day: 50, phone: '1' },
      { day: 100, kind: 'recovery' },
      { day: 130, phone: '3' },
    ];
    const things = [
      [
        'thing',
        'i000',
        'i000',
        'v0',
        'vehicle',
        'transport',
        `${50 * 86_400_000} ${51 * 86_400_000} UTC`,
        'plate7',
        'old',
      ],
      [
        'thing',
        'i002',
        'i002',
        'v1',
        'vehicle',
        'transport',
        `${130 * 86_400_000} ${131 * 86_400_000} UTC`,
        'phone3',
        'new',
      ],
    ].map((line) => line.join('\t'));
    const lines = [...linesOf(told), ...things];
    const leads = work({ ...TASK, blocks: lines }).places[0]!.replacements;
    expect(leads[0]!.map(({ kind, entityIds }) => [kind, entityIds])).toEqual([
      ['phone', ['pi002']],
      ['vehicle', ['v1']],
    ]);
    expect(work({ ...TASK, blocks: lines.toReversed() }).places[0]!.replacements).toEqual(leads);
  });

  it('is found among hundreds of thousands of reports', () => {
    const many = Array.from(
      { length: 150_000 },
      (_, i) =>
        `thing\ti002\ti002\tx\tphone\tcontact\t${130 * 86_400_000} ${131 * 86_400_000} UTC\tphone3\tp${i % 2}`,
    );
    const told: Told[] = [
      { day: 50, phone: '1' },
      { day: 100, kind: 'recovery' },
      { day: 130, phone: '3' },
    ];
    const found = work({ ...TASK, blocks: [...linesOf(told), ...many] });
    expect(found.places[0]!.replacements[0]![0]!.entityIds).toEqual(['pi002', 'x']);
  });
});
