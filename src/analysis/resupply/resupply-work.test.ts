import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { ask, DAY_MS, linesOf, TASK, type Told } from '../../../test/support/resupply-lines.ts';
import type { Position } from '../../geo/position.ts';
import { seededRandom } from '../../kernel/random.ts';
import { daySpan } from './day-span.ts';
import { work } from './resupply-work.ts';

const KOLKATA: Position = [88.36, 22.57];

/** Twelve houses, each with an arrival, a recovery and an arrival 10 to 21 days after it. */
const MANY: readonly Told[] = Array.from({ length: 12 }, (_, n): Told[] => [
  { house: `h${n}`, day: 100 + n, phone: `old${n}` },
  { house: `h${n}`, day: 200 + n, kind: 'recovery' },
  { house: `h${n}`, day: 210 + 2 * n, phone: `new${n}` },
]).flat();

describe('re-supply', () => {
  it('tells each recovery with the next arrival, and the days until half were re-supplied', () => {
    const { places, pooled, establishments } = ask(MANY);
    expect(establishments).toBe(12);
    const waits = places.map(({ next }) => next[0]!.wait.high).sort((a, b) => a! - b!);
    expect(waits).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
    expect(pooled).toMatchObject({ refusal: null, recoveries: 12, ended: 12, origins: 24 });
    expect(pooled.curve?.median.days).toBe(15);
  });

  it('refuses figures of fewer than 10 recoveries or 3 origins, and tells the recoveries all the same', () => {
    const few = ask(MANY.slice(0, 27));
    expect(few.pooled).toMatchObject({ refusal: { reason: 'not enough data' }, curve: null, recoveries: 9 });
    expect(few.places).toHaveLength(9);
    expect(ask(MANY.map((one) => ({ ...one, origin: 'one' }))).pooled.refusal?.reason).toBe(
      'not enough data',
    );
  });

  it('counts two reports of one event once, whatever else is doubled', () => {
    const once = MANY.map((one, i): Told => ({ ...one, event: `v${i}`, origin: `o${i}` }));
    const [told, twice] = [ask(once), ask([...once, ...once])];
    expect(twice.pooled).toEqual(told.pooled);
    expect(twice.change).toEqual(told.change);
    expect(twice.counts.incidents).toBe(told.counts.incidents);
  });

  it('does not mind the order of lines, nor where the calendar or the meridian lies', () => {
    const told = ask(MANY);
    const shuffled = { ...TASK, blocks: linesOf(MANY).toReversed() };
    expect(work(shuffled).pooled).toEqual(told.pooled);
    expect(work(shuffled).change).toEqual(told.change);
    expect(ask(MANY.map((one) => ({ ...one, day: one.day + 500 }))).pooled).toEqual(told.pooled);
    const across = MANY.map(
      (one, i): Told => ({ ...one, at: [i % 2 === 0 ? 179.99 : -179.99, -16.5], country: 'FJI' }),
    );
    expect(ask(across).pooled).toEqual(told.pooled);
  });

  it('takes houses of one name in two towns or countries for two, and an unplaced one for the only one there is', () => {
    const far: Told[] = [
      { day: 100, kind: 'recovery' },
      { day: 110, at: KOLKATA },
    ];
    expect(ask(far).places[0]!.place.arrivals).toHaveLength(0);
    expect(ask(far, { sameWithinKm: 500 }).places[0]!.place.arrivals).toHaveLength(0);
    const unplaced: Told[] = [
      { day: 100, kind: 'recovery' },
      { day: 110, country: '' },
    ];
    expect(ask(unplaced).places[0]!.place.arrivals).toHaveLength(1);
    expect(ask([...far, { day: 120, country: '' }]).places[0]!.place.arrivals).toHaveLength(0);
  });

  it('takes the journey of whoever is recovered for no arrival after it, unless it is dated to before', () => {
    const told: Told[] = [
      { day: 100, kind: 'recovery' },
      { day: 130, kind: 'recovery' },
      { day: 160, kind: 'arrest' },
    ];
    const { places } = ask(told);
    expect(places[0]!.place.arrivals).toEqual([]);
    expect(places[0]!.next.map(({ ended }) => ended)).toEqual(['next recovery', 'end of data']);
    expect(ask(told, { actions: ['recovery', 'arrest'] }).places[0]!.place.recoveries).toHaveLength(3);
    expect(ask(told, { actions: ['arrest'] }).places[0]!.place.recoveries).toHaveLength(1);
    const arrest = ['arrest', 'x', 'ei000', 'a', '1970-07-01'].join('\t');
    const [named] = work({
      ...TASK,
      actions: ['arrest'],
      blocks: [...linesOf(told.slice(0, 2)), arrest],
    }).places;
    expect(named!.place.recoveries).toMatchObject([{ interdictionId: 'x', span: { from: 181, to: 182 } }]);
  });

  it('says whether more came afterwards, each house against itself, and refuses where watching changed', () => {
    const houses = (after: number): Told[] =>
      Array.from({ length: 10 }, (_, n): Told[] => [
        ...Array.from({ length: 3 }, (_, i) => ({ house: `h${n}`, day: 300 + 7 * i + n })),
        { house: `h${n}`, day: 400, kind: 'recovery' },
        ...Array.from({ length: after }, (_, i) => ({ house: `h${n}`, day: 420 + 11 * i + n })),
        { house: `h${n}`, day: 900, journey: false },
      ]).flat();
    expect(ask(houses(3)).change).toMatchObject({ refusal: null, ratio: { p: 1 } });
    const more = ask(houses(9)).change;
    expect(more.before).toMatchObject({ arrivals: 30, days: 1_800 });
    expect(more.after).toMatchObject({ arrivals: 90, days: 1_800 });
    expect(more.ratio!.value).toBeCloseTo(3, 6);
    expect(more.ratio!.p).toBeLessThan(0.001);
    const month = (number: number, staffMonths: number) => ({
      ownerId: 'a',
      month: 1970 * 12 + number,
      staffMonths,
    });
    const steady = Array.from({ length: 24 }, (_, number) => month(number, 2));
    const watched = ask(houses(9), { staff: steady }).change;
    expect(watched.refusal).toBeNull();
    expect(watched.after.staffed).toMatchObject({ status: 'RATE', staffMonths: 10 });
    const grown = steady.map(({ month: number }) =>
      month(number - 1970 * 12, number - 1970 * 12 > 12 ? 4 : 2),
    );
    expect(ask(houses(9), { staff: grown }).change).toMatchObject({
      refusal: { reason: 'effort changed' },
      ratio: null,
    });
  });

  it('names what took the part of what is gone as a lead, and not what was there before or stayed', () => {
    const told: Told[] = [
      { day: 50, phone: '1' },
      { day: 90, phone: '2' },
      { day: 100, kind: 'recovery' },
      { day: 120, phone: '2' },
      { day: 130, phone: '3' },
      { day: 140, phone: '3' },
      { day: 500, phone: '4' },
    ];
    const [leads] = ask(told).places[0]!.replacements;
    expect(leads).toHaveLength(1);
    expect(leads![0]).toMatchObject({
      kind: 'phone',
      role: 'contact',
      days: { low: 30, high: 30 },
      goneEntityIds: ['pi000'],
      newcomersBefore: 2,
      incidentIds: ['i004', 'i005'],
    });
    const stayed = told.map((one) => (one.day === 120 ? { ...one, phone: '1' } : one));
    expect(ask([...stayed, { day: 125, phone: '2' }]).places[0]!.replacements).toEqual([[]]);
  });

  it('calls a change in at most 5 % of 1,000 worlds where people are brought as if nobody were ever recovered', () => {
    const random = seededRandom(9);
    let alarms = 0;
    let judged = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const told = Array.from({ length: 6 }, (_, n): Told[] => {
        const rate = 4 + random.int(20);
        return [
          ...Array.from({ length: rate }, () => ({ house: `h${n}`, day: random.int(720) })),
          ...Array.from({ length: 1 + random.int(3) }, () => ({
            house: `h${n}`,
            day: random.int(720),
            kind: 'recovery',
          })),
        ];
      }).flat();
      const { ratio } = ask(told).change;
      if (ratio === null) continue;
      judged += 1;
      if (ratio.p <= 0.05) alarms += 1;
    }
    expect(judged).toBeGreaterThan(830);
    tellFigure('re-supply end to end', `${alarms} of ${judged} null worlds judged`);
    expect(alarms).toBeLessThanOrEqual(judged * 0.05);
  });
});

describe('days', () => {
  it('are those of the calendar of the place', () => {
    const from = Date.parse('2026-04-29T18:15:00Z');
    expect(daySpan(from, from + DAY_MS, 'Asia/Kathmandu')).toEqual(
      daySpan(Date.parse('2026-04-30T00:00:00Z'), Date.parse('2026-05-01T00:00:00Z'), ''),
    );
    expect(daySpan(from + 3_600_000, from + 7_200_000, 'Asia/Kathmandu')).toEqual(
      daySpan(from, from + DAY_MS, 'Asia/Kathmandu'),
    );
  });
});
