/** Route hotspots from what the database handed over, in one piece of pure work that a background thread can do. */
import { type Cell, cellsAlong } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork } from '../../platform/background.ts';
import type { Refusal } from '../derivation.ts';
import {
  deriveRouteHotspots,
  type HotspotCell,
  type IncidentFootprint,
  type RouteHotspotParameters,
} from './route-hotspots.ts';

export interface ObservedBlock {
  readonly part: 'movement' | 'stop';
  readonly block: string;
}

export interface HotspotTask {
  readonly blocks: readonly ObservedBlock[];
  readonly parameters: RouteHotspotParameters;
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
}

export interface FoundCell extends HotspotCell {
  /** Ascending. */
  readonly incidentIds: readonly string[];
}

/** A longer straight leg is likelier flown or at sea than travelled overland along the line. */
export const LONGEST_LEG_KM = 500;

export const HOTSPOT_WORK: BackgroundWork<HotspotTask, HotspotWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work(task: HotspotTask): HotspotWork {
  const movements = readMovements(task);
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
    window: first === undefined || last === undefined ? null : { first, last },
  };
  const missing =
    away === 0
      ? []
      : [`${away} of ${movements.length} movements were observed at no place as fine as these cells.`];
  const result = deriveRouteHotspots(footprints, task.parameters, seededRandom(task.seed));
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

interface ObservedMovement {
  readonly incidentId: string;
  readonly event: string;
  readonly owner: string;
  readonly month: string;
  readonly persons: number;
  readonly cells: Set<Cell>;
}

function readMovements({ blocks, withLegs, parameters }: HotspotTask): readonly ObservedMovement[] {
  const movements: ObservedMovement[] = [];
  for (const line of linesIn(blocks, 'movement')) {
    const [number, incidentId, event, owner, month, persons] = line.split('\t') as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    movements[Number(number)] = {
      incidentId,
      event: event || incidentId,
      owner,
      month,
      persons: Number(persons),
      cells: new Set(),
    };
  }
  const stops: { ordinal: number; position: Position }[][] = [];
  for (const line of linesIn(blocks, 'stop')) {
    const [number, ordinal, cell, longitude, latitude] = line.split('\t') as [
      string,
      string,
      string,
      string,
      string,
    ];
    const row = Number(number);
    movements[row]!.cells.add(BigInt(cell));
    const stop = { ordinal: Number(ordinal), position: [Number(longitude), Number(latitude)] as const };
    if (withLegs) (stops[row] ??= []).push(stop);
  }
  stops.forEach((list, row) => {
    list.sort((a, b) => a.ordinal - b.ordinal);
    for (const [i, to] of list.entries()) {
      const from = list[i - 1];
      // Only where nothing lies between: a leg past a stop that was merely stated is not an observed one.
      if (!from || to.ordinal !== from.ordinal + 1) continue;
      if (greatCircleKm(from.position, to.position) > LONGEST_LEG_KM) continue;
      for (const cell of cellsAlong(from.position, to.position, parameters.resolution))
        movements[row]!.cells.add(cell);
    }
  });
  return movements;
}

function* linesIn(blocks: readonly ObservedBlock[], wanted: ObservedBlock['part']): Generator<string> {
  for (const { part, block } of blocks) if (part === wanted) yield* block.split('\n');
}

function byImportance(a: HotspotCell, b: HotspotCell): number {
  const rank = (cell: HotspotCell): number => (cell.class === 'hot' ? 0 : cell.class === 'cold' ? 1 : 2);
  return rank(a) - rank(b) || b.magnitude - a.magnitude || (a.cell < b.cell ? -1 : 1);
}

function evidenceOf(
  movements: readonly ObservedMovement[],
  wanted: ReadonlySet<Cell>,
  most: number,
): ReadonlyMap<Cell, readonly string[]> {
  const found = new Map<Cell, Set<string>>();
  if (most === 0) return new Map();
  for (const { cells, incidentId } of movements) {
    for (const cell of cells) {
      if (!wanted.has(cell)) continue;
      const ids = found.get(cell);
      if (ids) ids.add(incidentId);
      else found.set(cell, new Set([incidentId]));
    }
  }
  return new Map([...found].map(([cell, ids]) => [cell, [...ids].sort().slice(0, most)]));
}
