/** A million rows leaving in each format: rate, size, and how memory goes while they leave. Run: npm run bench:export (after bench:first-light has made the database). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import { MIGRATIONS_FOLDER } from '../src/cli/hub.ts';
import type { Database } from '../src/platform/database.ts';
import { readMigrations } from '../src/platform/migrations.ts';
import { openDatabase } from '../src/platform/open-database.ts';
import { buildHubSchema } from '../src/schema.ts';
import { beginExport } from '../src/serving/exports/export.service.ts';
import { ExportDesk } from '../src/serving/exports/export-desk.ts';
import { openKeyStore } from '../src/vault/key-store.ts';

const MEGABYTE = 1_048_576;
const [database = 'headwater_bench_1000000', ...asked] = process.argv.slice(2);
const names =
  asked.length > 0
    ? asked
    : [
        'movements.ndjson',
        'movements.geojson',
        'movements.csv',
        'incidents.ndjson',
        'incidents.fgb',
        'incidents.parquet',
        'incidents.xlsx',
        'incidents.kml',
      ];

const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error(`DATABASE_URL: found nothing, wanted a server with the database ${database}`);

const url = new URL(server);
url.pathname = `/${database}`;
// The keys of that database are elsewhere: an export only makes tokens of them.
const keysFolder = mkdtempSync(path.join(tmpdir(), 'headwater-bench-'));
const opened = await openDatabase(
  { mode: 'server', url: url.href, ownerUrl: url.href, poolSize: 4 },
  readMigrations(MIGRATIONS_FOLDER),
);
try {
  const viewer = await pooledViewer(opened.database);
  for (const name of names) await measure(opened.database, viewer, name);
} finally {
  await opened.database.close();
  rmSync(keysFolder, { recursive: true });
}

/** Nothing is kept of the bytes: what grows would be the hub's. */
async function measure(database: Database, viewer: Viewer, name: string): Promise<void> {
  const [collection = '', ...rest] = name.split('.');
  const context = { reader: readerFor(database, viewer), now: new Date(), slugs: () => readSlugs(database) };
  const tools = {
    database,
    keys: openKeyStore(keysFolder),
    schema: buildHubSchema(),
    desk: new ExportDesk(),
    now: () => new Date(),
  };
  const began = performance.now();
  const before = process.cpuUsage();
  const running = await beginExport(tools, context, {
    collection,
    extension: rest.join('.'),
    filter: null,
    purpose: 'investigation',
    caseReference: 'bench',
    again: async () => viewer,
  });
  const counted = performance.now();
  const pieces = running.bytes();
  const heaps: number[] = [];
  let seen = 0;
  let next = await pieces.next();
  for (let size = 0; next.done !== true; next = await pieces.next()) {
    size += next.value.length;
    if (size < seen) continue;
    // So often that a peak is not missed, so seldom that it costs nothing.
    seen = size + 4 * MEGABYTE;
    heaps.push(process.memoryUsage().rss / MEGABYTE);
  }
  const { counts, bytes } = next.value;
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  const tenth = Math.max(1, Math.floor(heaps.length / 10));
  const most = (part: readonly number[]): string => Math.max(...part).toFixed(0);
  console.log(
    `${name.padEnd(18)} ${counts.rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s, ${Math.round(counts.rows / seconds).toLocaleString('en')} rows/s, ` +
      `${(bytes / MEGABYTE).toFixed(0)} MB; ${((user + system) / 1e6).toFixed(1)} s of processor here; counted first in ${((counted - began) / 1000).toFixed(1)} s; ` +
      `memory (RSS) at most ${most(heaps.slice(0, tenth))} MB in the first tenth, ${most(heaps.slice(-tenth))} MB in the last, ${most(heaps)} MB ever`,
  );
}

async function pooledViewer(database: Database): Promise<Viewer> {
  const rows = await database.unrestricted('find the owners of a bench', (connection) =>
    connection.query<{ owner_id: string; id: number }>(
      'select owner_id, id from visibility_class order by id',
    ),
  );
  return {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: rows[0]?.owner_id ?? null,
    organisationSlug: 'bench-0',
    role: 'analyst',
    vaultPermission: false,
    fullClasses: rows.map(({ id }) => id),
    partial: [],
    now: new Date(),
  };
}
