/** `headwater undo`: takes an import back. */
import { parseArgs } from 'node:util';
import { readOrganisation } from '../access/key.store.ts';
import { planImportUndo, undoImport } from '../intake/imports/import.service.ts';
import { tellObstacle, type UndoPlan } from '../intake/imports/undo-plan.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { foldCounts } from '../records/flows/fold-counts.service.ts';
import type { Command } from './commands.ts';

export const UNDO: Command = {
  usage: 'undo --org SLUG [--plan] BATCH',
  summary: 'takes an import back, unless something later stands on it',
  details: [
    '--org SLUG  the organisation that imported it',
    '--plan      changes nothing: says what would go, and what would have to go first',
    'BATCH       the id at the end of the summary of the import (GraphQL: imports { nodes { id } })',
  ],
  run: async (args, { hub, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { org: { type: 'string' }, plan: { type: 'boolean', default: false } },
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
    if (values.plan) {
      const plan = await planImportUndo(hub.imports, organisation.id, batch);
      if (plan === null) throw new HeadwaterError('NOT_FOUND', 'found no import with that id that stands');
      for (const line of planLines(plan)) say(line);
      return 0;
    }
    const undone = await undoImport(hub.imports, organisation.id, null, batch);
    await foldCounts(hub.database);
    say(undone ? `import ${batch} is undone` : `import ${batch} was undone already: nothing was changed`);
    return 0;
  },
};

function planLines({ steps, byPeople, circular }: UndoPlan): readonly string[] {
  const lines = steps.map(
    ({ batchId, fileName, removed, restored, attached }, at) =>
      `${at + 1}. ${batchId} ${fileName}: ${recordsOf(removed)} would go, ${restored} would say again what they said before` +
      (attached === 0 ? '' : `; files and comments on them that would go too: ${attached}`),
  );
  const stands = byPeople.map((obstacle) => `stands in the way: ${tellObstacle(obstacle)}`);
  return [...lines, ...stands, verdict({ steps, byPeople, circular })];
}

function verdict({ steps, byPeople, circular }: Pick<UndoPlan, 'steps' | 'byPeople' | 'circular'>): string {
  if (circular) return 'not possible: these imports stand on one another; withdraw single reports instead';
  if (byPeople.length > 0) return 'not possible while that stands in the way';
  return steps.length === 1 ? 'possible now' : 'possible now, one by one in this order';
}

function recordsOf(count: number): string {
  return `${count} ${count === 1 ? 'record' : 'records'}`;
}
