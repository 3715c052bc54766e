/** Attached files: taken in by their content, seen with what they hang on, opened by their owner with a trace, and gone with what they may show. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { MEDIA_TYPES } from '../../src/kernel/attachment-words.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { purgeReports } from '../../src/records/erasure/purge-reports.service.ts';
import { unsealBytes } from '../../src/vault/sealing.ts';
import { home, intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { type ActAnswer, HandActs } from '../support/hand-acts.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { pdf, png, SMALL_FILES } from '../support/small-files.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWNER = 'file-keepers';
const CANARY = 'zyxwvu';

let hub: TestHub;
let acts: HandActs;
let owner: Viewer;
let opener: Viewer;
let officer: Viewer;
let whole: Viewer;
let coarse: Viewer;
let stranger: Viewer;
let batches: readonly string[];
let reports: readonly { readonly id: string; readonly incident: string; readonly entity: string }[];

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));

const scan = (bytes: Buffer = png(CANARY)) => ({
  kind: 'DOCUMENT_SCAN',
  fileName: `${CANARY} passport.png`,
  mediaType: 'image/png',
  contentBase64: bytes.toString('base64'),
});
const attach = (said: object, viewer = owner, key?: string): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'attachFile(attachment: $said, idempotencyKey: $key)',
    '$said: AttachmentInput!',
    { said },
    key,
  );
const onReport = (at: number, more: object = {}) => attach({ ...scan(), reportId: reports[at]?.id, ...more });
const withdraw = (id: unknown, version: number, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'withdrawAttachment(id: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: $key)',
    '$id: String!, $version: Int!',
    { id, version },
  );

const SHOWN = 'id version kind mediaType bytes sha256 attachedBy report { id } legalCase { id }';
interface Shown {
  readonly id: string;
  readonly sha256: string;
  readonly attachedBy: string | null;
}
async function listed(viewer: Viewer, filter: object = {}): Promise<readonly Shown[]> {
  const document = `query ($filter: AttachmentFilter) { attachments(filter: $filter, first: 500) { totalCount nodes { ${SHOWN} } } }`;
  const { attachments } = await answer<{ attachments: { totalCount: number; nodes: Shown[] } }>(
    hub,
    viewer,
    document,
    {
      filter,
    },
  );
  expect(attachments.totalCount).toBe(attachments.nodes.length);
  return attachments.nodes;
}
const OPEN = `query ($id: String!) { attachmentContent(id: $id, purpose: PROSECUTION, caseReference: "CASE-1") { id fileName mediaType contentBase64 } }`;
async function opened(
  id: unknown,
  viewer = opener,
): Promise<{ fileName: string; contentBase64: string } | null> {
  return (await answer<{ attachmentContent: never }>(hub, viewer, OPEN, { id })).attachmentContent;
}
async function keyOf(id: unknown): Promise<string> {
  const [row] = await sql<{ key_id: string }>(
    'select key_id from attachment_content where attachment_id = $1',
    [id],
  );
  return row?.key_id ?? 'none';
}
const isDestroyed = (key: string): boolean => {
  try {
    hub.keys.read(key);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'NOT_FOUND';
  }
};
async function legalCase(more: object, viewer = owner): Promise<ActAnswer> {
  const said = { court: 'Example Court', country: 'NPL', status: 'TRIAL', openedOn: '2026-05-01', ...more };
  return acts.act(
    viewer,
    'recordLegalCase(legalCase: $said, idempotencyKey: $key)',
    '$said: LegalCaseInput!',
    { said },
  );
}
const onServer = process.env.TEST_DATABASE_URL !== undefined;

/** What `begin` has begun when it returns ends after the lock. */
async function whileLocked<T>(
  table: 'exhibit' | 'legal_case',
  id: unknown,
  begin: () => Promise<readonly Promise<T>[]>,
): Promise<readonly Promise<T>[]> {
  return hub.database.asOwner(async (connection) => {
    await connection.query(`select id from ${table} where id = $1 for update`, [id]);
    return begin();
  });
}

/** Until so many wait for a lock. */
async function waiting(wanted: number): Promise<void> {
  const text =
    'select distinct pid from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())';
  for (let tries = 0; (await sql(text)).length < wanted; tries += 1) {
    if (tries > 500) throw new Error(`fewer than ${wanted} wait for a lock`);
    await setTimeout(20);
  }
}

