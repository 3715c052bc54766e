/** Clusters in space and time from counts of places and months, in one piece of pure work that a background thread can do. */
import { centreOf } from '../../geo/cells.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { spaceTimeScan } from '../methods/space-time-scan.ts';
import { monthNumber } from '../month-number.ts';
import { LEAST_INCIDENTS } from './derive-alarms.ts';

export interface ScanTask {
  /** Lines: cell, month, events. A cell may come in several lines of one month. */
  readonly blocks: readonly string[];
  readonly firstMonth: number;
  readonly months: number;
  readonly model: 'poisson' | 'permutation';
  /** Staff-months by cell and month, number of the month; of no use to 'permutation'. */
  readonly staff: readonly { readonly cell: string; readonly month: number; readonly staffMonths: number }[];
  readonly longestMonths: number;
  readonly maxRadiusKm: number;
  readonly replications: number;
  readonly mostClusters: number;
  readonly seed: number;
}

export interface FoundCluster {
  /** Cells as text, the centre first, by distance from it. */
  readonly cells: readonly string[];
  readonly radiusKm: number;
  /** Steps of the window, half-open; it ends with the tested month. */
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly expected: number;
  readonly logLikelihood: number;
  readonly p: number;
}

export interface ScanWork {
  readonly refusal: Refusal | null;
  readonly clusters: readonly FoundCluster[];
  readonly cells: number;
  readonly events: number;
  /** Draws made: fewer than asked for where it was soon clear that chance does as much. */
  readonly replications: number;
}

export const SCAN_WORK: BackgroundWork<ScanTask, ScanWork> = { module: new URL(import.meta.url), work };

/** Fewer cells than this have no "elsewhere". */
const LEAST_CELLS = 5;
/** Circles around each cell hold up to half of the others: that many pairs are held in memory. */
const MOST_CELLS = 3_000;
/** So many draws that reached the best cluster end them: its p value is above any level one would alarm at. */
const STOP_AFTER = 100;
/** A circle of half of all that is expected is no place. */
const MAX_SHARE = 0.5;

/** Cells are put in order of their ids, so that no order of the input shows. */
export function work(task: ScanTask, tell?: Tell): ScanWork {
  const { blocks, firstMonth, months, model, staff, longestMonths, maxRadiusKm, replications } = task;
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.split('\t') as Fields);
  const watched = staff.filter(({ staffMonths }) => staffMonths > 0).map(({ cell }) => cell);
  const cells = [
    ...new Set([...lines.map(([cell]) => cell), ...(model === 'poisson' ? watched : [])]),
  ].sort();
  const numbers = new Map(cells.map((cell, number) => [cell, number]));
  const counts = new Float64Array(cells.length * months);
  let events = 0;
  for (const [cell, month, found] of lines) {
    counts[numbers.get(cell)! * months + monthNumber(month) - firstMonth]! += Number(found);
    events += Number(found);
  }
  const shared = { cells: cells.length, events };
  const refuse = (reason: string, found: string, wanted: string): ScanWork => ({
    ...shared,
    refusal: refuseToDerive(reason, found, wanted),
    clusters: [],
    replications: 0,
  });
  if (events < LEAST_INCIDENTS)
    return refuse('not enough data', `${events} incidents in these cells`, `${LEAST_INCIDENTS} or more`);
  if (cells.length < LEAST_CELLS)
    return refuse('not enough data', `${cells.length} cells`, `${LEAST_CELLS} or more`);
  if (cells.length > MOST_CELLS)
    return refuse(
      'too much to hold',
      `${cells.length} cells`,
      `${MOST_CELLS} or fewer: coarser ones, or a narrower filter`,
    );
  const effort = new Float64Array(counts.length);
  for (const { cell, month, staffMonths } of staff) {
    const number = numbers.get(cell);
    const step = month - firstMonth;
    if (number !== undefined && step >= 0 && step < months) effort[number * months + step]! += staffMonths;
  }
  const result = spaceTimeScan(
    { positions: cells.map((cell) => centreOf(BigInt(cell))), steps: months, counts },
    {
      model,
      ...(model === 'poisson' && { effort }),
      random: seededRandom(task.seed),
      longest: longestMonths,
      maxShare: MAX_SHARE,
      maxRadiusKm,
      ends: 'last',
      replications,
      stopAfter: STOP_AFTER,
      mostClusters: task.mostClusters,
      tell,
    },
  );
  return {
    ...shared,
    refusal: null,
    replications: result.replications,
    clusters: result.clusters.map(({ centre: _first, cells: inside, ...cluster }) => ({
      ...cluster,
      cells: inside.map((number) => cells[number]!),
    })),
  };
}

type Fields = [cell: string, month: string, events: string];
