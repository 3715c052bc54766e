import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '../../geo/adjusted-rand-index.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { WaypointKind } from '../../kernel/vocabulary.ts';
import { type Corridor, DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';
import { deriveCorridors } from './derive-corridors.ts';
import type { CorridorMovement } from './movement-columns.ts';
import { PlaceGraph, type PlaceNode } from './place-graph.ts';

const place = (
  key: string,
  position: Position | null = null,
  country: string | null = null,
  radiusKm: number | null = 5,
): PlaceNode => ({
  key,
  label: key.toUpperCase(),
  position,
  country,
  radiusKm,
  level: 'locality',
});

/** Each letter is a place, on a line of longitude 80 + its number. */
function lettered(
  letters: string,
  countries: Readonly<Record<string, string>> = {},
): { graph: PlaceGraph; nodes: Record<string, number> } {
  const graph = new PlaceGraph();
  const nodes: Record<string, number> = {};
  for (const letter of letters)
    nodes[letter] = graph.add(place(letter, [80 + letters.indexOf(letter), 27], countries[letter] ?? null));
  return { graph, nodes };
}

let serial = 0;
function travel(
  nodes: Readonly<Record<string, number>>,
  path: string,
  over: Partial<CorridorMovement> = {},
  kinds: readonly WaypointKind[] = [],
): CorridorMovement {
  serial += 1;
  return {
    movement: `m${serial}`,
    incident: `i${serial}`,
    origin: null,
    month: null,
    personsMin: 1,
    personsMax: 1,
    waypoints: [...path].map((letter, i) => ({ node: nodes[letter] ?? -1, kind: kinds[i] ?? 'observed' })),
    ...over,
  };
}

const found = (movements: readonly CorridorMovement[], graph: PlaceGraph, minIncidents = 3) =>
  deriveCorridors(movements, graph, { ...DEFAULT_CORRIDOR_PARAMETERS, minIncidents });
const supports = (corridors: readonly Corridor[]) =>
  Object.fromEntries(corridors.map(({ key, incidents }) => [key.replaceAll(' > ', ''), incidents]));

/** All contiguous stretches counted by their definition. */
function byDefinition(
  movements: readonly CorridorMovement[],
  letters: string,
  minIncidents: number,
): Record<string, number> {
  const incidents = new Map<string, Set<string | number>>();
  for (const { waypoints, incident } of movements) {
    const spelled = waypoints
      .map(({ node }) => letters[node] ?? '?')
      .join('')
      .replace(/([a-z])\1+/g, '$1');
    for (let from = 0; from < spelled.length; from += 1) {
      for (let to = from + 2; to <= spelled.length; to += 1) {
        const stretch = spelled.slice(from, to);
        if (!stretch.includes('?'))
          incidents.set(stretch, (incidents.get(stretch) ?? new Set()).add(incident));
      }
    }
  }
  const entries = [...incidents]
    .map(([stretch, cases]) => [stretch, cases.size] as const)
    .filter(([, size]) => size >= minIncidents);
  return Object.fromEntries(
    entries.filter(
      ([stretch, size]) =>
        !entries.some(([longer, other]) => longer !== stretch && longer.includes(stretch) && other === size),
    ),
  );
}

function randomJourneys(
  random: Random,
  letters: string,
  nodes: Readonly<Record<string, number>>,
  count: number,
): CorridorMovement[] {
  return Array.from({ length: count }, () => {
    const path = Array.from({ length: 1 + random.int(7) }, () =>
      random.next() < 0.05 ? '?' : letters[random.int(letters.length)]!,
    ).join('');
    return travel(
      nodes,
      path,
      {
        incident: `i${random.int(count)}`,
        origin: random.next() < 0.5 ? null : `o${random.int(4)}`,
        month: random.next() < 0.1 ? null : `2024-${String(1 + random.int(12)).padStart(2, '0')}`,
        personsMin: 1 + random.int(3),
        personsMax: random.next() < 0.1 ? null : 5,
      },
      [...path].map(() => (['observed', 'stated', 'inferred'] as const)[random.int(3)]!),
    );
  });
}

describe('corridors', () => {
  it('are the closed stretches of their definition, on random journeys with loops, repeats and unknown places', () => {
    const random = seededRandom(1);
    for (let run = 0; run < 60; run += 1) {
      const letters = 'abcde'.slice(0, 3 + random.int(3));
      const { graph, nodes } = lettered(letters);
      const journeys = randomJourneys(random, letters, nodes, 5 + random.int(60));
      const minIncidents = 2 + random.int(3);
      expect(supports(found(journeys, graph, minIncidents).corridors)).toEqual(
        byDefinition(journeys, letters, minIncidents),
      );
    }
  });

  it('count incidents, not movements, and tell a shorter stretch only where it has more of them', () => {
    const { graph, nodes } = lettered('abcd');
    const journeys = [...Array(3)]
      .map(() => travel(nodes, 'abc'))
      .concat([travel(nodes, 'ab'), travel(nodes, 'dab')]);
    const { corridors, memberMovements } = found(journeys, graph);
    expect(supports(corridors)).toEqual({ ab: 5, abc: 3 });
    expect(memberMovements(corridors[1]!)).toEqual(
      journeys
        .slice(0, 3)
        .map(({ movement }) => movement)
        .sort(),
    );
    const oneCase = journeys.map((journey) => ({ ...journey, incident: 'same' }));
    expect(found(oneCase, graph).corridors).toEqual([]);
  });

  it('do not depend on the order of movements, the order of places, or movements given twice', () => {
    const random = seededRandom(2);
    const { graph, nodes } = lettered('abcdef');
    const journeys = randomJourneys(random, 'abcdef', nodes, 200);
    const straight = found(journeys, graph);
    expect(straight.corridors.length).toBeGreaterThan(10);
    expect(found([...journeys].reverse(), graph).corridors).toEqual(straight.corridors);
    const twice = found([...journeys, ...journeys], graph);
    expect(twice.corridors).toEqual(straight.corridors);
    expect(twice.counts).toEqual({ records: 400, incidents: straight.counts.incidents });
    const backwards = new PlaceGraph();
    for (const letter of 'fedcba') backwards.add(graph.node(nodes[letter]!));
    const renumbered = journeys.map((one) => ({
      ...one,
      waypoints: one.waypoints.map((stop) => ({ ...stop, node: stop.node < 0 ? -1 : 5 - stop.node })),
    }));
    expect(found(renumbered, backwards).corridors).toEqual(straight.corridors);
  });

  it('have twice the incidents when every incident happens twice', () => {
    const { graph, nodes } = lettered('abcde');
    const journeys = randomJourneys(seededRandom(3), 'abcde', nodes, 150);
    const once = found(journeys, graph, 3);
    const again = journeys.map((one) => ({
      ...one,
      movement: `again ${one.movement}`,
      incident: `again ${one.incident}`,
    }));
    const doubled = found([...journeys, ...again], graph, 6);
    expect(supports(doubled.corridors)).toEqual(
      Object.fromEntries(
        once.corridors.map(({ key, incidents }) => [key.replaceAll(' > ', ''), 2 * incidents]),
      ),
    );
  });

  it('recover planted routes from journeys with stray first and last places', () => {
    const random = seededRandom(4);
    const letters = Array.from({ length: 400 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
    const { graph, nodes } = lettered(letters);
    const routes = Array.from({ length: 12 }, (_, i) => letters.slice(4 * i, 4 * i + 3 + (i % 2)));
    const stray = (): string => (random.next() < 0.4 ? letters[60 + random.int(340)]! : '');
    const truth = Array.from({ length: 600 }, () => random.int(routes.length));
    const journeys = truth.map((route) => travel(nodes, stray() + routes[route]! + stray()));
    const assigned = found(journeys, graph, 5).assignMovements();
    const names = [...new Set(assigned.values())];
    expect(
      adjustedRandIndex(
        truth,
        journeys.map(({ movement }) => names.indexOf(assigned.get(movement)!)),
      ),
    ).toBeGreaterThan(0.9);
  });
});

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

describe('the line of a corridor', () => {
  const through = (
    graph: PlaceGraph,
    stops: readonly (readonly [string, Position])[],
    incident: number,
  ): CorridorMovement => ({
    movement: `l${incident}`,
    incident,
    origin: null,
    month: '2024-01',
    personsMin: 1,
    personsMax: 1,
    waypoints: stops.map(([key, position]) => ({ node: graph.add(place(key)), kind: 'observed', position })),
  });
  const graphAt = (shift: number, radiusKm: number | null = 5) => {
    const graph = new PlaceGraph();
    graph.add(place('a', [85 + shift, 27], 'NPL', radiusKm));
    graph.add(place('b', [88 + shift, 26], 'IND', radiusKm));
    return graph;
  };
  const bundle = (graph: PlaceGraph, shift: number) =>
    [0, 1, 2, 3, 30].map((off, i) =>
      through(
        graph,
        [
          ['a', [85 + shift + off / 64, 27]],
          ['b', [88 + shift + off / 64, 26]],
        ],
        i,
      ),
    );

  it('is the member line nearest to all others, not their average', () => {
    const graph = graphAt(0);
    const [corridor] = found(bundle(graph, 0), graph).corridors;
    expect(corridor!.line[0]![0]).toEqual([85 + 2 / 64, 27]);
    expect(corridor!.line[0]!.at(-1)).toEqual([88 + 2 / 64, 26]);
    expect(corridor!.widthKm).toBeGreaterThan(10);
    expect(corridor!.widthKm).toBeLessThan(20);
  });

  it('is the same across the antimeridian, cut there with a shared vertex', () => {
    const here = found(bundle(graphAt(0), 0), graphAt(0)).corridors[0]!;
    for (const shift of [94, -266, 360]) {
      const graph = graphAt(shift);
      const moved = found(bundle(graph, shift), graph).corridors[0]!;
      const [first, second] = moved.line;
      expect(moved.widthKm).toBeCloseTo(here.widthKm!, 6);
      expect(greatCircleKm(first![0]!, [85 + 2 / 64 + shift, 27])).toBeLessThan(1e-6);
      for (const [longitude] of moved.line.flat()) expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
      if (shift === 360) continue;
      expect(moved.line).toHaveLength(2);
      expect([first!.at(-1)![0], second![0]![0]]).toEqual([180, -180]);
      expect(first!.at(-1)![1]).toBe(second![0]![1]);
    }
  });

  it('runs over stage centres where nothing better is known, and as wide as these are uncertain', () => {
    const { graph, nodes } = lettered('ab');
    const [corridor] = found(
      [...Array(3)].map(() => travel(nodes, 'ab')),
      graph,
    ).corridors;
    expect([corridor!.line[0]![0], corridor!.line[0]!.at(-1)]).toEqual([
      [80, 27],
      [81, 27],
    ]);
    expect(corridor!.widthKm).toBe(10);
  });

  it('leaves out stages without a place and says so, and is empty when fewer than two are left', () => {
    const graph = graphAt(0, null);
    graph.add(place('nowhere'));
    graph.add({ ...place('india', [79, 22], 'IND', 900), level: 'country' });
    const go = (...path: readonly number[]) =>
      [0, 1, 2].map((incident) => ({
        ...through(graph, [], incident),
        waypoints: path.map((node) => ({ node, kind: 'stated' as const })),
      }));
    const over = found(go(0, 2, 1, 3), graph).corridors[0]!;
    expect(over.line.flat()[0]).toEqual([85, 27]);
    expect(over.unknowns).toEqual([
      'How exactly A is known is not recorded.',
      'NOWHERE has no place on the map and is left out of the line.',
      'How exactly B is known is not recorded.',
      'INDIA is known only as a country: its place on the line is that country’s centre.',
    ]);
    const nowhere = found(go(0, 2), graph).corridors[0]!;
    expect([nowhere.line, nowhere.widthKm]).toEqual([[], null]);
  });

  it('is chosen among the most followed lines where there are many, and says so', () => {
    const graph = graphAt(0);
    const random = seededRandom(5);
    const many = Array.from({ length: 300 }, (_, i) =>
      through(
        graph,
        [
          ['a', [85 + random.next(), 27]],
          ['b', [88 + random.next(), 26]],
        ],
        i,
      ),
    );
    const [corridor] = found(many, graph).corridors;
    expect(corridor!.unknowns).toEqual(['The line was chosen among the 200 most followed of 300.']);
    expect(found([...many].reverse(), graph).corridors).toEqual([corridor]);
  });
});

describe('the place graph', () => {
  it('keeps the better-known form of a place, whichever came first', () => {
    const vague = place('x', [85, 27], null, 30);
    const exact = place('x', [85.1, 27], null, 2);
    for (const order of [
      [vague, exact, place('x')],
      [place('x'), exact, vague],
    ]) {
      const graph = new PlaceGraph();
      expect(order.map((one) => graph.add(one))).toEqual([0, 0, 0]);
      expect(graph.node(0)).toEqual(exact);
    }
    expect(() => new PlaceGraph().node(0)).toThrow('found node 0, wanted less than 0');
  });
});