/** With somebody named in its log. */
function exhibitOn(legalCaseId: unknown, viewer = owner): Promise<ActAnswer> {
  return acts.act(
    viewer,
    'recordExhibit(legalCaseId: $id, exhibit: $exhibit, received: $received, idempotencyKey: $key)',
    '$id: String!, $exhibit: ExhibitInput!, $received: CustodyEntryInput!',
    {
      id: legalCaseId,
      exhibit: { kind: 'DEVICE', label: 'P-1', sha256: 'ab'.repeat(32) },
      received: {
        kind: 'RECEIVED',
        occurredAt: '2026-10-01T08:00:00Z',
        to: { role: 'POLICE' },
        names: 'from the defendant',
      },
    },
  );
}

beforeAll(async () => {
  hub = await openTestHub('base');
  acts = new HandActs(hub, '2026-11-01T12:00:00Z');
  const made: string[] = [];
  for (const number of [0, 1, 2, 3, 4, 5]) {
    const rows: readonly Row[] = [maya, suspect].map((person) => ({
      ...intercept,
      ...person,
      irf_number: `EXG${number}`,
      address: home,
    }));
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = rows.map((row) => columns.map((name) => `"${row[name] ?? ''}"`).join(','));
    const csv = `${[columns.join(','), ...lines].join('\n')}\n`;
    made.push((await importText(hub, OWNER, 'border-intercept', csv, `${number}.csv`)).batchId);
  }
  batches = made;
  owner = await viewerFor(hub, OWNER, 'analyst');
  opener = await viewerFor(hub, OWNER, 'investigator', true);
  officer = await viewerFor(hub, OWNER, 'data_officer', true);
  for (const [slug, projection] of [
    ['seers-whole', 'full'],
    ['seers-coarse', 'coarse'],
  ] as const) {
    const grantee = await viewerFor(hub, slug, 'investigator', true);
    await hub.database.unrestricted('grant in a test', (connection) =>
      addGrant(connection, randomIds, {
        ownerId: owner.organisationId as string,
        granteeId: grantee.organisationId as string,
        recordClass: 'report',
        handlingCeiling: 'amber',
        projection,
        validFrom: new Date('2026-01-01T00:00:00Z'),
        validTo: null,
      }),
    );
  }
  whole = await viewerFor(hub, 'seers-whole', 'investigator', true);
  coarse = await viewerFor(hub, 'seers-coarse', 'investigator', true);
  stranger = await viewerFor(hub, 'strangers', 'investigator', true);
  reports = await sql(
    `select r.id, i.id as incident, e.id as entity from report r join incident i on i.report_id = r.id join entity e on e.report_id = r.id and e.kind = 'individual'
     where r.owner_id = $1 order by r.external_reference`,
    [owner.organisationId],
  );
});
afterAll(() => hub.close());

