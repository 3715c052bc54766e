import { cellArea, cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import {
  boundaryOf,
  cellAt,
  cellsAlong,
  centreOf,
  diskAround,
  finestResolutionFor,
  fromIndex,
  inradiusKm,
  isCell,
  parentOf,
  resolutionOf,
  toIndex,
} from './cells.ts';
import type { Position } from './position.ts';
import { greatCircleKm } from './sphere.ts';

const random = seededRandom(5);
const anywhere = (): Position => [
  360 * random.next() - 180,
  (Math.asin(2 * random.next() - 1) * 180) / Math.PI,
];

describe('a cell', () => {
  it('is the number behind the library’s index, positive in 64 signed bits', () => {
    for (let resolution = 0; resolution <= 15; resolution += 1) {
      const [longitude, latitude] = anywhere();
      const cell = cellAt([longitude, latitude], resolution);
      expect(toIndex(cell)).toBe(latLngToCell(latitude, longitude, resolution));
      expect(BigInt.asIntN(64, cell)).toBe(cell);
      expect(resolutionOf(cell)).toBe(resolution);
      expect(isCell(cell)).toBe(true);
    }
    expect(isCell(12n)).toBe(false);
  });

  it('has the parents the library gives it', () => {
    for (let run = 0; run < 50; run += 1) {
      const cell = cellAt(anywhere(), 15);
      for (let resolution = 0; resolution <= 15; resolution += 1) {
        expect(parentOf(cell, resolution)).toBe(fromIndex(cellToParent(toIndex(cell), resolution)));
      }
    }
    expect(() => parentOf(cellAt([0, 0], 4), 5)).toThrow('wanted at most 4');
  });

  it('is the same for the same place a whole turn away', () => {
    expect(cellAt([85 + 360, 27], 9)).toBe(cellAt([85, 27], 9));
    expect(cellAt([180, 10], 7)).toBe(cellAt([-180, 10], 7));
  });

  it('has a disk of neighbours with itself in it', () => {
    const cell = cellAt([85, 27], 7);
    expect(diskAround(cell, 2)).toHaveLength(19);
    expect(new Set(diskAround(cell, 2).map(toIndex))).toEqual(new Set(gridDisk(toIndex(cell), 2)));
  });

  it('on the antimeridian has an outline in two pieces, none of them round the Earth', () => {
    const pieces = boundaryOf(cellAt([180, 10], 3));
    expect(pieces).toHaveLength(2);
    for (const piece of pieces) {
      const longitudes = piece[0]!.map(([longitude]) => longitude);
      expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeLessThan(2);
    }
    expect(boundaryOf(cellAt([85, 27], 3))).toHaveLength(1);
  });
});

describe('the resolution for a footprint', () => {
  it('is the finest whose cells hold it', () => {
    for (const uncertaintyKm of [0.001, 0.1, 1, 5, 30, 200, 900]) {
      const resolution = finestResolutionFor(uncertaintyKm)!;
      expect(inradiusKm(resolution)).toBeGreaterThanOrEqual(uncertaintyKm);
      if (resolution < 15) expect(inradiusKm(resolution + 1)).toBeLessThan(uncertaintyKm);
    }
  });

  it('of a country is too coarse for any hotspot, of a continent there is none, and of nonsense it is refused', () => {
    expect(finestResolutionFor(400)).toBe(1);
    expect(finestResolutionFor(5000)).toBeNull();
    expect(() => finestResolutionFor(Number.NaN)).toThrow('wanted 0 or more');
    expect(finestResolutionFor(0)).toBe(15);
  });

  it('uses sizes that match the library’s areas', () => {
    const area = cellArea(toIndex(cellAt([20, 10], 6)), 'km2');
    expect(Math.sqrt(area / (2 * Math.sqrt(3))) / inradiusKm(6)).toBeGreaterThan(0.75);
    expect(Math.sqrt(area / (2 * Math.sqrt(3))) / inradiusKm(6)).toBeLessThan(1.3);
  });
});

describe('the cells along a leg', () => {
  it.each([
    [
      [85.3, 27.7],
      [84.9, 26.9],
    ],
    [
      [179.7, -16],
      [-179.6, -17],
    ],
  ] as [Position, Position][])(
    'from %o to %o touch one another, start at one end and stop at the other',
    (from, to) => {
      const cells = cellsAlong(from, to, 7);
      expect(cells[0]).toBe(cellAt(from, 7));
      expect(cells[cells.length - 1]).toBe(cellAt(to, 7));
      for (let i = 1; i < cells.length; i += 1) expect(diskAround(cells[i - 1]!, 1)).toContain(cells[i]);
      for (const cell of cells)
        expect(greatCircleKm(from, centreOf(cell))).toBeLessThan(greatCircleKm(from, to) + 3);
    },
  );
});
