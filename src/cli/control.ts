/** The private door of a running hub: commands typed elsewhere are run by the process that holds the data folder. */
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { HeadwaterError } from '../kernel/errors.ts';
import { type Ask, controlPath, type Tell } from './control-client.ts';
import type { Hub } from './hub.ts';
import { runOnHub } from './run-on-hub.ts';

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
      tell({ exit: error instanceof HeadwaterError && error.code === 'BAD_INPUT' ? 2 : 1 });
    }
    socket.end();
    return;
  }
}
