/** A made-up person, taken in and erased by a hub of its own: looked for in all it wrote, said and answered, down to the database's files. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHub } from '../../src/cli/hub.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { openKeyStore } from '../../src/vault/key-store.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { intercept, maya, sita } from '../support/border-intercept-rows.ts';
import {
  type HubFolder,
  hubFolder,
  post,
  type RunningHub,
  runHeadwater,
  startHub,
} from '../support/hub-process.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { prepareTestDatabase, type TestDatabase } from '../support/test-hub.ts';

const onServer = process.env.TEST_DATABASE_URL !== undefined;
const hasDump = spawnSync('pg_dump', ['--version']).status === 0;
const OWNER = 'canary-desk';
const CANARY = /zyxwvu|canaryperson|000 777 123|000777123/i;

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
const SEALED = `select key_id, 'vault_item/sealed/' || id as place, sealed from vault_item
  union all select b.key_id, 'import_row/raw/' || u.batch_id || '/' || u.row_number, u.raw
  from import_row u join import_batch b on b.id = u.batch_id where u.raw is not null
  union all select key_id, 'attachment_content/sealed_name/' || attachment_id, sealed_name from attachment_content
  union all select key_id, 'attachment_content/sealed_bytes/' || attachment_id, sealed_bytes from attachment_content
  union all select key_id, 'comment_text/sealed/' || id, sealed from comment_text
  union all select key_id, 'referral_text/sealed/' || id, sealed from referral_text`;

let world: TestDatabase | null = null;
let folder: HubFolder;
let hub: RunningHub;
let client: pg.Client | null = null;
let walBefore = '';
let sealed: readonly Sealed[] = [];
const said: string[] = [];
const at = (name: string): string => path.join(path.dirname(folder.data), name);
const keysFolder = (): string => world?.keysFolder ?? at('keys');
const typed = (...args: readonly string[]): string => {
  const { code, out, err } = runHeadwater(folder, ...args);
  expect([code, err]).toEqual([0, '']);
  said.push(out);
  return out;
};
const ask = async <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  ((await client?.query(text, [...values]))?.rows ?? []) as T[];

beforeAll(async () => {
  const settings = { LOG_LEVEL: 'debug' };
  if (onServer) {
    world = await prepareTestDatabase('demo');
    const url = (world.database as { url: string }).url;
    client = new pg.Client({ connectionString: url });
    await client.connect();
    walBefore =
      (await ask<{ name: string }>('select pg_walfile_name(pg_current_wal_lsn()) as name'))[0]?.name ?? '';
    folder = hubFolder({
      ...settings,
      DATABASE_URL: url,
      DATABASE_OWNER_URL: url,
      HEADWATER_KEYS_DIR: world.keysFolder,
      // What tells that the hub is ready is the demo's keys.
      HEADWATER_DEMO: 'yes',
    });
  } else folder = hubFolder(settings);
  hub = await startHub(folder);
}, 360_000);
afterAll(async () => {
  await hub.end('SIGKILL');
  await client?.end();
  await world?.remove();
  folder.remove();
});

/** Files below a folder that hold it, whatever the bytes around it. */
const filesWith = (name: string, words: RegExp): readonly string[] =>
  readdirSync(name, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      statSync(path.join(name, file)).isFile() && words.test(readFileSync(path.join(name, file), 'latin1')),
  );

/** Files of the server that hold it: every relation of the database, indexes and long values included, and the log written since. */
async function serverFilesWith(words: RegExp): Promise<readonly string[]> {
  await ask('checkpoint');
  const files = await ask<{ file: string }>(
    `select pg_relation_filepath(oid) as file from pg_class where pg_relation_filepath(oid) is not null and relfilenode <> 0
     union all select 'pg_wal/' || name from pg_ls_waldir() where name >= $1 and name ~ '^[0-9A-F]{24}$'`,
    [walBefore],
  );
  expect(files.length).toBeGreaterThan(300);
  const found: string[] = [];
  for (const { file } of files) {
    const [read] = await ask<{ bytes: Buffer | null }>(
      'select pg_read_binary_file($1, 0, 1000000000, true) as bytes',
      [file],
    );
    if (words.test(read?.bytes?.toString('latin1') ?? '')) found.push(file);
  }
  return found;
}

