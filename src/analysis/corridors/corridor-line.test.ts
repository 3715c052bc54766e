import { describe, expect, it } from 'vitest';
import { found, lettered, place, travel } from '../../../test/support/journeys.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { CorridorMovement } from './movement-columns.ts';
import { PlaceGraph } from './place-graph.ts';

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
