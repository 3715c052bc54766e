/** Movements as the cells they were observed in, from what the database handed over. */
import { type Cell, cellsAlong, parentOf, resolutionOf } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';

export interface ObservedBlock {
  readonly part: 'movement' | 'stop';
  readonly block: string;
}

/** A longer straight leg is likelier flown or at sea than travelled overland along the line. */
export const LONGEST_LEG_KM = 500;

export interface ObservedMovement {
  readonly incidentId: string;
  readonly event: string;
  readonly owner: string;
  readonly month: string;
  readonly persons: number;
  readonly cells: Set<Cell>;
}

/** Stops known more coarsely than the resolution are left out. */
export function readMovements(
  blocks: readonly ObservedBlock[],
  withLegs: boolean,
  resolution: number,
): readonly ObservedMovement[] {
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
    const known = BigInt(cell);
    if (resolutionOf(known) < resolution) continue;
    movements[row]!.cells.add(resolutionOf(known) === resolution ? known : parentOf(known, resolution));
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
      for (const cell of cellsAlong(from.position, to.position, resolution)) movements[row]!.cells.add(cell);
    }
  });
  return movements;
}

/** Every stop, in the cell it is known to. */
export function readStops(blocks: readonly ObservedBlock[]): readonly { incident: string; cell: Cell }[] {
  const incidents: string[] = [];
  for (const line of linesIn(blocks, 'movement')) {
    const [number, incidentId, event] = line.split('\t') as [string, string, string];
    incidents[Number(number)] = event || incidentId;
  }
  return Array.from(linesIn(blocks, 'stop'), (line) => {
    const [number, , cell] = line.split('\t') as [string, string, string];
    return { incident: incidents[Number(number)]!, cell: BigInt(cell) };
  });
}

function* linesIn(blocks: readonly ObservedBlock[], wanted: ObservedBlock['part']): Generator<string> {
  for (const { part, block } of blocks) if (part === wanted) yield* block.split('\n');
}

/** By cell, ids of incidents, ascending, at most `most` of each. */
export function evidenceOf(
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
