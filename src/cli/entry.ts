/** The first, light step of every command: whoever holds the data folder is asked, or named, before anything heavy is loaded. */
import { readConfig } from '../config.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { heldBy, holderOf } from '../platform/folder-lock.ts';
import { keepYoungSpaceSmall } from '../platform/memory.ts';
import { runThroughHub } from './control-client.ts';
import { terminal } from './terminal.ts';

const LEAST_NODE = 24;
/** Commands that need no data folder, and words that turn any command into such a one. */
const FREE = new Set(['help', 'version', '-v', '--version', 'prepare', 'profiles', 'witness']);
const ASKS_FOR_HELP = new Set(['--help', '-h']);

/** Returns the exit code: 0 done, 1 failed, 2 wrongly asked. */
export async function runHeadwater(args: readonly string[]): Promise<number> {
  const screen = terminal();
  try {
    checkNode();
    const [name = 'serve'] = args;
    if (name === 'import') keepYoungSpaceSmall();
    const free = FREE.has(name) || args.some((word) => ASKS_FOR_HELP.has(word));
    const config = free ? null : readConfig();
    if (config?.database.mode === 'embedded') {
      const holder = holderOf(config.dataFolder);
      if (holder !== null && name === 'serve') throw heldBy(config.dataFolder, holder);
      if (holder !== null) {
        const exit = await runThroughHub(config.dataFolder, { args, folder: process.cwd() }, screen);
        if (exit !== null) return exit;
      }
    }
  } catch (error) {
    screen.error((error as Error).message);
    return 1;
  } finally {
    screen.close();
  }
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(args);
}

function checkNode(): void {
  if (Number(process.versions.node.split('.')[0]) >= LEAST_NODE) return;
  throw new HeadwaterError(
    'BAD_CONFIGURATION',
    `found Node ${process.versions.node}, wanted ${LEAST_NODE} or later; npm scripts and npx use the one that npm ci installed`,
  );
}
