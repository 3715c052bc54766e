import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { JOURNEY_ENDS, NextPlaceModel } from './next-place.ts';

/** Method C of Witten and Bell as it is written, every count taken from the journeys themselves. */
function byDefinition(
  journeys: readonly (readonly number[])[],
  places: number,
  order: number,
  history: readonly number[],
  place: number,
): number {
  let probability = 1 / (places + 1);
  for (let back = 0; back <= Math.min(order, history.length); back += 1) {
    const run = back === 0 ? [] : history.slice(-back);
    const followers = journeys.flatMap((journey) =>
      [...journey.keys()].flatMap((at) => {
        const end = at + 1;
        const matches = end >= back && run.every((wanted, i) => journey[end - back + i] === wanted);
        return matches ? [journey[end] ?? JOURNEY_ENDS] : [];
      }),
    );
    if (followers.length === 0) break;
    const kinds = new Set(followers).size;
    const seen = followers.filter((follower) => follower === place).length;
    probability = (seen + kinds * probability) / (followers.length + kinds);
  }
  return probability;
}

/** From 2 it goes to 3 after 0, to 4 after 1: one place back says nothing, two say all. */
const journeysOf = (random: Random, count: number): number[][] =>
  Array.from({ length: count }, () => {
    const start = random.int(2);
    const turn = random.next() < 0.9 ? start : 1 - start;
    return [start, 2, 3 + turn];
  });

describe('the forecast of the next place', () => {
  it('is worked out by hand for two journeys', () => {
    const model = new NextPlaceModel([[0, 1], [0]], { places: 2, order: 1 });
    // Followers of anything: 1, end, end. 1/3 each to begin with; (0 + 2/3)/5, (1 + 2/3)/5, (2 + 2/3)/5.
    expect(model.probability([], 0)).toBeCloseTo(2 / 15, 12);
    expect(model.probability([], 1)).toBeCloseTo(1 / 3, 12);
    expect(model.probability([], JOURNEY_ENDS)).toBeCloseTo(8 / 15, 12);
    // After 0: 1 and end, once each.
    expect(model.probability([0], 1)).toBeCloseTo((1 + 2 / 3) / 4, 12);
    expect(model.probability([0], JOURNEY_ENDS)).toBeCloseTo((1 + 16 / 15) / 4, 12);
  });

  it('is what the definition says', () => {
    const random = seededRandom(911);
    for (let run = 0; run < 20; run += 1) {
      const places = 2 + random.int(4);
      const journeys = Array.from({ length: 15 }, () =>
        Array.from({ length: 1 + random.int(5) }, () => random.int(places)),
      );
      const order = random.int(4);
      const model = new NextPlaceModel(journeys, { places, order });
      for (let draw = 0; draw < 20; draw += 1) {
        const history = Array.from({ length: random.int(5) }, () => random.int(places));
        const place = random.int(places + 1) - 1;
        expect(model.probability(history, place)).toBeCloseTo(
          byDefinition(journeys, places, order, history, place),
          12,
        );
        const sum = model.forecast(history).reduce((total, { probability }) => total + probability, 0);
        expect(sum).toBeCloseTo(1, 12);
      }
    }
  });

  it('foretells few places as it foretells all', () => {
    const random = seededRandom(917);
    for (let run = 0; run < 20; run += 1) {
      const places = 12;
      const journeys = Array.from({ length: 12 }, () =>
        Array.from({ length: 1 + random.int(4) }, () => random.int(places - 3)),
      );
      const model = new NextPlaceModel(journeys, { places, order: 3 });
      for (const history of [[], [0], [1, 2], [11], [3, 4, 5]]) {
        const all = model.forecast(history);
        expect(all.length).toBe(places + 1);
        for (const most of [1, 3, 7]) expect(model.forecast(history, most)).toEqual(all.slice(0, most));
      }
    }
  });

  it('weighs what it is scored on', () => {
    const random = seededRandom(918);
    const model = new NextPlaceModel(journeysOf(random, 50), { places: 5, order: 2 });
    const later = journeysOf(random, 6);
    const weighted = model.score(later, [1, 2, 3, 1, 2, 3])!;
    const spelled = model.score(
      later.flatMap((journey, i) => Array<number[]>([1, 2, 3, 1, 2, 3][i]!).fill(journey)),
    )!;
    for (const figure of ['steps', 'bitsPerStep', 'first', 'amongThree'] as const)
      expect(weighted[figure]).toBeCloseTo(spelled[figure], 12);
  });

  it('does not see the order of journeys, and takes a weight as that many', () => {
    const random = seededRandom(919);
    const journeys = journeysOf(random, 40);
    const weights = journeys.map(() => 1 + random.int(3));
    const options = { places: 6, order: 2 };
    const weighted = new NextPlaceModel(journeys, { ...options, weights });
    const spelled = new NextPlaceModel(
      journeys.flatMap((journey, i) => Array<number[]>(weights[i]!).fill(journey)),
      options,
    );
    const turned = new NextPlaceModel(journeys.toReversed(), { ...options, weights: weights.toReversed() });
    for (const history of [[], [0], [0, 2], [5], [5, 1, 2]]) {
      const wanted = weighted.forecast(history).map(({ place }) => place);
      expect(spelled.forecast(history).map(({ place }) => place)).toEqual(wanted);
      for (const place of wanted) {
        expect(spelled.probability(history, place)).toBeCloseTo(weighted.probability(history, place), 12);
        expect(turned.probability(history, place)).toBeCloseTo(weighted.probability(history, place), 12);
      }
    }
  });

  it('foretells later journeys better the farther back it may look, where that matters', () => {
    const random = seededRandom(929);
    const before = journeysOf(random, 200);
    const later = journeysOf(random, 200);
    const [none, one, two] = [0, 1, 2].map(
      (order) => new NextPlaceModel(before, { places: 5, order }).score(later)!,
    );
    expect(none!.steps).toBe(600);
    expect(one!.bitsPerStep).toBeLessThan(none!.bitsPerStep);
    expect(two!.bitsPerStep).toBeLessThan(one!.bitsPerStep - 0.1);
    expect(two!.first).toBeGreaterThan(0.9);
    expect(two!.amongThree).toBeGreaterThanOrEqual(two!.first);
    const [best] = new NextPlaceModel(before, { places: 5, order: 2 }).forecast([1, 2]);
    expect(best!.place).toBe(4);
  });

  it('is no better than even odds of what has no order', () => {
    const random = seededRandom(937);
    const lots = (): number[][] =>
      Array.from({ length: 400 }, () => Array.from({ length: 4 }, () => random.int(4)));
    const { bitsPerStep } = new NextPlaceModel(lots(), { places: 4, order: 3 }).score(lots())!;
    // Three steps in four places (2 bits), and an end after the fourth place.
    expect(bitsPerStep).toBeGreaterThan(1.5);
  });

  it('keeps a chance for what it never saw, and refuses places that are none', () => {
    const model = new NextPlaceModel([], { places: 3 });
    expect(model.probability([0, 1], 2)).toBe(1 / 4);
    expect(model.forecast([0], 2).map(({ place }) => place)).toEqual([JOURNEY_ENDS, 0]);
    expect(model.score([])).toBeNull();
    expect(() => new NextPlaceModel([[0, 3]], { places: 3 })).toThrow('wanted 0 to 2');
  });
});
