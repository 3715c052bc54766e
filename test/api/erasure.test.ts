/** Erasing a person: gone in every version and row as received, kept out of imports, counted as before, and gone again when a backup brings it back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import { replayErasures } from '../../src/records/erasure/replay-erasures.service.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { intercept, maya, type Row, sita, suspect } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWNER = 'erasing-desk';
const NAME = 'Zyxwvu Canaryperson';
const PHONE = '+977 000 777 123';
const canary: Row = { ...maya, full_name: NAME, phone_contact: PHONE };

let hub: TestHub;
let officer: Viewer;
let reader: Viewer;
beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, OWNER, 'data_officer', true);
  reader = await viewerFor(hub, OWNER, 'investigator', true);
});
afterAll(() => hub.close());

const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
const csv = (rows: readonly Row[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`))]
    .map((cells) => cells.join(','))
    .join('\n');
const form = (irf: string, ...persons: readonly Row[]): Row[] =>
  persons.map((person) => ({ ...intercept, irf_number: irf, ...person }));
const take = (rows: readonly Row[], name: string, profile: string | ImportProfile = 'border-intercept') =>
  importText(hub, OWNER, profile, csv(rows), name);

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));

interface Answer {
  readonly id?: string;
  readonly __typename: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
const COUNTS = 'counts { parties versions vaultItems rawRows rowsSealedAnew selectors learnedAliases }';
async function erase(
  id: string,
  {
    kind = 'Subject',
    dryRun = false,
    viewer = officer,
    key = null,
  }: { kind?: 'Subject' | 'Entity'; dryRun?: boolean; viewer?: Viewer; key?: string | null } = {},
): Promise<Answer> {
  const field = `erase${kind}`;
  const call = {
    Subject: 'eraseSubject(id: $id, ',
    Entity: 'eraseEntity(id: $id, ',
  }[kind];
  const data = await answer<Record<string, Answer>>(
    hub,
    viewer,
    `mutation ($id: String!, $dryRun: Boolean!, $key: String) {
      ${call}purpose: ERASURE_REQUEST, caseReference: "CASE-9", reason: CONSENT_WITHDRAWN, dryRun: $dryRun, idempotencyKey: $key) {
        __typename ... on Erased { id ${COUNTS} } ... on ErasureWeighed { id ${COUNTS} } ... on ActRefused { reasons { where found wanted } } } }`,
    { id, dryRun, key },
  );
  return data[field] as Answer;
}

const reportOf = async (irf: string): Promise<string> =>
  (
    await sql<{ id: string }>(
      'select r.id from report r join organisation o on o.id = r.owner_id where o.slug = $2 and external_reference = $1 and known_to is null',
      [irf, OWNER],
    )
  )[0]?.id ?? '';

interface Field {
  readonly aboutKind: string;
  readonly aboutId: string;
  readonly value: string | null;
}
const personal = async (about: string): Promise<readonly Field[]> =>
  (
    await answer<{ personal: Field[] }>(
      hub,
      reader,
      'query ($about: String!) { personal(about: $about, purpose: INVESTIGATION, caseReference: "CASE-9") { aboutKind aboutId value } }',
      { about },
    )
  ).personal;
const named = async (about: string, name: string): Promise<string> =>
  (await personal(about)).find(({ value }) => value?.includes(name))?.aboutId ?? '';

/** How often something is read in everything that any key of the folder opens now. */
const timesOpen = async (words: RegExp): Promise<number> =>
  (await everythingThatOpens()).match(new RegExp(words, 'gi'))?.length ?? 0;

/** Everything that any key of the folder opens now. */
async function everythingThatOpens(): Promise<string> {
  const open = (keyId: string, place: string, sealed: Uint8Array): string => {
    try {
      return unseal(hub.keys.read(keyId), place, sealed);
    } catch {
      return '';
    }
  };
  const items = await sql<{ id: string; key_id: string; sealed: Uint8Array }>(
    'select id, key_id, sealed from vault_item',
  );
  const rows = await sql<{ batch_id: string; row_number: number; key_id: string; raw: Uint8Array }>(
    'select u.batch_id, u.row_number, b.key_id, u.raw from import_row u join import_batch b on b.id = u.batch_id where u.raw is not null',
  );
  return [
    ...items.map(({ id, key_id, sealed }) => open(key_id, `vault_item/sealed/${id}`, sealed)),
    ...rows.map(({ batch_id, row_number, key_id, raw }) =>
      open(key_id, `import_row/raw/${batch_id}/${row_number}`, raw),
    ),
  ].join('\n');
}

const FIGURES = `{ movements { totalCount } incidents { totalCount } reports { totalCount }
  flows(groupBy: [ORIGIN_COUNTRY]) { movements incidents persons { min max } } }`;

