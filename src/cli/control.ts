/** The private door of a running hub: commands typed elsewhere are run by the process that holds the data folder. */
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Logger } from 'pino';
import { failureOf } from './command-failure.ts';
import { type Ask, controlPath, type Tell } from './control-client.ts';
import type { Hub } from './hub.ts';
import { runOnHub } from './run-on-hub.ts';

/** Whatever fails is told to the caller and kept in the hub's own log. */
export async function openControl(
  dataFolder: string,
  hub: Hub,
  log: Pick<Logger, 'warn' | 'error'>,
): Promise<Server> {
  const at = controlPath(dataFolder);
  if (process.platform !== 'win32') rmSync(at, { force: true });
  const server = createServer((socket) => void serve(socket, hub, log));
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(at, resolve));
  } finally {
    process.umask(mask);
  }
  return server;
}

async function serve(socket: Socket, hub: Hub, log: Pick<Logger, 'warn' | 'error'>): Promise<void> {
  socket.on('error', () => undefined);
  const tell = (message: Tell): void => void socket.write(`${JSON.stringify(message)}\n`);
  const lines = createInterface({ input: socket });
  lines.on('error', () => undefined);
  for await (const line of lines) {
    let command = '';
    try {
      const ask = JSON.parse(line) as Ask;
      command = ask.args[0] ?? '';
      const exit = await runOnHub(ask.args, {
        hub,
        folder: ask.folder,
        say: (text) => tell({ say: text }),
        progress: (text) => tell({ progress: text }),
      });
      tell({ exit });
    } catch (error) {
      const { sentence, exit, unexpected } = failureOf(error);
      if (unexpected) log.error({ err: error, command }, 'a command failed');
      else log.warn({ command, said: sentence }, 'a command was refused');
      tell({ error: unexpected ? `${sentence}; the log of the hub says where` : sentence });
      tell({ exit });
    }
    socket.end();
    return;
  }
}
