/** The statements that write answers as JSON, for a viewer of whole and of coarse rows: a missing visibility filter or a second policy shows in review. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import { answerFast } from '../../src/graphql/fast-path/fast-path.ts';
import { buildHubSchema } from '../../src/schema.ts';
import { openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';
import { answerText, statementsText } from './golden-text.ts';

const GOLDEN = new URL('fast-path.golden.txt', import.meta.url);

const QUESTIONS = [
  `{ movements(first: 2) { totalCount nodes { id redacted occurred { from to granularity zone } persons { min max } countries { country role }
     waypoints { ordinal kind level country position { longitude latitude } cell } party { sex ageBand } incident { id report { recordedAt } } } } }`,
  `{ incidents(first: 2, filter: { area: { bbox: { west: 83, south: 26, east: 85, north: 28 } } }) {
     pageInfo { hasNextPage endCursor } edges { cursor node { id owner cell position { longitude latitude } } } } }`,
];

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

it('reads what is written through the classes of the viewer, as the golden text has it', async () => {
  const schema = buildHubSchema();
  const viewer = await viewerFor(hub, 'harbour-lamp', 'analyst');
  const parts: string[] = [];
  for (const question of QUESTIONS) {
    const document = parse(question);
    expect(validate(schema, document)).toEqual([]);
    hub.statements.length = 0;
    const context = { reader: readerFor(hub.database, viewer), now: TEST_NOW, slugs: () => readSlugs(hub.database) };
    const [operation] = document.definitions as readonly [OperationDefinitionNode];
    const json = await answerFast(context, { schema, document, operation, variables: {} });
    const ran = hub.statements.filter((text) => text.includes(' as json from ('));
    expect(ran).toHaveLength(1);
    // Ids of classes differ from build to build.
    const text = statementsText(ran.map((each) => each.replaceAll(/'\{[\d,]+\}'/g, `'{…}'`)));
    parts.push(`${answerText(JSON.parse(json ?? 'null'))}\n\n${text}`);
  }
  const text = parts.join('\n');
  if (process.env.BLESS === '1') writeFileSync(GOLDEN, text);
  // npm run bless rewrites it, once the change is meant.
  expect(text).toBe(existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '');
  const read = text.replaceAll(/\s+/g, ' ');
  expect(read).toContain('visibility_class_id = any(');
  expect(read).not.toMatch(
    /from (report|incident|movement|crossing|waypoint|party_member) t where (?!t\.visibility_class_id = any\()/,
  );
});
