/** The transactions of a running import: each finds its batch as it left it, or stops. */
import type { Queryable, UnrestrictedDatabase } from '../../platform/database.ts';
import { claimOwner, dropAllClaims, dropClaim, holdBatch, renewClaim } from './import-lease.store.ts';
import type { BatchContext } from './import-types.ts';

/** Claims of this process whose import failed and which the database could not be told of. */
const abandoned = new Set<string>();

export function abandonedClaims(): ReadonlySet<string> {
  return abandoned;
}

/**
 * For acts on an organisation's records that an import could cross: until the transaction ends none of its imports begins or is undone.
 * Throws BUSY while one runs.
 */
export async function holdImports(connection: Queryable, ownerId: string): Promise<void> {
  await claimOwner(connection, ownerId, abandoned);
}

/** Throws CONFLICT when the batch was taken over, undone or moved on; nothing of `work` is then kept. */
export async function inBatch<T>(
  database: UnrestrictedDatabase,
  purpose: string,
  batch: BatchContext,
  state: 'reading' | 'composing',
  work: (connection: Queryable) => Promise<T>,
): Promise<T> {
  return database.unrestricted(purpose, async (connection) => {
    await holdBatch(connection, batch.batchId, batch.importer, state);
    const result = await work(connection);
    await renewClaim(connection, batch.batchId, batch.importer);
    return result;
  });
}

/** After a failure: whoever gives the file again need not wait. */
export async function giveUp(database: UnrestrictedDatabase, batch: BatchContext): Promise<void> {
  try {
    await database.unrestricted('give up an import', (connection) =>
      dropClaim(connection, batch.batchId, batch.importer),
    );
  } catch {
    // The failure that is on its way to the caller says more than this one; the claim is remembered as dead.
    abandoned.add(batch.importer);
  }
}

/** When a process opens a database that nobody else may have open: imports that were running died with their process. */
export async function forgetDeadImporters(database: UnrestrictedDatabase): Promise<void> {
  await database.unrestricted('forget importers that died', dropAllClaims);
}
