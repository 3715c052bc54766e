/** What `flows` by country pair costs in PostgreSQL, of a database that a bench filled before. Run: npm run bench:flows -- 1000000 (PLAN=1 shows the plan). */
import { readerFor } from '../src/access/reader.ts';
import { buildHubSchema, hubServices } from '../src/schema.ts';
import { ask, FLOWS_BY_PAIR, timeInPostgres } from './asker.ts';
import { openFilledHub } from './filled-hub.ts';
import { percentile } from './percentile.ts';

const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error('DATABASE_URL: found nothing, wanted a server on which databases may be made');
for (const size of process.argv.slice(2).map(Number)) {
  const { hub, viewer, owners } = await openFilledHub(server, `headwater_bench_${size}`, size);
  const asker = {
    schema: buildHubSchema(),
    database: hub.database,
    viewer,
    services: () => hubServices(hub),
  };
  await timeInPostgres(asker);
  // Of neighbours that are not all seen, fewer are added up beforehand.
  for (const [who, seen] of [
    ['all owners but one', owners.filter((_, at) => at !== 7)],
    ['every second owner', owners.filter((_, at) => at % 2 === 0)],
  ] as const) {
    console.log(`  who sees ${who}:`);
    const fullClasses = seen.flatMap(({ classes }) => Object.values(classes));
    await timeInPostgres({ ...asker, viewer: { ...viewer, fullClasses } });
  }
  const times: number[] = [];
  for (let run = 0; run < 50; run += 1)
    times.push(await ask(asker, FLOWS_BY_PAIR, asker.services(), readerFor(hub.database, viewer)));
  console.log(
    `  the same, answered and not kept      p50 ${percentile(times, 0.5).toFixed(1)} ms   p95 ${percentile(times, 0.95).toFixed(1)} ms   (${times.length} runs)`,
  );
  await hub.close();
}
