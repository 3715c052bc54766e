/** Route hotspots from what the database handed over, in one piece of pure work that a background thread can do. */
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import type { Refusal } from '../derivation.ts';
import { monthName } from '../month-number.ts';
import { chooseScale, type ScaleDecision } from './automatic-scale.ts';
import { Footprints, incidentsOf } from './footprint-columns.ts';
import type { ObservedBlock } from './observed-blocks.ts';
import {
  evidenceOf,
  forEachEvent,
  type ObservedColumns,
  observedCounts,
  readMovements,
  readStops,
} from './observed-movements.ts';
import { deriveHotspotsOf, type HotspotCell, type RouteHotspotParameters } from './route-hotspots.ts';

export interface HotspotTask {
  readonly blocks: readonly ObservedBlock[];
  readonly parameters: RouteHotspotParameters;
  /** Whether resolution and rings are chosen here, whatever the parameters say. */
  readonly isAutomatic: boolean;
  readonly withLegs: boolean;
  readonly byPersons: boolean;
  readonly seed: number;
  /** How many cells to give back, and how many incidents to name for each. */
  readonly first: number;
  readonly evidence: number;
}

export interface HotspotWork {
  readonly refusal: Refusal | null;
  /** Significant ones first, then by magnitude. */
  readonly cells: readonly FoundCell[];
  readonly tested: number;
  readonly hot: number;
  readonly cold: number;
  readonly counts: { readonly movements: number; readonly incidents: number; readonly owners: number };
  readonly window: { readonly first: string; readonly last: string } | null;
  readonly unknowns: readonly string[];
  /** What was looked for with. */
  readonly scale: { readonly resolution: number; readonly rings: number };
  /** Empty unless they were chosen here. */
  readonly decisions: readonly ScaleDecision[];
}

export interface FoundCell extends HotspotCell {
  /** Ascending. */
  readonly incidentIds: readonly string[];
}

export const HOTSPOT_WORK: BackgroundWork<HotspotTask, HotspotWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work(task: HotspotTask, tell?: Tell): HotspotWork {
  const { decisions, ...scale } = task.isAutomatic
    ? chooseScale(readStops(task.blocks))
    : { resolution: task.parameters.resolution, rings: task.parameters.rings, decisions: [] };
  const movements = readMovements(task.blocks, task.withLegs, scale.resolution);
  const gathered = new Footprints(movements.index);
  forEachEvent(
    movements,
    () => true,
    ({ numbers, from, to, persons }) => gathered.add(numbers, from, to, task.byPersons ? persons : 1),
  );
  const { cells, counts } = movements.rolled;
  for (let row = 0; row < cells.length; row += 1)
    if (cells[row]! >= 0) gathered.add(cells, row, row + 1, 1, counts[row]);
  const columns = gathered.columns();
  const { movements: records, away } = observedCounts(movements);
  const shared = {
    counts: { movements: records, incidents: incidentsOf(columns), owners: movements.owners },
    scale,
    decisions,
    window: windowOf(movements),
  };
  const missing =
    away === 0 ? [] : [`${away} of ${records} movements were observed at no place as fine as these cells.`];
  const result = deriveHotspotsOf(
    columns,
    records - away,
    { ...task.parameters, ...scale },
    seededRandom(task.seed),
    tell,
  );
  if (result.refused)
    return { ...shared, refusal: result, cells: [], tested: 0, hot: 0, cold: 0, unknowns: missing };
  const ranked = [...result.cells].sort(byImportance).slice(0, task.first);
  const evidence = evidenceOf(
    movements,
    ranked.map(({ cell }) => cell),
    task.evidence,
  );
  return {
    ...shared,
    refusal: null,
    cells: ranked.map((cell) => ({ ...cell, incidentIds: evidence.get(cell.cell) ?? [] })),
    tested: result.cells.length,
    hot: result.cells.filter((cell) => cell.class === 'hot').length,
    cold: result.cells.filter((cell) => cell.class === 'cold').length,
    unknowns: [...result.unknowns, ...missing],
  };
}

function windowOf({ months, rolled }: ObservedColumns): HotspotWork['window'] {
  const dated = [...months.filter((month) => month >= 0), ...rolled.window];
  if (dated.length === 0) return null;
  const [first, last] = [dated.reduce((a, b) => Math.min(a, b)), dated.reduce((a, b) => Math.max(a, b))];
  return { first: monthName(first), last: monthName(last) };
}

function byImportance(a: HotspotCell, b: HotspotCell): number {
  const rank = (cell: HotspotCell): number => (cell.class === 'hot' ? 0 : cell.class === 'cold' ? 1 : 2);
  return rank(a) - rank(b) || b.magnitude - a.magnitude || (a.cell < b.cell ? -1 : 1);
}
