/** What corridors cost after a thousand movements more, at growing sizes: wall and processor time, how both grow, and memory. Run: npm run bench:corridors-more. */

import { graphql } from 'graphql';
import pg from 'pg';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import { KEPT_TRAVEL } from '../src/analysis/corridors/kept-travel.ts';
import type { SecuredDatabase } from '../src/platform/database.ts';
import { buildHubSchema, hubServices } from '../src/schema.ts';
import { openFilledHub } from './filled-hub.ts';
import { addMovements } from './load-movements.ts';
import { backendsCpu, spentSince } from './postgres-cpu.ts';

const MORE = 1_000;
const RUNS = 7;
const WAIT_MS = 15 * 60_000;
const QUERY = '{ corridors(first: 20) { totalCount refusal { reason } nodes { id name } } }';

interface Cost {
  readonly wall: number;
  /** Of this process, all its threads. */
  readonly here: number;
  /** Of the database's processes, to a hundredth of a second. */
  readonly there: number;
}

const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error('DATABASE_URL: found nothing, wanted a server on which databases may be made');
// A database of one's own: its name goes before the sizes.
const prefix = new URL(server).pathname.slice(1).replace(/^postgres$/, 'headwater_bench');
const sizes = process.argv.slice(2).map(Number);
const medians: Cost[] = [];
for (const size of sizes.length === 0 ? [10_000, 100_000, 1_000_000] : sizes)
  medians.push(await measure(size));
console.log('\ngrowth of the medians from size to size (1.0 is linear in the number of movements)');
for (const part of ['wall', 'here', 'there'] as const)
  console.log(
    `  ${part.padEnd(6)} ${medians
      .slice(1)
      .map((cost, i) => `×${(cost[part] / medians[i]![part]).toFixed(1)}`)
      .join('  ')}`,
  );

async function measure(size: number): Promise<Cost> {
  const { hub, viewer, owners, url } = await openFilledHub(server as string, `${prefix}_${size}`, size);
  const schema = buildHubSchema();
  const services = hubServices(hub);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  // A busy machine may take minutes to read all of a million: that is to be measured, not ended.
  const database: SecuredDatabase = {
    secured: (scope, run) => hub.database.secured({ ...scope, statementTimeoutMs: WAIT_MS }, run),
    securedAtOnce: (scope, statements) => hub.database.securedAtOnce(scope, statements),
  };
  const ask = async (): Promise<Cost> => {
    const backends = await backendsCpu(client, name);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const { errors } = await graphql({
      schema,
      source: QUERY,
      contextValue: {
        reader: readerFor(database, viewer),
        now: new Date(),
        slugs: () => readSlugs(hub.database),
        services,
      },
    });
    if (errors) throw new Error(errors[0]?.message);
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return {
      wall,
      here: (user + system) / 1_000,
      there: spentSince(backends, await backendsCpu(client, name)),
    };
  };
  tell('whole', [await ask()]);
  const costs: Cost[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // Others every time: a thousand that are there already would bring nothing new.
    await addMovements(hub.database, owners, MORE, 2 + run);
    costs.push(await ask());
  }
  tell(`after ${MORE} more`, costs);
  console.log(
    `  ${(services.read(KEPT_TRAVEL).bytes / 1e6).toFixed(0)} MB kept; most memory held so far ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  await client.end();
  await hub.close();
  return middleOf(costs);
}

function tell(what: string, costs: readonly Cost[]): void {
  const all = costs.map(({ here, there }) => ({ here: here + there }) as Cost);
  const shown = (part: 'wall' | 'here' | 'there', of = costs): string =>
    `${String(Math.round(Math.min(...of.map((cost) => cost[part])))).padStart(6)} / ${String(Math.round(median(of.map((cost) => cost[part])))).padStart(6)}`;
  console.log(
    `  ${what.padEnd(16)} least / median ms: wall ${shown('wall')}   processor ${shown('here', all)} (here ${shown('here')}, Postgres ${shown('there')})   ${costs.length} runs`,
  );
}

function middleOf(costs: readonly Cost[]): Cost {
  return {
    wall: median(costs.map(({ wall }) => wall)),
    here: median(costs.map(({ here }) => here)),
    there: median(costs.map(({ there }) => there)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
