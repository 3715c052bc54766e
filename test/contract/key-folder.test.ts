/** A database and the key folder it was begun with belong together. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recogniseKeyFolder } from '../../src/vault/key-folder.store.ts';
import { openKeyStore } from '../../src/vault/key-store.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await openTestHub('base');
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-keys-'));
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a hub with another key folder is refused by name, and nothing changes for the right one', async () => {
  const other = openKeyStore(path.join(folder, 'other'));
  await expect(recogniseKeyFolder(hub.database, other)).rejects.toMatchObject({
    code: 'BAD_CONFIGURATION',
    message: expect.stringContaining('HEADWATER_KEYS_DIR: found a key folder with another master key'),
  });
  await recogniseKeyFolder(hub.database, hub.keys);
});

it('a copy of the key folder is the same folder', async () => {
  cpSync(path.dirname(hub.ringFile), path.join(folder, 'copy'), { recursive: true });
  await recogniseKeyFolder(hub.database, openKeyStore(path.join(folder, 'copy')));
});