describe('a person who was erased', () => {
  it('is taken in, backed up, and erased', async () => {
    const key = /hw_\S+/.exec(
      typed('key', 'create', '--org', OWNER, '--name', OWNER, '--role', 'data_officer', '--vault'),
    )?.[0];
    writeFileSync(at('canary.csv'), FILE);
    typed('import', '--profile', 'border-intercept', '--org', OWNER, at('canary.csv'));
    const { reports } = await post<{ reports: { nodes: { id: string }[] } }>(
      hub,
      key ?? '',
      '{ reports(first: 9) { nodes { id } } }',
    );
    const attachment = {
      reportId: reports.nodes[0]?.id,
      kind: 'MESSAGE_EXPORT',
      fileName: 'Zyxwvu Canaryperson.txt',
      mediaType: 'text/plain',
      contentBase64: Buffer.from('Canaryperson writes from 000 777 123').toString('base64'),
    };
    const attached = await post<{ attachFile: { __typename: string } }>(
      hub,
      key ?? '',
      'mutation ($attachment: AttachmentInput!) { attachFile(attachment: $attachment, idempotencyKey: "a-canary-file") { __typename } }',
      { attachment },
    );
    expect(attached).toEqual({ attachFile: { __typename: 'RecordDone' } });
    const comment = { id: reports.nodes[0]?.id, text: 'Zyxwvu Canaryperson called from 000 777 123' };
    const written = await post<{ writeComment: { __typename: string } }>(
      hub,
      key ?? '',
      'mutation ($id: String!, $text: String!) { writeComment(aboutKind: REPORT, aboutId: $id, text: $text, idempotencyKey: "a-canary-comment") { __typename } }',
      comment,
    );
    expect(written).toEqual({ writeComment: { __typename: 'RecordDone' } });
    const referral = {
      aboutKind: 'REPORT',
      aboutId: reports.nodes[0]?.id,
      agency: 'A shelter that Zyxwvu Canaryperson named, 000 777 123',
      agencyKind: 'SHELTER',
      consent: 'GIVEN',
      legalBasis: 'CONSENT',
      retaliation: 'LOW',
      retaliationMeasure: 'Canaryperson is called twice a day',
      agencyCorruption: 'NONE_KNOWN',
    };
    const referred = await post<{ recordReferral: { __typename: string } }>(
      hub,
      key ?? '',
      'mutation ($referral: ReferralInput!) { recordReferral(referral: $referral, idempotencyKey: "a-canary-referral") { __typename } }',
      { referral },
    );
    expect(referred).toEqual({ recordReferral: { __typename: 'RecordDone' } });
    if (!onServer) typed('backup', at('before.backup'));
    sealed = await ask<Sealed>(SEALED);
    const { personal } = await post<{ personal: { aboutId: string; aboutKind: string; value: string }[] }>(
      hub,
      key ?? '',
      'query ($id: String!) { personal(about: $id, purpose: INVESTIGATION, caseReference: "CASE-1") { aboutKind aboutId value } }',
      { id: reports.nodes[0]?.id },
    );
    const person = personal.find(({ aboutKind, value }) => aboutKind === 'subject' && CANARY.test(value));
    const done = await post(
      hub,
      key ?? '',
      'mutation ($id: String!) { eraseSubject(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-1", reason: LEGAL, dryRun: false) { __typename } }',
      { id: person?.aboutId },
    );
    expect(done).toEqual({ eraseSubject: { __typename: 'Erased' } });
    if (!onServer) typed('backup', at('after.backup'));
    const answers = await post(
      hub,
      key ?? '',
      `{ reports(first: 500) { nodes { id externalReference history { version } } } imports { nodes { id fileName } }
        incidents(first: 500) { nodes { id entities { label } } } entities(first: 500) { nodes { label selectors { hint } } } }`,
    );
    said.push(JSON.stringify(answers));
    typed('doctor');
    typed('audit', 'verify');
    expect(await hub.end('SIGTERM')).toBe(0);
  }, 360_000);

  it('is in nothing that the hub said, logged or answered since it knew the person', () => {
    expect(`${hub.output()}${said.join('\n')}`.length).toBeGreaterThan(1_000);
    expect(hub.output()).not.toMatch(CANARY);
    expect(said.join('\n')).not.toMatch(CANARY);
  });

  it('is in no column of any table, the audit log among them', async () => {
    const database = world?.database ?? ({ mode: 'embedded', folder: folder.data } as const);
    const again = await openHub({ database, keysFolder: keysFolder() });
    try {
      for (const word of ['zyxwvu', 'canaryperson', '777 123', '777123'])
        expect(await openColumnsWith(again, word)).toEqual([]);
      expect(await openColumnsWith(again, 'canary.csv')).toContain('import_batch.file_name');
      const left = await again.database.unrestricted('read what is sealed in a test', (connection) =>
        connection.query<Sealed>(SEALED),
      );
      expect(left.length).toBeGreaterThan(1);
      for (const each of left)
        expect(unseal(again.keys.read(each.key_id), each.place, each.sealed)).not.toMatch(CANARY);
    } finally {
      await again.close();
    }
  });

  it.runIf(!onServer)('is in no file of the data, the keys or the backups', () => {
    // What is open is found by the same look: the look works.
    expect(filesWith(folder.data, /canary\.csv/).length).toBeGreaterThan(0);
    expect([filesWith(folder.data, CANARY), filesWith(keysFolder(), CANARY)]).toEqual([[], []]);
    for (const name of ['before.backup', 'after.backup']) {
      const text = gunzipSync(readFileSync(at(name))).toString('latin1');
      expect([CANARY.test(text), /canary\.csv/.test(text)]).toEqual([false, true]);
    }
    expect(existsSync(`${folder.data}.sock`)).toBe(false);
  });

  it.runIf(onServer)(
    'is in no file of the server but as what no key opens',
    async () => {
      expect((await serverFilesWith(/canary\.csv/)).length).toBeGreaterThan(1);
      expect(await serverFilesWith(CANARY)).toEqual([]);
      const keys = openKeyStore(keysFolder());
      const dead = sealed.filter(({ key_id }) => {
        try {
          keys.read(key_id);
          return false;
        } catch (error) {
          return (error as { code?: unknown }).code === 'NOT_FOUND';
        }
      });
      // The person's own values, the file, the comment, and the rows as received of the whole import, which were sealed anew.
      expect(dead.length).toBeGreaterThan(5);
      expect(dead.filter(({ place }) => place.startsWith('comment_text/'))).toHaveLength(1);
      expect(dead.filter(({ place }) => place.startsWith('referral_text/'))).toHaveLength(1);
      expect(dead.filter(({ place }) => place.startsWith('attachment_content/'))).toHaveLength(2);
      const escaped = Buffer.from(dead[0]?.sealed ?? [])
        .toString('latin1')
        .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      const still = await serverFilesWith(new RegExp(escaped));
      console.log(
        `sealed bytes of the erased person still stand in ${still.length} files of the server, without their key`,
      );
    },
    360_000,
  );

  it.runIf(onServer && hasDump)(
    'is in no dump of the server',
    async () => {
      const { url } = (world?.database ?? {}) as { url?: string };
      const dump = spawnSync('pg_dump', [url ?? ''], { maxBuffer: 1 << 30 });
      expect([dump.status, dump.stdout.includes('canary.csv')]).toEqual([0, true]);
      expect(CANARY.test(dump.stdout.toString('latin1'))).toBe(false);
    },
    360_000,
  );
});
