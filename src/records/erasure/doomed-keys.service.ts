/** Destroying keys that an erasure has doomed: after its transaction, and again when the hub opens, should it have been cut short. */
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { deleteDoomed, doomedKeys } from './doomed-key.store.ts';

/** A key that is not in this folder was destroyed with another; it is forgotten. */
export async function destroyDoomedKeys({
  database,
  keys,
}: Pick<ImportTools, 'database' | 'keys'>): Promise<void> {
  const doomed = await database.unrestricted('find keys to destroy', doomedKeys);
  if (doomed.length === 0) return;
  for (const id of doomed) {
    try {
      keys.destroy([id]);
    } catch (error) {
      if (!(error instanceof HeadwaterError && error.code === 'BUSY')) throw error;
    }
  }
  await database.unrestricted('forget keys that were destroyed', (connection) =>
    deleteDoomed(connection, doomed),
  );
}
