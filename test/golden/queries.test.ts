/** Representative queries with their answers and the SQL that ran: an N+1 or a missing visibility filter shows in review. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHub, ask, type TestHub, viewerFor } from '../support/test-hub.ts';
import { answerText, statementsText } from './golden-text.ts';

const FOLDER = new URL('queries/', import.meta.url);
const blessing = process.env.BLESS === '1';
const QUERIES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .sort();

const goldenOf = (file: string): URL => new URL(file.replace(/\.graphql$/, '.golden.txt'), FOLDER);

let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

describe('golden queries', () => {
  it('are there', () => expect(QUERIES.length).toBeGreaterThanOrEqual(8));

  it.each(QUERIES)('%s', async (file) => {
    const query = readFileSync(new URL(file, FOLDER), 'utf8');
    const slug = /^# As the analyst of ([\w-]+)/.exec(query)?.[1];
    if (slug === undefined) throw new SyntaxError(`${file}: wanted "# As the analyst of <slug>" on its first line`);
    const viewer = await viewerFor(hub, slug, 'analyst');
    hub.statements.length = 0;
    const { data, errors } = await ask(hub, viewer, query);
    expect(errors).toBeUndefined();
    const ran = [...new Set(hub.statements)].sort();
    // On several connections two edges to one table may miss each other's batch; an N+1 is more than that.
    expect(hub.statements.length).toBeLessThanOrEqual(ran.length + 2);
    const text = `${answerText(data)}\n\n-- SQL that ran, each statement once, ordered by its text\n${statementsText(ran)}`;
    const golden = goldenOf(file);
    if (blessing) writeFileSync(golden, text);
    // npm run bless rewrites it, once the change is meant.
    expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
  });

  it('read every record table through the classes of the viewer', async () => {
    for (const file of QUERIES) {
      const golden = readFileSync(goldenOf(file), 'utf8').replaceAll(/\s+/g, ' ');
      const tables = /from (report|incident|movement|crossing|waypoint|entity|statement|effort|station) t where (?!t\.visibility_class_id = any\()/;
      expect(golden).not.toMatch(tables);
      expect(golden).toContain('visibility_class_id = any(');
    }
  });
});
