/** Zones and figures of a closing: what was planted is told, and of nothing nothing is claimed. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { ClosingEvent, CrossingPlaceKnown } from './closing-events.ts';
import { type Story, type StoryOptions, tellStory } from './displacement-story.ts';
import { type ZoneParameters, type Zones, zonesOf } from './displacement-zones.ts';
import type { WorkedMonth } from './zone-figures.ts';

const MONTHS = 6;
const CLOSED = 24_311;
const PARAMETERS: ZoneParameters = { ringKm: 30, months: MONTHS, beforeEnds: CLOSED, afterBegins: CLOSED };
const PLACES = ['closed', 'same-ends', 'near', 'far-1', 'far-2', 'far-3', 'far-4'];

/** A border along the equator: `near` is 20 km from `closed`, all others are far from each other. */
const known = new Map<string, CrossingPlaceKnown>(
  PLACES.map((id, i) => [
    id,
    { id, border: 'AAA BBB', position: id === 'near' ? ([0.18, 0] as const) : ([i * 2, 0] as const) },
  ]),
);

/** Incidents a month by place and pair of ends, before and after. */
interface Plan {
  readonly place: string;
  readonly pair: string;
  readonly before: number;
  readonly after: number;
}
const STEADY: readonly Plan[] = [
  { place: 'closed', pair: 'p > q', before: 8, after: 8 },
  { place: 'same-ends', pair: 'p > q', before: 3, after: 3 },
  { place: 'near', pair: 'near > q', before: 2, after: 2 },
  { place: 'far-1', pair: 'a > b', before: 5, after: 5 },
  { place: 'far-2', pair: 'c > d', before: 6, after: 6 },
  { place: 'far-3', pair: 'e > f', before: 4, after: 4 },
  { place: 'far-4', pair: 'g > h', before: 7, after: 7 },
];

function draw(plans: readonly Plan[], random: Random): ClosingEvent[] {
  const events: ClosingEvent[] = [];
  for (const { place, pair, before, after } of plans)
    for (let month = CLOSED - MONTHS; month < CLOSED + MONTHS; month += 1) {
      const count = poisson(month < CLOSED ? before : after, random);
      for (let i = 0; i < count; i += 1)
        events.push({
          incidentIds: [`incident ${events.length}`],
          month,
          places: [place],
          pairs: [pair],
          origins: [`origin ${random.int(12)}`],
        });
    }
  return events;
}

function poisson(mean: number, random: Random): number {
  let count = -1;
  for (let left = Math.exp(mean); left > 1; left *= random.next()) count += 1;
  return Math.max(0, count);
}

const optionsOf = (seed: number, over: Partial<StoryOptions> = {}): StoryOptions => ({
  confidence: 0.95,
  replications: 199,
  onChangedEffort: 'refuse',
  random: seededRandom(seed),
  evidence: 0,
  ...over,
});

function told(
  events: readonly ClosingEvent[],
  seed: number,
  worked: readonly WorkedMonth[] = [],
  over: Partial<StoryOptions> = {},
): { readonly story: Story; readonly zones: Zones } {
  const zones = zonesOf(events, new Set(['closed']), known, PARAMETERS);
  return { zones, story: tellStory(events, zones, worked, PARAMETERS, optionsOf(seed, over)) };
}

const moved = STEADY.map((plan) =>
  plan.place === 'closed'
    ? { ...plan, after: 0 }
    : plan.place === 'same-ends'
      ? { ...plan, after: 11 }
      : plan,
);
const atAll = (staffMonths: (place: string, month: number) => number): WorkedMonth[] =>
  PLACES.flatMap((placeId) =>
    Array.from({ length: 2 * MONTHS }, (_, i) => CLOSED - MONTHS + i).map((month) => ({
      placeId,
      month,
      staffMonths: staffMonths(placeId, month),
    })),
  );

