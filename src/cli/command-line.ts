/** From what was typed to what is run: here, or in the hub that holds the data folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { failureOf } from './command-failure.ts';
import { COMMAND_NAMES, FREE_COMMANDS, helpLines, helpOf, SERVE_HELP } from './command-list.ts';
import { unknownCommand, wantNothing } from './commands.ts';
import { PACKAGE_FOLDER } from './hub.ts';
import { openConfiguredHub } from './open-hub.ts';
import { restore } from './restore-command.ts';
import { runOnHub } from './run-on-hub.ts';
import { serve } from './serve.ts';
import { buildTemplates } from './template.ts';
import { type Screen, terminal } from './terminal.ts';

const HELP = new Set(['help', '--help', '-h']);
const VERSION = new Set(['version', '--version', '-v']);

/** When no running hub answered (see entry.ts). Returns the exit code: 0 done, 1 failed, 2 wrongly asked. */
export async function runCommandLine(args: readonly string[], screen: Screen = terminal()): Promise<number> {
  try {
    const [name = 'serve', ...rest] = args;
    if (VERSION.has(name)) {
      screen.say(`headwater ${version()}`);
      return 0;
    }
    if (HELP.has(name) || rest.some((word) => word === '--help' || word === '-h')) {
      const about = HELP.has(name) ? rest[0] : name;
      if (about !== undefined && about !== 'help' && helpOf(about) === null)
        throw unknownCommand(about, COMMAND_NAMES);
      for (const line of helpLines(about ?? null)) screen.say(line);
      return 0;
    }
    if (name === 'prepare') {
      await buildTemplates((message) => screen.progress(message));
      return 0;
    }
    const free = Object.hasOwn(FREE_COMMANDS, name) ? FREE_COMMANDS[name] : undefined;
    if (free !== undefined) return await free.run(rest, screen.say);
    if (helpOf(name) === null) throw unknownCommand(name, COMMAND_NAMES);
    if (name === 'serve') wantNothing(rest, SERVE_HELP);
    const config = readConfig();
    if (name === 'serve') return await serve(config, screen);
    if (name === 'restore') return await restore(rest, config, screen.say);
    return await runCommand(args, config, screen);
  } catch (error) {
    const { sentence, exit, unexpected } = failureOf(error);
    screen.error(unexpected && error instanceof Error ? (error.stack ?? sentence) : sentence);
    return exit;
  } finally {
    screen.close();
  }
}

async function runCommand(args: readonly string[], config: Config, screen: Screen): Promise<number> {
  const opened = await openConfiguredHub({ ...config, loadDemo: false }, `headwater ${args[0]}`, (message) =>
    screen.progress(message),
  );
  try {
    return await runOnHub(args, {
      hub: opened.hub,
      folder: process.cwd(),
      say: screen.say,
      progress: screen.progress,
    });
  } finally {
    await opened.close();
  }
}

function version(): string {
  const { version: number } = JSON.parse(readFileSync(path.join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return number;
}