describe('erasing a moved person', () => {
  it('is weighed first, then done in rows, values and keys, and leaves the others and the counts', async () => {
    await take(form('EXG1', canary, sita), 'first.csv');
    const id = await named(await reportOf('EXG1'), NAME);
    const figures = await answer(hub, reader, FIGURES);
    const before = await everythingThatOpens();
    expect(before.includes(NAME)).toBe(true);
    const [batch] = await sql<{ key_id: string }>(
      `select key_id from import_batch where file_name = 'first.csv'`,
    );
    const held = await sql<{ key_id: string }>('select key_id from vault_item where about_id = $1', [id]);
    const weighed = await erase(id, { dryRun: true });
    expect(weighed).toMatchObject({
      __typename: 'ErasureWeighed',
      counts: { parties: 1, versions: 1, rawRows: 1, rowsSealedAnew: 1 },
    });
    expect((await everythingThatOpens()) === before).toBe(true);
    const done = await erase(id);
    expect(done).toEqual({ ...weighed, __typename: 'Erased' });
    expect(await timesOpen(/Zyxwvu|777 123/)).toBe(0);
    expect(await timesOpen(/Sita Example/)).toBe(2);
    for (const { key_id } of [...held, ...(batch === undefined ? [] : [batch])])
      expect(() => hub.keys.read(key_id)).toThrow(/destroyed/);
    expect(await answer(hub, reader, FIGURES)).toEqual(figures);
    expect(
      await sql('select sex, age_band, erased_at is not null as erased from subject where id = $1', [id]),
    ).toEqual([{ sex: 'unknown', age_band: 'unknown', erased: true }]);
    expect(await openColumnsWith(hub, 'zyxwvu')).toEqual([]);
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });

  it('is refused to everybody but the data officer, of the own organisation, and leaves a trace of each look', async () => {
    await take(form('EXG2', canary), 'second.csv');
    const id = await named(await reportOf('EXG2'), NAME);
    for (const role of ['investigator', 'analyst', 'field'] as const) {
      const viewer = await viewerFor(hub, OWNER, role, role === 'investigator');
      await expect(erase(id, { viewer })).rejects.toThrow(/does not erase/);
    }
    const stranger = await viewerFor(hub, 'somebody-else', 'data_officer', true);
    const traces = async (): Promise<number> =>
      (await sql<{ n: number }>(`select count(*)::int as n from audit_event where action = 'erase'`))[0]?.n ??
      0;
    const before = await traces();
    const absent = await erase('00000000-0000-4000-8000-000000000000', { viewer: stranger });
    expect(await erase(id, { viewer: stranger })).toEqual(absent);
    expect(absent.reasons?.[0]).toMatchObject({ where: 'id', found: 'no such subject' });
    expect(await traces()).toBe(before + 2);
    expect(await timesOpen(/Canaryperson/)).toBeGreaterThan(0);
  });

  it('happens once, whoever asks again', async () => {
    const id = await named(await reportOf('EXG2'), NAME);
    const done = await erase(id, { key: 'erase-number-1' });
    const keys = (await sql<{ key_id: string }>('select key_id from import_batch order by id')).length;
    expect(await erase(id, { key: 'erase-number-1' })).toEqual(done);
    expect(await erase(id)).toEqual(done);
    expect((await sql('select key_id from import_batch')).length).toBe(keys);
    const other = await erase('00000000-0000-4000-8000-000000000000', { key: 'erase-number-1' });
    expect(other.reasons?.[0]?.where).toBe('idempotencyKey');
  });

  it('reaches what every version said, in a name corrected since too', async () => {
    await take(form('EXG3', { ...canary, full_name: 'Zyxwvu Kanaryperson' }, sita), 'third-a.csv');
    await take(form('EXG3', { ...canary, age: '18' }, sita), 'third-b.csv');
    await take(form('EXG3', { ...canary, age: '25' }, sita), 'third-c.csv');
    const report = await reportOf('EXG3');
    const done = await erase(await named(report, NAME));
    expect(done.counts).toMatchObject({ versions: 3, parties: 4 });
    expect(await timesOpen(/Zyxwvu/)).toBe(0);
    const living = await personal(report);
    expect(living.some(({ value }) => value?.includes('Sita'))).toBe(true);
  });

  it('reaches rows that wait, read or not', async () => {
    const waiting = await take(
      [
        ...form('EXG4', canary, sita),
        ...form('EXG5', { ...canary, gender: 'nonsense' }).map((row) => ({
          ...row,
          date_of_interception: 'no day',
        })),
      ],
      'fourth.csv',
    );
    expect(waiting.counts.quarantined).toBeGreaterThan(0);
    const done = await erase(await named(await reportOf('EXG4'), NAME));
    expect(done.counts?.rawRows).toBeGreaterThanOrEqual(2);
    expect(await timesOpen(/Zyxwvu/)).toBe(0);
  });

  it('lasts: no import brings it back, by another file, spelling or profile', async () => {
    const same = await take(form('EXG4', canary, sita), 'fifth-a.csv');
    expect(same.counts).toMatchObject({ quarantined: 2, accepted: 0, version: 0, unchanged: 0 });
    const other = await take(
      [...form('EXG4', { ...canary, full_name: 'Zyxwvu Canary' }), ...form('EXG9', sita)],
      'fifth-b.csv',
    );
    expect(other.counts).toMatchObject({ quarantined: 1, accepted: 1 });
    const named = findProfile('border-intercept') as ImportProfile;
    const alike = await take(form('EXG4', canary), 'fifth-c.csv', { ...named, name: 'border-intercept-own' });
    expect(alike.counts).toMatchObject({ quarantined: 1, accepted: 0 });
    for (const { quarantine } of [same, other, alike]) {
      expect(quarantine[0]?.reasons[0]?.where).toBe('erased');
      expect(JSON.stringify(quarantine)).not.toMatch(/Zyxwvu|EXG4/i);
    }
    expect(await timesOpen(/Zyxwvu/)).toBe(0);
    expect(await openColumnsWith(hub, 'zyxwvu')).toEqual([]);
    const again = await importText(
      hub,
      OWNER,
      'border-intercept',
      csv(form('EXG1', canary, sita)),
      'first.csv',
    );
    expect(again).toMatchObject({ repeated: true, counts: { unchanged: 1, quarantined: 1 } });
  });

  it('waits for an import of the organisation to end', async () => {
    await sql(
      `update import_batch set importer = gen_random_uuid(), importer_until = now() + interval '1 hour' where file_name = 'first.csv'`,
    );
    const { errors } = await ask(
      hub,
      officer,
      `mutation { eraseSubject(id: "00000000-0000-4000-8000-000000000000", purpose: ERASURE_REQUEST, caseReference: "CASE-9", reason: LEGAL, dryRun: true) { __typename } }`,
    );
    await sql('update import_batch set importer = null, importer_until = null');
    expect(errors?.[0]?.message).toMatch(/is being imported/);
  });
});

