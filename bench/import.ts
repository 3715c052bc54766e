/** Import speed and peak memory for the real files beside the checkout, each in a process of its own, on the embedded database or DATABASE_URL. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { addOrganisation } from '../src/access/key.store.ts';
import { PACKAGE_FOLDER } from '../src/cli/hub.ts';
import { IMPORT } from '../src/cli/import-command.ts';
import { undoImport } from '../src/intake/imports/import.service.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { freshHub } from './fresh-hub.ts';
import { importAlone } from './import-alone.ts';
import { before, setBased } from './set-based.ts';

const spent = new Map<string, number>();
const DATA = path.join(PACKAGE_FOLDER, '..', 'shared', 'data');
const FILES = [
  { profile: 'missing-migrants', files: ['incidents/iom_missing_migrants_global_2014_2025-09.csv'] },
  { profile: 'ctdc', files: ['flows/ctdc_global_dataset_2020-04-14_flows.csv'] },
  { profile: 'dtm', files: ['flows/dtm_sudan_2026_flows.csv', 'flows/dtm_sudan_2026_locations.csv'] },
];

if (process.argv[2] === 'one') await one(process.argv[3] ?? '', process.argv.slice(4));
else all();

/** A fresh process for each file: peak memory is of the process. */
function all(): void {
  for (const { profile, files } of FILES) {
    const paths = files.map((file) => path.join(DATA, file));
    if (!paths.every((file) => existsSync(file))) {
      console.log(`skipped ${profile}: its file is not beside the checkout`);
      continue;
    }
    console.log(importAlone(profile, paths));
  }
}

async function one(profile: string, files: readonly string[]): Promise<void> {
  const { hub, close } = await freshHub(observe);
  spent.clear();
  const slug = `bench-${Date.now()}`;
  const { id } = await hub.database.unrestricted('make an organisation for the bench', (connection) =>
    addOrganisation(connection, randomIds, { slug, name: slug, fictional: true }),
  );
  const since = await before(hub);
  const started = performance.now();
  const lines: string[] = [];
  await IMPORT.run(['--profile', profile, '--org', slug, ...files], {
    hub,
    folder: process.cwd(),
    say: (line) => lines.push(line),
    progress: () => undefined,
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(lines.join('\n'));
  console.log(
    `  ${hub.database.mode}: ${seconds.toFixed(1)} s in all, peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  const most = [...spent].sort((a, b) => b[1] - a[1]).slice(0, Number(process.env.TOP ?? 6));
  const all = [...spent.values()].reduce((sum, each) => sum + each, 0);
  console.log(`    ${(all / 1000).toFixed(1).padStart(6)} s  in the database`);
  for (const [head, milliseconds] of most)
    console.log(`    ${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${head}…`);
  const alone = await setBased(hub, id, since);
  console.log(
    `  the ${alone.rows} rows of all tables by set-based SQL alone: ${alone.seconds.toFixed(1)} s, ${(alone.seconds / seconds).toFixed(2)} of the import`,
  );
  const began = performance.now();
  for (const [batch] of lines.join('\n').matchAll(/(?<=^  batch )[0-9a-f-]{36}/gm))
    await undoImport(hub.imports, id, null, batch);
  console.log(`  undone in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await close();
}

/** Where the database's time goes: the first words of a statement are enough to tell. */
function observe({ text, milliseconds }: { readonly text: string; readonly milliseconds: number }): void {
  const head = text.trim().replace(/\s+/g, ' ').slice(0, 44);
  spent.set(head, (spent.get(head) ?? 0) + milliseconds);
}
