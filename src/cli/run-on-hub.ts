/** Finds the command and runs it on an open hub. */
import { HeadwaterError } from '../kernel/errors.ts';
import { COMMANDS } from './command-list.ts';
import type { CommandContext } from './commands.ts';

/** Throws BAD_INPUT for a command that is not there. */
export async function runOnHub(args: readonly string[], context: CommandContext): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `found no command "${name}", wanted one of serve, ${Object.keys(COMMANDS).join(', ')}`,
    );
  }
  return command.run(rest, context);
}
