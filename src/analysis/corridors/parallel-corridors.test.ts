import { describe, expect, it } from 'vitest';
import type { Flow } from '../../geo/flow-distance.ts';
import type { Position } from '../../geo/position.ts';
import { seededRandom } from '../../kernel/random.ts';
import { flowOf, leaderGroups, PARALLEL_WITHIN, parallelsOf } from './parallel-corridors.ts';

/** Ten degrees along the equator, so many degrees north of it at both ends. */
const beside = (north: number, shift = 0): Flow => ({ from: [80 + shift, north], to: [90 + shift, north] });

describe('corridors beside each other', () => {
  it('are parallel up to a seventh of their length at both ends, and back is not there', () => {
    const flows = [beside(0), beside(1.4), beside(1.45), { from: beside(0).to, to: beside(0).from }];
    expect(parallelsOf(flows, PARALLEL_WITHIN)).toEqual([[1], [0, 2], [1], []]);
    const longer: Flow = { from: [80, 0], to: [92.2, 0] };
    const tooLong: Flow = { from: [80, 0], to: [92.3, 0] };
    expect(parallelsOf([beside(0), longer, tooLong], PARALLEL_WITHIN)).toEqual([[1], [0, 2], [1]]);
  });

  it('follow the first leader they are parallel to, and make no chains', () => {
    const chain = Array.from({ length: 6 }, (_, i) => beside(i));
    const groups = leaderGroups(parallelsOf(chain, PARALLEL_WITHIN));
    expect(groups).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(leaderGroups([[2], [2], [0, 1]])).toEqual([[0, 2], [1]]);
    expect(leaderGroups([[], []])).toEqual([[0], [1]]);
  });

  it('have no direction without two places on the map: each is told alone', () => {
    const [a, b]: Position[] = [
      [80, 0],
      [90, 0],
    ];
    expect(flowOf([null, a!, null, b!, null])).toEqual({ from: a, to: b });
    expect([flowOf([]), flowOf([null]), flowOf([a!]), flowOf([a!, b!, a!])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(parallelsOf([null, null, beside(0)], 2)).toEqual([[], [], []]);
  });

  it('do not see whole turns or the antimeridian, and what holds for one holds for the other', () => {
    const random = seededRandom(71);
    const near = (): Position => [80 + 4 * random.next(), 4 * random.next()];
    const flows = Array.from({ length: 60 }, (): Flow => {
      const [from, to] = [near(), near()];
      return { from, to: [to[0] + 9, to[1]] };
    });
    const told = parallelsOf(flows, PARALLEL_WITHIN);
    expect(told.flat().length).toBeGreaterThan(100);
    for (const [number, others] of told.entries()) {
      expect(others).toEqual([...others].sort((a, b) => a - b));
      for (const other of others) expect(told[other]).toContain(number);
    }
    for (const shift of [360, -720, 95]) {
      const turn = ([longitude, latitude]: Position): Position => [
        longitude + shift > 180 && shift === 95 ? longitude + shift - 360 : longitude + shift,
        latitude,
      ];
      const turned = flows.map(({ from, to }) => ({ from: turn(from), to: turn(to) }));
      expect(parallelsOf(turned, PARALLEL_WITHIN)).toEqual(told);
    }
    const groups = leaderGroups(told);
    expect(groups.flat().sort((a, b) => a - b)).toEqual([...flows.keys()]);
    for (const [leader, ...followers] of groups)
      for (const follower of followers) expect(told[leader!]).toContain(follower);
  });
});
