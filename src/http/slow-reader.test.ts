/** An answer that nobody takes is ended; one that is taken comes to its end. */
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { endSlowReader } from './slow-reader.ts';

/** More than the system's buffers hold. */
const CHUNK = Buffer.alloc(1_048_576);
const CHUNKS = 64;

async function asked(): Promise<{
  readonly incoming: IncomingMessage;
  readonly sent: Promise<boolean>;
  close(): void;
}> {
  let told: (isWhole: boolean) => void = () => undefined;
  const sent = new Promise<boolean>((resolve) => {
    told = resolve;
  });
  const server = createServer((_request, response) => {
    endSlowReader(response, { leastBytes: 1, everyMs: 100 });
    pipeline(Readable.from(Array.from({ length: CHUNKS }, () => CHUNK)), response).then(
      () => told(true),
      () => told(false),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [incoming] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
  incoming.on('error', () => undefined);
  return { incoming, sent, close: () => server.close() };
}

describe('an answer', () => {
  it('is ended where nothing of it is taken any more', async () => {
    const { incoming, sent, close } = await asked();
    expect(await sent).toBe(false);
    incoming.destroy();
    close();
  });

  it('comes to its end where it is taken', async () => {
    const { incoming, sent, close } = await asked();
    let bytes = 0;
    for await (const chunk of incoming) bytes += (chunk as Buffer).length;
    expect([await sent, bytes]).toEqual([true, CHUNK.length * CHUNKS]);
    close();
  });
});
