/** What the database writes as JSON is what execution would have answered: the same bytes, for whoever asks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draws } from '../support/draws.ts';
import { keysForTwins, openTwins, runTwins, type Twins } from '../support/fast-twins.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let twins: Twins;
let keys: readonly string[];
beforeAll(async () => {
  hub = await openTestHub('demo');
  twins = await openTwins(hub);
  keys = await keysForTwins(hub);
});
afterAll(() => hub.close());

const SEED = Number(process.env.SEED ?? 46_000);
const OPERATIONS = draws(60, 300, process.env.OPERATIONS);

const PAGE = `query ($first: Int! = 20, $after: String, $more: Boolean!) {
  movements(first: $first, after: $after) {
    totalCount countUpTo(limit: 7) pageInfo { hasNextPage endCursor } edges { cursor node { ...all } }
    nodes { owner redacted version waypoints @include(if: $more) { ordinal kind basis mode level country cell uncertaintyKm occurredFrom position { longitude latitude } place { id name } }
      party { sex ageBand } crossings { kind fromCountry toCountry distanceKm crossingPoint { name } } incident { id kind cell report { id recordedAt } } report { kind handling part } }
  }
}
fragment all on Movement { id purpose mode status exploitation occurred { from to granularity zone basis } persons { min max } originCountry destinationCountry countries { country role } verification evaluation { reliability credibility } }`;

describe('the fast path', () => {
  it('answers drawn operations as ordinary execution does, byte for byte', async () => {
    const seen = await runTwins(hub, SEED, OPERATIONS);
    console.log(`${JSON.stringify(seen)}, seed ${SEED}`);
    expect(seen.asked).toBe(OPERATIONS);
    // Fewer would mean that most of it was compared with itself.
    expect(seen.fast).toBeGreaterThan(OPERATIONS / 2);
    expect(seen.short).toBeGreaterThan(OPERATIONS / 4);
    expect(seen.failed).toBeGreaterThan(OPERATIONS / 40);
  });

  it('pages to the end of a list in the same steps, rows without a time of travel last', async () => {
    let after: string | null = null;
    let pages = 0;
    for (;;) {
      const variables = { first: 150, after, more: pages === 0 };
      const { text, fast } = await twins.ask(keys[0] as string, { query: PAGE, variables });
      expect(fast).toBe(true);
      pages += 1;
      const { pageInfo } = (
        JSON.parse(text) as { data: { movements: { pageInfo: { endCursor: string; hasNextPage: boolean } } } }
      ).data.movements;
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(pages).toBeGreaterThan(2);
  });

  it('asks the database once for a root field, in one transaction', async () => {
    const variables = { more: true };
    await twins.ask(keys[0] as string, { query: PAGE, variables });
    hub.statements.length = 0;
    const { fast } = await twins.ask(keys[0] as string, { query: PAGE, variables });
    expect(fast).toBe(true);
    // Twins ask twice: before and after they know that it was fast.
    expect(hub.statements.filter((text) => text.includes('json from'))).toHaveLength(2);
  });

  it.each([
    [
      'a moment of the past',
      '{ movements(first: 1, filter: { asKnownAt: "2026-05-15T00:00:00Z" }) { nodes { id } } }',
    ],
    ['a field it does not write', '{ movements(first: 1) { nodes { id comments { id } } } }'],
    [
      'a root field it does not know beside one it does',
      '{ movements(first: 1) { nodes { id } } places(first: 1) { nodes { id } } }',
    ],
    ['an id that is none', '{ movements(filter: { ids: ["no id"] }) { nodes { id } } }'],
    ['a page that is too large', '{ movements(first: 501) { nodes { id } } }'],
    [
      'a box upside down',
      '{ incidents(filter: { area: { bbox: { west: 1, east: 2, south: 2, north: 1 } } }) { nodes { id } } }',
    ],
  ])('leaves %s to ordinary execution', async (_what, query) => {
    expect((await twins.ask(keys[0] as string, { query })).fast).toBe(false);
  });

  it.each([
    [
      'a variable of another type',
      {
        query: 'query ($first: Int!) { movements(first: $first) { nodes { id } } }',
        variables: { first: 'x' },
      },
    ],
    [
      'a variable that is missing',
      { query: 'query ($first: Int!) { movements(first: $first) { nodes { id } } }' },
    ],
    [
      'an operation that is not there',
      { query: 'query A { movements { nodes { id } } }', operationName: 'B' },
    ],
    [
      'a question that costs too much',
      {
        query:
          '{ movements(first: 500) { nodes { waypoints { place { id } } crossings { movement { waypoints { place { id } } crossings { movement { id } } } } } } }',
      },
    ],
  ])('tells %s as ordinary execution does', async (_what, body) => {
    expect((await twins.ask(keys[0] as string, body)).text).toContain('"errors"');
  });
});
