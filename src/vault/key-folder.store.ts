/** Which key folder a database belongs to: with another one what is sealed could not be read, and what is sealed anew would be lost on all others. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { UnrestrictedDatabase } from '../platform/database.ts';
import type { KeyStore } from './key-store.ts';

/** Marks a new database with its key folder. Throws BAD_CONFIGURATION when it bears the mark of another. */
export async function recogniseKeyFolder(database: UnrestrictedDatabase, keys: KeyStore): Promise<void> {
  const mark = Buffer.from(keys.token('key-folder', 'mark'));
  const found = await database.unrestricted('recognise the key folder', async (connection) => {
    await connection.execute('insert into key_folder (mark) values ($1) on conflict do nothing', [mark]);
    return connection.query<{ mark: Uint8Array }>('select mark from key_folder');
  });
  if (found[0] !== undefined && mark.equals(found[0].mark)) return;
  throw new HeadwaterError(
    'BAD_CONFIGURATION',
    'HEADWATER_KEYS_DIR: found a key folder with another master key than the one this database was begun with, wanted that one; with this one nothing that is sealed opens',
  );
}
