/** Two hubs that a partner app asks the same of: whatever it is answered is compared byte for byte. */
import type { RequestListener } from 'node:http';
import pino from 'pino';
import request from 'supertest';
import { addKey, addOrganisation } from '../../src/access/key.store.ts';
import { createApp } from '../../src/http/app.ts';
import { randomIds, seededIds } from '../../src/kernel/ids.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Database } from '../../src/platform/database.ts';
import type { SharedLayer } from '../../src/serving/views/layers/layer-feature.ts';
import { publishEpoch } from '../../src/serving/views/publish-epoch.service.ts';
import { approveSharedView, proposeView } from '../../src/serving/views/shared-view.service.ts';
import type { PartnerQuestion } from './partner-questions.ts';
import { openTestHub, type TestHub, viewerFor } from './test-hub.ts';

/** Three who contribute, and one who never approves. */
export const ORGANISATIONS = ['ash-gate', 'birch-ford', 'cedar-pass', 'dale-watch'] as const;

const QUESTION = (dimensions: string, resolution = 4): string =>
  `{ flows(groupBy: [${dimensions}], cellResolution: ${resolution}) { persons { min } incidents } }`;

export const PARTNER_VIEWS: readonly {
  readonly name: string;
  readonly query: string;
  readonly layer: SharedLayer | null;
  /** How many of the three approve it. */
  readonly approvers?: number;
}[] = [
  { name: 'pairs', query: QUESTION('ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER'), layer: null },
  { name: 'places', query: QUESTION('CROSSING_CELL, QUARTER'), layer: null },
  { name: 'years', query: QUESTION('ORIGIN_COUNTRY, YEAR'), layer: null, approvers: 2 },
  { name: 'flows', query: QUESTION('ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER'), layer: 'flows' },
  {
    name: 'corridors',
    query: QUESTION('ORIGIN_COUNTRY, CROSSING_CELL, DESTINATION_COUNTRY, QUARTER', 2),
    layer: 'corridors',
  },
  {
    name: 'fine-corridors',
    query: QUESTION('ORIGIN_COUNTRY, DESTINATION_COUNTRY, CROSSING_CELL, QUARTER'),
    layer: 'corridors',
    approvers: 2,
  },
  { name: 'hotspots', query: QUESTION('CROSSING_CELL, QUARTER'), layer: 'route_hotspots' },
  { name: 'clusters', query: QUESTION('CROSSING_CELL, QUARTER'), layer: 'crossing_clusters' },
  { name: 'alerts', query: QUESTION('ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER'), layer: 'change_alerts' },
  { name: 'place-alerts', query: QUESTION('CROSSING_CELL, QUARTER', 2), layer: 'change_alerts' },
];

export interface PartnerHub {
  readonly hub: TestHub;
  /** By slug. */
  readonly organisations: ReadonlyMap<string, string>;
  publish(now: Date): Promise<number | null>;
  answer(question: PartnerQuestion): Promise<string>;
  close(): Promise<void>;
}

const SILENT = pino({ level: 'silent' });

/** Organisations, views, approvals and ids are the same in each that is opened. `leak`: what the database does for its readers otherwise than it should. */
export async function openPartnerHub(
  leak: (database: Database) => Database = (database) => database,
): Promise<PartnerHub> {
  const hub = await openTestHub('base');
  const ids = seededIds(seededRandom(48));
  const clock = { now: new Date('2025-04-05T00:00:00Z') };
  const organisations = new Map<string, string>();
  await hub.database.unrestricted('make organisations for a test', async (connection) => {
    for (const slug of ORGANISATIONS)
      organisations.set(
        slug,
        (await addOrganisation(connection, ids, { slug, name: slug, fictional: true })).id,
      );
    await addOrganisation(connection, ids, { slug: 'far-app', name: 'far-app', fictional: true });
  });
  await approveAll(hub, ids, clock.now);
  const key = await hub.database.unrestricted('make a partner key for a test', async (connection) => {
    const [app] = await connection.query<{ id: string }>(
      `select id from organisation where slug = 'far-app'`,
    );
    return addKey(connection, randomIds, {
      organisationId: app!.id,
      role: 'partner',
      label: 'test',
      vaultPermission: false,
      expiresAt: new Date('2099-01-01T00:00:00Z'),
    });
  });
  const database = leak(hub.database);
  const app = await createApp({
    hub: { ...hub, database, imports: { ...hub.imports, database, ids, now: () => clock.now } },
    corsOrigins: [],
    trustProxy: false,
    log: SILENT,
    now: () => clock.now,
    requestsAMinute: 10_000_000,
  });
  return {
    hub,
    organisations,
    publish: async (now) => {
      clock.now = now;
      return (
        (await publishEpoch({ database: hub.database, atlas: hub.atlas, ids, now: () => now }))?.epoch ?? null
      );
    },
    answer: (question) => answerOf(app.handler, key.text, question),
    close: () => hub.close(),
  };
}

