/** Sealing imports anew of whose rows some went: the key they came under opens what is left of those in files and backups. */
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { destroyDoomedKeys } from './doomed-keys.service.ts';
import { sealAnew } from './raw-rows.service.ts';
import { staleBatches, takeStale } from './stale-batch.store.ts';

/**
 * Each import in a transaction of its own, then the keys that were doomed. An import that is running keeps its organisation's for the next
 * time: the mark stays. Returns how many were sealed anew.
 */
export async function sealStaleBatches(tools: Pick<ImportTools, 'database' | 'keys'>): Promise<number> {
  const waiting = await tools.database.unrestricted('find imports to seal anew', staleBatches);
  let sealed = 0;
  for (const batchId of waiting) {
    try {
      await tools.database.unrestricted('seal an import anew', async (connection) => {
        const batch = await takeStale(connection, batchId);
        if (batch === null) return;
        await holdImports(connection, batch.owner_id);
        await sealAnew(tools, connection, batchId, batch.key_id);
        sealed += 1;
      });
    } catch (error) {
      if (!(error instanceof HeadwaterError && error.code === 'BUSY')) throw error;
    }
  }
  await destroyDoomedKeys(tools);
  return sealed;
}