describe('erasing a suspect', () => {
  it('takes the name, the selectors, the links and the things, and leaves that somebody took part', async () => {
    await take(
      form('EXG6', sita, { ...suspect, full_name: 'Zyxwvu Mistaken', phone_contact: '+977 000 777 999' }),
      'sixth.csv',
    );
    const report = await reportOf('EXG6');
    const id = await named(report, 'Mistaken').then(async (found) => found || (await suspectOf(report)));
    const entities = await sql<{ n: number }>('select count(*)::int as n from entity where report_id = $1', [
      report,
    ]);
    const done = await erase(id, { kind: 'Entity' });
    expect(done.__typename).toBe('Erased');
    expect(done.counts?.selectors).toBeGreaterThan(0);
    expect(await timesOpen(/Zyxwvu|777 999/)).toBe(0);
    expect(await sql('select count(*)::int as n from entity where report_id = $1', [report])).toEqual(
      entities,
    );
    expect(
      await sql(
        'select s.id from selector s join entity e on e.id = s.entity_id where e.report_id = $1 and e.erased_at is not null',
        [report],
      ),
    ).toEqual([]);
    expect(await timesOpen(/Sita Example/)).toBeGreaterThan(0);
  });
});

const suspectOf = async (report: string): Promise<string> =>
  (
    await sql<{ id: string }>(`select id from entity where report_id = $1 and kind = 'individual'`, [report])
  )[0]?.id ?? '';

describe('the ledger of erasures', () => {
  it('is carried out on a database that does not know it, once', async () => {
    await take(form('EXG7', { ...canary, full_name: 'Zyxwvu Restored' }, sita), 'seventh.csv');
    const report = await reportOf('EXG7');
    const id = await named(report, 'Restored');
    const [row] = await sql<{ identity_digest: Uint8Array }>(
      'select identity_digest from report where id = $1',
      [report],
    );
    const { ledger } = hub.imports;
    ledger.record([
      { kind: 'subject', token: ledger.tokenOf('subject', id) },
      { kind: 'report', token: row?.identity_digest ?? new Uint8Array() },
    ]);
    const [batch] = await sql<{ key_id: string }>(
      `select key_id from import_batch where file_name = 'seventh.csv'`,
    );
    hub.keys.destroy([batch?.key_id ?? '']);
    expect(await replayErasures(hub.imports)).toBe(2);
    expect(await replayErasures(hub.imports)).toBe(0);
    expect(await timesOpen(/Zyxwvu/)).toBe(0);
    expect((await personal(report)).some(({ value }) => value?.includes('Sita'))).toBe(true);
    expect(
      await sql(
        'select batch_id from import_row where raw is not null and batch_id in (select id from import_batch where file_name = $1)',
        ['seventh.csv'],
      ),
    ).toEqual([]);
  });
});
