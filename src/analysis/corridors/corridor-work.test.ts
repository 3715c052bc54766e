import { describe, expect, it } from 'vitest';
import { cellAt } from '../../geo/cells.ts';
import { runInBackground } from '../../platform/background.ts';
import { CORRIDOR_WORK, type CorridorTask, work } from './corridor-work.ts';
import { DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';
import { emptyTravel } from './travel.ts';

const home = cellAt([83.55, 27.87], 5);
const lines = (...rows: readonly (readonly (string | number | bigint)[])[]): string =>
  rows.map((row) => row.join('\t')).join('\n');

/** An id that is told by its name and sorts as it. */
const id = (name: string | number): string =>
  `00000000-0000-4000-8000-${Buffer.from(String(name)).toString('hex').padStart(12, '0')}`;

/** Four movements, two of them of one event, from a home over a crossing to a country; the stops out of order. */
const task = (): CorridorTask => ({
  travel: emptyTravel(),
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
          id(`m${name}`),
          id(`i${name}`),
          name === 'd' ? id('ia') : '',
          name === 'b' ? id('origin') : '',
          id('owner'),
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
      derived: false,
    },
  ],
  nodes: { nodeResolution: 5, gatherKm: 30 },
  corridors: DEFAULT_CORRIDOR_PARAMETERS,
  first: 10,
  parallelWithin: 0.2,
  evidence: 10,
  forecast: false,
  forecastTest: false,
  only: null,
});

describe('corridors as a piece of work', () => {
  it('are read from lines: sites become stages, linked incidents one case', async () => {
    const { corridors, counts, window, unknowns } = await runInBackground(CORRIDOR_WORK, task(), false);
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
    expect(corridor?.movementIds).toEqual(['ma', 'mb', 'mc', 'md'].map(id));
  });

  it('that run beside each other are counted together once', async () => {
    const sites = [
      [83.5, 27.5],
      [83.6, 27.9],
      [88.4, 22.6],
      [88.2, 22.4],
    ].map((place, number) => [
      number,
      'f',
      '',
      number < 2 ? 'NPL' : 'IND',
      cellAt(place as [number, number], 5),
    ]);
    // Three from the first to the third; of the same incidents one, and two others, from the second to the fourth; and three back.
    const rows: readonly (readonly [incident: string, from: number, to: number])[] = [
      ...['a', 'b', 'c'].map((name) => [name, 0, 2] as const),
      ...['c', 'd', 'e'].map((name) => [name, 1, 3] as const),
      ...['f', 'g', 'h'].map((name) => [name, 2, 0] as const),
    ];
    const { corridors, parallels, bundles } = await runInBackground(
      CORRIDOR_WORK,
      {
        ...task(),
        nodes: { nodeResolution: 5, gatherKm: 0 },
        blocks: [
          { part: 'site', block: lines(...sites) },
          {
            part: 'movement',
            block: lines(
              ...rows.map(([name], row) => [
                row,
                id(`m${row}`),
                id(`i${name}`),
                '',
                id(name),
                id('owner'),
                '',
                1,
                1,
              ]),
            ),
          },
          {
            part: 'stop',
            block: lines(
              ...rows.flatMap(([, from, to], row) => [
                [row, 0, 0, from],
                [row, 1, 0, to],
              ]),
            ),
          },
        ],
      },
      false,
    );
    expect(corridors.map(({ incidents }) => incidents)).toEqual([3, 3, 3]);
    const back = corridors.findIndex(({ incidentIds }) => incidentIds.includes(id('if')));
    expect(parallels[back]).toEqual([]);
    expect(bundles).toHaveLength(2);
    const [beside] = bundles.filter(({ members }) => members.length === 2);
    expect(beside).toMatchObject({
      incidents: 5,
      independentOrigins: 5,
      incidentIds: ['ia', 'ib', 'ic', 'id', 'ie'].map(id),
    });
  });

  it('pass at no crossing point that only an earlier word named', () => {
    const met = { ...task().places[0]!, id: 'met', name: 'Met once', derived: true };
    const told = (site: readonly (string | number | bigint)[], more: CorridorTask['blocks'] = []) => [
      { part: 'site' as const, block: lines([0, 'f', '', 'NPL', home], site, [2, 'f', '', 'IND', '']) },
      ...task().blocks.slice(1),
      ...more,
    ];
    const there = told([1, 't', 'met', 'NPL', '']);
    const corrected = told([1, 't', '', 'NPL', cellAt([83.47, 27.46], 7)]);
    const changed = { part: 'changed' as const, block: ['ma', 'mb', 'mc', 'md'].map(id).join('\n') };
    const stagesOf = (found: ReturnType<typeof work>) =>
      found.corridors.map(({ stages }) => stages.map(({ place }) => place.label));
    const before = work({ ...task(), blocks: there, places: [met] });
    expect(stagesOf(before).flat()).toContain('Met once');
    const after = work({
      ...task(),
      travel: before.travel,
      blocks: [...corrected, changed],
      places: [met],
    });
    expect(stagesOf(after)).toEqual(stagesOf(work({ ...task(), blocks: corrected, places: [] })));
    expect(stagesOf(after).flat()).not.toContain('Met once');
  });

  it('tell how far they are, from reading to the last corridor', () => {
    const shares: number[] = [];
    work(task(), (share) => shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
  });

  it('are the same from a thread of their own, and its errors arrive', async () => {
    const here = await runInBackground(CORRIDOR_WORK, task(), false);
    expect(await runInBackground(CORRIDOR_WORK, task(), true)).toEqual(here);
    const broken = {
      ...task(),
      blocks: [{ part: 'site' as const, block: '0\tf\t\tNPL\tno cell' }, ...task().blocks.slice(1)],
    };
    await expect(runInBackground(CORRIDOR_WORK, broken, true)).rejects.toThrow('BigInt');
  });
});
