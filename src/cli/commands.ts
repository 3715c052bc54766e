/** The commands that work on an open hub, wherever it is open: here, or in the server that holds the data folder. */
import type { Hub } from './hub.ts';

export interface CommandContext {
  readonly hub: Hub;
  /** Paths are relative to where the command was typed. */
  readonly folder: string;
  say(line: string): void;
  /** A changing line on a terminal, a plain line now and then elsewhere. */
  progress(line: string): void;
}

export interface Command {
  /** How it is typed, with a sentence on what it does. */
  readonly usage: string;
  readonly summary: string;
  /** Returns the exit code. Throws HeadwaterError; the message is shown. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}