describe('a file on a report', () => {
  let id: string;

  it('is attached once, and listed with its size and digest', async () => {
    const said = { ...scan(), reportId: reports[0]?.id };
    const done = await attach(said, owner, 'the-same-key');
    expect(done).toMatchObject({ version: 1 });
    expect(await attach(said, owner, 'the-same-key')).toEqual(done);
    expect(
      (await attach({ ...said, fileName: 'other.png' }, owner, 'the-same-key')).reasons?.[0]?.where,
    ).toBe('idempotencyKey');
    id = done.id as string;
    const bytes = png(CANARY);
    const shown = {
      id,
      version: 1,
      kind: 'DOCUMENT_SCAN',
      mediaType: 'image/png',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      attachedBy: owner.keyId,
      report: { id: reports[0]?.id },
      legalCase: null,
    };
    expect(await listed(owner)).toEqual([shown]);
    const edge = await answer(
      hub,
      owner,
      `query ($id: String!) { report(id: $id) { attachments { ${SHOWN} } } }`,
      {
        id: reports[0]?.id,
      },
    );
    expect(edge).toEqual({ report: { attachments: [shown] } });
  });

  it('is found by what it is, and by nothing else', async () => {
    for (const filter of [
      { ids: [id] },
      { reportIds: [reports[0]?.id] },
      { kinds: ['DOCUMENT_SCAN'] },
      { mediaTypes: ['image/png'] },
      { owners: [OWNER] },
    ])
      expect([filter, (await listed(owner, filter)).length]).toEqual([filter, 1]);
    for (const filter of [
      { ids: [reports[0]?.id] },
      { legalCaseIds: [id] },
      { kinds: ['RECEIPT'] },
      { mediaTypes: ['image/jpeg'] },
      { owners: ['strangers'] },
    ])
      expect([filter, await listed(owner, filter)]).toEqual([filter, []]);
  });

  it('is opened by its owner byte for byte, and every look leaves its trace first', async () => {
    expect(await opened(id)).toEqual({
      id,
      fileName: `${CANARY} passport.png`,
      mediaType: 'image/png',
      contentBase64: png(CANARY).toString('base64'),
    });
    expect(await opened('00000000-0000-4000-8000-000000000000')).toBeNull();
    const traces = await sql<{ object_ids: string[]; purpose: string; detail: Record<string, unknown> }>(
      `select object_ids, purpose, detail from audit_event where action = 'open_file' order by sequence`,
    );
    expect(
      traces.map(({ object_ids, purpose, detail }) => [object_ids[0] === id, purpose, detail.found]),
    ).toEqual([
      [true, 'prosecution', 1],
      [false, 'prosecution', 0],
    ]);
    expect(JSON.stringify(traces)).not.toContain('CASE-1');
  });

  it('is opened by nobody without the vault permission, without a case, or of another organisation', async () => {
    const code = async (viewer: Viewer, text = OPEN) =>
      ((await ask(hub, viewer, text, { id })).errors?.[0]?.originalError as { code?: unknown } | undefined)
        ?.code;
    expect(await code(owner)).toBe('FORBIDDEN');
    expect(await code(opener, OPEN.replace('CASE-1', ' x '))).toBe('BAD_INPUT');
    for (const viewer of [whole, coarse, stranger]) expect(await opened(id, viewer)).toBeNull();
  });

  it('is seen to be there by who sees the report whole, and by nobody else', async () => {
    expect(await listed(whole)).toMatchObject([{ id, attachedBy: null, report: { id: reports[0]?.id } }]);
    for (const viewer of [coarse, stranger]) expect(await listed(viewer)).toEqual([]);
    const document = '{ reports(first: 50) { nodes { redacted attachments { id } } } }';
    const seen = await answer<{ reports: { nodes: { redacted: boolean; attachments: unknown[] }[] } }>(
      hub,
      coarse,
      document,
    );
    expect(seen.reports.nodes.map(({ redacted, attachments }) => [redacted, attachments.length])).toEqual(
      reports.map(() => [true, 0]),
    );
    expect(await listed(await viewerFor(hub, OWNER, 'dashboard'))).toEqual([]);
  });

  it('follows its report into another class', async () => {
    const classes = (handling: string) =>
      sql(
        `update report set visibility_class_id = (select id from visibility_class where owner_id = $1 and record_class = 'report' and handling = $2) where id = $3`,
        [owner.organisationId, handling, reports[0]?.id],
      );
    await sql(
      `insert into visibility_class (owner_id, record_class, handling, sensitivity) values ($1, 'report', 'red', 'routine') on conflict do nothing`,
      [owner.organisationId],
    );
    await classes('red');
    expect(await listed(whole)).toEqual([]);
    await classes('amber');
    expect(await listed(whole)).toHaveLength(1);
  });

  it('is refused where the record is not one’s own, is not there, or is none or two', async () => {
    const where = async (said: object, viewer = owner) =>
      (await attach({ ...scan(), ...said }, viewer)).reasons?.[0];
    const absent = {
      where: 'reportId',
      found: 'no such report',
      wanted: 'a report of your organisation that stands',
    };
    expect(await where({ reportId: reports[0]?.id }, whole)).toEqual(absent);
    expect(await where({ reportId: '00000000-0000-4000-8000-000000000000' })).toEqual(absent);
    expect(await where({ reportId: 'none' })).toEqual(absent);
    expect(await where({})).toMatchObject({ found: 'none' });
    expect(await where({ reportId: reports[0]?.id, legalCaseId: id })).toMatchObject({ found: 'several' });
    const dashboard = await viewerFor(hub, OWNER, 'dashboard');
    await expect(attach({ ...scan(), reportId: reports[0]?.id }, dashboard)).rejects.toThrow(
      /does not record/,
    );
  });

  it('is taken of every type that is taken, and refused with every reason at once and without its name', async () => {
    const endings = ['pdf', 'png', 'jpg', 'webp', 'tif', 'txt', 'csv', 'mp3', 'wav', 'm4a', 'mp4'];
    for (const [at, mediaType] of MEDIA_TYPES.entries()) {
      const said = {
        mediaType,
        fileName: `a.${endings[at]}`,
        contentBase64: SMALL_FILES[mediaType].toString('base64'),
      };
      expect([mediaType, (await onReport(5, said)).__typename]).toEqual([mediaType, 'RecordDone']);
    }
    const bad = await attach({ ...scan(), mediaType: 'application/pdf', fileName: `../${CANARY}.exe` });
    expect(bad.reasons?.map(({ where }) => where)).toEqual([
      'reportId, legalCaseId, exhibitId',
      'mediaType',
      'fileName',
    ]);
    expect(bad.reasons?.[1]).toEqual({
      where: 'mediaType',
      found: 'application/pdf said of a file of image/png',
      wanted: 'image/png',
    });
    expect(JSON.stringify(bad)).not.toContain(CANARY);
    const script = pdf('4 0 obj << /S /JavaScript >>').toString('base64');
    const said = { mediaType: 'application/pdf', fileName: 'a.pdf', contentBase64: script };
    expect((await onReport(5, said)).reasons?.[0]?.found).toContain('JavaScript');
    expect((await onReport(5, { fileName: 'a.jpg' })).reasons?.[0]).toMatchObject({
      where: 'fileName',
      found: 'another ending',
    });
    expect((await onReport(5, { fileName: 'gnp.\u202eexe.png' })).reasons?.[0]?.where).toBe('fileName');
    expect((await onReport(5, { contentBase64: '%%%%' })).reasons?.[0]?.where).toBe('contentBase64');
  });

  it('is taken at the size that a request may have, and comes back as it was', async () => {
    const body = Buffer.alloc(7_000_000, 0x80);
    const head = Buffer.from(
      'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\0\0\0\0',
      'latin1',
    );
    head.writeUInt32LE(head.length - 8 + body.length, 4);
    head.writeUInt32LE(body.length, head.length - 4);
    const contentBase64 = Buffer.concat([head, body]).toString('base64');
    const large = await onReport(3, { mediaType: 'audio/wav', fileName: 'a.wav', contentBase64 });
    expect(large.__typename).toBe('RecordDone');
    expect((await opened(large.id))?.contentBase64 === contentBase64).toBe(true);
    expect((await withdraw(large.id, 1)).version).toBe(2);
  });

  it('lies in no column in the clear, and what is sealed opens in its own row alone', async () => {
    expect(await openColumnsWith(hub, CANARY)).toEqual([]);
    const [row] = await sql<{ key_id: string; sealed_bytes: Uint8Array }>(
      'select key_id, sealed_bytes from attachment_content where attachment_id = $1',
      [id],
    );
    const { key_id, sealed_bytes } = row as NonNullable<typeof row>;
    const key = hub.keys.read(key_id);
    expect(unsealBytes(key, `attachment_content/sealed_bytes/${id}`, sealed_bytes).equals(png(CANARY))).toBe(
      true,
    );
    for (const place of [
      `attachment_content/sealed_name/${id}`,
      `attachment_content/sealed_bytes/${reports[0]?.id}`,
    ])
      expect(() => unsealBytes(key, place, sealed_bytes)).toThrow(/does not open/);
  });

  it('is withdrawn for good, and was there before', async () => {
    const key = await keyOf(id);
    const before = acts.moment();
    expect((await withdraw(id, 7)).reasons?.[0]?.where).toBe('version');
    expect((await withdraw(id, 1, whole)).reasons?.[0]).toMatchObject({ where: 'id', found: 'no such file' });
    expect(await withdraw(id, 1)).toMatchObject({ id, version: 2 });
    expect((await withdraw(id, 2)).reasons?.[0]?.where).toBe('id');
    expect(await listed(owner, { ids: [id] })).toEqual([]);
    expect(await listed(owner, { ids: [id], asKnownAt: before })).toMatchObject([{ id, version: 1 }]);
    expect(await opened(id)).toBeNull();
    expect([await keyOf(id), isDestroyed(key)]).toEqual(['none', true]);
  });
});

