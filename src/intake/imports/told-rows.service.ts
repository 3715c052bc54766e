/** Looking through what an import says of its rows, page by page: for the owner of the machine, who types commands. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { UnrestrictedDatabase } from '../../platform/database.ts';
import { readToldBatch, readToldRows, type ToldBatch, type ToldRow } from './told-row.store.ts';

export type { ToldRow } from './told-row.store.ts';

export interface ToldPage extends ToldBatch {
  readonly rows: readonly ToldRow[];
  /** Whether rows follow. */
  readonly more: boolean;
}

/** Throws NOT_FOUND. */
export async function readToldPage(
  database: UnrestrictedDatabase,
  batchId: string,
  page: { readonly afterLine: number; readonly first: number },
): Promise<ToldPage> {
  return database.unrestricted('look through an import', async (connection) => {
    const batch = await readToldBatch(connection, batchId);
    if (batch === null)
      throw new HeadwaterError('NOT_FOUND', `found no import ${batchId}, wanted the batch of a summary`);
    const rows = await readToldRows(connection, batchId, page.afterLine, page.first + 1);
    return { ...batch, rows: rows.slice(0, page.first), more: rows.length > page.first };
  });
}
