/** A hub whose master key is rotated: what is sealed opens, what was digested is found, and the log says so. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { KEYS } from '../../src/cli/keys-command.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { recogniseKeyFolder } from '../../src/vault/key-folder.store.ts';
import { openKeyStore } from '../../src/vault/key-store.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { intercept, maya, sita } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
const file = (name: string): Promise<{ counts: Readonly<Record<string, number>> }> => {
  const rows = [maya, sita].map(
    (person): Record<string, string> => ({ ...intercept, ...person, irf_number: 'EXG7' }),
  );
  const cells = rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`));
  return importText(hub, 'rotating-desk', 'border-intercept', [columns, ...cells, []].join('\n'), name);
};
const rotate = (...args: readonly string[]): Promise<number> =>
  KEYS.run(['rotate', ...args], {
    hub,
    folder: hub.keysFolder,
    say: () => undefined,
    progress: () => undefined,
  });

interface Sealed {
  readonly id: string;
  readonly key_id: string;
  readonly sealed: Uint8Array;
}
const texts = async (): Promise<readonly string[]> => {
  const items = await hub.database.unrestricted('read what is sealed in a test', (connection) =>
    connection.query<Sealed>('select id, key_id, sealed from vault_item order by id'),
  );
  const keys = openKeyStore(hub.keysFolder);
  return items.flatMap(({ id, key_id, sealed }) =>
    [hub.keys, keys].map((each) => unseal(each.read(key_id), `vault_item/sealed/${id}`, sealed)),
  );
};

it('reads, recognises and records as before', async () => {
  expect((await file('first.csv')).counts).toMatchObject({ accepted: 2 });
  const before = await texts();
  expect(before.some((text) => text.includes('Sita Example'))).toBe(true);
  const ring = readdirSync(hub.keysFolder).find((name) => name.startsWith('ring'));
  expect(await rotate()).toBe(0);
  expect(readdirSync(hub.keysFolder)).not.toContain(ring);
  expect(await texts()).toEqual(before);
  await recogniseKeyFolder(hub.database, openKeyStore(hub.keysFolder));
  // Rows are recognised by keyed digests: other digests would take them for new ones.
  expect((await file('second.csv')).counts).toMatchObject({ accepted: 0, unchanged: 2 });
  const told = await hub.database.unrestricted('read the audit log in a test', (connection) =>
    connection.query<{ action: string; detail: { keys?: number } }>(
      `select action, detail from audit_event where object_kind = 'key_folder' order by sequence`,
    ),
  );
  expect(told.map(({ action }) => action)).toEqual(['begin_master_key_rotation', 'rotate_master_key']);
  expect(told[1]?.detail.keys).toBeGreaterThan(2);
  expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
});

it('is asked for by its whole name', async () => {
  const files = readdirSync(hub.keysFolder);
  await expect(rotate('now')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(readdirSync(hub.keysFolder)).toEqual(files);
  expect(files.map((name) => path.extname(name)).sort()).toEqual(['.key', '.log']);
});
