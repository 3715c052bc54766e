/** A hub to measure on. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Hub, openHub, PREPARED_FOLDER } from '../src/cli/hub.ts';
import { buildTemplates, findTemplate } from '../src/cli/template.ts';
import type { StatementObserver } from '../src/platform/database.ts';

/** The same at every run: a database knows its key folder. */
const BENCH_KEYS = path.join(PREPARED_FOLDER, '..', 'headwater-server', 'bench');

/** On the server that DATABASE_URL names, else embedded in a folder of its own. */
export async function freshHub(
  observe: StatementObserver = () => undefined,
): Promise<{ hub: Hub; close: () => Promise<void> }> {
  const url = process.env.DATABASE_URL;
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-bench-'));
  const keysFolder = path.join(folder, 'keys');
  if (url !== undefined && url !== '') {
    const hub = await openHub({
      database: { mode: 'server', url, ownerUrl: url, poolSize: 4 },
      keysFolder: BENCH_KEYS,
      observe,
    });
    return { hub, close: async () => hub.close().then(() => rmSync(folder, { recursive: true })) };
  }
  await buildTemplates(console.error);
  const template = findTemplate('base') as { data: string; keys: string };
  cpSync(template.data, path.join(folder, 'data'), { recursive: true });
  cpSync(template.keys, keysFolder, { recursive: true });
  const hub = await openHub({
    database: { mode: 'embedded', folder: path.join(folder, 'data') },
    keysFolder,
    observe,
  });
  return { hub, close: async () => hub.close().then(() => rmSync(folder, { recursive: true })) };
}