describe('what is attached goes with what it hangs on', () => {
  it('when the report is withdrawn', async () => {
    const { id } = await onReport(1);
    const before = acts.moment();
    const document = `mutation ($id: String!) { withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: "withdraw-report") { __typename } }`;
    expect(await answer(acts.later(), owner, document, { id: reports[1]?.id })).toEqual({
      withdrawReport: { __typename: 'ActDone' },
    });
    expect(await listed(owner, { ids: [id] })).toEqual([]);
    expect(await listed(owner, { ids: [id], asKnownAt: before })).toHaveLength(1);
    expect(await opened(id)).toBeNull();
    expect((await withdraw(id, 1)).reasons?.[0]?.where).toBe('id');
  });

  it('when the report is purged, withdrawn or not', async () => {
    const { id } =
      (await sql<{ id: string }>('select id from attachment where report_id = $1', [reports[1]?.id]))[0] ??
      {};
    const key = await keyOf(id);
    await hub.database.unrestricted('purge in a test', (connection) =>
      purgeReports(hub.imports, connection, owner.organisationId as string, [reports[1]?.id as string]),
    );
    await hub.imports.sink.settle();
    expect(await sql('select 1 from attachment where report_id = $1', [reports[1]?.id])).toEqual([]);
    expect([await keyOf(id), isDestroyed(key)]).toEqual(['none', true]);
  });

  it('when the import is undone', async () => {
    const { id } = await onReport(2);
    const key = await keyOf(id);
    const { undoPlan } = await answer<{ undoPlan: { steps: { attached: number }[] } }>(
      hub,
      owner,
      'query ($id: String!) { undoPlan(batchId: $id) { steps { attached } } }',
      { id: batches[2] },
    );
    expect(undoPlan.steps).toEqual([{ attached: 1 }]);
    await undoImport(hub.imports, owner.organisationId as string, null, batches[2] as string);
    expect(await sql('select 1 from attachment where id = $1', [id])).toEqual([]);
    expect([await keyOf(id), isDestroyed(key)]).toEqual(['none', true]);
  });

  it('when the legal case is withdrawn, unless a report it rests on is held', async () => {
    const made = await legalCase({ reportIds: [reports[3]?.id] });
    const { id } = await attach({ ...scan(), legalCaseId: made.id, kind: 'COURT_PAPER' });
    expect(await listed(owner, { legalCaseIds: [made.id] })).toMatchObject([
      { id, legalCase: { id: made.id }, report: null },
    ]);
    const key = await keyOf(id);
    const hold = (call: string) =>
      answer(hub, officer, `mutation ($ids: [String!]!) { ${call} { __typename } }`, {
        ids: [reports[3]?.id],
      });
    await hold('placeLegalHold(reportIds: $ids, caseReference: "CASE-9", reason: OPEN_CASE)');
    const end = () =>
      acts.act(
        owner,
        'withdrawLegalCase(id: $id, version: 1, reason: ENTRY_ERROR, idempotencyKey: $key)',
        '$id: String!',
        { id: made.id },
      );
    expect((await end()).reasons?.[0]?.found).toContain('legal hold');
    expect((await withdraw(id, 1)).reasons?.[0]?.found).toBe('a file under a legal hold');
    const other = await onReport(3);
    expect((await withdraw(other.id, 1)).reasons?.[0]?.found).toBe('a file under a legal hold');
    await hold('liftLegalHold(objectIds: $ids, caseReference: "CASE-9", reason: OPEN_CASE)');
    const before = acts.moment();
    expect((await end()).__typename).toBe('RecordDone');
    expect(await listed(owner, { ids: [id] })).toEqual([]);
    expect(await listed(owner, { ids: [id], asKnownAt: before })).toHaveLength(1);
    expect([await keyOf(id), isDestroyed(key)]).toEqual(['none', true]);
  });

  it('and is opened no more once the exhibit or the case on which it hangs does not stand', async () => {
    const made = await legalCase({});
    const exhibit = await exhibitOn(made.id);
    const files = [
      await attach({ ...scan(), legalCaseId: made.id }),
      await attach({ ...scan(), exhibitId: exhibit.id }),
    ];
    const open = async () =>
      (await Promise.all(files.map(({ id }) => opened(id)))).map((file) => file !== null);
    expect(await open()).toEqual([true, true]);
    await sql('update exhibit set retracted_at = now() where id = $1', [exhibit.id]);
    expect(await open()).toEqual([true, false]);
    await sql('update exhibit set retracted_at = null where id = $1', [exhibit.id]);
    await sql('update legal_case set retracted_at = now() where id = $1', [made.id]);
    expect(await open()).toEqual([false, false]);
  });

  it.runIf(onServer)('when somebody attaches to an exhibit while its case is being withdrawn', async () => {
    const made = await legalCase({});
    const exhibit = await exhibitOn(made.id);
    const both = await whileLocked('exhibit', exhibit.id, async () => {
      const attached = attach({ ...scan(), exhibitId: exhibit.id });
      await waiting(1);
      const call = 'withdrawLegalCase(id: $id, version: 1, reason: ENTRY_ERROR, idempotencyKey: $key)';
      const withdrawn = acts.act(owner, call, '$id: String!', { id: made.id });
      await waiting(2);
      return [attached, withdrawn];
    });
    const [attached, withdrawn] = await Promise.all(both);
    expect([attached?.__typename, withdrawn?.__typename]).toEqual(['RecordDone', 'RecordDone']);
    const left = 'select 1 from attachment where id = $1 and known_to is null';
    expect(await sql(left, [attached?.id])).toEqual([]);
    expect(await keyOf(attached?.id)).toBe('none');
    expect(await opened(attached?.id)).toBeNull();
  });
});

