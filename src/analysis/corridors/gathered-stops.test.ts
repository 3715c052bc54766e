import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { gatherStops, type Stop } from './gathered-stops.ts';

const stop = (longitude: number, latitude: number, over: Partial<Stop> = {}): Stop => ({
  position: [longitude, latitude],
  country: 'NPL',
  visits: 1,
  isTown: false,
  ...over,
});

describe('stops near one another', () => {
  it('are one stage around their densest spot, whatever order they come in', () => {
    const stops = [
      stop(85, 27, { visits: 9 }),
      stop(85.1, 27.05, { visits: 3 }),
      stop(84.85, 27.1),
      stop(86, 27, { visits: 2 }),
    ];
    const leaders = gatherStops(stops, 30);
    expect([...leaders]).toEqual([0, 0, 0, 3]);
    const turned = gatherStops([...stops].reverse(), 30);
    expect([...turned].reverse().map((leader) => stops.length - 1 - leader)).toEqual([0, 0, 0, 3]);
  });

  it('belong to the nearest town that was named, however dense they are', () => {
    const stops = [stop(85, 27, { visits: 90 }), stop(85.2, 27, { isTown: true }), stop(85.05, 27)];
    expect([...gatherStops(stops, 30)]).toEqual([1, 1, 1]);
  });

  it('stay with a dense spot though a stray one beyond its reach is nearer, and part between two alike at the middle', () => {
    const spot = stop(85, 27, { visits: 500 });
    const scatter = [stop(85.17, 27, { visits: 20 }), stop(85.25, 27, { visits: 20 })];
    // 33 km from the spot, and 8 km from the last of its scatter.
    const stray = stop(85.335, 27);
    expect([...gatherStops([spot, ...scatter, stray], 30)]).toEqual([0, 0, 0, 3]);
    const asDense = { ...stray, visits: 400 };
    expect([...gatherStops([spot, ...scatter, asDense], 30)]).toEqual([0, 0, 3, 3]);
    // A town that somebody named keeps what is nearest to it, however few stop there.
    const town = stop(85.335, 27, { isTown: true });
    const city = { ...spot, isTown: true };
    expect([...gatherStops([city, ...scatter, town], 30)]).toEqual([0, 3, 3, 3]);
  });

  it('stay in their own country, and beyond the reach of others alone', () => {
    const stops = [stop(85, 27), stop(85.01, 27, { country: 'IND' }), stop(85, 27.5)];
    expect([...gatherStops(stops, 30)]).toEqual([0, 1, 2]);
  });

  it('do not see the antimeridian', () => {
    expect([...gatherStops([stop(179.95, -17, { visits: 5 }), stop(-179.95, -17)], 30)]).toEqual([0, 0]);
  });

  it('keep their leaders when every stop is made twice as often', () => {
    const random = seededRandom(4);
    const stops = Array.from({ length: 400 }, () =>
      stop(84 + 2 * random.next(), 26 + 2 * random.next(), { visits: 1 + random.int(9) }),
    );
    const twice = stops.map((one) => ({ ...one, visits: 2 * one.visits }));
    expect(gatherStops(twice, 30)).toEqual(gatherStops(stops, 30));
  });
});
