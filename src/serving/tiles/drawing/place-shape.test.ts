/** Where shapes end up on tiles: borders between tiles, the antimeridian, the ends of the map. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt } from '../../../geo/cells.ts';
import { gridCentre, gridShift, mortonCode } from '../../../geo/morton.ts';
import type { Position } from '../../../geo/position.ts';
import type { TileAddress } from '../tile-address.ts';
import { boundsOf } from '../tile-address.ts';
import { cellShape, cellShapesOn } from './cell-shapes.ts';
import { landAt } from './land-shapes.ts';
import { areaShape, lineShape, pointShape } from './map-shape.ts';
import { placeShape } from './place-shape.ts';
import { squareShapesOn } from './square-shapes.ts';

const tilesOf = (z: number): TileAddress[] => {
  const across = Array.from({ length: 2 ** z }, (_, at) => at);
  return across.flatMap((x) => across.map((y) => ({ z, x, y })));
};
const inside = ([x, y]: readonly [number, number]): boolean => x >= 0 && x < 4_096 && y >= 0 && y < 4_096;
// Longitudes on which tiles of every zoom meet, as well as any other.
const longitude = fc.oneof(
  fc.integer({ min: -16, max: 16 }).map((at) => (at * 180) / 16),
  fc.double({ min: -180, max: 180, noNaN: true }),
);
const latitude = fc.oneof(fc.constant(0), fc.double({ min: -85, max: 85, noNaN: true }));

describe('a point', () => {
  it('is inside exactly one tile of a zoom, and in the buffers of those that it is near to', () => {
    fc.assert(
      fc.property(longitude, latitude, fc.integer({ min: 0, max: 4 }), (x, y, z) => {
        const shape = pointShape([x, y], {})!;
        const placed = tilesOf(z).flatMap((tile) => placeShape(shape, tile)?.geometry.flat() ?? []);
        expect(placed.filter(inside)).toHaveLength(1);
        for (const [atX, atY] of placed)
          expect(Math.max(-atX, -atY, atX - 4_095, atY - 4_095)).toBeLessThan(65);
      }),
    );
  });

  it('on the antimeridian is in the tile to its east, and in the buffer of the one to its west', () => {
    for (const x of [180, -180]) {
      const shape = pointShape([x, 10], {})!;
      expect(placeShape(shape, { z: 3, x: 0, y: 3 })?.geometry[0]?.[0]?.[0]).toBe(0);
      expect(placeShape(shape, { z: 3, x: 7, y: 3 })?.geometry[0]?.[0]?.[0]).toBe(4_096);
    }
  });

  it('beyond the map is on no tile', () => {
    expect(pointShape([0, 85.06], {})).toBeNull();
    expect(pointShape([0, -89], {})).toBeNull();
  });
});

describe('a line over the antimeridian', () => {
  it('is on both sides, cut or not, and nowhere between', () => {
    const whole: Position[][] = [
      [
        [170, 10],
        [-170, 10],
      ],
    ];
    const cut: Position[][] = [
      [
        [170, 10],
        [180, 10],
      ],
      [
        [-180, 10],
        [-170, 10],
      ],
    ];
    for (const lines of [whole, cut]) {
      const shape = lineShape(lines, {});
      const columns = tilesOf(4)
        .filter((tile) => placeShape(shape, tile) !== null)
        .map(({ x }) => x);
      expect([...new Set(columns)].toSorted()).toEqual([0, 15]);
      const world = placeShape(shape, { z: 0, x: 0, y: 0 })!
        .geometry.flat()
        .map(([x]) => x);
      expect([Math.min(...world), Math.max(...world)]).toEqual([-64, 4_160]);
      expect(world.filter((x) => x > 120 && x < 3_960)).toEqual([]);
    }
  });

  it('no longer than a unit is drawn as one', () => {
    const shape = lineShape(
      [
        [
          [10, 10],
          [10.0001, 10],
        ],
      ],
      {},
    );
    expect(placeShape(shape, { z: 0, x: 0, y: 0 })?.geometry[0]).toHaveLength(2);
  });
});

describe('an area', () => {
  it('runs clockwise on the screen, its holes the other way, whichever way it came', () => {
    const ring: Position[] = [
      [0, 0],
      [20, 0],
      [20, 20],
      [0, 20],
      [0, 0],
    ];
    const hole: Position[] = [
      [5, 5],
      [9, 5],
      [9, 9],
      [5, 9],
      [5, 5],
    ];
    const turn = (points: readonly (readonly [number, number])[]): number =>
      points.slice(1).reduce((sum, [x, y], at) => sum + points[at]![0] * y - x * points[at]![1], 0);
    for (const way of [(one: Position[]) => one, (one: Position[]) => one.toReversed()]) {
      const placed = placeShape(areaShape([[way(ring), way(hole)]], {}), { z: 1, x: 1, y: 0 })!;
      expect(placed.geometry.map((one) => Math.sign(turn(one)))).toEqual([1, -1]);
    }
  });

  it('that is a cell on the antimeridian reaches into both sides, and one smaller than a unit is still seen', () => {
    const cell = cellAt([180, 65], 3);
    const tiles = tilesOf(4).filter((tile) => placeShape(cellShape(cell, {}), tile) !== null);
    expect([...new Set(tiles.map(({ x }) => x))].toSorted()).toEqual([0, 15]);
    const tiny = cellShape(cellAt([85, 27], 9), {});
    expect(placeShape(tiny, { z: 0, x: 0, y: 0 })?.geometry[0]).toHaveLength(5);
  });
});

it('cells of a list are on all tiles that their areas reach into, and on no other', () => {
  fc.assert(
    fc.property(
      longitude,
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.integer({ min: 0, max: 6 }),
      (x, y, resolution) => {
        const cell = cellAt([x, y], resolution);
        const counted = [[cell.toString(16), 3]] as const;
        const tiles = (found: (tile: TileAddress) => unknown): string[] =>
          tilesOf(4)
            .filter((tile) => found(tile) !== null)
            .map((tile) => `${tile.x} ${tile.y}`);
        const shape = cellShape(cell, {});
        expect(
          tiles((tile) => cellShapesOn(counted, tile).map((one) => placeShape(one, tile))[0] ?? null),
        ).toEqual(tiles((tile) => placeShape(shape, tile)));
      },
    ),
    { numRuns: 60 },
  );
});

it('squares of a grid are counted once among the tiles of a zoom, whatever they are put together from', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(longitude, latitude), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 3 }),
      (positions, z) => {
        const levels = 13;
        const squares = new Map<number, number>();
        for (const position of positions) {
          const square = Number(mortonCode(position) >> BigInt(gridShift(levels)));
          squares.set(square, (squares.get(square) ?? 0) + 1);
          const [x, y] = gridCentre(square, levels);
          const off = Math.abs(x - position[0]);
          expect(Math.min(off, 360 - off)).toBeLessThanOrEqual(180 / 2 ** levels + 1e-9);
          expect(Math.abs(y - position[1])).toBeLessThanOrEqual(90 / 2 ** levels + 1e-9);
        }
        const counted = [...squares];
        const sum = tilesOf(z)
          .flatMap((tile) =>
            squareShapesOn(counted, levels, tile).flatMap((shape) => placeShape(shape, tile) ?? []),
          )
          .filter(({ geometry }) => geometry.flat().some(inside))
          .reduce((all, { tags }) => all + Number(tags.count), 0);
        expect(sum).toBe(positions.length);
      },
    ),
  );
});

it('land is where towns are, at every grain, and not in the middle of oceans', () => {
  const isLand = (zoom: number, position: Position): boolean => {
    const point = pointShape(position, {})!;
    const [x, y] = point.parts[0]![0]![0]!;
    const even = landAt(zoom).reduce((crossings, { parts }) => {
      let more = crossings;
      for (const shift of [-1, 0, 1])
        for (const ring of parts.flat())
          for (const [at, [bx, by]] of ring.entries()) {
            const [ax, ay] = ring[(at + ring.length - 1) % ring.length]!;
            if (ay > y !== by > y && x + shift < ax + ((y - ay) / (by - ay)) * (bx - ax)) more += 1;
          }
      return more;
    }, 0);
    return even % 2 === 1;
  };
  for (const zoom of [0, 4, 9]) {
    for (const town of [
      [85.32, 27.71],
      [-66.9, 10.3],
      [177.5, 64.9],
      [37.6, 55.7],
    ] as Position[])
      expect([zoom, town, isLand(zoom, town)]).toEqual([zoom, town, true]);
    for (const ocean of [
      [-30, 0],
      [-150, -40],
      [75, -20],
      [50.5, 42],
    ] as Position[])
      expect([zoom, ocean, isLand(zoom, ocean)]).toEqual([zoom, ocean, false]);
  }
});

it('the bounds of a tile go over the antimeridian at the world’s edge', () => {
  expect(boundsOf({ z: 0, x: 0, y: 0 })).toMatchObject({ west: -180, east: 180 });
  const { west, east } = boundsOf({ z: 3, x: 0, y: 3 });
  expect([west > 170, east > -135 && east < -130]).toEqual([true, true]);
});
