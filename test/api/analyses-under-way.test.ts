/** Analyses over HTTP: listed and cancelled by whoever asked, ended when their connection closes, and never at the cost of somebody else who waits. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import { createApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { runInBackground } from '../../src/platform/background.ts';
import { type EndlessTask, work } from '../support/endless-work.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';
import { type SeenThreads, until, watchThreads } from '../support/threads.ts';

/** Some seconds in a thread, most of them in worlds of which each tells. */
const LONG = '{ changeAlerts(method: CUSUM, worlds: 1000) { tested } }';
const MINE = '{ myAnalyses { id name since seconds state progress } }';
const CANCEL = `mutation ($id: String!) { cancelAnalysis(id: $id) {
  __typename ... on AnalysisCancelled { id name } ... on ActRefused { reasons { where found wanted } } } }`;

interface Mine {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly seconds: number;
  readonly state: string;
  readonly progress: number | null;
}

let hub: TestHub;
let server: Server;
let address: string;
let keys: readonly string[];
let threads: SeenThreads;
beforeAll(async () => {
  hub = await openTestHub('demo');
  const began = performance.now();
  const app = await createApp({
    hub,
    corsOrigins: [],
    trustProxy: false,
    log: pino({ level: 'silent' }),
    now: () => new Date(TEST_NOW.getTime() + performance.now() - began),
    requestsAMinute: 100_000,
  });
  server = createServer(app.handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  keys = await Promise.all([1, 2].map(key));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await hub.close();
});
beforeEach(() => {
  threads = watchThreads();
});
afterEach(() => threads.stop());

describe('an analysis', () => {
  it('is ended with its thread when the connection closes, and is asked anew as if it had never been', async () => {
    const [key = ''] = keys;
    for (const round of [1, 2]) {
      const connection = new AbortController();
      const asked = post(key, LONG, {}, connection.signal).catch((error: Error) => error.name);
      const [mine] = await listed(key, 'RUNNING');
      expect(mine?.name).toBe('changeAlerts');
      expect(mine?.progress).toBeLessThan(1);
      expect(mine?.seconds).toBeGreaterThan(0);
      expect(Date.parse(mine?.since ?? '')).toBeGreaterThanOrEqual(TEST_NOW.getTime());
      expect(threads.running()).toBe(1);
      connection.abort();
      expect(await asked).toBe('AbortError');
      await until(() => threads.running() === 0);
      expect(await list(key)).toEqual([]);
      // Nothing of what was ended is kept: the next asker gets a thread of their own.
      expect(threads.started).toHaveLength(round);
    }
  });

  it('is cancelled by its own asker alone, and goes on for who else waits for the same', async () => {
    const [one = '', other = ''] = keys;
    // Both threads are taken: what is asked now waits, as long as it has to be looked at.
    const taken = [1, 2].map(takeThread);
    const asked = post(one, LONG);
    const [mine] = await listed(one, 'WAITING');
    const alsoAsked = post(other, LONG);
    const [theirs] = await listed(other, 'WAITING');
    expect(theirs).toMatchObject({ name: 'changeAlerts', progress: null });
    expect(theirs?.id).not.toBe(mine?.id);
    expect((await list(one)).map(({ id }) => id)).toEqual([mine?.id]);

    const refused = await post(other, CANCEL, { id: mine?.id });
    expect(refused).toBe(await post(other, CANCEL, { id: randomIds() }));
    expect(refused).toContain('"ActRefused"');
    expect(refused).not.toContain(mine?.id);

    expect(JSON.parse(await post(one, CANCEL, { id: mine?.id }))).toEqual({
      data: { cancelAnalysis: { __typename: 'AnalysisCancelled', id: mine?.id, name: 'changeAlerts' } },
    });
    expect(JSON.parse(await asked)).toEqual({
      data: null,
      errors: [
        {
          message: 'cancelled by whoever asked for it, with cancelAnalysis',
          path: ['changeAlerts'],
          extensions: { code: 'CANCELLED' },
        },
      ],
    });
    expect(await post(one, CANCEL, { id: mine?.id })).toBe(refused);
    expect((await list(other)).map(({ id, state }) => [id, state])).toEqual([[theirs?.id, 'WAITING']]);
    for (const free of taken) await free();
    expect(JSON.parse(await alsoAsked)).toMatchObject({
      data: { changeAlerts: { tested: expect.any(Number) } },
    });
    expect(await list(other)).toEqual([]);
    expect(threads.started).toHaveLength(3);
  });

  it('gives up its place in the queue when its last asker has gone', async () => {
    const [key = ''] = keys;
    const taken = [1, 2].map(takeThread);
    const connection = new AbortController();
    // Another question than before: that answer is kept.
    const other = LONG.replace('1000', '999');
    const asked = post(key, other, {}, connection.signal).catch((error: Error) => error.name);
    await listed(key, 'WAITING');
    connection.abort();
    expect(await asked).toBe('AbortError');
    await until(async () => (await list(key)).length === 0);
    for (const free of taken) await free();
    expect(threads.started).toHaveLength(2);
  });
});

/** Until the answer is called, which ends it. */
function takeThread(): () => Promise<unknown> {
  const controller = new AbortController();
  const underWay = { signal: controller.signal, queued: () => undefined, told: () => undefined };
  const module = new URL('../support/endless-work.ts', import.meta.url);
  const task: EndlessTask = { megabytes: 1, endless: 'yes' };
  const ended = runInBackground({ module, work }, task, true, underWay).catch(() => undefined);
  return () => {
    controller.abort(new Error('it was taken long enough'));
    return ended;
  };
}

async function key(): Promise<string> {
  const made = await hub.database.unrestricted('make a key for a test', async (connection) =>
    addKey(connection, randomIds, {
      organisationId: (await readOrganisation(connection, 'terai-watch')).id,
      role: 'analyst',
      label: 'test',
      vaultPermission: false,
      expiresAt: new Date(TEST_NOW.getTime() + 86_400_000),
    }),
  );
  return made.text;
}

/** The bytes of the answer. */
async function post(
  key: string,
  query: string,
  variables: object = {},
  signal: AbortSignal | null = null,
): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  return response.text();
}

async function list(key: string): Promise<readonly Mine[]> {
  const { data } = JSON.parse(await post(key, MINE)) as { data: { myAnalyses: readonly Mine[] } };
  return data.myAnalyses;
}

/** Once one is there, in that state; where it runs, once it tells. */
async function listed(key: string, state: 'WAITING' | 'RUNNING'): Promise<readonly Mine[]> {
  let found: readonly Mine[] = [];
  await until(async () => {
    found = await list(key);
    return found[0]?.state === state && (state === 'WAITING' || (found[0].progress ?? 0) > 0);
  });
  return found;
}
