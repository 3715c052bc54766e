/** Pages of OGC API – Features on the bench database: the first, one deep in a collection, boxes and times, milliseconds. Run: npm run bench:features. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import { MIGRATIONS_FOLDER } from '../src/cli/hub.ts';
import { readMigrations } from '../src/platform/migrations.ts';
import { openDatabase } from '../src/platform/open-database.ts';
import { buildHubSchema } from '../src/schema.ts';
import { nameItems } from '../src/serving/ogc/features.service.ts';
import { openKeyStore } from '../src/vault/key-store.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error(
    'DATABASE_URL: found nothing, wanted the server on which npm run bench:first-light made its databases',
  );
const name = process.argv[3] ?? `headwater_bench_${size}`;
const url = new URL(server);
url.pathname = `/${name}`;
// Features open nothing that is sealed: the database alone, with keys of the moment for what the log keeps of a case.
const { database } = await openDatabase(
  { mode: 'server', url: url.href, ownerUrl: url.href, poolSize: 4 },
  readMigrations(MIGRATIONS_FOLDER),
);
const keysFolder = mkdtempSync(path.join(tmpdir(), 'headwater-bench-'));
const keys = openKeyStore(keysFolder);
const viewer = await everything();
const schema = buildHubSchema();
const tools = { database, keys, schema, now: () => new Date() };
const RUNS = 3;

console.log(`${size.toLocaleString('en')} movements; one page, milliseconds of ${RUNS} runs, nothing kept`);
for (const collection of ['incidents', 'movements', 'crossings'])
  for (const [question, given] of Object.entries<Record<string, string>>({
    'first 1,000': { limit: '1000' },
    'first 1,000 of a box of 2°': { limit: '1000', bbox: '84,26,86,28' },
    'a box where nobody was': { limit: '1000', bbox: '-40,-50,-39,-49' },
    'first 1,000 of a month': { limit: '1000', datetime: '2024-03-01/2024-03-31' },
    'first 1,000 of a month in a box of 2°': {
      limit: '1000',
      datetime: '2024-03-01/2024-03-31',
      bbox: '84,26,86,28',
    },
  }))
    await measure(collection, question, given);
await database.close();
rmSync(keysFolder, { recursive: true });

async function measure(collection: string, question: string, given: Record<string, string>): Promise<void> {
  const times: string[] = [];
  let told = '';
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    const asker = {
      context: {
        reader: readerFor(database, viewer),
        now: new Date(),
        slugs: () => readSlugs(database),
      },
      purpose: 'investigation' as const,
      caseReference: 'bench',
    };
    try {
      const { read } = await nameItems(tools, asker, 'http://hub', collection, given);
      const { body } = await read();
      const { numberMatched, numberReturned } = body as { numberMatched: number; numberReturned: number };
      told = `${numberReturned} of ${numberMatched}`;
    } catch (error) {
      told = (error as Error).message;
    }
    times.push((performance.now() - started).toFixed(0));
  }
  console.log(`${collection.padEnd(10)} ${question.padEnd(40)} ${times.join(' ').padStart(20)}   ${told}`);
}

async function everything(): Promise<Viewer> {
  const rows = await database.unrestricted('find the owners of a bench', (connection) =>
    connection.query<{ id: string; class: number }>(
      `select o.id, c.id as class from organisation o join visibility_class c on c.owner_id = o.id where o.slug like 'bench-%' order by 1, 2`,
    ),
  );
  return {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: rows[0]?.id ?? null,
    organisationSlug: 'bench-0',
    role: 'analyst',
    vaultPermission: false,
    fullClasses: rows.map((row) => row.class),
    partial: [],
    now: new Date(),
  };
}
