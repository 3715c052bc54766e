/** Emerging hotspots from what the database handed over, in one piece of pure work that a background thread can do. */
import type { Cell } from '../../geo/cells.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { DETECTIONS_ONLY, type Refusal } from '../derivation.ts';
import { monthName, monthNumber } from '../month-number.ts';
import { deriveEmergingCells, type EmergingCell, type StepFootprint } from './emerging-cells.ts';
import {
  evidenceOf,
  type ObservedBlock,
  type ObservedMovement,
  readMovements,
} from './observed-movements.ts';

export interface EmergingTask {
  readonly blocks: readonly ObservedBlock[];
  readonly resolution: number;
  readonly rings: number;
  readonly alpha: number;
  readonly simulations: number;
  readonly monthsAStep: number;
  readonly withLegs: boolean;
  readonly byPersons: boolean;
  readonly seed: number;
  /** How many cells to give back, and how many incidents to name for each. */
  readonly first: number;
  readonly evidence: number;
}

export interface EmergingWork {
  readonly refusal: Refusal | null;
  /** Those with a category first, the latest kinds before the old ones, then by magnitude. */
  readonly cells: readonly (EmergingCell & { readonly incidentIds: readonly string[] })[];
  readonly tested: number;
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  /** First months of the steps, ascending, "2025-01". */
  readonly steps: readonly string[];
  readonly window: { readonly first: string; readonly last: string } | null;
  readonly unknowns: readonly string[];
}

export const EMERGING_WORK: BackgroundWork<EmergingTask, EmergingWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work(task: EmergingTask, tell?: Tell): EmergingWork {
  const movements = readMovements(task.blocks, task.withLegs, task.resolution);
  const dated = movements.filter(({ month, cells }) => month !== '' && cells.size > 0);
  const months = dated.map(({ month }) => monthNumber(month));
  const last = months.reduce((most, month) => Math.max(most, month), -Infinity);
  const first = months.reduce((least, month) => Math.min(least, month), Infinity);
  // Whole steps, counted back from the last month: the latest is never a part of one.
  const steps = dated.length === 0 ? 0 : Math.floor((last - first + 1) / task.monthsAStep);
  const start = last + 1 - steps * task.monthsAStep;
  const footprints = footprintsOf(dated, start, task);
  const shared = {
    counts: {
      records: movements.length,
      incidents: new Set(footprints.map(({ incident }) => incident)).size,
      owners: new Set(movements.map(({ owner }) => owner)).size,
    },
    steps: Array.from({ length: steps }, (_, step) => monthName(start + step * task.monthsAStep)),
    window: steps === 0 ? null : { first: monthName(start), last: monthName(last) },
    unknowns: unknownsOf(movements, dated.filter(({ month }) => monthNumber(month) >= start).length),
  };
  const { rings, alpha, simulations } = task;
  const found = deriveEmergingCells(
    footprints,
    { rings, alpha, simulations, steps },
    seededRandom(task.seed),
    tell,
  );
  if (found.refused) return { ...shared, refusal: found, cells: [], tested: 0 };
  const ranked = [...found.cells].sort(byImportance).slice(0, task.first);
  const counted = new Set(footprints.map(({ incident }) => incident));
  const evidence = evidenceOf(
    dated.filter(({ event }) => counted.has(event)),
    new Set(ranked.map(({ cell }): Cell => cell)),
    task.evidence,
  );
  return {
    ...shared,
    refusal: null,
    cells: ranked.map((cell) => ({ ...cell, incidentIds: evidence.get(cell.cell) ?? [] })),
    tested: found.cells.length,
  };
}

/** An incident is in the step of its first movement, with the cells of all of them. */
function footprintsOf(
  dated: readonly ObservedMovement[],
  start: number,
  { monthsAStep, byPersons }: EmergingTask,
): StepFootprint[] {
  const byEvent = new Map<string, { step: number; cells: Set<Cell>; weight: number }>();
  for (const { event, month, cells, persons } of dated) {
    const step = Math.floor((monthNumber(month) - start) / monthsAStep);
    const weight = byPersons ? persons : 1;
    const known = byEvent.get(event);
    if (!known) {
      byEvent.set(event, { step, cells: new Set(cells), weight });
      continue;
    }
    for (const cell of cells) known.cells.add(cell);
    known.step = Math.min(known.step, step);
    known.weight = Math.max(known.weight, weight);
  }
  return [...byEvent].flatMap(([incident, { step, cells, weight }]) =>
    step < 0 ? [] : [{ incident, step, cells: [...cells], weight }],
  );
}

function unknownsOf(movements: readonly ObservedMovement[], used: number): string[] {
  const away = movements.length - used;
  return [
    DETECTIONS_ONLY,
    'Effort is not taken into account: where people began to look, a new hotspot may be one of monitoring.',
    'Each step says where its own incidents lie together, not whether there were many of them.',
    ...(away === 0
      ? []
      : [
          `${away} of ${movements.length} movements are dated to no month of these steps, or observed at no place as fine as these cells.`,
        ]),
  ];
}

const LATEST_FIRST = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'oscillating',
  'sporadic',
  'historical',
];

function byImportance(a: EmergingCell, b: EmergingCell): number {
  const rank = ({ category }: EmergingCell): number => {
    const [pattern, side] = category.split(' ');
    if (side === undefined) return 99;
    return LATEST_FIRST.indexOf(pattern!) + (side === 'hot' ? 0 : 20);
  };
  const size = ({ magnitudes }: EmergingCell): number => magnitudes.reduce((sum, value) => sum + value, 0);
  return rank(a) - rank(b) || size(b) - size(a) || (a.cell < b.cell ? -1 : 1);
}
