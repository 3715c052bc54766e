import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { cutLine, cutRing, normaliseLongitude, unwrap } from './antimeridian.ts';
import type { Position } from './position.ts';

describe('longitudes', () => {
  it('are brought into [-180, 180), and left alone inside it', () => {
    expect([180, -180, 540, 190, -190, 725, 0, 179.999999].map(normaliseLongitude)).toEqual([
      -180, -180, -180, -170, 170, 5, 0, 179.999999,
    ]);
    expect(normaliseLongitude(-180 - 1e-15)).toBe(-180);
  });

  it('are unwrapped so that no step exceeds half a turn, from any start', () => {
    expect(
      unwrap([
        [170, 0],
        [-170, 1],
        [-60, 2],
        [60, 3],
        [170, 4],
      ]),
    ).toEqual([
      [170, 0],
      [190, 1],
      [300, 2],
      [420, 3],
      [530, 4],
    ]);
  });
});

describe('a line', () => {
  it('that stays on one side is handed out as it came', () => {
    expect(
      cutLine([
        [10, 1],
        [20, 2],
      ]),
    ).toEqual([
      [
        [10, 1],
        [20, 2],
      ],
    ]);
  });

  it('across 180° is cut into pieces that share the vertex on the meridian, in both directions', () => {
    expect(
      cutLine([
        [170, 0],
        [-170, 10],
      ]),
    ).toEqual([
      [
        [170, 0],
        [180, 5],
      ],
      [
        [-180, 5],
        [-170, 10],
      ],
    ]);
    expect(
      cutLine([
        [-170, 10],
        [170, 0],
      ]),
    ).toEqual([
      [
        [-170, 10],
        [-180, 5],
      ],
      [
        [180, 5],
        [170, 0],
      ],
    ]);
  });

  it('that only touches the meridian leaves no empty piece', () => {
    for (const piece of [
      ...cutLine([
        [170, 0],
        [180, 1],
        [170, 2],
      ]),
      ...cutLine([
        [180, 0],
        [170, 1],
      ]),
      ...cutLine([
        [-180, 0],
        [170, 1],
      ]),
    ]) {
      expect(piece.length).toBeGreaterThan(1);
      expect(new Set(piece.map(String)).size).toBe(piece.length);
    }
  });

  it('is cut the same whatever whole turns its longitudes carry', () => {
    const line: Position[] = [
      [160, 3],
      [-175, 8],
      [175, 12],
      [-120, 40],
    ];
    for (const turns of [-2, -1, 1, 3]) {
      expect(cutLine(line.map(([x, y]) => [x + 360 * turns, y]))).toEqual(cutLine(line));
    }
  });
});

describe('a ring', () => {
  it('across 180° becomes two rings whose areas sum to the whole', () => {
    const pieces = cutRing([
      [170, 0],
      [-170, 0],
      [-170, 10],
      [170, 10],
      [170, 0],
    ]);
    expect(pieces).toHaveLength(2);
    expect(pieces.reduce((sum, piece) => sum + area(piece), 0)).toBeCloseTo(200, 9);
    for (const piece of pieces) expect(piece[0]).toEqual(piece[piece.length - 1]);
  });

  it('with bays is split into as many pieces as it has, without bridges', () => {
    // A comb: its back lies west of the meridian, three teeth reach east.
    const comb: Position[] = [
      [170, 0],
      [190, 0],
      [190, 1],
      [175, 1],
      [175, 2],
      [190, 2],
      [190, 3],
      [175, 3],
      [175, 4],
      [190, 4],
      [190, 5],
      [170, 5],
      [170, 0],
    ];
    const pieces = cutRing(comb);
    expect(pieces.filter((piece) => piece.every(([x]) => x <= 0))).toHaveLength(3);
    expect(pieces.filter((piece) => piece.every(([x]) => x >= 0))).toHaveLength(1);
    expect(pieces.reduce((sum, piece) => sum + area(piece), 0)).toBeCloseTo(area(comb), 9);
  });

  it('round a pole is closed along it', () => {
    const pieces = cutRing([
      [0, 80],
      [90, 80],
      [180, 80],
      [-90, 80],
      [0, 80],
    ]);
    expect(pieces.reduce((sum, piece) => sum + area(piece), 0)).toBeCloseTo(3600, 9);
    expect(pieces.flat().some(([, latitude]) => latitude === 90)).toBe(true);
  });

  it('keeps its area wherever it is moved along the equator, as random stars show', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 300; run += 1) {
      const corners = 3 + random.int(12);
      const star = Array.from({ length: corners }, (_, i): Position => {
        const radius = 2 + 30 * random.next();
        const angle = (2 * Math.PI * i) / corners;
        return [radius * Math.cos(angle), radius * Math.sin(angle)];
      });
      const ring = [...star, star[0]!];
      const shift = -180 + 360 * random.int(2) + 20 * (random.next() - 0.5);
      const pieces = cutRing(ring.map(([x, y]) => [x + shift, y]));
      expect(pieces.reduce((sum, piece) => sum + area(piece), 0)).toBeCloseTo(area(ring), 6);
      for (const [x] of pieces.flat()) expect(Math.abs(x)).toBeLessThanOrEqual(180);
      for (const piece of pieces) expect(area(piece)).toBeGreaterThan(0);
    }
  });
});

function area(ring: readonly Position[]): number {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i += 1)
    twice += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  return twice / 2;
}
