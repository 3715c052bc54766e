/** The hub itself, as `headwater serve` puts it together, asked with a real key of an organisation that the others show everything. */
import { pino } from 'pino';
import { addGrant } from '../src/access/grant.store.ts';
import { addKey } from '../src/access/key.store.ts';
import { createApp } from '../src/http/app.ts';
import { randomIds } from '../src/kernel/ids.ts';
import type { Queryable } from '../src/platform/database.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';
import { type FilledHub, openFilledHub } from './filled-hub.ts';

const DAY_MS = 86_400_000;

export function startPeer(settings: PeerSettings): Promise<StartedPeer> {
  return startHub(settings);
}

export async function startHub(settings: PeerSettings, fastPath?: 'off'): Promise<StartedPeer> {
  const filled = await openFilledHub(settings.server, settings.name, settings.size, settings.poolSize);
  const { handler } = await createApp({
    hub: filled.hub,
    corsOrigins: [],
    trustProxy: false,
    log: pino({ level: 'error' }),
    now: () => new Date(),
    requestsAMinute: 1e9,
    ...(fastPath !== undefined && { fastPath }),
  });
  return { listener: handler, headers: { authorization: `Bearer ${await keyOf(filled)}` } };
}

export async function keyOf({ hub, viewer, owners }: FilledHub): Promise<string> {
  const key = await hub.database.unrestricted('make a key for a bench', async (connection) => {
    await showEverything(connection, owners);
    return addKey(connection, randomIds, {
      organisationId: viewer.organisationId,
      role: 'analyst',
      label: 'bench',
      vaultPermission: false,
      expiresAt: new Date(Date.now() + DAY_MS),
    });
  });
  return key.text;
}

/** Once: grants of a database that is used again are there already. */
async function showEverything(connection: Queryable, owners: FilledHub['owners']): Promise<void> {
  const [{ n } = { n: 0 }] = await connection.query<{ n: number }>(
    'select count(*)::int as n from access_grant',
  );
  const [first, ...others] = owners;
  if (n > 0 || first === undefined) return;
  for (const owner of others)
    for (const recordClass of ['report', 'incident', 'movement'] as const)
      await addGrant(connection, randomIds, {
        ownerId: owner.id,
        granteeId: first.id,
        recordClass,
        handlingCeiling: 'amber',
        projection: 'full',
        validFrom: new Date('2020-01-01T00:00:00Z'),
        validTo: null,
      });
}
