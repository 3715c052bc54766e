/** Two apps over one hub, with the fast path and without it, asked the same: every byte of both answers must agree. */
import pino from 'pino';
import request from 'supertest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Role } from '../../src/access/roles.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { buildHubSchema, buildPartnerSchema } from '../../src/schema.ts';
import { drawOperation } from './fast-questions.ts';
import { TEST_NOW, type TestHub } from './test-hub.ts';

export interface TwinsSeen {
  asked: number;
  /** Operations that the fast path answered. */
  fast: number;
  /** Of them, asked once more, those that the short lane answered. */
  short: number;
  /** Answers that told of an error. */
  failed: number;
  /** Records and groups told by the fast path, about: its bytes. */
  bytes: number;
}

export interface Twins {
  /** Throws where the two differ. */
  ask(
    key: string,
    body: unknown,
  ): Promise<{
    readonly status: number;
    readonly text: string;
    readonly fast: boolean;
    readonly short: boolean;
  }>;
}

const WHO: readonly (readonly [slug: string | null, role: Role])[] = [
  ['terai-watch', 'analyst'],
  ['lantern-line', 'analyst'],
  ['rain-gate', 'investigator'],
  ['delta-lights', 'field'],
  ['harbour-lamp', 'data_officer'],
  ['terai-watch', 'dashboard'],
  ['lantern-line', 'partner'],
  [null, 'operator'],
];

/** All that a client is told beside the body, but the time of day. */
function headersOf({ headers }: { readonly headers: Readonly<Record<string, string>> }): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value}`);
}

export async function openTwins(hub: TestHub): Promise<Twins> {
  const log = pino({ level: 'silent' });
  let wasFast = false;
  let wasShort = false;
  const settings = {
    hub,
    corsOrigins: [],
    trustProxy: false,
    log,
    now: () => TEST_NOW,
    requestsAMinute: 1e9,
  };
  const fast = await createApp({
    ...settings,
    fastPath: (answered, short) => {
      wasFast = answered;
      wasShort = short;
    },
  });
  const ordinary = await createApp({ ...settings, fastPath: 'off' });
  const send = (app: HubApp, key: string, body: unknown) =>
    request(app.handler)
      .post('/graphql')
      .set('authorization', `Bearer ${key}`)
      .send(body as object);
  return {
    ask: async (key, body) => {
      wasFast = false;
      const one = await send(fast, key, body);
      const answeredFast = wasFast;
      const other = await send(ordinary, key, body);
      const told = (answer: typeof one): string =>
        [answer.status, ...headersOf(answer), answer.text].join('\n');
      const compare = (found: typeof one): void => {
        if (told(found) !== told(other) && !bothFailed(found.text, other.text, answeredFast))
          throw new Error(
            `found ${told(found).slice(0, 3_000)}\nwanted ${told(other).slice(0, 3_000)}\nfor ${JSON.stringify(body)}`,
          );
      };
      compare(one);
      // Known by now, and who asks as well: the short lane is what answers it.
      wasShort = false;
      if (answeredFast) compare(await send(fast, key, body));
      return { status: one.status, text: one.text, fast: answeredFast, short: wasShort };
    },
  };
}

/** Where two root fields fail, ordinary execution tells of whichever failed first: a race that it has with itself. */
function bothFailed(one: string, other: string, wasFast: boolean): boolean {
  const [found, wanted] = [one, other].map(
    (text) => (JSON.parse(text) as { errors?: { path?: string[] }[] }).errors?.[0]?.path?.[0],
  );
  return !wasFast && found !== undefined && wanted !== undefined && found !== wanted;
}

export async function keysForTwins(hub: TestHub): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const [slug, role] of WHO) {
    const key = await hub.database.unrestricted('make a key for a test', async (connection) =>
      addKey(connection, randomIds, {
        organisationId: slug === null ? null : (await readOrganisation(connection, slug)).id,
        role,
        label: 'test',
        vaultPermission: false,
        expiresAt: new Date(TEST_NOW.getTime() + 86_400_000),
      }),
    );
    keys.push(key.text);
  }
  return keys;
}

/** Operation number n of a run is drawn from seed + n alone, but for cursors, which come of the answers before it. */
export async function runTwins(hub: TestHub, seed: number, operations: number): Promise<TwinsSeen> {
  const schema = buildHubSchema();
  const partner = buildPartnerSchema();
  const twins = await openTwins(hub);
  const keys = await keysForTwins(hub);
  const seen: TwinsSeen = { asked: 0, fast: 0, short: 0, failed: 0, bytes: 0 };
  const cursors = new Map<string, string[]>();
  const ids: string[] = [];
  const owners = WHO.flatMap(([slug]) => slug ?? []);
  for (let number = 0; number < operations; number += 1) {
    const random = seededRandom(seed + number);
    const who = random.int(keys.length);
    const isPartner = WHO[who]?.[1] === 'partner';
    const speaks =
      isPartner && partner.getQueryType()?.getFields().movements !== undefined ? partner : schema;
    const drawn = drawOperation(random, speaks, { owners, ids: ids.slice(-20), cursors });
    const answer = await twins.ask(keys[who] ?? '', drawn).catch((error: Error) => {
      throw new Error(`operation ${number} of seed ${seed}: ${error.message}`, { cause: error });
    });
    seen.asked += 1;
    seen.fast += Number(answer.fast);
    seen.short += Number(answer.short);
    seen.failed += Number(answer.text.startsWith('{"errors"'));
    if (answer.fast) seen.bytes += answer.text.length;
    for (const [, cursor] of answer.text.matchAll(/"endCursor":"([^"]+)"/g))
      for (const root of ['movements', 'incidents', 'crossings'])
        if (answer.text.startsWith(`{"data":{"${root}"`))
          cursors.set(root, [...(cursors.get(root) ?? []).slice(-20), cursor as string]);
    for (const [, id] of answer.text.slice(0, 5_000).matchAll(/"id":"([0-9a-f-]{36})"/g))
      ids.push(id as string);
  }
  return seen;
}
