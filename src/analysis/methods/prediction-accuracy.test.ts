import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { poissonDraw } from '../../../test/support/seeded-draws.ts';
import { seededRandom } from '../../kernel/random.ts';
import { scorePrediction } from './prediction-accuracy.ts';

describe('PAI and PEI', () => {
  it('are shares over shares: half of the events in a tenth of the area is 5', () => {
    const flagged = [1, ...Array<number>(9).fill(0)];
    const later = [10, 8, 2, 0, 0, 0, 0, 0, 0, 0];
    expect(scorePrediction(flagged, later)).toMatchObject({
      hits: 10,
      events: 20,
      areaShare: 0.1,
      pai: 5,
      pei: 1,
    });
    expect(scorePrediction([0, 1, ...Array<number>(8).fill(0)], later)).toMatchObject({ pai: 4, pei: 0.8 });
  });

  it('weigh areas, and p is the tail of a binomial', () => {
    const found = scorePrediction([1, 0, 0], [3, 1, 0], [1, 1, 2])!;
    expect(found.pai).toBe(3);
    // P(X ≥ 3) of 4 at 1/4: 4 · (1/4)³ · 3/4 + (1/4)⁴
    expect(found.p).toBeCloseTo(13 / 256, 12);
    // As much area in the second cell would have had 1, in half of the third none.
    expect(found.pei).toBe(1);
    expect(scorePrediction([0, 0, 1], [3, 1, 4], [1, 1, 2])!.pei).toBeCloseTo(4 / 5, 12);
  });

  it('have a PEI of 1 only for the best choice of as many cells, as trying all shows', () => {
    const random = seededRandom(901);
    for (let run = 0; run < 60; run += 1) {
      const later = Array.from({ length: 8 }, () => poissonDraw(random, 2));
      const flags = 1 + random.int(254);
      const flagged = later.map((_, cell) => (flags >> cell) & 1);
      const found = scorePrediction(flagged, later);
      const size = flagged.reduce((a, b) => a + b, 0);
      let most = 0;
      for (let other = 0; other < 256; other += 1) {
        const chosen = later.filter((_, cell) => (other >> cell) & 1);
        if (chosen.length === size)
          most = Math.max(
            most,
            chosen.reduce((a, b) => a + b, 0),
          );
      }
      if (found && most > 0) expect(found.pei).toBeCloseTo(found.hits / most, 12);
    }
  });

  it('do not see the order of cells, the unit of area, nor cells cut in two', () => {
    const flagged = [1, 0, 0, 1, 0];
    const later = [4, 2, 6, 8, 0];
    const areas = [1, 2, 1, 3, 5];
    const straight = scorePrediction(flagged, later, areas)!;
    const turned = scorePrediction(flagged.toReversed(), later.toReversed(), areas.toReversed());
    expect(turned).toEqual(straight);
    const scaled = scorePrediction(
      flagged,
      later,
      areas.map((area) => 4 * area),
    );
    expect(scaled).toEqual(straight);
    const twice = <T>(values: readonly T[]): T[] => values.flatMap((value) => [value, value]);
    const cut = scorePrediction(
      twice(flagged),
      twice(later).map((count) => count / 2),
      twice(areas).map((area) => area / 2),
    )!;
    expect(cut.pai).toBeCloseTo(straight.pai, 12);
    expect(cut.pei).toBeCloseTo(straight.pei, 12);
  });

  it('call at most 5 of 100 choices by lot better than chance', () => {
    const random = seededRandom(907);
    let alarms = 0;
    for (let run = 0; run < 1000; run += 1) {
      const flagged = Array.from({ length: 40 }, () => (random.next() < 0.2 ? 1 : 0));
      const later = Array.from({ length: 40 }, () => poissonDraw(random, 1));
      if ((scorePrediction(flagged, later)?.p ?? 1) <= 0.05) alarms += 1;
    }
    tellFigure('prediction accuracy, better than chance', `${alarms} of 1,000 null worlds`);
    expect(alarms / 1000).toBeLessThanOrEqual(0.05);
  });

  it('say nothing of no events, no hotspot, or hotspots everywhere', () => {
    expect(scorePrediction([1, 0], [0, 0])).toBeNull();
    expect(scorePrediction([0, 0], [1, 0])).toBeNull();
    expect(scorePrediction([1, 1], [1, 0])).toBeNull();
    expect(scorePrediction([1, 0], [0, 5])).toMatchObject({ pai: 0, pei: 0, p: 1 });
    expect(() => scorePrediction([1], [1, 0])).toThrow('wanted one each');
    expect(() => scorePrediction([1, 0], [1, 0], [1, 0])).toThrow('more than 0');
  });
});
