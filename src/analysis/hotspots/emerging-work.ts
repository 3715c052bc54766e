/** Emerging hotspots from what the database handed over, in one piece of pure work that a background thread can do. */
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { DETECTIONS_ONLY, type Refusal } from '../derivation.ts';
import { monthName } from '../month-number.ts';
import { deriveEmergingCells, type EmergingCell } from './emerging-cells.ts';
import { type FootprintColumns, Footprints, incidentsOf } from './footprint-columns.ts';
import type { ObservedBlock } from './observed-blocks.ts';
import {
  evidenceOf,
  forEachEvent,
  type ObservedColumns,
  observedCounts,
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
  const isDated = (row: number): boolean =>
    movements.months[row]! >= 0 && movements.starts[row]! < movements.starts[row + 1]!;
  const { rolled } = movements;
  const rolledDated = [...rolled.cells.keys()].filter(
    (row) => rolled.cells[row]! >= 0 && rolled.months[row]! >= 0,
  );
  const months = movements.months.filter((_, row) => isDated(row));
  const all = [...months, ...rolledDated.map((row) => rolled.months[row]!)];
  const last = all.reduce((most, month) => Math.max(most, month), -Infinity);
  const first = all.reduce((least, month) => Math.min(least, month), Infinity);
  // Whole steps, counted back from the last month: the latest is never a part of one.
  const steps = all.length === 0 ? 0 : Math.floor((last - first + 1) / task.monthsAStep);
  const start = last + 1 - steps * task.monthsAStep;
  const { columns, counted } = footprintsByStep(movements, isDated, { ...task, start, steps });
  const { movements: records } = observedCounts(movements);
  const shared = {
    counts: {
      records,
      incidents: columns.reduce((sum, ofStep) => sum + incidentsOf(ofStep), 0),
      owners: movements.owners,
    },
    steps: Array.from({ length: steps }, (_, step) => monthName(start + step * task.monthsAStep)),
    window: steps === 0 ? null : { first: monthName(start), last: monthName(last) },
    unknowns: unknownsOf(
      records,
      rolledDated.reduce(
        (sum, row) => sum + (rolled.months[row]! >= start ? rolled.counts[row]! : 0),
        months.filter((month) => month >= start).length,
      ),
    ),
  };
  const { rings, alpha, simulations } = task;
  const found = deriveEmergingCells(columns, { rings, alpha, simulations }, seededRandom(task.seed), tell);
  if (found.refused) return { ...shared, refusal: found, cells: [], tested: 0 };
  const ranked = [...found.cells].sort(byImportance).slice(0, task.first);
  const evidence = evidenceOf(
    movements,
    ranked.map(({ cell }) => cell),
    task.evidence,
    (row) => isDated(row) && counted[movements.events[row]!] === 1,
  );
  return {
    ...shared,
    refusal: null,
    cells: ranked.map((cell) => ({ ...cell, incidentIds: evidence.get(cell.cell) ?? [] })),
    tested: found.cells.length,
  };
}

/** An incident is in the step of its first movement, with the cells of all of them; one that began before the first step is in none. */
function footprintsByStep(
  movements: ObservedColumns,
  isDated: (row: number) => boolean,
  {
    start,
    steps,
    monthsAStep,
    byPersons,
  }: Pick<EmergingTask, 'monthsAStep' | 'byPersons'> & { readonly start: number; readonly steps: number },
): { readonly columns: readonly FootprintColumns[]; readonly counted: Uint8Array } {
  const byStep = Array.from({ length: steps }, () => new Footprints(movements.index));
  const counted = new Uint8Array(movements.eventCount);
  forEachEvent(movements, isDated, ({ event, numbers, from, to, persons, month }) => {
    if (month < start) return;
    counted[event] = 1;
    byStep[Math.floor((month - start) / monthsAStep)]!.add(numbers, from, to, byPersons ? persons : 1);
  });
  const { rolled } = movements;
  for (let row = 0; row < rolled.cells.length; row += 1) {
    if (rolled.cells[row]! < 0 || rolled.months[row]! < start) continue;
    const step = Math.floor((rolled.months[row]! - start) / monthsAStep);
    byStep[step]!.add(rolled.cells, row, row + 1, 1, rolled.counts[row]);
  }
  return { columns: byStep.map((ofStep) => ofStep.columns()), counted };
}

function unknownsOf(movements: number, used: number): string[] {
  const away = movements - used;
  return [
    DETECTIONS_ONLY,
    'Effort is not taken into account: where people began to look, a new hotspot may be one of monitoring.',
    'Each step says where its own incidents lie together, not whether there were many of them.',
    ...(away === 0
      ? []
      : [
          `${away} of ${movements} movements are dated to no month of these steps, or observed at no place as fine as these cells.`,
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
