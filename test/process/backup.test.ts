/** A made-up person, imported and erased: no byte of data, keys, backups or answers tells of it, and a backup from before does not bring it back. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { BACKUP } from '../../src/cli/backup-command.ts';
import { type Hub, openHub } from '../../src/cli/hub.ts';
import { restore } from '../../src/cli/restore-command.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { takeFolder } from '../../src/platform/folder-lock.ts';
import { openKeyStore } from '../../src/vault/key-store.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { intercept, maya, sita } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { templatesFor } from '../support/templates.ts';
import { answer, openTestHub, TEST_NOW, viewerFor } from '../support/test-hub.ts';

const onServer = process.env.TEST_DATABASE_URL !== undefined;
const OWNER = 'canary-desk';
const CANARY = /zyxwvu|canaryperson|000 777 123|000777123/i;

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (data: string, keys = 'keys'): Promise<Hub> =>
  openHub({ database: { mode: 'embedded', folder: at(data) }, keysFolder: at(keys), now: () => TEST_NOW });
const choice = (dataFolder: string, keys = 'keys') => ({
  database: { mode: 'embedded' } as const,
  dataFolder: at(dataFolder),
  keysFolder: at(keys),
});
const backup = (hub: Hub, name: string): Promise<number> =>
  BACKUP.run([name], { hub, folder, say: () => undefined, progress: () => undefined });
const bring = (file: string, data: string, keys = 'keys'): Promise<number> =>
  restore([at(file)], choice(data, keys), () => undefined);

/** Files below a folder in which the canary is read, whatever the bytes around it. */
const filesWith = (name: string): readonly string[] =>
  readdirSync(at(name), { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      statSync(path.join(at(name), file)).isFile() &&
      CANARY.test(readFileSync(path.join(at(name), file), 'latin1')),
  );

const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
const rows = [{ ...maya, full_name: 'Zyxwvu Canaryperson', phone_contact: '+977 000 777 123' }, sita].map(
  (person): Record<string, string> => ({ ...intercept, irf_number: 'EXG77', ...person }),
);
const FILE = [
  columns,
  ...rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`)),
]
  .map((cells) => cells.join(','))
  .join('\n');

interface Sealed {
  readonly key_id: string;
  readonly place: string;
  readonly sealed: Uint8Array;
}
const sealedIn = (hub: Hub): Promise<readonly Sealed[]> =>
  hub.database.unrestricted('read what is sealed in a test', (connection) =>
    connection.query<Sealed>(
      `select key_id, 'vault_item/sealed/' || id as place, sealed from vault_item
       union all select b.key_id, 'import_row/raw/' || u.batch_id || '/' || u.row_number, u.raw
       from import_row u join import_batch b on b.id = u.batch_id where u.raw is not null`,
    ),
  );
/** Texts that a key of the folder opens now. */
const opened = (all: readonly Sealed[]): readonly string[] => {
  const keys = openKeyStore(at('keys'));
  return all.flatMap(({ key_id, place, sealed }) => {
    try {
      return [unseal(keys.read(key_id), place, sealed)];
    } catch {
      return [];
    }
  });
};
const speaking = (all: readonly Sealed[]): number => opened(all).filter((text) => CANARY.test(text)).length;

const EVERYTHING = `{ reports(first: 500) { nodes { id externalReference history { version } } } incidents(first: 500) { nodes { id entities { label } } }
  movements(first: 500) { nodes { id party { sex ageBand } waypoints { place { name } } } } entities(first: 500) { nodes { label selectors { hint } } }
  imports { nodes { fileName } } }`;

describe.skipIf(onServer)('a backup, and an erasure after it', () => {
  it('leaves no byte of the person anywhere, and no backup brings it back', async () => {
    const template = templatesFor('base');
    cpSync(template.data, at('data'), { recursive: true });
    cpSync(template.keys, at('keys'), { recursive: true });
    const hub = await open('data');
    await importText(hub, OWNER, 'border-intercept', FILE, 'canary.csv');
    const officer = await viewerFor(hub, OWNER, 'data_officer', true);
    const before = await sealedIn(hub);
    expect(speaking(before)).toBe(2);
    await backup(hub, 'before.backup');
    const [person] = await hub.database.unrestricted('find a person in a test', (connection) =>
      connection.query<{ id: string }>(
        `select s.id from subject s join report r on r.id = s.report_id where r.external_reference = 'EXG77' and s.age_band = '9_17'`,
      ),
    );
    const erased = await answer(
      hub,
      officer,
      `mutation ($id: String!) { eraseSubject(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-1", reason: LEGAL, dryRun: false) { __typename } }`,
      { id: person?.id },
    );
    expect(erased).toEqual({ eraseSubject: { __typename: 'Erased' } });
    await backup(hub, 'after.backup');
    // What was sealed before, as any copy may have it: no key opens what speaks of the person.
    expect(speaking(before)).toBe(0);
    expect(speaking(await sealedIn(hub))).toBe(0);
    expect(opened(await sealedIn(hub)).some((text) => text.includes('Sita Example'))).toBe(true);
    expect(JSON.stringify(await answer(hub, officer, EVERYTHING))).not.toMatch(CANARY);
    await hub.close();
    expect([filesWith('data'), filesWith('keys')]).toEqual([[], []]);
    for (const file of ['before.backup', 'after.backup'])
      expect(CANARY.test(gunzipSync(readFileSync(at(file))).toString('latin1'))).toBe(false);

    for (const file of ['before', 'after']) {
      expect(await bring(`${file}.backup`, `restored-${file}`)).toBe(0);
      const again = await open(`restored-${file}`);
      expect(speaking(await sealedIn(again))).toBe(0);
      const state = await again.database.unrestricted('look at a person in a test', (connection) =>
        connection.query('select sex, age_band, erased_at is not null as erased from subject where id = $1', [
          person?.id,
        ]),
      );
      expect(state).toEqual([{ sex: 'unknown', age_band: 'unknown', erased: true }]);
      expect(await verifyLog(again.database)).toMatchObject({ whole: true });
      const refused = await importText(again, OWNER, 'border-intercept', `${FILE}\n`, 'again.csv');
      expect(refused.counts).toMatchObject({ accepted: 0, version: 0, quarantined: 2 });
      const viewer = await viewerFor(again, OWNER, 'data_officer', true);
      expect(JSON.stringify(await answer(again, viewer, EVERYTHING))).not.toMatch(CANARY);
      await again.close();
      expect(filesWith(`restored-${file}`)).toEqual([]);
    }
  }, 360_000);

  it('is refused where it would overwrite, and brought back only whole, and with its keys', async () => {
    const whole = readFileSync(at('after.backup'));
    mkdirSync(at('full'));
    writeFileSync(at('full/a'), 'a');
    await expect(bring('after.backup', 'full')).rejects.toMatchObject({ code: 'CONFLICT' });
    const lock = takeFolder(at('held'), 'another');
    await expect(bring('after.backup', 'held')).rejects.toMatchObject({ code: 'BUSY' });
    lock.release();
    writeFileSync(at('cut.backup'), whole.subarray(0, whole.length / 2));
    await expect(bring('cut.backup', 'new')).rejects.toThrow(/no whole backup/);
    openKeyStore(at('other-keys')).create(1);
    await expect(bring('after.backup', 'new', 'other-keys')).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
    });
    await expect(bring('after.backup', 'new', 'no-keys')).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
    });
    expect(readdirSync(at('new'))).toEqual([]);
    expect(existsSync(at('new.restoring'))).toBe(false);
    const hub = await open('data');
    await expect(backup(hub, 'after.backup')).rejects.toMatchObject({ code: 'CONFLICT' });
    await hub.close();
    expect(readFileSync(at('after.backup')).equals(whole)).toBe(true);
  }, 360_000);
});

describe.runIf(onServer)('a backup on a server', () => {
  it('is left to pg_dump, and says so', async () => {
    const hub = await openTestHub('base');
    await expect(backup(hub, 'server.backup')).rejects.toThrow(/pg_dump/);
    const config = {
      ...choice('data'),
      database: { mode: 'server', url: '', ownerUrl: '', poolSize: 1 } as const,
    };
    mkdirSync(at('keys'));
    await expect(restore([at('server.backup')], config, () => undefined)).rejects.toThrow(/pg_dump/);
    await hub.close();
  });
});
