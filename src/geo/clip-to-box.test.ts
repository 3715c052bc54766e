/** Clipping, beside Turf's, on shapes drawn by chance. */
import { bboxClip, lineString, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, clipLine, clipRing, meets, type PlanePoint } from './clip-to-box.ts';

const BOX = { minX: -3, minY: -2, maxX: 4, maxY: 5 };
const TURF_BOX = [-3, -2, 4, 5] as [number, number, number, number];
// Whole numbers too, so that corners and edges of the box are met.
const coordinate = fc.oneof(fc.integer({ min: -8, max: 8 }), fc.double({ min: -8, max: 8, noNaN: true }));
const point = fc.tuple(coordinate, coordinate);

const planar = (line: readonly PlanePoint[]): number =>
  line.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - line[at]![0], y - line[at]![1]), 0);
const area = (ring: readonly PlanePoint[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = ring[(at + 1) % ring.length]!;
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

describe('a clipped line', () => {
  it('is as long inside the box as Turf says, in pieces that lie there', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 8 }), (line) => {
        const pieces = clipLine(line, BOX);
        for (const piece of pieces) {
          expect(piece.length).toBeGreaterThan(1);
          const { minX, minY, maxX, maxY } = boxOf(piece);
          expect(Math.min(minX + 3, minY + 2, 4 - maxX, 5 - maxY)).toBeGreaterThan(-1e-9);
        }
        const { geometry } = bboxClip(lineString(line), TURF_BOX);
        const theirs = (geometry.type === 'LineString'
          ? [geometry.coordinates]
          : geometry.coordinates) as unknown as PlanePoint[][];
        const sum = (lines: readonly (readonly PlanePoint[])[]): number =>
          lines.reduce((all, one) => all + planar(one), 0);
        expect(sum(pieces)).toBeCloseTo(sum(theirs), 6);
      }),
    );
  });

  it('comes back in two pieces where it left in between', () => {
    const line: PlanePoint[] = [
      [0, 0],
      [6, 0],
      [6, 1],
      [0, 1],
    ];
    expect(clipLine(line, BOX)).toEqual([
      [
        [0, 0],
        [4, 0],
      ],
      [
        [4, 1],
        [0, 1],
      ],
    ]);
  });
});

describe('a clipped ring', () => {
  it('holds the area that Turf says, for convex rings', () => {
    const convex = fc
      .record({
        x: coordinate,
        y: coordinate,
        radius: fc.double({ min: 0.1, max: 9, noNaN: true }),
        turn: fc.double({ min: 0, max: 6, noNaN: true }),
      })
      .map(({ x, y, radius, turn }) =>
        Array.from({ length: 6 }, (_, corner): PlanePoint => {
          const angle = turn + (corner * Math.PI) / 3;
          return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        }),
      );
    fc.assert(
      fc.property(convex, (ring) => {
        const closed = [...ring, ring[0]!] as [number, number][];
        const { geometry } = bboxClip(polygon([closed]), TURF_BOX);
        const theirs = geometry.coordinates[0] as PlanePoint[] | undefined;
        expect(area(clipRing(ring, BOX))).toBeCloseTo(theirs === undefined ? 0 : area(theirs), 6);
      }),
    );
  });

  it('is nothing outside, and itself inside', () => {
    const square: PlanePoint[] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(clipRing(square, BOX)).toEqual(square);
    expect(
      clipRing(
        square.map(([x, y]): PlanePoint => [x + 9, y]),
        BOX,
      ),
    ).toEqual([]);
    expect(meets(boxOf(square), BOX)).toBe(true);
  });
});
