/** From what was typed to what is run: here, or in the hub that holds the data folder. */
import { type Config, readConfig } from '../config.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { COMMANDS } from './command-list.ts';
import { openConfiguredHub } from './open-hub.ts';
import { runOnHub } from './run-on-hub.ts';
import { serve } from './serve.ts';
import { buildTemplates } from './template.ts';
import { terminal } from './terminal.ts';

/** When no running hub answered (see entry.ts). Returns the exit code: 0 done, 1 failed, 2 wrongly asked. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const screen = terminal();
  try {
    const [name = 'serve'] = args;
    if (name === 'help' || name === '--help' || name === '-h') {
      for (const line of helpLines()) screen.say(line);
      return 0;
    }
    if (name === 'prepare') {
      await buildTemplates((message) => screen.progress(message));
      return 0;
    }
    const config = readConfig();
    if (name === 'serve') return await serve(config, screen);
    if (!Object.hasOwn(COMMANDS, name)) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `found no command "${name}", wanted one of serve, ${Object.keys(COMMANDS).join(', ')}`,
      );
    }
    return await runCommand(args, config, screen);
  } catch (error) {
    const known = error instanceof HeadwaterError || isArgumentError(error);
    screen.error(known ? (error as Error).message : ((error as Error).stack ?? String(error)));
    return error instanceof HeadwaterError && error.code === 'BAD_INPUT' ? 2 : 1;
  } finally {
    screen.close();
  }
}

async function runCommand(
  args: readonly string[],
  config: Config,
  screen: ReturnType<typeof terminal>,
): Promise<number> {
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

function isArgumentError(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
}

function helpLines(): string[] {
  const commands = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return [
    'npx headwater COMMAND',
    '  serve\n      starts the hub (also: npm start)',
    ...commands,
    'Settings: PORT, HOST, DATABASE_URL, DATABASE_OWNER_URL, HEADWATER_DATA_DIR, HEADWATER_KEYS_DIR, HEADWATER_DEMO, LOG_LEVEL; the README says more.',
  ];
}