describe('a flow that moved to another crossing of the same ends', () => {
  it('is told, whole or in part, with when it came', () => {
    const { story, zones } = told(draw(moved, seededRandom(1)), 1);
    expect(story.finding).toBe('displacement');
    const shares: number[] = [];
    told(draw(moved, seededRandom(1)), 1, [], { tell: (share) => shares.push(share) });
    expect(shares).toEqual([1 / 3, 2 / 3]);
    expect(story.lagMonths).toBe(0);
    expect(zones.places.find(({ placeId }) => placeId === 'same-ends')).toMatchObject({
      zone: 'displacement',
      why: 'same pair',
    });
    expect(zones.places.find(({ placeId }) => placeId === 'near')).toMatchObject({ why: 'near' });
    const gone = STEADY.map((plan) => (plan.place === 'closed' ? { ...plan, after: 0 } : plan));
    expect(told(draw(gone, seededRandom(2)), 2).story.finding).toBe('reduction');
    const both = gone.map((plan) => (plan.place === 'same-ends' ? { ...plan, before: 6, after: 1 } : plan));
    expect(told(draw(both, seededRandom(3)), 3).story.finding).toBe('diffusion');
  });

  it('is the same however the events are ordered', () => {
    const events = draw(moved, seededRandom(4));
    const { story } = told(events, 4);
    const turned = told(events.toReversed(), 4).story;
    expect({ ...turned, zones: null }).toEqual({ ...story, zones: null });
    expect(turned.zones).toEqual(story.zones);
  });

  it('is refused where watching changed, and held against it where that is asked', () => {
    const events = draw(moved, seededRandom(5));
    const steady = told(
      events,
      5,
      atAll(() => 2),
    ).story;
    expect([steady.finding, steady.unknowns]).toEqual(['displacement', []]);
    const opened = atAll((place, month) => (place === 'same-ends' && month >= CLOSED ? 6 : 2));
    const refused = told(events, 5, opened).story;
    expect([refused.refusal?.reason, refused.finding]).toEqual(['effort changed', null]);
    // Three times the watching finds three times as many: of the growth little is left.
    const offset = told(events, 5, opened, { onChangedEffort: 'offset' }).story;
    expect(offset.displaced!.estimate).toBeLessThan(steady.displaced!.estimate / 2);
    const closedStation = atAll((place, month) => (place === 'closed' && month >= CLOSED ? 0 : 2));
    for (const onChangedEffort of ['refuse', 'offset'] as const)
      expect(told(events, 5, closedStation, { onChangedEffort }).story.refusal?.reason).toBe(
        'effort changed',
      );
    const unseen = atAll(() => 2).filter(({ placeId }) => placeId !== 'same-ends' && placeId !== 'near');
    expect(told(events, 5, unseen).story.unknowns.join(' ')).toContain(
      'No staff-time is seen at the alternatives',
    );
  });

  it('is refused where there is too little', () => {
    const few = moved.map((plan) => ({ ...plan, before: plan.before / 10, after: plan.after / 10 }));
    expect(told(draw(few, seededRandom(6)), 6).story.refusal).toMatchObject({ reason: 'not enough data' });
    const lone = draw(moved, seededRandom(7)).map((event) => ({ ...event, origins: ['one'] }));
    expect(told(lone, 7).story.refusal?.found).toBe('1 independent origins');
  });
});

describe('where nothing moved', () => {
  const claims = (plans: readonly Plan[], from: number): number => {
    let claimed = 0;
    for (let seed = from; seed < from + 1_000; seed += 1) {
      const { story } = told(draw(plans, seededRandom(seed)), seed);
      if (story.finding !== null && story.finding !== 'not shown') claimed += 1;
    }
    tellFigure('displacement, something claimed where nothing moved', `${claimed} of 1,000 null worlds`);
    return claimed;
  };

  it('claims something in at most 5 of 100 cases', () => {
    expect(claims(STEADY, 10_000)).toBeLessThanOrEqual(50);
  });

  it('nor where most of what could be a control is many small crossings, some of them lucky before', () => {
    const small = Array.from(
      { length: 40 },
      (_, i): Plan => ({
        place: `small ${i}`,
        pair: `small ${i} > q`,
        before: 0.6,
        after: 0.6,
      }),
    );
    expect(claims([...STEADY, ...small], 30_000)).toBeLessThanOrEqual(50);
  });

  it('nor where everything grows by half alike', () => {
    expect(
      claims(
        STEADY.map((plan) => ({ ...plan, after: 1.5 * plan.before })),
        20_000,
      ),
    ).toBeLessThanOrEqual(50);
  });
});
