/** Asking a running hub to run a command: light, so that a command that only asks starts at once. */
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Ask {
  readonly args: readonly string[];
  readonly folder: string;
}
export type Tell =
  | { readonly say: string }
  | { readonly progress: string }
  | { readonly error: string }
  | { readonly exit: number };

/** Beside the data folder and readable by its owner only; in the temporary folder where the path would be too long for a socket. */
export function controlPath(dataFolder: string): string {
  const name = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\headwater-${name}`;
  const beside = `${path.resolve(dataFolder)}.sock`;
  return beside.length < 100 ? beside : path.join(tmpdir(), `headwater-${name}.sock`);
}

export interface Listener {
  say(line: string): void;
  progress(line: string): void;
  error(line: string): void;
}

/** Runs a command in the hub that holds the folder; null when nobody answers there. */
export function runThroughHub(dataFolder: string, ask: Ask, listener: Listener): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = connect(controlPath(dataFolder));
    let exit: number | null = null;
    let asked = false;
    // Before it is asked, nobody answers; afterwards the end of the connection says all there is to say.
    socket.on('error', () => {
      if (!asked) resolve(null);
    });
    socket.once('connect', () => {
      asked = true;
      socket.write(`${JSON.stringify(ask)}\n`);
    });
    const lines = createInterface({ input: socket });
    // readline hands the socket's errors on; the socket's own listener has answered them.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const told = readTell(line);
      if (told === null) return;
      if ('say' in told) listener.say(told.say);
      else if ('progress' in told) listener.progress(told.progress);
      else if ('error' in told) listener.error(told.error);
      else exit = told.exit;
    });
    socket.once('close', () => {
      if (asked && exit === null) listener.error(cutShort(ask.args[0] ?? ''));
      resolve(exit ?? 1);
    });
  });
}

/** Null for a line that the end of the hub cut off. */
function readTell(line: string): Tell | null {
  try {
    return JSON.parse(line) as Tell;
  } catch {
    return null;
  }
}

function cutShort(command: string): string {
  const next =
    command === 'import'
      ? 'start it and give the same file again, with the same options, to go on'
      : 'start it and look whether the command was done before you give it again';
  return `the hub ended before it answered; ${next}`;
}
