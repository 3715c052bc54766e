/** `headwater export` writes the file that is served, its manifest beside it, and nothing half. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runOnHub } from '../../src/cli/run-on-hub.ts';
import type { Manifest } from '../../src/serving/exports/manifest.ts';
import { type Desk, exportDesk, keyOf, takeExport } from '../support/exports.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
let key: string;
const folder = mkdtempSync(path.join(tmpdir(), 'headwater-export-'));
const file = (name: string): string => path.join(folder, name);

function run(...args: readonly string[]): Promise<number> {
  return runOnHub(['export', ...args], { hub, folder, say: () => undefined, progress: () => undefined });
}
const FOR = ['--key-file', 'hub.key', '--purpose', 'investigation', '--case-reference', 'case-17'] as const;

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  key = await keyOf(desk, 'lantern-line', 'analyst');
  writeFileSync(file('hub.key'), `${key}\n`);
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

it('writes what is served, and a manifest that fits it', async () => {
  const filter = { countries: ['NPL'] };
  expect(await run(...FOR, '--filter', JSON.stringify(filter), 'incidents.csv')).toBe(0);
  const bytes = readFileSync(file('incidents.csv'));
  const manifest = JSON.parse(readFileSync(file('incidents.csv.manifest.json'), 'utf8')) as Manifest;
  expect(manifest).toMatchObject({ filter, bytes: bytes.length, handling: 'TLP:AMBER' });
  expect(manifest.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(bytes.equals((await takeExport(desk, key, 'incidents.csv', filter)).bytes)).toBe(true);
  expect(existsSync(file('incidents.csv.part'))).toBe(false);
});

it('writes over nothing', async () => {
  writeFileSync(file('kept.csv'), 'kept');
  await expect(run(...FOR, '--out', 'kept.csv', 'incidents.csv')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(readFileSync(file('kept.csv'), 'utf8')).toBe('kept');
});

it('reads a filter from a file', async () => {
  writeFileSync(file('filter.json'), '{ "kinds": ["VEHICLE"] }');
  expect(await run(...FOR, '--filter', '@filter.json', '--out', 'vehicles.ndjson', 'entities.ndjson')).toBe(
    0,
  );
  expect(new Set(readFileSync(file('vehicles.ndjson'), 'utf8').match(/"kind":"\w+"/g))).toEqual(
    new Set(['"kind":"VEHICLE"']),
  );
});

it.each([
  [
    'without a key',
    ['--purpose', 'investigation', '--case-reference', 'case-17', 'incidents.csv'],
    'BAD_INPUT',
  ],
  [
    'without a purpose',
    ['--key-file', 'hub.key', '--case-reference', 'case-17', 'incidents.csv'],
    'BAD_INPUT',
  ],
  ['without a case', ['--key-file', 'hub.key', '--purpose', 'investigation', 'incidents.csv'], 'BAD_INPUT'],
  ['of what there is not', [...FOR, 'incidents.shp'], 'NOT_FOUND'],
  ['with a key file that is none', ['--key-file', 'none.key', ...FOR.slice(2), 'incidents.csv'], 'BAD_INPUT'],
])('writes nothing %s', async (_why, args, code) => {
  await expect(run('--out', 'nothing.csv', ...args)).rejects.toMatchObject({ code });
  expect(existsSync(file('nothing.csv'))).toBe(false);
  expect(existsSync(file('nothing.csv.part'))).toBe(false);
});
