/** The hub's own questions on server PostGIS at growing sizes: p50 and p95, how each grows, and what row security costs. Run: npm run bench:first-light. */
import { graphql } from 'graphql';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import { KEPT_TRAVEL } from '../src/analysis/corridors/kept-travel.ts';
import { mortonRanges } from '../src/geo/morton.ts';
import type { Database } from '../src/platform/database.ts';
import { buildHubSchema, hubServices } from '../src/schema.ts';
import { type Asker, ask, FLOWS_BY_PAIR, timeInPostgres } from './asker.ts';
import { openFilledHub } from './filled-hub.ts';
import { addMovements, type BenchOwner } from './load-movements.ts';
import { percentile } from './percentile.ts';

const QUESTIONS: Readonly<Record<string, { readonly query: string; readonly runs: number }>> = {
  'page of 50 nested movements': {
    query: `{ movements(first: 50) { nodes { id originCountry destinationCountry persons { min max } countries { country role }
      waypoints { ordinal kind basis country position { longitude latitude } } crossings { kind fromCountry toCountry }
      incident { id verification report { id recordedAt } } } } }`,
    runs: 30,
  },
  'flows by country pair': {
    query: FLOWS_BY_PAIR,
    runs: 5,
  },
  'bounding box, 50 incidents': {
    query:
      '{ incidents(first: 50, filter: { area: { bbox: { west: 83, south: 26, east: 85, north: 28 } } }) { nodes { id position { longitude latitude } } } }',
    runs: 30,
  },
  'crossing clusters': {
    query: '{ crossingClusters { refusal { reason } __typename } }',
    runs: 3,
  },
  'route hotspots': { query: '{ routeHotspots { refusal { reason } __typename } }', runs: 3 },
  'emerging hotspots': {
    query: '{ emergingHotspots { refusal { reason found } __typename } }',
    runs: 3,
  },
  corridors: {
    query: '{ corridors(first: 20) { totalCount refusal { reason } nodes { id name } } }',
    runs: 3,
  },
};

const MORE = 1_000;
const ENOUGH = 300;

const sizes = process.argv.slice(2).map(Number);
const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error('DATABASE_URL: found nothing, wanted a server on which databases may be made');

const medians = new Map<string, number[]>();
for (const size of sizes.length === 0 ? [10_000, 100_000, 1_000_000] : sizes) await measure(size);
console.log('\ngrowth of p50 from size to size (1.0 is linear in the number of movements)');
for (const [name, values] of medians)
  console.log(
    `  ${name.padEnd(30)} ${values
      .slice(1)
      .map((value, i) => `×${(value / (values[i] as number)).toFixed(1)}`)
      .join('  ')}`,
  );

