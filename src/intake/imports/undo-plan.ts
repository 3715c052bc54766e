/** What taking an import back would change, and in which order what stands on it would have to go first. */
import type { Queryable } from '../../platform/database.ts';

export interface UndoObstacle {
  readonly kind:
    | 'corrected'
    | 'found_unchanged'
    | 'further_parts'
    | 'by_hand'
    | 'verified'
    | 'linked'
    | 'reviewed'
    | 'held';
  /** What they are, in the plural: "reports". */
  readonly records: string;
  readonly count: number;
  /** The import that did it; null: people did. */
  readonly batchId: string | null;
  readonly fileName: string | null;
  /** The first of them. */
  readonly recordIds: readonly string[];
}

/** What one import would take with it. */
export interface UndoEffect {
  /** Records that would not be there any more. */
  readonly removed: number;
  /** Records that would say again what they said before. */
  readonly restored: number;
  /** Files and comments that were hung on the records that would go. */
  readonly attached: number;
}

export interface UndoStep extends UndoEffect {
  readonly batchId: string;
  readonly fileName: string;
}

export interface UndoPlan {
  /** Imports to take back, in this order; the last is the one asked about. */
  readonly steps: readonly UndoStep[];
  /** What people built on any of them: while it stands, nothing of the plan that comes after it can be done. */
  readonly byPeople: readonly UndoObstacle[];
  /** What stands on the import asked about itself. */
  readonly obstacles: readonly UndoObstacle[];
  /** Imports that stand on one another: there is no order in which they can be taken back. */
  readonly circular: boolean;
}

/** How records answer what stands on a batch and what it would take with it. */
export interface UndoPort {
  obstacles(connection: Queryable, batchId: string): Promise<readonly UndoObstacle[]>;
  effect(connection: Queryable, batchId: string): Promise<UndoEffect>;
}

/**
 * Walks from the import to everything that stands on it; what stands on something goes before it. An import that was interrupted and gone
 * on with may stand on one that stands on it: then neither can go first, and `circular` says so.
 */
export async function planUndo(
  connection: Queryable,
  port: UndoPort,
  batchId: string,
  namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<UndoPlan> {
  const found = new Map<string, readonly UndoObstacle[]>();
  const order: string[] = [];
  let circular = false;
  const visit = async (id: string): Promise<void> => {
    if (found.has(id)) {
      circular ||= !order.includes(id);
      return;
    }
    const obstacles = await port.obstacles(connection, id);
    found.set(id, obstacles);
    for (const standing of new Set(obstacles.flatMap((each) => each.batchId ?? []))) await visit(standing);
    order.push(id);
  };
  await visit(batchId);
  const names = await namesOf(order);
  const steps: UndoStep[] = [];
  for (const id of order)
    steps.push({ batchId: id, fileName: names.get(id) ?? '', ...(await port.effect(connection, id)) });
  return {
    steps,
    byPeople: [...found.values()].flatMap((obstacles) => obstacles.filter((each) => each.batchId === null)),
    obstacles: found.get(batchId) ?? [],
    circular,
  };
}

/** One sentence of what stands in the way, for whoever asked to take it back. */
export function tellObstacle({ kind, records, count, fileName }: UndoObstacle): string {
  const what = `${count} of its ${records}`;
  if (kind === 'by_hand') return `${what} were changed by their owner, by hand, since`;
  if (kind === 'verified') return `${what} have answers of verifiers`;
  if (kind === 'linked') return `${what} are linked to other reports of the same event: undo the links first`;
  if (kind === 'reviewed') return `${what} were reviewed: what was decided about them would be gone`;
  if (kind === 'held') return `${what} are under a legal hold: lift it first`;
  return `${what} ${HAPPENED[kind]} a later import (${fileName ?? 'unnamed'}): undo that one first`;
}

const HAPPENED = {
  corrected: 'were corrected by',
  found_unchanged: 'were found unchanged by',
  further_parts: 'have further parts from',
} as const;
