/** The commands that work on an open hub, wherever it is open: here, or in the server that holds the data folder. */
import { HeadwaterError } from '../kernel/errors.ts';
import { suggestion } from '../kernel/nearest.ts';
import type { Hub } from './hub.ts';

export interface CommandContext {
  readonly hub: Hub;
  /** Paths are relative to where the command was typed. */
  readonly folder: string;
  say(line: string): void;
  /** A changing line on a terminal, a plain line now and then elsewhere. */
  progress(line: string): void;
}

/** What `help` shows of a command. */
export interface CommandHelp {
  /** How it is typed, with a sentence on what it does. */
  readonly usage: string;
  readonly summary: string;
  /** Lines on its options. */
  readonly details?: readonly string[];
}

export interface Command extends CommandHelp {
  /** Returns the exit code. Throws HeadwaterError; the message is shown. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

/** A command that needs no hub. */
export interface FreeCommand extends CommandHelp {
  run(args: readonly string[], say: (line: string) => void): number | Promise<number>;
}

/** Throws BAD_INPUT when anything was typed behind a command that takes nothing. */
export function wantNothing(args: readonly string[], { usage }: CommandHelp): void {
  if (args.length === 0) return;
  throw new HeadwaterError(
    'BAD_INPUT',
    `found "${args.join(' ')}", wanted nothing behind: npx headwater ${usage}`,
  );
}

export function unknownCommand(name: string, names: readonly string[]): HeadwaterError {
  return new HeadwaterError(
    'BAD_INPUT',
    `found no command "${name}"${suggestion(name, names)}, wanted one of ${names.join(', ')}`,
  );
}
