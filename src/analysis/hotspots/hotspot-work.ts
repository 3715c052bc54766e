/** Route hotspots from what the database handed over, in one piece of pure work that a background thread can do. */
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import type { Refusal } from '../derivation.ts';
import { chooseScale, type ScaleDecision } from './automatic-scale.ts';
import { evidenceOf, type ObservedBlock, readMovements, readStops } from './observed-movements.ts';
import {
  deriveRouteHotspots,
  type HotspotCell,
  type IncidentFootprint,
  type RouteHotspotParameters,
} from './route-hotspots.ts';

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
  const footprints = movements.flatMap(({ event, cells, persons }): IncidentFootprint[] =>
    cells.size === 0 ? [] : [{ incident: event, cells: [...cells], weight: task.byPersons ? persons : 1 }],
  );
  const months = movements.flatMap(({ month }) => (month === '' ? [] : [month])).sort();
  const [first, last] = [months[0], months[months.length - 1]];
  const away = movements.length - footprints.length;
  const shared = {
    counts: {
      movements: movements.length,
      incidents: new Set(footprints.map(({ incident }) => incident)).size,
      owners: new Set(movements.map(({ owner }) => owner)).size,
    },
    scale,
    decisions,
    window: first === undefined || last === undefined ? null : { first, last },
  };
  const missing =
    away === 0
      ? []
      : [`${away} of ${movements.length} movements were observed at no place as fine as these cells.`];
  const result = deriveRouteHotspots(
    footprints,
    { ...task.parameters, ...scale },
    seededRandom(task.seed),
    tell,
  );
  if (result.refused)
    return { ...shared, refusal: result, cells: [], tested: 0, hot: 0, cold: 0, unknowns: missing };
  const ranked = [...result.cells].sort(byImportance).slice(0, task.first);
  const evidence = evidenceOf(movements, new Set(ranked.map(({ cell }) => cell)), task.evidence);
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

function byImportance(a: HotspotCell, b: HotspotCell): number {
  const rank = (cell: HotspotCell): number => (cell.class === 'hot' ? 0 : cell.class === 'cold' ? 1 : 2);
  return rank(a) - rank(b) || b.magnitude - a.magnitude || (a.cell < b.cell ? -1 : 1);
}
