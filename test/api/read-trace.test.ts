/** Who was shown a person, and who was refused, stands in the log of both sides before the answer leaves. */
import pino from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/database.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

const PERSONS =
  '{ entities(filter: { kinds: [INDIVIDUAL], owners: ["terai-watch", "rain-gate"] }, first: 20) { nodes { id kind owner } } }';
const THINGS = '{ entities(filter: { kinds: [PHONE] }, first: 5) { nodes { id kind } } }';
const log = pino({ level: 'silent' });

let hub: TestHub;
let app: HubApp;

async function keyFor(slug: string, role: Role): Promise<string> {
  return hub.database.unrestricted('make a key for a test', async (connection) => {
    const { id } = await readOrganisation(connection, slug);
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const made = { organisationId: id, role, label: 'test', vaultPermission: false, expiresAt };
    return (await addKey(connection, randomIds, made)).text;
  });
}
function bound(database: Database, name: keyof Database): unknown {
  const value = database[name];
  return typeof value === 'function' ? value.bind(database) : value;
}
const appOf = (database: Database): Promise<HubApp> =>
  createApp({
    hub: { ...hub, database, keys: hub.keys, imports: hub.imports, atlas: hub.atlas },
    corsOrigins: [],
    trustProxy: false,
    log,
    now: () => TEST_NOW,
    requestsAMinute: 100_000,
  });
function post(on: HubApp, key: string, query: string) {
  return request(on.handler).post('/graphql').set('authorization', `Bearer ${key}`).send({ query });
}
interface Kept {
  readonly action: string;
  readonly object_ids: readonly string[];
  readonly about: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
function kept(): Promise<readonly Kept[]> {
  return hub.database.unrestricted('read the log', (connection) =>
    connection.query<Kept>(
      `select e.action, e.object_ids, e.detail, array(select o.slug from organisation o where o.id = any(e.about_owner_ids) order by 1) as about
       from audit_event e where e.action in ('read_person', 'denied') order by e.sequence`,
    ),
  );
}

beforeAll(async () => {
  hub = await openTestHub('demo');
  app = await appOf(hub.database);
});
afterAll(() => hub.close());

describe('a request that is shown persons', () => {
  it('leaves their ids in the log, for the organisations whose they are, and none where it is shown things', async () => {
    const key = await keyFor('harbour-lamp', 'analyst');
    const { body } = await post(app, key, PERSONS);
    const { nodes } = body.data.entities as { nodes: { id: string; kind: string; owner: string }[] };
    expect(nodes.length).toBeGreaterThan(3);
    expect(new Set(nodes.map(({ kind }) => kind))).toEqual(new Set(['INDIVIDUAL']));
    const [event] = await kept();
    expect(event?.action).toBe('read_person');
    expect(event?.object_ids).toEqual(nodes.map(({ id }) => id).toSorted());
    const others = [...new Set(nodes.map(({ owner }) => owner))].filter((owner) => owner !== 'harbour-lamp');
    expect(others.length).toBeGreaterThan(0);
    expect(event?.about).toEqual(others.toSorted());
    expect((await post(app, key, THINGS)).body.data.entities.nodes.length).toBeGreaterThan(0);
    expect(await kept()).toHaveLength(1);
  });

  it('is told to the data officer of the organisation whose they are', async () => {
    const [event] = await kept();
    const officer = await keyFor(event?.about[0] ?? '', 'data_officer');
    const { body } = await post(
      app,
      officer,
      '{ auditEvents(filter: { byOthers: true, actions: ["read_person"] }) { nodes { action organisation objectIds } } }',
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.auditEvents.nodes).toMatchObject([
      { action: 'read_person', organisation: 'harbour-lamp' },
    ]);
  });

  it('is shown nothing where the trace cannot be kept', async () => {
    const broken = await appOf(
      new Proxy(hub.database, {
        get: (database, name) =>
          name === 'unrestricted'
            ? (purpose: string, work: Parameters<Database['unrestricted']>[1]) =>
                purpose === 'keep what a request read'
                  ? Promise.reject(new Error('the log is full'))
                  : database.unrestricted(purpose, work)
            : bound(database, name as keyof Database),
      }),
    );
    const key = await keyFor('harbour-lamp', 'analyst');
    const answer = await post(broken, key, PERSONS);
    expect(answer.text).not.toContain('INDIVIDUAL');
    expect(answer.body.data ?? null).toBeNull();
    expect(answer.text).not.toContain('the log is full');
    expect((await post(broken, key, THINGS)).body.data.entities.nodes.length).toBeGreaterThan(0);
  });
});

describe('a request that is refused', () => {
  it('leaves the name of the field as the schema has it, whatever the client calls it', async () => {
    const key = await keyFor('harbour-lamp', 'analyst');
    const { body } = await post(app, key, '{ MayaExample: agreements { id } }');
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
    const event = (await kept()).at(-1);
    expect(event).toMatchObject({ action: 'denied', detail: { fields: 'agreements' }, object_ids: [] });
  });
});
