/** How a purge grows with what is due: invented border intercepts imported, weighed and purged, on the embedded database or DATABASE_URL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addKey, addOrganisation } from '../src/access/key.store.ts';
import { readViewer } from '../src/access/viewer.view.ts';
import { IMPORT } from '../src/cli/import-command.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { setRetention } from '../src/records/retention/decide.service.ts';
import { purgeDue } from '../src/records/retention/purge.service.ts';
import { freshHub } from './fresh-hub.ts';
import { writeIntercepts } from './write-intercepts.ts';

const SIZES = process.argv.slice(2).map(Number);
const folder = mkdtempSync(path.join(tmpdir(), 'headwater-purge-'));
const { hub, close } = await freshHub();
try {
  for (const rows of SIZES.length > 0 ? SIZES : [2_000, 8_000, 32_000]) await measure(rows);
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(rows: number): Promise<void> {
  const slug = `purge-${rows}-${Date.now()}`;
  const { id, text } = await hub.database.unrestricted(
    'make an organisation for the bench',
    async (connection) => {
      const organisation = await addOrganisation(connection, randomIds, {
        slug,
        name: slug,
        fictional: true,
      });
      const expiresAt = new Date(Date.now() + 86_400_000);
      const wanted = {
        organisationId: organisation.id,
        role: 'data_officer',
        label: 'bench',
        vaultPermission: false,
        expiresAt,
      } as const;
      return { id: organisation.id, text: (await addKey(connection, randomIds, wanted)).text };
    },
  );
  const file = path.join(folder, `${rows}.csv`);
  await writeIntercepts(file, rows);
  await IMPORT.run(['--profile', 'border-intercept', '--org', slug, file], {
    hub,
    folder,
    say: () => undefined,
    progress: () => undefined,
  });
  // Long after the last of them.
  const tools = { ...hub.imports, now: () => new Date('2036-01-01T00:00:00Z') };
  const viewer = await readViewer(hub.database, text, new Date());
  for (const recordClass of ['border_intercept', 'quarantined_row'] as const)
    await setRetention(tools, { viewer, idempotencyKey: `bench-${recordClass}` }, 0, {
      recordClass,
      months: 1,
      action: 'purge',
      reason: 'other',
    });
  const ask = { ownerId: id, keyId: null, atMost: null };
  const weighed = await timed(() => purgeDue(tools, { ...ask, dryRun: true }));
  const purged = await timed(() => purgeDue(tools, { ...ask, dryRun: false }));
  const items = Object.values(purged.result.items).reduce((sum, n) => sum + n, 0);
  const all = Object.values(purged.result.rows).reduce((sum, n) => sum + n, 0);
  console.log(
    `${hub.database.mode}: ${rows} rows of a file, ${items} records, ${all} rows of all tables: weighed in ${weighed.seconds.toFixed(1)} s, ` +
      `purged in ${purged.seconds.toFixed(1)} s (${Math.round(items / purged.seconds)} records/s), ` +
      `as weighed: ${JSON.stringify(weighed.result.rows) === JSON.stringify(purged.result.rows)}, memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  );
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}
