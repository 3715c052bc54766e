/** Finds the command and runs it on an open hub. */
import { COMMAND_NAMES, COMMANDS } from './command-list.ts';
import { type CommandContext, unknownCommand } from './commands.ts';

/** Throws BAD_INPUT for a command that is not there. */
export async function runOnHub(args: readonly string[], context: CommandContext): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw unknownCommand(name, COMMAND_NAMES);
  return command.run(rest, context);
}
