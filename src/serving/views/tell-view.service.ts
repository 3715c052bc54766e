/** One view at an epoch: sums of the atoms that everybody in them approved it for, or what is drawn of these sums. */
import { createHash } from 'node:crypto';
import type { BorderIndex } from '../../places/border-index.ts';
import type { Queryable } from '../../platform/database.ts';
import type { AtomRow } from './atom.store.ts';
import { countCells } from './count-levels.ts';
import { drawLayer } from './layers/draw-layer.ts';
import type { SharedViewRow } from './shared-view.store.ts';
import { type CellRow, insertFeatures, insertTold } from './told-epoch.store.ts';
import { areaOf } from './view-definition.ts';

export interface TellingAt {
  readonly epoch: number;
  readonly until: string;
  /** null where no view is a layer. */
  readonly borders: BorderIndex | null;
}

/** An atom is in a view only if everybody whose events are in it approves that view: views differ by whole atoms too. */
export async function tellView(
  connection: Queryable,
  view: SharedViewRow,
  atoms: readonly AtomRow[],
  { epoch, until, borders }: TellingAt,
): Promise<void> {
  const approvers = new Set(view.approvers);
  const counted = atoms.filter(({ contributors }) => contributors.every((id) => approvers.has(id)));
  const sums = countCells(view.dimensions, counted, areaOf);
  const features =
    view.layer === null || borders === null
      ? []
      : drawLayer({ layer: view.layer, dimensions: view.dimensions, cells: sums, until, borders });
  const cells =
    view.layer === null ? sums.map((sum): CellRow => ({ cell: nameOf(view, sum.key), ...sum })) : [];
  const digest = createHash('sha256')
    .update(JSON.stringify([view.id, epoch, view.layer === null ? cells : features]))
    .digest();
  await insertTold(connection, { viewId: view.id, epoch, contributors: view.approvers, digest }, cells);
  await insertFeatures(connection, view.id, epoch, features);
}

function nameOf({ dimensions }: SharedViewRow, key: CellRow['key']): string {
  return dimensions.map((dimension) => key[dimension]).join('|');
}
