/** Invented journeys over invented places: each letter is a place, and a word is the way somebody took. */

import { type Corridor, DEFAULT_CORRIDOR_PARAMETERS } from '../../src/analysis/corridors/corridors.ts';
import { deriveCorridors } from '../../src/analysis/corridors/derive-corridors.ts';
import type { CorridorMovement } from '../../src/analysis/corridors/movement-columns.ts';
import { PlaceGraph, type PlaceNode } from '../../src/analysis/corridors/place-graph.ts';
import type { Position } from '../../src/geo/position.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { WaypointKind } from '../../src/kernel/vocabulary.ts';

export const place = (
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
export function lettered(
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
export function travel(
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
    waypoints: Array.from(path).map((letter, i) => ({
      node: nodes[letter] ?? -1,
      kind: kinds[i] ?? 'observed',
    })),
    ...over,
  };
}

export const found = (movements: readonly CorridorMovement[], graph: PlaceGraph, minIncidents = 3) =>
  deriveCorridors(movements, graph, { ...DEFAULT_CORRIDOR_PARAMETERS, minIncidents });
export const supports = (corridors: readonly Corridor[]): Record<string, number> =>
  Object.fromEntries(corridors.map(({ key, incidents }) => [key.replaceAll(' > ', ''), incidents]));

export function randomJourneys(
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
      Array.from(path).map(() => (['observed', 'stated', 'inferred'] as const)[random.int(3)]!),
    );
  });
}
