import { describe, expect, it } from 'vitest';
import { found, lettered, randomJourneys, supports, travel } from '../../../test/support/journeys.ts';
import { adjustedRandIndex } from '../../geo/adjusted-rand-index.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { CorridorMovement } from './movement-columns.ts';
import { PlaceGraph } from './place-graph.ts';

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
