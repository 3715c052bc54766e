/** Emerging hotspots: what was planted gets its word, and noise gets none. */

import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { type Cell, cellAt } from '../../geo/cells.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { deriveEmergingCells, type EmergingCell } from './emerging-cells.ts';
import { type FootprintColumns, footprintColumns, type IncidentFootprint } from './footprint-columns.ts';

const STEPS = 12;
const RESOLUTION = 4;
const PARAMETERS = { rings: 1, alpha: 0.05, simulations: 39 };

interface StepFootprint extends IncidentFootprint {
  readonly step: number;
}

function byStep(incidents: readonly StepFootprint[], steps = STEPS): readonly FootprintColumns[] {
  return Array.from(
    { length: steps },
    (_, step) => footprintColumns(incidents.filter((one) => one.step === step)).columns,
  );
}

/** Some 170 cells of 1,770 km². */
const place = (random: Random): Cell => cellAt([80 + 6 * random.next(), 26 + 5 * random.next()], RESOLUTION);
const CENTRE = cellAt([83, 28.5], RESOLUTION);
const near = (random: Random): Cell =>
  cellAt([83 + 0.5 * (random.next() - 0.5), 28.5 + 0.5 * (random.next() - 0.5)], RESOLUTION);

function noise(random: Random, aStep = 80): StepFootprint[] {
  return Array.from({ length: STEPS * aStep }, (_, i) => ({
    incident: i,
    step: i % STEPS,
    cells: [place(random)],
    weight: 1,
  }));
}

function planted(random: Random, steps: readonly number[], each: number): StepFootprint[] {
  return steps.flatMap((step) =>
    Array.from({ length: each }, (_, i) => ({
      incident: `planted ${step} ${i}`,
      step,
      cells: [near(random)],
      weight: 1,
    })),
  );
}

function cellsOf(incidents: readonly StepFootprint[], seed: number): readonly EmergingCell[] {
  const found = deriveEmergingCells(byStep(incidents), PARAMETERS, seededRandom(seed));
  if (found.refused) throw new Error(found.found);
  return found.cells;
}
const centreOf = (cells: readonly EmergingCell[]): EmergingCell =>
  cells.find(({ cell }) => cell === CENTRE) as EmergingCell;

describe('a place where incidents gather', () => {
  it.each([
    ['new hot', [11]],
    ['consecutive hot', [9, 10, 11]],
    ['sporadic hot', [1, 2, 5]],
    ['persistent hot', Array.from({ length: STEPS }, (_, step) => step)],
    ['historical hot', Array.from({ length: STEPS - 1 }, (_, step) => step)],
  ] as const)('is %s', (category, steps) => {
    const random = seededRandom(7);
    const incidents = [...noise(random), ...planted(random, steps, 40)];
    const centre = centreOf(cellsOf(incidents, 1));
    expect(centre.category).toBe(category);
    expect(centre.heat.flatMap((heat, step) => (heat === 1 ? [step] : []))).toEqual(steps);
    expect(centre.magnitudes).toHaveLength(STEPS);
  });

  it('is the same in any order, and where every incident is told twice', () => {
    const random = seededRandom(8);
    const incidents = [...noise(random), ...planted(random, [10, 11], 40)];
    const told = cellsOf(incidents, 2);
    expect(cellsOf(incidents.toReversed(), 2)).toEqual(told);
    expect(cellsOf([...incidents, ...incidents], 2)).toEqual(told);
  });
});

it('tells after each step how many of them are done', () => {
  const shares: number[] = [];
  const random = seededRandom(3);
  deriveEmergingCells(byStep(noise(random)), { ...PARAMETERS, simulations: 4 }, random, (share) =>
    shares.push(share),
  );
  expect(shares).toEqual(Array.from({ length: STEPS }, (_, step) => (step + 1) / STEPS));
});

it('noise has a pattern anywhere in at most 5 of 100 worlds', () => {
  let worlds = 0;
  for (let seed = 0; seed < 1_000; seed += 1) {
    const cells = cellsOf(noise(seededRandom(1_000 + seed), 40), seed);
    if (cells.some(({ category }) => category !== 'none')) worlds += 1;
  }
  tellFigure('emerging hotspots, any pattern', `${worlds} of 1,000 null worlds`);
  expect(worlds).toBeLessThanOrEqual(50);
});

it('is refused where there is too little', () => {
  const random = seededRandom(9);
  const all = noise(random);
  const told = (incidents: readonly StepFootprint[], steps = STEPS) =>
    deriveEmergingCells(byStep(incidents, steps), PARAMETERS, seededRandom(1));
  expect(told(all.slice(0, 9))).toMatchObject({ refused: true, found: '9 incidents' });
  expect(
    told(
      all.map((one) => ({ ...one, step: one.step % 7 })),
      7,
    ),
  ).toMatchObject({ found: '7 steps' });
  expect(told(all.map((one) => ({ ...one, cells: [CENTRE] })))).toMatchObject({ found: '7 cells' });
});
