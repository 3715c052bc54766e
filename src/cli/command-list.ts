/** Every command of `npx headwater` that works on an open hub. */
import { AUDIT } from './audit-command.ts';
import type { Command } from './commands.ts';
import { DOCTOR } from './doctor-command.ts';
import { IMPORT } from './import-command.ts';
import { KEY } from './key-command.ts';
import { SEED } from './seed-command.ts';
import { UNDO } from './undo-command.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  import: IMPORT,
  undo: UNDO,
  key: KEY,
  audit: AUDIT,
  seed: SEED,
  doctor: DOCTOR,
  migrate: {
    usage: 'migrate',
    summary: 'brings the database to the level of this version (opening it already did)',
    run: async (_args, { say }) => {
      say('the database is at the level of this version');
      return 0;
    },
  },
};
