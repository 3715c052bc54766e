import { getPentagons } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { binCells, CellIndex } from './cell-index.ts';
import { growByRings, neighboursWithin, neighbourTable, SIDES } from './cell-neighbours.ts';
import { type Cell, cellAt, diskAround, fromIndex, parentOf } from './cells.ts';
import type { Position } from './position.ts';

const random = seededRandom(17);
const anywhere = (): Position => [
  360 * random.next() - 180,
  (Math.asin(2 * random.next() - 1) * 180) / Math.PI,
];

describe('the index of cells', () => {
  it('numbers distinct cells in order of arrival, as a Map would', () => {
    const index = new CellIndex();
    const expected = new Map<Cell, number>();
    for (let run = 0; run < 20_000; run += 1) {
      const cell = cellAt([80 + 8 * random.next(), 26 + 4 * random.next()], 6);
      if (!expected.has(cell)) expected.set(cell, expected.size);
      expect(index.addCell(cell)).toBe(expected.get(cell));
    }
    expect(index.size).toBe(expected.size);
    for (const [cell, number] of expected) {
      expect(index.cell(number)).toBe(cell);
      expect(index.findCell(cell)).toBe(number);
    }
    expect(index.findCell(cellAt([0, 0], 6))).toBe(-1);
  });

  it('bins a stored column at any coarser resolution', () => {
    const cells = Array.from({ length: 500 }, () => cellAt(anywhere(), 11));
    for (let resolution = 0; resolution <= 11; resolution += 1) {
      const { index, bins } = binCells(BigInt64Array.from(cells), resolution);
      expect(cells.map((_, row) => index.cell(bins[row]!))).toEqual(
        cells.map((cell) => parentOf(cell, resolution)),
      );
    }
  });
});

describe('neighbours by arithmetic', () => {
  const starts = Array.from({ length: 16 }, (_, resolution) => [
    ...getPentagons(resolution).map(fromIndex),
    ...Array.from({ length: 20 }, () => cellAt(anywhere(), resolution)),
  ]).flat();

  it('are those of the library at every resolution, at pentagons too', () => {
    for (const start of starts) {
      const index = grownAround(start, 2);
      expect(Array.from({ length: index.size }, (_, i) => index.cell(i)).sort(ascending)).toEqual(
        diskAround(start, 2),
      );
    }
  });

  it('are mutual, distinct, and lie on opposite sides except where the axes turn', () => {
    let opposite = 0;
    let pairs = 0;
    for (const start of starts.filter((_, i) => i % 32 >= 12)) {
      const index = grownAround(start, 2);
      const table = neighbourTable(index);
      for (let cell = 0; cell < index.size; cell += 1) {
        const around = [...table.subarray(cell * SIDES, cell * SIDES + SIDES)];
        expect(new Set(around.filter((next) => next >= 0)).size).toBe(
          around.filter((next) => next >= 0).length,
        );
        for (const [side, next] of around.entries()) {
          if (next < 0) continue;
          expect([...table.subarray(next * SIDES, next * SIDES + SIDES)]).toContain(cell);
          pairs += 1;
          if (table[next * SIDES + ((side + 3) % SIDES)] === cell) opposite += 1;
        }
      }
    }
    expect(opposite / pairs).toBeGreaterThan(0.9);
  });

  it.each([1, 2, 3])('within %d rings are found through cells outside the index', (rings) => {
    for (const start of starts.filter((_, i) => i % 8 === 0)) {
      const index = new CellIndex();
      for (const cell of diskAround(start, 3)) if (random.next() < 0.6) index.addCell(cell);
      const { offsets, neighbours } = neighboursWithin(index, rings);
      for (let cell = 0; cell < index.size; cell += 1) {
        const found = [...neighbours.subarray(offsets[cell], offsets[cell + 1])]
          .map((i) => index.cell(i))
          .sort(ascending);
        const wanted = diskAround(index.cell(cell), rings).filter(
          (c) => c !== index.cell(cell) && index.findCell(c) >= 0,
        );
        expect(found).toEqual(wanted);
      }
    }
  });
});

function grownAround(start: Cell, rings: number): CellIndex {
  const index = new CellIndex();
  index.addCell(start);
  growByRings(index, rings);
  return index;
}

function ascending(a: Cell, b: Cell): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
