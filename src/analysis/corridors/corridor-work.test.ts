import { describe, expect, it } from 'vitest';
import { cellAt } from '../../geo/cells.ts';
import { runInBackground } from '../../platform/background.ts';
import { CORRIDOR_WORK, type CorridorTask, work } from './corridor-work.ts';
import { DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';

const home = cellAt([83.55, 27.87], 5);
const lines = (...rows: readonly (readonly (string | number | bigint)[])[]): string =>
  rows.map((row) => row.join('\t')).join('\n');

/** Four movements, two of them of one event, from a home over a crossing to a country; the stops out of order. */
const TASK: CorridorTask = {
  blocks: [
    {
      part: 'site',
      block: lines([0, 'f', '', 'NPL', home], [1, 't', 'post', 'NPL', ''], [2, 'f', '', 'IND', '']),
    },
    {
      part: 'movement',
      block: lines(
        ...['a', 'b', 'c', 'd'].map((name, row) => [
          row,
          `m-${name}`,
          `i-${name}`,
          name === 'd' ? 'i-a' : '',
          name === 'b' ? 'origin' : '',
          'owner',
          row === 2 ? '' : '2025-04',
          2,
          name === 'a' ? '' : 3,
        ]),
      ),
    },
    {
      part: 'stop',
      block: lines(
        ...[0, 1, 2, 3].flatMap((row) => [
          [row, 2, 1, 2],
          [row, 0, 1, 0],
          [row, 1, 0, 1],
        ]),
      ),
    },
  ],
  places: [
    {
      id: 'post',
      kind: 'crossing_point',
      name: 'Belahiya–Sunauli',
      country: 'IND',
      position: [83.47, 27.46],
      footprintRadiusKm: 5,
      joins: ['IND', 'NPL'],
    },
  ],
  nodes: { nodeResolution: 5, gatherKm: 30 },
  corridors: DEFAULT_CORRIDOR_PARAMETERS,
  first: 10,
  evidence: 10,
};

describe('corridors as a piece of work', () => {
  it('are read from lines: sites become stages, linked incidents one case', async () => {
    const { corridors, counts, window, unknowns } = await runInBackground(CORRIDOR_WORK, TASK, false);
    expect(counts).toEqual({ movements: 4, incidents: 3, owners: 1 });
    expect(window).toEqual({ first: '2025-04', last: '2025-04' });
    expect(unknowns.join()).toContain('1 of 4 movements have no month');
    expect(corridors).toHaveLength(1);
    const [corridor] = corridors;
    expect(corridor?.stages.map(({ country, role, place }) => [place.key, country, role])).toEqual([
      [expect.stringMatching(/^near:85/), 'NPL', 'source'],
      ['place:post', 'NPL', 'source'],
      ['country:IND', 'IND', 'destination'],
    ]);
    expect(corridor).toMatchObject({
      incidents: 3,
      movements: 4,
      persons: { min: 6, max: null },
      undatedIncidents: 1,
    });
    expect(corridor?.movementIds).toEqual(['m-a', 'm-b', 'm-c', 'm-d']);
  });

  it('tell how far they are, from reading to the last corridor', () => {
    const shares: number[] = [];
    work(TASK, (share) => shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
  });

  it('are the same from a thread of their own, and its errors arrive', async () => {
    const here = await runInBackground(CORRIDOR_WORK, TASK, false);
    expect(await runInBackground(CORRIDOR_WORK, TASK, true)).toEqual(here);
    const broken = {
      ...TASK,
      blocks: [{ part: 'site' as const, block: '0\tf\t\tNPL\tno cell' }, ...TASK.blocks.slice(1)],
    };
    await expect(runInBackground(CORRIDOR_WORK, broken, true)).rejects.toThrow('BigInt');
  });
});
