/** Every command of `npx headwater`: those that work on an open hub, and those that need none. */
import { ACCOUNT } from './account-command.ts';
import { AUDIT } from './audit-command.ts';
import { BACKUP } from './backup-command.ts';
import { type Command, type CommandHelp, type FreeCommand, wantNothing } from './commands.ts';
import { DOCTOR } from './doctor-command.ts';
import { EXPORT } from './export-command.ts';
import { IMPORT } from './import-command.ts';
import { KEY } from './key-command.ts';
import { KEYS } from './keys-command.ts';
import { MATCH } from './match-command.ts';
import { PROFILES } from './profiles-command.ts';
import { QUARANTINE } from './quarantine-command.ts';
import { RESTORE } from './restore-command.ts';
import { RETENTION } from './retention-command.ts';
import { SEED } from './seed-command.ts';
import { UNDO } from './undo-command.ts';
import { WITNESS } from './witness-command.ts';

const MIGRATE: Command = {
  usage: 'migrate',
  summary: 'brings the database to the level of this version (opening it already did)',
  run: async (args, { say }) => {
    wantNothing(args, MIGRATE);
    say('the database is at the level of this version');
    return 0;
  },
};

export const COMMANDS: Readonly<Record<string, Command>> = {
  import: IMPORT,
  quarantine: QUARANTINE,
  undo: UNDO,
  export: EXPORT,
  account: ACCOUNT,
  key: KEY,
  keys: KEYS,
  audit: AUDIT,
  backup: BACKUP,
  restore: RESTORE,
  retention: RETENTION,
  seed: SEED,
  doctor: DOCTOR,
  migrate: MIGRATE,
};

export const FREE_COMMANDS: Readonly<Record<string, FreeCommand>> = {
  profiles: PROFILES,
  witness: WITNESS,
  match: MATCH,
};

export const SERVE_HELP: CommandHelp = {
  usage: 'serve',
  summary: 'starts the hub (also: npm start); the README lists its settings',
};

export const COMMAND_NAMES: readonly string[] = [
  'serve',
  ...Object.keys(COMMANDS),
  ...Object.keys(FREE_COMMANDS),
];

/** Null when there is no such command. */
export function helpOf(name: string): CommandHelp | null {
  if (name === 'serve') return SERVE_HELP;
  for (const list of [COMMANDS, FREE_COMMANDS]) if (Object.hasOwn(list, name)) return list[name] ?? null;
  return null;
}

/** All commands, or one with its options. */
export function helpLines(name: string | null): readonly string[] {
  const one = name === null ? null : helpOf(name);
  if (one !== null)
    return [
      `npx headwater ${one.usage}`,
      `  ${one.summary}`,
      ...(one.details ?? []).map((line) => `  ${line}`),
    ];
  const all = COMMAND_NAMES.flatMap((each) => helpOf(each) ?? []);
  return [
    'npx headwater COMMAND',
    ...all.map(({ usage, summary }) => `  ${usage}\n      ${summary}`),
    'npx headwater COMMAND --help says more of one command, npx headwater --version which version this is.',
    'Settings: PORT, HOST, DATABASE_URL, DATABASE_OWNER_URL, HEADWATER_DATA_DIR, HEADWATER_KEYS_DIR, HEADWATER_DEMO, HEADWATER_OIDC_ISSUER, LOG_LEVEL; the README says more.',
  ];
}
