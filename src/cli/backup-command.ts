/** `headwater backup`: the data folder of the embedded database as one file, taken while nobody else may write. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { packFolder } from '../platform/folder-archive.ts';
import { syncFolder } from '../vault/key-ring.ts';
import { manifestOf } from './backup-manifest.store.ts';
import type { Command } from './commands.ts';

export const BACKUP: Command = {
  usage: 'backup FILE',
  summary:
    'copies the data of the embedded database into a file, the running hub waiting; keys are not in it',
  details: [
    'FILE  must not be there yet. It holds sealed values and pseudonyms, and opens with the key folder alone,',
    '      which is to be kept apart from it. `npx headwater restore FILE` brings it back.',
  ],
  run: async (args, { hub, folder, say }) => {
    const [given, ...others] = args;
    if (given === undefined || others.length > 0)
      throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${BACKUP.usage}`);
    const { dataFolder } = hub;
    if (dataFolder === null) throw forServers('backup');
    const file = path.resolve(folder, given);
    if (existsSync(file)) throw new HeadwaterError('CONFLICT', `${file} is there already; name another`);
    if (file.startsWith(path.resolve(dataFolder) + path.sep))
      throw new HeadwaterError('BAD_INPUT', `${file} lies in the data folder; name a file elsewhere`);
    const draft = `${file}.part`;
    try {
      // The one connection is held while files are read: nobody writes, and every acknowledged change is in them.
      const events = await hub.database.unrestricted('back the database up', async (connection) => {
        const manifest = await manifestOf(connection);
        await packFolder(dataFolder, draft, manifest);
        return manifest.tables.audit_event;
      });
      renameSync(draft, file);
      syncFolder(path.dirname(file));
      say(`backed up to ${file}, with ${events} events of the audit log; keep the key folder elsewhere`);
    } catch (error) {
      if (!(error instanceof Error && (error as NodeJS.ErrnoException).code === 'EEXIST'))
        rmSync(draft, { force: true });
      throw error;
    }
    return 0;
  },
};

export function forServers(command: string): HeadwaterError {
  return new HeadwaterError(
    'BAD_INPUT',
    `${command} is for the embedded database; on a server use pg_dump and pg_restore. ` +
      'The hub carries the ledger of erasures out on what was restored when it opens it next, before it serves',
  );
}
