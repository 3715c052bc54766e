import { describe, expect, it } from 'vitest';
import { found, lettered, travel } from '../../../test/support/journeys.ts';
import { DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';
import { deriveCorridors } from './derive-corridors.ts';

describe('a corridor', () => {
  it('tells how each leg is known: as well as its worse end, and each incident once by its best movement', () => {
    const { graph, nodes } = lettered('abc');
    const [corridor] = found(
      [
        travel(nodes, 'abc', { incident: 1 }, ['observed', 'observed', 'stated']),
        travel(nodes, 'abc', { incident: 1 }, ['inferred', 'observed', 'observed']),
        travel(nodes, 'abc', { incident: 2 }, ['stated', 'observed', 'inferred']),
        travel(nodes, 'aabc', { incident: 3 }, ['inferred', 'observed', 'observed', 'stated']),
      ],
      graph,
    ).corridors;
    expect(corridor!.legs).toEqual([
      { observed: 2, stated: 1, inferred: 0 },
      { observed: 1, stated: 1, inferred: 1 },
    ]);
    expect(corridor!.legShare).toEqual({ observed: 0.5, stated: 1 / 3, inferred: 1 / 6 });
  });

  it('counts independent origins, unknown ones only when there is no other', () => {
    const { graph, nodes } = lettered('ab');
    const from = (...origins: (string | null)[]) =>
      found(
        origins.map((origin) => travel(nodes, 'ab', { origin })),
        graph,
      ).corridors[0]!.independentOrigins;
    expect(from(null, null, null)).toBe(1);
    expect(from('x', null, null)).toBe(1);
    expect(from('x', 'y', 'x', null)).toBe(2);
    const journeys = ['x', 'x', 'x'].map((origin) => travel(nodes, 'ab', { origin }));
    expect(
      deriveCorridors(journeys, graph, { ...DEFAULT_CORRIDOR_PARAMETERS, minOrigins: 2 }).corridors,
    ).toEqual([]);
  });

  it('tells persons as an interval that holds for one party reported twice and for two parties', () => {
    const { graph, nodes } = lettered('ab');
    const party = (incident: number, personsMin: number, personsMax: number | null) =>
      travel(nodes, 'ab', { incident, personsMin, personsMax });
    expect(
      found([party(1, 2, 4), party(1, 3, 3), party(2, 1, 1), party(3, 1, 5)], graph).corridors[0]!.persons,
    ).toEqual({ min: 5, max: 13 });
    expect(found([party(1, 2, null), party(2, 1, 1), party(3, 1, 1)], graph).corridors[0]!.persons).toEqual({
      min: 4,
      max: null,
    });
  });

  it('gives each country its role on it', () => {
    const { graph, nodes } = lettered('abcdef', { a: 'NPL', b: 'NPL', c: 'IND', d: 'ARE', e: 'ARE' });
    const rolesOf = (path: string) =>
      found(
        [...Array(3)].map(() => travel(nodes, path)),
        graph,
      ).corridors[0]!.stages.map(({ role }) => role);
    expect(rolesOf('abcde')).toEqual(['source', 'source', 'transit', 'destination', 'destination']);
    expect(rolesOf('ab')).toEqual(['domestic', 'domestic']);
    expect(rolesOf('aca')).toEqual(['source', 'transit', 'destination']);
    expect(rolesOf('afd')).toEqual(['source', 'unknown', 'destination']);
  });

  it('has a trend only with ten incidents over six months, quiet months of the window counted', () => {
    const { graph, nodes } = lettered('ab');
    const rising = [1, 2, 3, 4, 5, 6].flatMap((count, month) =>
      [...Array(count)].map(() => travel(nodes, 'ab', { month: `2024-0${month + 1}` })),
    );
    expect(found(rising, graph).corridors[0]!.trend).toEqual({
      refused: false,
      incidentsPerMonthPerMonth: 1,
    });
    expect(found(rising, graph).corridors[0]!.months[5]).toEqual({ month: '2024-06', incidents: 6 });
    expect(found(rising.slice(0, 9), graph).corridors[0]!.trend).toMatchObject({
      refused: true,
      found: '9 dated incidents over 4 months',
    });
    const wider = { ...DEFAULT_CORRIDOR_PARAMETERS, window: { first: '2023-01', last: '2024-12' } };
    expect(deriveCorridors(rising, graph, wider).corridors[0]!.trend).toEqual({
      refused: false,
      incidentsPerMonthPerMonth: 0,
    });
    expect(() => found([travel(nodes, 'ab', { month: '2024' })], graph)).toThrow('wanted the form 2024-03');
  });
});
