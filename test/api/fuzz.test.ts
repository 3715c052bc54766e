/** Whatever is asked, nothing of the machinery is told: random arguments on every root field, and texts with a slip in them. */
import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import pino from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import { createApp, type HubApp } from '../../src/http/app.ts';
import { exampleQueries } from '../../src/http/pages.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { buildHubSchema } from '../../src/schema.ts';
import { draws } from '../support/draws.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

/** 10,000 with FUZZ=10000; a slice in the normal suite. */
const RUNS = draws(30, 150, process.env.FUZZ);
const schema = buildHubSchema();
const roots = Object.values(schema.getQueryType()?.getFields() ?? {});

/** Signs of SQL, of a stack, of a path, of the database's own words. */
const MACHINERY =
  /\bselect\b .*\bfrom\b|::(uuid|integer|timestamptz|text)|visibility_class|\bpg_|PGlite|\.[cm]?[jt]s:\d|node_modules|\bat \w+.*\(|relation "|syntax error at|invalid input syntax|invalid byte|out of range for type|(TypeError|RangeError|ReferenceError)/i;

let hub: TestHub;
let app: HubApp;
let key = '';
const logged: string[] = [];

beforeAll(async () => {
  hub = await openTestHub('demo');
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
  app = await createApp({
    hub,
    corsOrigins: [],
    trustProxy: false,
    log,
    now: () => TEST_NOW,
    requestsAMinute: 1_000_000,
  });
  key = await hub.database.unrestricted('make a key for a test', async (connection) => {
    const { id } = await readOrganisation(connection, 'lantern-line');
    const made = await addKey(connection, randomIds, {
      organisationId: id,
      role: 'analyst',
      label: 'fuzz',
      vaultPermission: false,
      expiresAt: new Date(TEST_NOW.getTime() + 86_400_000),
    });
    return made.text;
  });
});
afterAll(() => hub.close());

async function tell(query: string): Promise<void> {
  logged.length = 0;
  const { status, text, body } = await request(app.handler)
    .post('/graphql')
    .set('authorization', `Bearer ${key}`)
    .send({ query });
  const told = JSON.stringify((body as { errors?: unknown }).errors ?? []);
  expect([200, 400]).toContain(status);
  expect(told).not.toMatch(MACHINERY);
  // A caller's mistake is told as one; what reaches the log is ours.
  expect(`${logged.join('')}${text.includes('"INTERNAL"') ? text : ''}`).toBe('');
}

const TEXTS = [
  '',
  'x',
  'NPL',
  'npl',
  "'; drop table movement; --",
  '\u0000',
  '💧',
  'é'.repeat(3_000),
  '%_\\',
  '2026-13-45',
];
const IDS = ['00000000-0000-4000-8000-000000000000', '{00000000-0000-4000-8000-000000000000}'];
const TIMES = [
  '2026-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.000Z',
  '-000044-03-15T00:00:00.000Z',
  'yesterday',
];
const NUMBERS = ['0', '-0.0', '1', '-181', '180', '89.999999', '1e-300', '1e300', '-1e308'];
const INTEGERS = ['-2147483648', '-1', '0', '1', '5', '500', '501', '2147483647', '2147483648'];

function written(type: GraphQLInputType, depth = 0): fc.Arbitrary<string> {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    return fc.array(written(inner.ofType, depth), { maxLength: 4 }).map((list) => `[${list.join(', ')}]`);
  }
  if (isEnumType(inner)) return fc.constantFrom(...inner.getValues().map(({ name }) => name), 'NONSENSE');
  if (isInputObjectType(inner)) {
    const parts = Object.values(inner.getFields()).map((field) =>
      depth > 3 && !isNonNullType(field.type)
        ? fc.constant('')
        : fc.oneof(
            { weight: isNonNullType(field.type) ? 0 : 4, arbitrary: fc.constant('') },
            {
              weight: 2,
              arbitrary: written(field.type, depth + 1).map((value) => `${field.name}: ${value}`),
            },
            // Programs fill in every field of a filter: one without a value is null, and as good as left out.
            {
              weight: isNonNullType(field.type) ? 0 : 1,
              arbitrary: fc.constant(`${field.name}: null`),
            },
          ),
    );
    return fc.tuple(...parts).map((list) => `{ ${list.filter(Boolean).join(', ')} }`);
  }
  const name = isScalarType(inner) ? inner.name : '';
  if (name === 'Int') return fc.constantFrom(...INTEGERS);
  if (name === 'Float') return fc.constantFrom(...NUMBERS);
  if (name === 'Boolean') return fc.constantFrom('true', 'false');
  const list = name === 'DateTimeISO' ? TIMES : [...TEXTS, ...IDS];
  return fc.constantFrom(...list).map((text) => JSON.stringify(text));
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const type = schema.getType(String(field.type).replaceAll(/[![\]]/g, ''));
  if (!isObjectType(type)) return '';
  const names = Object.values(type.getFields());
  if (names.some(({ name }) => name === 'nodes')) return '{ nodes { __typename } }';
  const plain = names.filter(
    ({ type: of, args }) =>
      args.length === 0 && !isObjectType(getNullableType(of)) && !isListType(getNullableType(of)),
  );
  return `{ ${['__typename', ...plain.map(({ name }) => name)].join(' ')} }`;
}

const asked: fc.Arbitrary<string> = fc.constantFrom(...roots).chain((field) => {
  const given = field.args.map((arg: GraphQLArgument) =>
    fc.oneof(
      {
        weight: isNonNullType(arg.type) && arg.defaultValue === undefined ? 0 : 2,
        arbitrary: fc.constant(''),
      },
      { weight: 3, arbitrary: written(arg.type).map((value) => `${arg.name}: ${value}`) },
    ),
  );
  return fc.tuple(...given).map((list) => {
    const args = list.filter(Boolean).join(', ');
    return `{ ${field.name}${args === '' ? '' : `(${args})`} ${selection(field)} }`;
  });
});

const slipped: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...exampleQueries().map(({ query }) => query)),
    fc.nat(),
    fc.nat({ max: 6 }),
    fc.constantFrom('', '{', '}', '(', '"', '$x', '@skip', '...', 'x', '0'),
  )
  .map(([query, at, cut, put]) => {
    const start = at % query.length;
    return query.slice(0, start) + put + query.slice(start + cut);
  });

describe('no answer tells of the machinery', () => {
  it('whatever the arguments', async () => {
    await fc.assert(fc.asyncProperty(asked, tell), { numRuns: RUNS, endOnFailure: true });
  }, 1_800_000);

  it('whatever slip is in the text', async () => {
    await fc.assert(fc.asyncProperty(slipped, tell), { numRuns: RUNS, endOnFailure: true });
  }, 1_800_000);
});
