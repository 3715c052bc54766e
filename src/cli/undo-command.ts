/** `headwater undo`: takes an import back. */
import { parseArgs } from 'node:util';
import { readOrganisation } from '../access/key.store.ts';
import { undoImport } from '../intake/imports/import.service.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Command } from './commands.ts';

export const UNDO: Command = {
  usage: 'undo --org SLUG BATCH',
  summary: 'takes an import back, unless something later stands on it',
  details: [
    '--org SLUG  the organisation that imported it',
    'BATCH       the id at the end of the summary of the import (GraphQL: imports { nodes { id } })',
  ],
  run: async (args, { hub, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { org: { type: 'string' } },
    });
    const [batch, ...others] = positionals;
    if (
      values.org === undefined ||
      batch === undefined ||
      others.length > 0 ||
      !/^[0-9a-f-]{36}$/.test(batch)
    ) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `wanted: npx headwater ${UNDO.usage}, with the batch's id from the import's summary`,
      );
    }
    const slug = values.org;
    const organisation = await hub.database.unrestricted('find the organisation', (connection) =>
      readOrganisation(connection, slug),
    );
    const undone = await undoImport(hub.imports, organisation.id, null, batch);
    say(undone ? `import ${batch} is undone` : `import ${batch} was undone already: nothing was changed`);
    return 0;
  },
};
