/** The example queries are the questions of day one: each runs, as GraphiQL shows it, and finds what the demo planted. */
import { readdirSync, readFileSync } from 'node:fs';
import { LoneAnonymousOperationRule, parse, specifiedRules, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { MOST_COST } from '../../src/graphql/limits.ts';
import { costOf } from '../../src/graphql/query-cost.ts';
import { exampleQueries } from '../../src/http/pages.ts';
import { buildHubSchema } from '../../src/schema.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const EXAMPLES = exampleQueries();

let hub: TestHub;
let terai: Viewer;
let helpline: Viewer;

beforeAll(async () => {
  hub = await openTestHub('demo');
  terai = await viewerFor(hub, 'terai-watch', 'analyst');
  helpline = await viewerFor(hub, 'harbour-lamp', 'analyst');
});
afterAll(() => hub.close());

/** The example whose file begins so; throws when there is none. */
function example(title: string): string {
  const found = EXAMPLES.find((candidate) => candidate.title.startsWith(title));
  if (found === undefined) throw new RangeError(`found no example "${title}"`);
  return found.query;
}

interface Rate {
  readonly status: string;
  readonly detections: number | null;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

describe('every example', () => {
  it('is one of eight, with a title', () => {
    expect(EXAMPLES.map(({ title }) => title.slice(0, 3))).toEqual(
      EXAMPLES.map((_, index) => `${index + 1}. `),
    );
    expect(EXAMPLES).toHaveLength(8);
  });

  it.each(EXAMPLES.map(({ title, note, query }) => [title, note, query] as const))(
    '%s: says whose key shows it in the demo, and does show it to that one',
    async (_title, note, query) => {
      const slug = /^In the demo: .*?\b(lantern-line|terai-watch|rain-gate|delta-lights|harbour-lamp)\b/.exec(
        note,
      )?.[1];
      if (slug === undefined) throw new RangeError(`found no organisation in "${note}"`);
      const data = await answer(hub, await viewerFor(hub, slug, 'analyst'), query);
      const lists = JSON.stringify(data, (name, value) =>
        name === 'unknowns' || name === 'refusal' ? undefined : value,
      );
      expect(lists).toMatch(/\[\{/);
      expect(lists).not.toMatch(/"(flows|before|after|clusters|nodes|sharedFacilitators)":\[\]/);
    },
  );

  it.each(EXAMPLES.map(({ title, query }) => [title, query] as const))(
    '%s: runs within the limits',
    async (_title, query) => {
      const schema = buildHubSchema();
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const operation = document.definitions.find((node) => node.kind === 'OperationDefinition');
      expect(operation && costOf(schema, document, operation, {}).records).toBeLessThan(MOST_COST / 5);
      for (const viewer of [terai, helpline]) await answer(hub, viewer, query);
    },
  );
});

describe('an example in a document', () => {
  it.each([
    ['README.md', 2],
    ['docs/api.md', 2],
  ])('of %s is answered as it says', async (file, examples) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const found = [...text.matchAll(/```graphql\n([^`]*)```\n\n```json\n([^`]*)```/g)];
    expect(found).toHaveLength(examples);
    const lantern = await viewerFor(hub, 'lantern-line', 'analyst');
    for (const [, query = '', said = ''] of found)
      expect({ data: await answer(hub, lantern, query) }).toEqual(JSON.parse(said));
  });
});

describe('a query in a document', () => {
  const documents = readdirSync(new URL('../../docs/', import.meta.url), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
  const queries = ['README.md', ...documents].flatMap((file) =>
    [
      ...readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').matchAll(/```graphql\n([^`]*)```/g),
    ].map(([, query = '']) => [file, query.trim()] as const),
  );

  it('is there', () => expect(queries.length).toBeGreaterThan(8));

  it.each(queries)('of %s is one of the schema: %s', (_file, query) => {
    // A block may show several, one below the other.
    const rules = specifiedRules.filter((rule) => rule !== LoneAnonymousOperationRule);
    expect(validate(buildHubSchema(), parse(query), rules)).toEqual([]);
  });
});

describe('the five questions of day one', () => {
  it('1: corridors from Nepal to India, each with origins, shares and its evidence', async () => {
    const { corridors } = await answer<{
      corridors: {
        refusal: unknown;
        nodes: {
          name: string;
          support: { incidents: number; independentOrigins: number };
          share: { observed: number; stated: number; inferred: number };
          movementIds: string[];
          incidentIds: string[];
        }[];
      };
    }>(hub, helpline, example('1.'));
    expect(corridors.refusal).toBeNull();
    expect(corridors.nodes.length).toBeGreaterThan(2);
    for (const { support, share, incidentIds } of corridors.nodes) {
      expect(support.independentOrigins).toBeGreaterThanOrEqual(3);
      expect(share.observed + share.stated + share.inferred).toBeCloseTo(1);
      expect(incidentIds.length).toBeGreaterThan(0);
    }
    const [id] = corridors.nodes[0]?.movementIds ?? [];
    const { movement } = await answer<{ movement: { id: string } | null }>(
      hub,
      helpline,
      'query Evidence($id: String!) { movement(id: $id) { id } }',
      { id },
    );
    expect(movement?.id).toBe(id);
  });

  it('2: clusters of one border as rates with intervals, and what nobody watches', async () => {
    const { thisQuarter, lastQuarter } = await answer<
      Record<
        'thisQuarter' | 'lastQuarter',
        { clusters: { name: string; detectionsPerStaffMonth: Rate }[]; unmonitored?: { name: string }[] }
      >
    >(hub, terai, example('2.'));
    expect(thisQuarter.clusters.length).toBeGreaterThan(0);
    expect(lastQuarter.clusters.length).toBeGreaterThan(0);
    expect(thisQuarter.unmonitored?.length).toBeGreaterThan(0);
    const rates = [...thisQuarter.clusters, ...lastQuarter.clusters].map(
      (cluster) => cluster.detectionsPerStaffMonth,
    );
    expect(rates.some(({ status }) => status === 'RATE')).toBe(true);
    for (const { status, rate, low, high } of rates) {
      if (status !== 'RATE') continue;
      expect(low).toBeLessThan(rate ?? 0);
      expect(high).toBeGreaterThan(rate ?? 0);
    }
  });

  it('3: what several organisations met, most surprising first, and nothing for who sees one alone', async () => {
    interface Found {
      readonly owners: number;
      readonly incidents: number;
      readonly surprise: number;
    }
    const { sharedFacilitators } = await answer<{ sharedFacilitators: Found[] }>(
      hub,
      helpline,
      example('3.'),
    );
    expect(sharedFacilitators.length).toBeGreaterThan(0);
    for (const { owners, incidents } of sharedFacilitators) {
      expect(owners).toBeGreaterThanOrEqual(2);
      expect(incidents).toBeGreaterThanOrEqual(3);
    }
    const surprises = sharedFacilitators.map(({ surprise }) => surprise);
    expect(surprises).toEqual([...surprises].sort((a, b) => b - a));
    expect(await answer(hub, terai, example('3.'))).toEqual({ sharedFacilitators: [] });
  });

  it('4: after a crossing was closed it falls silent, and the others carry a rate or say why not', async () => {
    const { before, after } = await answer<
      Record<
        'before' | 'after',
        { crossingPoint: { name: string } | null; incidents: number; detectionsPerStaffMonth: Rate }[]
      >
    >(hub, helpline, example('4.'));
    const at = (groups: typeof before, name: RegExp): number =>
      groups
        .filter(({ crossingPoint }) => name.test(crossingPoint?.name ?? ''))
        .reduce((sum, { incidents }) => sum + incidents, 0);
    expect(at(before, /Belahiya|Sunauli/)).toBeGreaterThan(5);
    expect(at(after, /Belahiya|Sunauli/)).toBeLessThan(at(before, /Belahiya|Sunauli/) / 3);
    expect(at(after, /Krishna ?nagar/)).toBeGreaterThan(at(before, /Krishna ?nagar/));
    for (const { detectionsPerStaffMonth } of [...before, ...after])
      expect(detectionsPerStaffMonth.status).toMatch(/^[A-Z_]+$/);
  });

  it('4: is in the same order twice, and what has no crossing point comes last', async () => {
    interface Row {
      readonly crossingPoint: { readonly name: string } | null;
      readonly detectionsPerStaffMonth: Rate;
    }
    const lantern = await viewerFor(hub, 'lantern-line', 'analyst');
    for (const viewer of [terai, lantern, helpline]) {
      const { before, after } = await answer<Record<'before' | 'after', Row[]>>(hub, viewer, example('4.'));
      const names = (rows: readonly Row[]): (string | null)[] =>
        rows.map(({ crossingPoint }) => crossingPoint?.name ?? null);
      for (const rows of [before, after]) {
        expect(rows.length).toBeGreaterThan(2);
        expect(names(rows).slice(0, -1)).not.toContain(null);
      }
      const both = names(before).filter((name) => names(after).includes(name));
      expect(names(after).filter((name) => both.includes(name))).toEqual(both);
      const rated = after.filter(({ detectionsPerStaffMonth: { status } }) => status === 'RATE');
      if (viewer === terai) expect(rated.length).toBeGreaterThan(2);
    }
    expect(JSON.stringify(await answer(hub, terai, example('4.')))).not.toContain('"crossingPoint":null');
  });

  it("5: what stands without a victim's word, with what is missing", async () => {
    const { sharedFacilitators } = await answer<{
      sharedFacilitators: {
        incidentsWithoutVictim: number;
        missingEvidence: string[];
        incidentIds: string[];
      }[];
    }>(hub, helpline, example('5.'));
    expect(sharedFacilitators.length).toBeGreaterThan(0);
    for (const { incidentsWithoutVictim, incidentIds } of sharedFacilitators) {
      expect(incidentsWithoutVictim).toBeGreaterThanOrEqual(2);
      expect(incidentIds.length).toBeGreaterThanOrEqual(incidentsWithoutVictim);
    }
    expect(sharedFacilitators.some(({ missingEvidence }) => missingEvidence.length > 0)).toBe(true);
  });
});