async function approveAll(hub: TestHub, ids: () => string, now: Date): Promise<void> {
  const tools = { ...hub.imports, database: hub.database, ids, now: () => now };
  const officers = await Promise.all(
    ORGANISATIONS.slice(0, 3).map((slug) => viewerFor(hub, slug, 'data_officer')),
  );
  for (const { name, query, layer, approvers = 3 } of PARTNER_VIEWS) {
    const proposed = await proposeView(
      tools,
      { viewer: officers[0]!, idempotencyKey: `propose-${name}` },
      { name, title: name, query, layer },
    );
    if (!proposed.accepted) throw new Error(JSON.stringify(proposed.reasons));
    const { recordId: id, version } = proposed.value;
    for (const viewer of officers.slice(0, approvers)) {
      const approved = await approveSharedView(
        tools,
        { viewer, idempotencyKey: `approve-${name}` },
        { id, version },
      );
      if (!approved.accepted) throw new Error(JSON.stringify(approved.reasons));
    }
  }
}

async function answerOf(handler: RequestListener, key: string, question: PartnerQuestion): Promise<string> {
  const { method, path, body, again = false } = question;
  const send = (etag: string | null) => {
    const asked = (method === 'GET' ? request(handler).get(path) : request(handler).post(path))
      .set('authorization', `Bearer ${key}`)
      .set('content-type', 'application/json');
    if (etag !== null) asked.set('if-none-match', etag);
    return body === undefined ? asked : asked.send(body);
  };
  const first = await send(null);
  const told = [first];
  const { etag } = first.headers as { etag?: string };
  if (again && etag !== undefined) told.push(await send(etag));
  return told
    .map(({ status, headers, text }) => `${status}\n${headersOf(headers)}\n${withoutHashes(text)}`)
    .join('\n');
}

/** All but the moment, and the checkpoint over a log whose ids nobody can guess. */
function headersOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .filter(([name]) => !['date', 'headwater-checkpoint'].includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n');
}

/** Commitments and blinding: of values that are random in each hub, and tell nothing of what is under them. */
const RANDOM = ['note', 'root', 'salt', 'tokens', 'evaluated', 'proof', 'publicKey'] as const;

function withoutHashes(text: string): string {
  const one = RANDOM.reduce(
    (said, name) => said.replaceAll(new RegExp(`"${name}":"[^"]*"`, 'g'), `"${name}":"…"`),
    text,
  );
  return one.replaceAll(/"hashes":\[[^\]]*\]/g, '"hashes":[…]');
}

/** Questions that the two are told apart by. */
export async function toldApart(
  one: PartnerHub,
  other: PartnerHub,
  questions: readonly PartnerQuestion[],
): Promise<readonly string[]> {
  const apart: string[] = [];
  for (const question of questions) {
    const [a, b] = await Promise.all([one.answer(question), other.answer(question)]);
    if (a !== b) apart.push(question.name);
  }
  return apart;
}

/** What the promise is about: the standing atoms as they are told, in no order. */
export async function atomsOf({ hub }: PartnerHub): Promise<readonly string[]> {
  const rows = await hub.database.unrestricted('look at atoms for a test', (connection) =>
    connection.query<{ atom: string }>(
      `select level || ' ' || key || ' ' || persons || ' ' || events || ' ' || contributors::text as atom from shared_atom where ended_epoch is null order by 1`,
    ),
  );
  return rows.map(({ atom }) => atom);
}

/** How many numbers or features each view tells at the latest epoch, by name: a world in which nothing is told proves nothing. */
export async function toldBy({ hub }: PartnerHub): Promise<ReadonlyMap<string, number>> {
  const rows = await hub.database.unrestricted('look at what is told for a test', (connection) =>
    connection.query<{ name: string; told: number }>(
      `select v.name, ((select count(*) from shared_view_cell c where c.view_id = v.id and c.epoch = e.latest)
         + (select count(*) from shared_view_feature f where f.view_id = v.id and f.epoch = e.latest))::int as told
       from shared_view v, (select max(number) as latest from shared_epoch) e`,
    ),
  );
  return new Map(rows.map(({ name, told }) => [name, told]));
}