async function measure(size: number): Promise<void> {
  const { hub, viewer, owners } = await openFilledHub(server as string, `headwater_bench_${size}`, size);
  const schema = buildHubSchema();
  for (const [question, { query, runs }] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const contextValue = {
        reader: readerFor(hub.database, viewer),
        now: new Date(),
        slugs: () => readSlugs(hub.database),
        services: hubServices(hub),
      };
      const began = performance.now();
      const answer = await graphql({ schema, source: query, contextValue });
      times.push(performance.now() - began);
      if (answer.errors !== undefined) {
        console.log(`  ${question}: ${answer.errors[0]?.message}`);
        break;
      }
      const [root] = Object.values(answer.data ?? {}) as { refusal?: { reason: string } | null }[];
      if (run === 0 && root?.refusal) console.log(`  ${question}: refused, ${root.refusal.reason}`);
    }
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
    medians.set(question, [...(medians.get(question) ?? []), p50]);
    console.log(
      `  ${question.padEnd(30)} p50 ${p50.toFixed(1).padStart(9)} ms   p95 ${p95.toFixed(1).padStart(9)} ms   (${times.length} runs)`,
    );
  }
  const asker = { schema, database: hub.database, viewer, services: () => hubServices(hub) };
  await timeInPostgres(asker);
  await askKept(asker);
  await askAfterMore(asker, owners);
  await askMeanwhile(asker);
  await compareSecured(hub.database, viewer);
  console.log(`  most memory held so far ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  await hub.close();
}

/** Once answered, asked again by whoever has the same sight. */
async function askKept(asker: Asker): Promise<void> {
  const services = asker.services();
  for (const name of ['flows by country pair', 'route hotspots', 'corridors']) {
    const { query } = QUESTIONS[name]!;
    await ask(asker, query, services);
    const times: number[] = [];
    for (let run = 0; run < 100; run += 1) times.push(await ask(asker, query, services));
    console.log(
      `  ${name}, kept`.padEnd(32) +
        ` p50 ${percentile(times, 0.5).toFixed(1).padStart(9)} ms   p95 ${percentile(times, 0.95).toFixed(1).padStart(9)} ms   (100 runs)`,
    );
  }
}

/** A thousand movements more, and corridors again: what changed is read, and what was kept is mined anew. */
async function askAfterMore(asker: Asker, owners: readonly BenchOwner[]): Promise<void> {
  const services = asker.services();
  const { query } = QUESTIONS.corridors!;
  const whole = await ask(asker, query, services);
  const [times, writing]: [number[], number[]] = [[], []];
  for (let run = 0; run < 5; run += 1) {
    const began = performance.now();
    await addMovements(asker.database, owners, MORE);
    writing.push(performance.now() - began);
    times.push(await ask(asker, query, services));
  }
  const held = services.read(KEPT_TRAVEL).bytes / 1e6;
  console.log(
    `  corridors, whole ${whole.toFixed(0)} ms; after ${MORE} more, each time  p50 ${percentile(times, 0.5).toFixed(0)} ms   p95 ${percentile(times, 0.95).toFixed(0)} ms   (${times.length} runs; written in ${percentile(writing, 0.5).toFixed(0)} ms; ${held.toFixed(0)} MB kept)`,
  );
}

/**
 * Pages and boxes asked one after another, alone and while an analysis is derived beside them. A short analysis is derived again and again until enough has
 * been asked for a 95th of a hundred to mean something, and alone and beside take turns, so that a machine that slows down slows both.
 */
async function askMeanwhile(asker: Asker): Promise<void> {
  const queries = ['page of 50 nested movements', 'bounding box, 50 incidents'].map(
    (name) => QUESTIONS[name]!.query,
  );
  const askWhile = async (isOn: () => boolean, times: number[]): Promise<void> => {
    while (isOn()) for (const query of queries) times.push(await ask(asker, query, asker.services()));
  };
  for (const name of ['corridors', 'route hotspots']) {
    const [alone, beside]: [number[], number[]] = [[], []];
    let derived = 0;
    while (beside.length < ENOUGH) {
      let isOver = false;
      const analysis = ask(asker, QUESTIONS[name]!.query, asker.services()).finally(() => {
        isOver = true;
      });
      await askWhile(() => !isOver, beside);
      await analysis;
      derived += 1;
      const wanted = Math.max(alone.length, beside.length);
      await askWhile(() => alone.length < wanted, alone);
    }
    const [idle, busy] = [percentile(alone, 0.95), percentile(beside, 0.95)];
    console.log(
      `  pages and boxes while ${name} are derived: p95 ${busy.toFixed(1)} ms ÷ ${idle.toFixed(1)} ms idle = ${(busy / idle).toFixed(2)}; p50 ${percentile(beside, 0.5).toFixed(1)} ÷ ${percentile(alone, 0.5).toFixed(1)} (${beside.length} asked beside ${derived}, ${alone.length} alone)`,
    );
  }
}

/** The same statement with and without its rights: as the weak role with row security and the predicate, and as the owner with neither. */
async function compareSecured(database: Database, viewer: Viewer): Promise<void> {
  const ranges = mortonRanges({ west: 83, south: 26, east: 85, north: 28 }, 12).map(
    ({ low, high }) => `z between ${low} and ${high}`,
  );
  const box = `(${ranges.join(' or ')}) and longitude between 83 and 85 and latitude between 26 and 28 and known_to is null`;
  const open = `select count(*), min(occurred_from) from incident where ${box}`;
  const secured = `${open} and visibility_class_id = any('{${viewer.fullClasses.join(',')}}'::integer[])`;
  const scope = { classes: viewer.fullClasses, statementTimeoutMs: 60_000 };
  const time = async (run: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 15; i += 1) {
      const began = performance.now();
      await run();
      times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b)[7] as number;
  };
  const without = await time(() =>
    database.asOwner(async (connection) => {
      // The owner is bound by forced row security too, unless it may pass it.
      await connection.execute('set local row_security = off');
      return connection.query(open);
    }),
  );
  const withRights = await time(() => database.secured(scope, (connection) => connection.query(secured)));
  const plan = await database.secured(scope, (connection) =>
    connection.query<{ 'QUERY PLAN': string }>(`explain ${secured}`),
  );
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  const scan = /incident_z/.test(text) ? 'the index of Z-order codes is used' : `NO INDEX SCAN: ${text}`;
  console.log(
    `  bounding box secured ÷ unsecured: ${(withRights / without).toFixed(2)} (${withRights.toFixed(1)} ms ÷ ${without.toFixed(1)} ms); ${scan}`,
  );
}
