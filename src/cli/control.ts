/** The private door of a running hub: commands typed elsewhere are run by the process that holds the data folder. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Hub } from './hub.ts';
import { runOnHub } from './run-on-hub.ts';

interface Ask {
  readonly args: readonly string[];
  readonly folder: string;
}
type Tell =
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

export async function openControl(dataFolder: string, hub: Hub): Promise<Server> {
  const at = controlPath(dataFolder);
  if (process.platform !== 'win32') rmSync(at, { force: true });
  const server = createServer((socket) => void serve(socket, hub));
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(at, resolve));
  } finally {
    process.umask(mask);
  }
  return server;
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
    socket.once('error', () => resolve(null));
    socket.once('connect', () => socket.write(`${JSON.stringify(ask)}\n`));
    const lines = createInterface({ input: socket });
    // readline hands the socket's errors on; the socket's own listener has answered them.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const told = JSON.parse(line) as Tell;
      if ('say' in told) listener.say(told.say);
      else if ('progress' in told) listener.progress(told.progress);
      else if ('error' in told) listener.error(told.error);
      else exit = told.exit;
    });
    socket.once('close', () => resolve(exit ?? 1));
  });
}

async function serve(socket: Socket, hub: Hub): Promise<void> {
  socket.on('error', () => undefined);
  const tell = (message: Tell): void => void socket.write(`${JSON.stringify(message)}\n`);
  const lines = createInterface({ input: socket });
  lines.on('error', () => undefined);
  for await (const line of lines) {
    try {
      const ask = JSON.parse(line) as Ask;
      const exit = await runOnHub(ask.args, {
        hub,
        folder: ask.folder,
        say: (text) => tell({ say: text }),
        progress: (text) => tell({ progress: text }),
      });
      tell({ exit });
    } catch (error) {
      tell({
        error:
          error instanceof HeadwaterError || error instanceof TypeError
            ? error.message
            : 'the command failed; see the log of the hub',
      });
      tell({ exit: 1 });
    }
    socket.end();
    return;
  }
}
