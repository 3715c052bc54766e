/** Comments: seen by their organisation alone, read with a trace, and gone with whom they may name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { purgeReports } from '../../src/records/erasure/purge-reports.service.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { home, intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { type ActAnswer, HandActs } from '../support/hand-acts.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWNER = 'comment-writers';
const TEXT = 'Zyxwvu Canaryperson was seen again';

let hub: TestHub;
let acts: HandActs;
let owner: Viewer;
let opener: Viewer;
let officer: Viewer;
let partner: Viewer;
let batches: readonly string[];
let reports: readonly {
  readonly id: string;
  readonly incident: string;
  readonly entity: string;
  readonly movement: string;
}[];

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));

const write = (aboutKind: string, aboutId: unknown, text = TEXT, viewer = owner, key?: string) =>
  acts.act(
    viewer,
    'writeComment(aboutKind: $aboutKind, aboutId: $aboutId, text: $text, idempotencyKey: $key)',
    '$aboutKind: CommentAbout!, $aboutId: String!, $text: String!',
    { aboutKind, aboutId, text },
    key,
  );
const correct = (id: unknown, version: number, text: string, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'correctComment(id: $id, version: $version, text: $text, reason: NEW_INFORMATION, idempotencyKey: $key)',
    '$id: String!, $version: Int!, $text: String!',
    { id, version, text },
  );
const withdraw = (id: unknown, version: number, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'withdrawComment(id: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: $key)',
    '$id: String!, $version: Int!',
    { id, version },
  );
const legalCase = (more: object): Promise<ActAnswer> =>
  acts.act(owner, 'recordLegalCase(legalCase: $said, idempotencyKey: $key)', '$said: LegalCaseInput!', {
    said: { court: 'Example Court', country: 'NPL', status: 'TRIAL', openedOn: '2026-05-01', ...more },
  });

interface Shown {
  readonly id: string;
  readonly version: number;
}
async function comments(viewer: Viewer, filter: object = {}): Promise<readonly Shown[]> {
  const document =
    'query ($filter: CommentFilter) { comments(filter: $filter, first: 500) { totalCount nodes { id version owner aboutKind aboutId writtenBy } } }';
  const found = await answer<{ comments: { totalCount: number; nodes: Shown[] } }>(hub, viewer, document, {
    filter,
  });
  expect(found.comments.totalCount).toBe(found.comments.nodes.length);
  return found.comments.nodes;
}
const READ = `query ($about: String!, $at: DateTimeISO) { commentTexts(about: $about, purpose: INVESTIGATION, caseReference: "CASE-1", asKnownAt: $at) { commentId version text } }`;
async function texts(about: unknown, at: string | null = null, viewer = opener): Promise<readonly unknown[]> {
  return (await answer<{ commentTexts: unknown[] }>(hub, viewer, READ, { about, at })).commentTexts;
}
async function keysOf(id: unknown): Promise<readonly string[]> {
  const rows = await sql<{ key_id: string }>(
    'select t.key_id from comment_text t join record_comment m on m.id = t.comment_id where m.id = $1 or m.version_of = $1',
    [id],
  );
  return rows.map(({ key_id }) => key_id);
}
const isDestroyed = (key: string): boolean => {
  try {
    hub.keys.read(key);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'NOT_FOUND';
  }
};

beforeAll(async () => {
  hub = await openTestHub('base');
  acts = new HandActs(hub, '2026-11-01T12:00:00Z');
  const made: string[] = [];
  for (const number of [0, 1, 2, 3, 4]) {
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
  const grantee = await viewerFor(hub, 'comment-seers', 'investigator', true);
  for (const recordClass of ['report', 'incident', 'movement', 'statement', 'entity'] as const)
    await hub.database.unrestricted('grant in a test', (connection) =>
      addGrant(connection, randomIds, {
        ownerId: owner.organisationId as string,
        granteeId: grantee.organisationId as string,
        recordClass,
        handlingCeiling: 'amber_strict',
        projection: 'full',
        validFrom: new Date('2026-01-01T00:00:00Z'),
        validTo: null,
      }),
    );
  partner = await viewerFor(hub, 'comment-seers', 'investigator', true);
  reports = await sql(
    `select r.id, i.id as incident, e.id as entity, m.id as movement from report r join incident i on i.report_id = r.id
     join movement m on m.report_id = r.id join entity e on e.report_id = r.id and e.kind = 'individual'
     where r.owner_id = $1 order by r.external_reference`,
    [owner.organisationId],
  );
  // The first comment of an organisation makes its class: whoever asks from then on has it.
  const first = await write('REPORT', reports[0]?.id);
  await withdraw(first.id, 1);
  owner = await viewerFor(hub, OWNER, 'analyst');
});
afterAll(() => hub.close());

describe('a comment', () => {
  let id: string;

  it('is written once, on every kind of record of one’s own, and stands with it', async () => {
    const made = await legalCase({});
    const report = reports[0];
    const done = await write('REPORT', report?.id, TEXT, owner, 'the-same-key');
    expect(done).toMatchObject({ version: 1 });
    expect(await write('REPORT', report?.id, TEXT, owner, 'the-same-key')).toEqual(done);
    expect((await write('REPORT', report?.id, 'other', owner, 'the-same-key')).reasons?.[0]?.where).toBe(
      'idempotencyKey',
    );
    id = done.id as string;
    const others: unknown[] = [];
    for (const [kind, about] of [
      ['INCIDENT', report?.incident],
      ['ENTITY', report?.entity],
      ['MOVEMENT', report?.movement],
      ['LEGAL_CASE', made.id],
    ] as const)
      others.push((await write(kind, about)).id);
    const document = `query ($ids: [String!], $cases: [String!]) {
      reports(filter: { ids: $ids }) { nodes { comments { id } incidents { comments { id } entities { comments { id } } movements { comments { id } } } } }
      legalCases(filter: { ids: $cases }) { nodes { comments { id } } } }`;
    expect(await answer(hub, owner, document, { ids: [report?.id], cases: [made.id] })).toEqual({
      reports: {
        nodes: [
          {
            comments: [{ id }, ...others.slice(0, 3).map((each) => ({ id: each }))],
            incidents: [
              {
                comments: [{ id: others[0] }],
                entities: expect.arrayContaining([{ comments: [{ id: others[1] }] }]),
                movements: [{ comments: [{ id: others[2] }] }],
              },
            ],
          },
        ],
      },
      legalCases: { nodes: [{ comments: [{ id: others[3] }] }] },
    });
    expect((await comments(owner)).length).toBe(5);
    expect(await comments(owner, { ids: [id] })).toEqual([
      { id, version: 1, owner: OWNER, aboutKind: 'REPORT', aboutId: report?.id, writtenBy: owner.keyId },
    ]);
    expect(await comments(owner, { aboutKinds: ['MOVEMENT'] })).toMatchObject([{ id: others[2] }]);
    expect(await comments(owner, { aboutIds: [made.id] })).toMatchObject([{ id: others[3] }]);
  });

  it('is read with a purpose and a case, and every look leaves its trace first', async () => {
    expect(await texts(id)).toEqual([{ commentId: id, version: 1, text: TEXT }]);
    expect(await texts(reports[0]?.id)).toHaveLength(4);
    expect(await texts(reports[0]?.incident)).toHaveLength(1);
    expect(await texts('00000000-0000-4000-8000-000000000000')).toEqual([]);
    const traces = await sql<{ purpose: string; detail: Record<string, unknown> }>(
      `select purpose, detail from audit_event where action = 'read_comments' order by sequence`,
    );
    expect(traces.map(({ purpose, detail }) => [purpose, detail.comments])).toEqual(
      [1, 4, 1, 0].map((n) => ['investigation', n]),
    );
    const code = async (viewer: Viewer, text = READ) =>
      (
        (await ask(hub, viewer, text, { about: id })).errors?.[0]?.originalError as
          | { code?: unknown }
          | undefined
      )?.code;
    expect(await code(owner)).toBe('FORBIDDEN');
    expect(await code(opener, READ.replace('CASE-1', 'x'))).toBe('BAD_INPUT');
  });

  it('is nobody else’s: not there in a list, a count, a filter, an edge or a text, whatever was granted', async () => {
    expect(await comments(partner)).toEqual([]);
    expect(await comments(partner, { ids: [id] })).toEqual([]);
    expect(await texts(id, null, partner)).toEqual([]);
    const document = '{ reports(first: 50) { nodes { comments { id } incidents { comments { id } } } } }';
    const seen = await answer<{ reports: { nodes: unknown[] } }>(hub, partner, document);
    expect(seen.reports.nodes).toEqual(reports.map(() => ({ comments: [], incidents: [{ comments: [] }] })));
    expect(await comments(await viewerFor(hub, OWNER, 'dashboard'))).toEqual([]);
    const refused = {
      where: 'aboutId',
      found: 'no such report',
      wanted: 'a record of your organisation that stands',
    };
    for (const [about, viewer] of [
      [reports[0]?.id, partner],
      ['00000000-0000-4000-8000-000000000000', owner],
      ['none', owner],
      [reports[0]?.incident, owner],
    ] as const)
      expect((await write('REPORT', about, TEXT, viewer)).reasons).toEqual([refused]);
    expect((await correct(id, 1, 'x', partner)).reasons?.[0]?.where).toBe('id');
    expect((await withdraw(id, 1, partner)).reasons?.[0]?.where).toBe('id');
  });

  it('lies in no column in the clear, and opens in its own row alone', async () => {
    expect(await openColumnsWith(hub, 'zyxwvu')).toEqual([]);
    const [row] = await sql<{ id: string; key_id: string; sealed: Uint8Array }>(
      'select id, key_id, sealed from comment_text where comment_id = $1',
      [id],
    );
    const { id: textId, key_id, sealed } = row as NonNullable<typeof row>;
    expect(unseal(hub.keys.read(key_id), `comment_text/sealed/${textId}`, sealed)).toBe(TEXT);
    expect(() => unseal(hub.keys.read(key_id), `comment_text/sealed/${id}`, sealed)).toThrow(/does not open/);
  });

  it('is corrected version by version, and says of the past what it said then', async () => {
    const before = acts.moment();
    expect((await correct(id, 1, ' ')).reasons?.[0]?.where).toBe('text');
    expect((await correct(id, 1, 'x'.repeat(10_001))).reasons?.[0]?.where).toBe('text');
    expect(await correct(id, 1, 'It was somebody else')).toMatchObject({ id, version: 2 });
    expect((await correct(id, 1, 'late')).reasons?.[0]?.where).toBe('version');
    expect(await texts(id)).toEqual([{ commentId: id, version: 2, text: 'It was somebody else' }]);
    expect(await texts(id, before)).toEqual([{ commentId: id, version: 1, text: TEXT }]);
    expect(await comments(owner, { ids: [id], asKnownAt: before })).toMatchObject([{ id, version: 1 }]);
    const [seen] = await answer<{ reports: { nodes: { comments: Shown[] }[] } }>(
      hub,
      owner,
      'query ($filter: ReportFilter) { reports(filter: $filter) { nodes { comments { id version } } } }',
      { filter: { ids: [reports[0]?.id], asKnownAt: before } },
    ).then(({ reports: found }) => found.nodes);
    expect(seen?.comments).toContainEqual({ id, version: 1 });
  });

  it('is withdrawn for good in every version, unless a hold keeps it', async () => {
    const keys = await keysOf(id);
    expect(keys).toHaveLength(2);
    const ids = { ids: [reports[0]?.id] };
    const hold = (call: string) =>
      answer(hub, officer, `mutation ($ids: [String!]!) { ${call} { __typename } }`, ids);
    await hold('placeLegalHold(reportIds: $ids, caseReference: "CASE-9", reason: OPEN_CASE)');
    expect((await withdraw(id, 2)).reasons?.[0]?.found).toBe('a comment under a legal hold');
    await hold('liftLegalHold(objectIds: $ids, caseReference: "CASE-9", reason: OPEN_CASE)');
    const before = acts.moment();
    expect(await withdraw(id, 2)).toMatchObject({ id, version: 3 });
    expect((await withdraw(id, 3)).reasons?.[0]?.where).toBe('id');
    expect(await comments(owner, { ids: [id] })).toEqual([]);
    expect(await comments(owner, { ids: [id], asKnownAt: before })).toMatchObject([{ id, version: 2 }]);
    expect(await texts(id)).toEqual([]);
    expect(await texts(id, before)).toEqual([]);
    expect([await keysOf(id), keys.map(isDestroyed)]).toEqual([[], [true, true]]);
  });
});

describe('comments go with what they are on', () => {
  const gone = async (id: unknown, keys: readonly string[]) => {
    expect(await sql('select 1 from record_comment where id = $1 or version_of = $1', [id])).toEqual([]);
    expect(keys.map(isDestroyed)).toEqual(keys.map(() => true));
  };

  it('when the report is withdrawn, and then purged', async () => {
    const { id } = await write('INCIDENT', reports[1]?.incident);
    const before = acts.moment();
    const document =
      'mutation ($id: String!) { withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: "withdraw-report") { __typename } }';
    await answer(acts.later(), owner, document, { id: reports[1]?.id });
    expect([await comments(owner, { ids: [id] }), await texts(id)]).toEqual([[], []]);
    expect(await comments(owner, { ids: [id], asKnownAt: before })).toHaveLength(1);
    expect((await write('INCIDENT', reports[1]?.incident)).reasons?.[0]?.where).toBe('aboutId');
    const keys = await keysOf(id);
    expect(keys).toHaveLength(1);
    await hub.database.unrestricted('purge in a test', (connection) =>
      purgeReports(hub.imports, connection, owner.organisationId as string, [reports[1]?.id as string]),
    );
    await hub.imports.sink.settle();
    await gone(id, keys);
  });

  it('when the import is undone', async () => {
    const { id } = await write('MOVEMENT', reports[2]?.movement);
    const keys = await keysOf(id);
    await undoImport(hub.imports, owner.organisationId as string, null, batches[2] as string);
    await gone(id, keys);
  });

  it('when the legal case is withdrawn', async () => {
    const made = await legalCase({});
    const { id } = await write('LEGAL_CASE', made.id);
    const keys = await keysOf(id);
    const call = 'withdrawLegalCase(id: $id, version: 1, reason: ENTRY_ERROR, idempotencyKey: $key)';
    expect((await acts.act(owner, call, '$id: String!', { id: made.id })).version).toBe(2);
    expect(await comments(owner, { ids: [id] })).toEqual([]);
    expect([await keysOf(id), keys.map(isDestroyed)]).toEqual([[], [true]]);
  });

  it('when somebody of the report is erased: in every version, on all it tells of, and on cases that rest on it', async () => {
    const made = await legalCase({ reportIds: [reports[3]?.id] });
    const other = await write('REPORT', reports[4]?.id);
    const ids = [
      (await write('REPORT', reports[3]?.id)).id,
      (await write('ENTITY', reports[3]?.entity)).id,
      (await write('LEGAL_CASE', made.id)).id,
    ];
    await correct(ids[0], 1, 'said otherwise');
    const keys = (await Promise.all(ids.map(keysOf))).flat();
    expect(keys).toHaveLength(4);
    const [subject] = await sql<{ id: string }>('select id from subject where report_id = $1', [
      reports[3]?.id,
    ]);
    const document = `mutation ($id: String!, $dryRun: Boolean!) { done: eraseSubject(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-1", reason: LEGAL, dryRun: $dryRun) {
      ... on Erased { counts { comments } } ... on ErasureWeighed { counts { comments } } } }`;
    for (const dryRun of [true, false])
      expect(await answer(acts.later(), officer, document, { id: subject?.id, dryRun })).toEqual({
        done: { counts: { comments: 3 } },
      });
    for (const id of ids) await gone(id, keys);
    expect(await texts(other.id)).toHaveLength(1);
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });
});