describe('erasing somebody', () => {
  const erase = async (kind: 'Subject' | 'Entity', id: unknown, dryRun: boolean) => {
    const document = `mutation ($id: String!, $dryRun: Boolean!) { done: erase${kind}(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-1", reason: LEGAL, dryRun: $dryRun) {
      __typename ... on Erased { counts { attachments } } ... on ErasureWeighed { counts { attachments } } ... on ActRefused { reasons { where found wanted } } } }`;
    return (await answer<{ done: unknown }>(acts.later(), officer, document, { id, dryRun })).done;
  };
  const subjectOf = async (at: number) =>
    (await sql<{ id: string }>('select id from subject where report_id = $1', [reports[at]?.id]))[0]?.id;

  it.each(['reportIds', 'incidentIds', 'defendantIds'] as const)(
    'not even an exhibit without a file, while a report named by %s is held',
    async (list) => {
      const { id, incident, entity } = reports[0] ?? {};
      const named = { reportIds: id, incidentIds: incident, defendantIds: entity }[list];
      const made = await legalCase({
        [list]: [named],
        reportIds: [reports[4]?.id, ...(list === 'reportIds' ? [id] : [])],
      });
      const exhibit = await exhibitOn(made.id);
      const comment = await acts.act(
        owner,
        'writeComment(aboutKind: LEGAL_CASE, aboutId: $id, text: "said of the case", idempotencyKey: $key)',
        '$id: String!',
        { id: made.id },
      );
      const file = await attach({ ...scan(), legalCaseId: made.id });
      const end = (what: string, of: unknown) =>
        acts.act(
          owner,
          `withdraw${what}(id: $id, version: 1, reason: ENTRY_ERROR, idempotencyKey: $key)`,
          '$id: String!',
          { id: of },
        );
      const all = [
        ['Exhibit', exhibit.id, 'an exhibit of a legal case under a legal hold'],
        ['Attachment', file.id, 'a file under a legal hold'],
        ['Comment', comment.id, 'a comment under a legal hold'],
        ['LegalCase', made.id, 'a legal case under a legal hold'],
      ] as const;
      const hold = (call: string) =>
        answer(hub, officer, `mutation ($ids: [String!]!) { ${call} { __typename } }`, { ids: [id] });
      await hold('placeLegalHold(reportIds: $ids, caseReference: "CASE-6", reason: OPEN_CASE)');
      for (const [what, of, found] of all) expect((await end(what, of)).reasons?.[0]?.found).toBe(found);
      // Nothing but the exhibit is left to keep.
      await sql('delete from attachment_content where attachment_id = $1', [file.id]);
      await sql('delete from attachment where id = $1', [file.id]);
      await sql('delete from comment_text where comment_id = $1', [comment.id]);
      await sql('delete from record_comment where id = $1', [comment.id]);
      expect(await erase('Subject', await subjectOf(4), true)).toMatchObject({
        reasons: [{ found: 'a subject whose files, exhibits or comments are kept for a legal case' }],
      });
      await hold('liftLegalHold(objectIds: $ids, caseReference: "CASE-6", reason: OPEN_CASE)');
      expect(await erase('Subject', await subjectOf(4), true)).toMatchObject({
        __typename: 'ErasureWeighed',
      });
      expect((await end('LegalCase', made.id)).version).toBe(2);
    },
  );

  it('takes the files of the report and of cases that rest on it or on its incident, and no others', async () => {
    const cases = [
      await legalCase({ reportIds: [reports[4]?.id] }),
      await legalCase({ incidentIds: [reports[4]?.incident] }),
      await legalCase({ reportIds: [reports[5]?.id] }),
    ];
    const files = [await onReport(4)];
    for (const { id } of cases) files.push(await attach({ ...scan(), legalCaseId: id }));
    const keys = await Promise.all(files.map(({ id }) => keyOf(id)));
    const subject = await subjectOf(4);
    expect(await erase('Subject', subject, true)).toEqual({
      __typename: 'ErasureWeighed',
      counts: { attachments: 3 },
    });
    expect(await opened(files[0]?.id)).not.toBeNull();
    expect(await erase('Subject', subject, false)).toEqual({
      __typename: 'Erased',
      counts: { attachments: 3 },
    });
    expect(keys.map(isDestroyed)).toEqual([true, true, true, false]);
    expect((await listed(owner, { ids: files.map(({ id }) => id) })).map(({ id }) => id)).toEqual([
      files[3]?.id,
    ]);
    expect(
      await sql('select 1 from attachment where id = any($1::uuid[])', [
        files.slice(0, 3).map(({ id }) => id),
      ]),
    ).toEqual([]);
  });

  it('takes the files of cases against an erased defendant', async () => {
    const made = await legalCase({ defendantIds: [reports[5]?.entity] });
    const { id } = await attach({ ...scan(), legalCaseId: made.id });
    const key = await keyOf(id);
    const exhibit = await exhibitOn(made.id);
    const onExhibit = await attach({ ...scan(), exhibitId: exhibit.id });
    const again = { kind: 'DEVICE', label: 'P-2', sha256: 'ab'.repeat(32) };
    await acts.act(
      owner,
      'correctExhibit(id: $id, version: 1, exhibit: $again, reason: ENTRY_ERROR, idempotencyKey: $key)',
      '$id: String!, $again: ExhibitInput!',
      { id: exhibit.id, again },
    );
    const others = 'select label from exhibit where id <> $1 and version_of is distinct from $1 order by id';
    const labels = await sql(others, [exhibit.id]);
    const named = async () =>
      sql<{ key_id: string }>('select key_id from vault_item where about_id = $1', [exhibit.id]);
    const sealed = [await keyOf(onExhibit.id), ...(await named()).map(({ key_id }) => key_id)];
    expect(sealed).toHaveLength(2);
    expect(await erase('Entity', reports[5]?.entity, false)).toMatchObject({
      __typename: 'Erased',
      // Of the case, of its exhibit, of the case that rests on the report, and on the report itself one of each type.
      counts: { attachments: 3 + MEDIA_TYPES.length },
    });
    expect([await keyOf(id), isDestroyed(key)]).toEqual(['none', true]);
    expect([await named(), sealed.map(isDestroyed)]).toEqual([[], [true, true]]);
    expect(await sql('select label from exhibit where id = $1 or version_of = $1', [exhibit.id])).toEqual([
      { label: null },
      { label: null },
    ]);
    expect(await sql(others, [exhibit.id])).toEqual(labels);
    expect(JSON.stringify(labels)).toContain('P-1');
    const shown =
      'query ($id: String!) { exhibits(filter: { ids: [$id] }) { nodes { label custodyIntact } } }';
    expect(await answer(hub, owner, shown, { id: exhibit.id })).toEqual({
      exhibits: { nodes: [{ label: null, custodyIntact: true }] },
    });
  });

  it('of one organisation neither counts nor takes nor waits for what another keeps in its own case', async () => {
    const granted = reports[3]?.id;
    const seerOfficer = await viewerFor(hub, 'seers-whole', 'data_officer', true);
    const rows: readonly Row[] = [{ ...intercept, ...maya, irf_number: 'SEEN0' }];
    const columns = Object.keys(rows[0] ?? {});
    const csv = `${columns.join(',')}\n${columns.map((name) => `"${rows[0]?.[name] ?? ''}"`).join(',')}\n`;
    await importText(hub, 'seers-whole', 'border-intercept', csv, 'seen.csv');
    const seer = await viewerFor(hub, 'seers-whole', 'analyst');
    const [own] = await sql<{ id: string }>('select id from report where owner_id = $1', [
      seer.organisationId,
    ]);
    const made = await legalCase({ reportIds: [granted, own?.id] }, seer);
    expect(made.__typename).toBe('RecordDone');
    const exhibit = await exhibitOn(made.id, seer);
    const files = [
      await attach({ ...scan(), legalCaseId: made.id }, seer),
      await attach({ ...scan(), exhibitId: exhibit.id }, seer),
    ];
    const comment = await acts.act(
      seer,
      'writeComment(aboutKind: LEGAL_CASE, aboutId: $id, text: "said of the case", idempotencyKey: $key)',
      '$id: String!',
      { id: made.id },
    );
    const kept = () =>
      sql<{ key_id: string }>(
        `select key_id from attachment_content where attachment_id = any($1::uuid[]) union all select key_id from comment_text where comment_id = $2
         union all select key_id from vault_item where about_id = $3`,
        [files.map(({ id }) => id), comment.id, exhibit.id],
      );
    const before = await kept();
    expect(before).toHaveLength(4);
    await answer(
      hub,
      seerOfficer,
      'mutation ($ids: [String!]!) { placeLegalHold(reportIds: $ids, caseReference: "CASE-7", reason: OPEN_CASE) { __typename } }',
      { ids: [own?.id] },
    );
    const subject = await subjectOf(3);
    const mine = await sql<{ n: number }>(
      'select count(*)::int as n from attachment_content c join attachment a on a.id = c.attachment_id where a.report_id = $1',
      [granted],
    );
    for (const dryRun of [true, false])
      expect(await erase('Subject', subject, dryRun)).toEqual({
        __typename: dryRun ? 'ErasureWeighed' : 'Erased',
        counts: { attachments: mine[0]?.n },
      });
    expect(await kept()).toEqual(before);
    expect(before.map(({ key_id }) => isDestroyed(key_id))).toEqual(before.map(() => false));
    expect(await sql('select 1 from doomed_key')).toEqual([]);
  });

  it.runIf(onServer)(
    'waits for whoever works on a case before it writes in the log, for which they wait',
    async () => {
      const made = await legalCase({ reportIds: [reports[5]?.id] });
      const all = await whileLocked('legal_case', made.id, async () => {
        const weighed = erase('Subject', await subjectOf(5), true);
        await waiting(1);
        const other = attach({ ...scan(), reportId: reports[0]?.id });
        const first = await Promise.race([other, setTimeout(5_000, null)]);
        expect(first?.__typename).toBe('RecordDone');
        return [weighed];
      });
      expect(await Promise.all(all)).toMatchObject([{ __typename: 'ErasureWeighed' }]);
    },
  );

  it('is refused while files of a case are kept by a hold on another of its reports', async () => {
    const made = await legalCase({ reportIds: [reports[0]?.id, reports[5]?.id] });
    await attach({ ...scan(), legalCaseId: made.id });
    const ids = { ids: [reports[0]?.id] };
    await answer(
      hub,
      officer,
      'mutation ($ids: [String!]!) { placeLegalHold(reportIds: $ids, caseReference: "CASE-8", reason: OPEN_CASE) { __typename } }',
      ids,
    );
    expect(await erase('Subject', await subjectOf(5), false)).toMatchObject({
      reasons: [
        { where: 'id', found: 'a subject whose files, exhibits or comments are kept for a legal case' },
      ],
    });
  });

  it('leaves the log whole', async () => {
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });
});
