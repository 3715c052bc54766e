/** The hub itself, as `headwater serve` puts it together, asked with a real key. */
import { pino } from 'pino';
import { addKey } from '../src/access/key.store.ts';
import { createApp } from '../src/http/app.ts';
import { randomIds } from '../src/kernel/ids.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';
import { openFilledHub } from './filled-hub.ts';

const DAY_MS = 86_400_000;

export async function startPeer({ server, name, size, poolSize }: PeerSettings): Promise<StartedPeer> {
  const { hub, viewer } = await openFilledHub(server, name, size, poolSize);
  const { handler } = await createApp({
    hub,
    corsOrigins: [],
    trustProxy: false,
    log: pino({ level: 'error' }),
    now: () => new Date(),
    requestsAMinute: 1e9,
  });
  const key = await hub.database.unrestricted('make a key for a bench', (connection) =>
    addKey(connection, randomIds, {
      organisationId: viewer.organisationId,
      role: 'analyst',
      label: 'bench',
      vaultPermission: false,
      expiresAt: new Date(Date.now() + DAY_MS),
    }),
  );
  return { listener: handler, headers: { authorization: `Bearer ${key.text}` } };
}
