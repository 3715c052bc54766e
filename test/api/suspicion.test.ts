/** What a person is held for: reviewed, lapsed by the clock, cleared for everybody who was granted it, and carried along by corrections. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Role } from '../../src/access/roles.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { MIGRATIONS_FOLDER } from '../../src/cli/hub.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let clock = Date.parse('2026-01-05T00:00:00Z');
let serial = 0;
const HOUR = 3_600_000;

interface Suspicion {
  readonly status: string;
  readonly basis: string | null;
  readonly basisOn: string | null;
  readonly reviewedAt: string | null;
  readonly reviewerId: string | null;
  readonly dueAt: string | null;
  readonly lapsedAt: string | null;
  readonly version: number;
}
interface Person {
  readonly id: string;
  readonly suspicion: Suspicion | null;
  readonly suspicionHistory: readonly Record<string, unknown>[];
}
interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly reportId?: string;
  readonly reasons?: readonly { readonly where: string }[];
}

const REFUSED = '... on ActRefused { reasons { where found wanted } }';
const REVIEW = `mutation ($id: String!, $version: Int!, $review: SuspicionReviewInput!, $key: String!) {
  done: reviewSuspicion(entityId: $id, version: $version, review: $review, idempotencyKey: $key) { ... on RecordDone { id version } ${REFUSED} } }`;
const MONTHS = `mutation ($months: Int!) { setSuspicionMonths(months: $months) { ... on SuspicionPeriod { months } ${REFUSED} } }`;
const RECORD = `mutation ($report: HandReportInput!, $key: String!) {
  done: recordReport(report: $report, idempotencyKey: $key) { ... on ActDone { reportId version } ${REFUSED} } }`;
const CORRECT = `mutation ($id: String!, $version: Int!, $report: HandReportInput!, $key: String!) {
  done: correctReport(reportId: $id, version: $version, report: $report, reason: NEW_INFORMATION, idempotencyKey: $key) { ... on ActDone { reportId version } ${REFUSED} } }`;
const PERSONS = `query ($filter: EntityFilter) { entities(filter: $filter, first: 100) { nodes { id
  suspicion { status basis basisOn reviewedAt reviewerId dueAt lapsedAt version }
  suspicionHistory { version status basis basisOn reviewerId dueAt } } } }`;
const SHARED = `query ($at: DateTimeISO) { sharedFacilitators(incidentsAtLeast: 2, asKnownAt: $at) { kind hint incidents } }`;

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const asOf = (viewer: Viewer, now: Date): Viewer => ({ ...viewer, now });

/** Each act an hour after the one before. */
async function act(
  viewer: Viewer,
  text: string,
  variables: Record<string, unknown>,
  key = `suspicion-${(serial += 1)}`,
): Promise<Done> {
  clock += HOUR;
  return (await answer<{ done: Done }>(then(), viewer, text, { ...variables, key })).done;
}

function then(): TestHub {
  const now = new Date(clock);
  return { ...hub, imports: { ...hub.imports, now: () => now } };
}

async function persons(viewer: Viewer, filter: Record<string, unknown> = {}): Promise<readonly Person[]> {
  const asked = { filter: { kinds: ['INDIVIDUAL'], ...filter } };
  return (await answer<{ entities: { nodes: Person[] } }>(hub, viewer, PERSONS, asked)).entities.nodes;
}

async function person(viewer: Viewer, filter: Record<string, unknown> = {}): Promise<Person> {
  const found = await persons(viewer, filter);
  expect(found).toHaveLength(1);
  return found[0] as Person;
}

async function shared(viewer: Viewer, moment: Date | null = null): Promise<readonly unknown[]> {
  const asked = { at: moment?.toISOString() ?? null };
  return (await answer<{ sharedFacilitators: unknown[] }>(hub, viewer, SHARED, asked)).sharedFacilitators;
}

const review = (status: string, basis = 'POLICE') => ({ status, basis, basisOn: '2026-01-02' });

/** An interception with somebody suspected, and what identifies them. */
const told = (selectors: readonly [string, string][], more: Record<string, unknown> = {}) => ({
  kind: 'INVESTIGATION',
  origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2025-11-03', zone: 'Asia/Kathmandu' },
    place: { country: 'NPL' },
  },
  entities: [
    {
      kind: 'INDIVIDUAL',
      role: 'RECRUITER',
      selectors: selectors.map(([kind, value]) => ({ kind, value })),
    },
  ],
  ...more,
});
const PHONE = '+977 980 000 0101';

const fileOf = (...rows: readonly Row[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => `"${row[column] ?? ''}"`))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
};

async function grant(
  owner: string,
  grantee: string,
  projection: 'full' | 'coarse',
  until: Date | null = null,
) {
  const [{ id: ownerId }, { id: granteeId }] = await Promise.all([
    organisationFor(hub, owner),
    organisationFor(hub, grantee),
  ]);
  await hub.database.unrestricted('share in a test', async (connection) => {
    for (const recordClass of ['entity', 'incident'] as const)
      await addGrant(connection, randomIds, {
        ownerId,
        granteeId,
        recordClass,
        handlingCeiling: 'amber',
        projection,
        validFrom: at('2026-01-01'),
        validTo: until,
      });
  });
  return granteeId;
}

async function outbox(topic: string): Promise<readonly { object_id: string; recipient_id: string | null }[]> {
  return hub.database.unrestricted('read the outbox in a test', (connection) =>
    connection.query('select object_id, recipient_id from outbox where topic = $1 order by sequence', [
      topic,
    ]),
  );
}

beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

/** An organisation of its own with one suspect, as two of its roles see it. */
async function opened(slug: string, selectors: readonly [string, string][] = [['phone', PHONE]]) {
  const investigator = await viewerFor(hub, slug, 'investigator');
  const report = await act(investigator, RECORD, { report: told(selectors) });
  expect(report.reasons).toBeUndefined();
  // Classes are made with the first record.
  const as = (role: Role): Promise<Viewer> => viewerFor(hub, slug, role);
  return {
    reportId: String(report.reportId),
    investigator: await as('investigator'),
    as,
    since: new Date(clock),
  };
}

describe('a suspicion', () => {
  it('begins as what the report says, is reviewed once for its key, and keeps its history for its owner', async () => {
    const { investigator, since } = await opened('reviews');
    const first = await person(investigator);
    const due = new Date(since);
    due.setUTCMonth(due.getUTCMonth() + 24);
    expect(first.suspicion).toEqual({
      status: 'SUSPECT',
      basis: 'REPORT',
      basisOn: null,
      reviewedAt: null,
      reviewerId: null,
      dueAt: due.toISOString(),
      lapsedAt: null,
      version: 1,
    });
    const asked = { id: first.id, version: 1, review: review('CHARGED', 'CHARGE_SHEET') };
    const done = await act(investigator, REVIEW, asked, 'the-same-review');
    expect(done).toEqual({ id: first.id, version: 2 });
    expect(await act(investigator, REVIEW, asked, 'the-same-review')).toEqual(done);
    const stale = await act(investigator, REVIEW, { ...asked, review: review('CONVICTED') });
    expect(stale.reasons).toMatchObject([{ where: 'version' }]);
    expect(await person(investigator)).toMatchObject({
      suspicion: {
        status: 'CHARGED',
        basis: 'CHARGE_SHEET',
        basisOn: '2026-01-02',
        reviewerId: investigator.keyId,
        version: 2,
      },
      suspicionHistory: [
        { version: 1, status: 'SUSPECT', basis: 'REPORT', reviewerId: null },
        { version: 2, status: 'CHARGED', basis: 'CHARGE_SHEET', reviewerId: investigator.keyId },
      ],
    });
    const events = await hub.database.unrestricted('read the audit log in a test', (connection) =>
      connection.query('select object_ids, detail from audit_event where action = $1', ['review_suspicion']),
    );
    expect(events).toEqual([
      { object_ids: [first.id], detail: { version: 2, status: 'charged', basis: 'charge_sheet' } },
    ]);
  });

  it('is decided by investigators and data officers of the owner alone, with a day that is past', async () => {
    const { investigator, as } = await opened('deciders');
    const { id } = await person(investigator);
    const asked = { id, version: 1, review: review('CLEARED'), key: 'nobody-may' };
    for (const role of ['analyst', 'field'] as const) {
      const refused = await ask(then(), await as(role), REVIEW, asked);
      expect(refused.errors?.[0]?.extensions?.code ?? refused.errors?.[0]?.message).toMatch(
        /FORBIDDEN|does not review/,
      );
    }
    const stranger = await viewerFor(hub, 'strangers', 'data_officer');
    const elsewhere = await act(stranger, REVIEW, { ...asked, id });
    const nowhere = await act(stranger, REVIEW, { ...asked, id: '00000000-0000-4000-8000-000000000000' });
    expect(elsewhere.reasons).toEqual(nowhere.reasons);
    const tomorrow = { ...review('CLEARED'), basisOn: '2031-01-01' };
    expect((await act(investigator, REVIEW, { id, version: 1, review: tomorrow })).reasons).toMatchObject([
      { where: 'basisOn' },
    ]);
    expect(await act(await as('data_officer'), REVIEW, asked)).toEqual({ id, version: 2 });
  });

  it('lapses to the hour when nobody reviews it, in every list and filter, and did not before', async () => {
    const { investigator } = await opened('lapses');
    const { id } = await person(investigator);
    await act(investigator, REVIEW, { id, version: 1, review: review('CHARGED') });
    const due = new Date((await person(investigator)).suspicion?.dueAt as string);
    const before = asOf(investigator, new Date(due.getTime() - 1));
    const after = asOf(investigator, due);
    expect((await person(before)).suspicion).toMatchObject({ status: 'CHARGED', lapsedAt: null });
    expect((await person(after)).suspicion).toMatchObject({
      status: 'LAPSED',
      lapsedAt: due.toISOString(),
      version: 2,
    });
    expect(await persons(before, { suspicions: ['CHARGED'] })).toHaveLength(1);
    expect(await persons(after, { suspicions: ['CHARGED'] })).toHaveLength(0);
    expect(await persons(after, { suspicions: ['LAPSED'] })).toHaveLength(1);
    // What was known then was not lapsed then, whoever asks when.
    const moment = { asKnownAt: new Date(due.getTime() - 1).toISOString() };
    expect((await person(after, moment)).suspicion).toMatchObject({ status: 'CHARGED', lapsedAt: null });
    expect(await persons(after, { ...moment, suspicions: ['LAPSED'] })).toHaveLength(0);
    expect((await person(before, { asKnownAt: due.toISOString() })).suspicion?.status).toBe('LAPSED');
    clock = due.getTime();
    await act(investigator, REVIEW, { id, version: 2, review: review('CONVICTED', 'COURT') });
    expect((await person(after)).suspicion).toMatchObject({
      status: 'CONVICTED',
      lapsedAt: null,
      version: 3,
    });
    clock = Date.parse('2026-02-01T00:00:00Z');
  });

  it('stands as long as the organisation says, 60 months at most', async () => {
    const { investigator, as } = await opened('periods');
    const officer = await as('data_officer');
    const set = async (months: number) =>
      (await answer<{ setSuspicionMonths: Done & { months?: number } }>(then(), officer, MONTHS, { months }))
        .setSuspicionMonths;
    expect((await set(61)).reasons).toMatchObject([{ where: 'months' }]);
    expect((await set(0)).reasons).toMatchObject([{ where: 'months' }]);
    expect((await ask(then(), investigator, MONTHS, { months: 60 })).errors).toHaveLength(1);
    expect(await set(60)).toEqual({ months: 60 });
    const { id, suspicion } = await person(investigator);
    await act(investigator, REVIEW, { id, version: 1, review: review('SUSPECT') });
    const years = (now: Suspicion | null): number => Number(now?.dueAt?.slice(0, 4)) - 2026;
    expect([years(suspicion), years((await person(investigator)).suspicion)]).toEqual([2, 5]);
    const longer = hub.database.unrestricted('outlast in a test', (connection) =>
      connection.execute(
        `update suspicion set due_at = due_at + interval '1 day' where version = 2 and due_at > '2031-01-01'`,
        [],
      ),
    );
    await expect(longer).rejects.toThrow(/suspicion_check/);
  });

  it('is null for things and for whom a report protects', async () => {
    const viewer = await viewerFor(hub, 'protects', 'investigator');
    const contact = { kind: 'INDIVIDUAL', role: 'CONTACT', selectors: [{ kind: 'phone', value: PHONE }] };
    await act(viewer, RECORD, { report: told([], { entities: [contact] }) });
    const reader = await viewerFor(hub, 'protects', 'investigator');
    const found = await persons(reader, { kinds: ['INDIVIDUAL', 'PHONE'] });
    expect(found.map(({ suspicion }) => suspicion)).toEqual([null, null]);
    const refused = await act(reader, REVIEW, { id: found[0]?.id, version: 1, review: review('SUSPECT') });
    expect(refused.reasons).toMatchObject([{ where: 'entityId' }]);
  });
});

describe('somebody who is cleared', () => {
  it('is told to everybody who was granted the record, and to nobody else', async () => {
    const { investigator } = await opened('clears');
    const { id } = await person(investigator);
    const recipients = [
      await grant('clears', 'clears-whole', 'full'),
      await grant('clears', 'clears-coarse', 'coarse'),
      await grant('clears', 'clears-expired', 'full', new Date(clock + HOUR / 2)),
    ];
    await organisationFor(hub, 'clears-nobody');
    const stranger = await viewerFor(hub, 'clears-nobody', 'analyst');
    const all = 'entities { totalCount nodes { id } } sharedFacilitators(incidentsAtLeast: 2) { hint }';
    const hidden = JSON.stringify(await answer(hub, stranger, `{ ${all} }`));
    await act(investigator, REVIEW, { id, version: 1, review: review('CLEARED', 'MISTAKEN_IDENTITY') });
    const rows = (await outbox('suspicion.cleared')).filter(({ object_id }) => object_id === id);
    expect(rows.map(({ recipient_id }) => recipient_id).sort()).toEqual(recipients.sort());
    expect(JSON.stringify(await answer(hub, stranger, `{ ${all} }`))).toBe(hidden);
    const whole = await person(await viewerFor(hub, 'clears-whole', 'analyst'));
    expect(whole).toMatchObject({
      suspicion: { status: 'CLEARED', basis: 'MISTAKEN_IDENTITY', reviewerId: null, dueAt: null },
      suspicionHistory: [],
    });
    const coarse = await person(await viewerFor(hub, 'clears-coarse', 'analyst'));
    expect(coarse).toEqual({
      id,
      suspicion: {
        status: 'CLEARED',
        basis: null,
        basisOn: null,
        reviewedAt: '2026-01-01T00:00:00.000Z',
        reviewerId: null,
        dueAt: null,
        lapsedAt: null,
        version: 1,
      },
      suspicionHistory: [],
    });
    expect((await person(asOf(investigator, at('2046-01-01')))).suspicion?.status).toBe('CLEARED');
  });

  it('takes the phone along out of the shared facilitators; so does a lapse, and asKnownAt tells how it was', async () => {
    const { investigator } = await opened('facilitates');
    await act(investigator, RECORD, { report: told([['phone', PHONE]]) });
    const twice = [{ kind: 'PHONE', hint: '…0101', incidents: 2 }];
    const asked = new Date(clock + 1);
    expect(await shared(investigator)).toEqual(twice);
    const [one] = await persons(investigator);
    await act(investigator, REVIEW, { id: one?.id, version: 1, review: review('CLEARED', 'COURT') });
    expect(await shared(investigator)).toEqual([]);
    expect(await shared(investigator, asked)).toEqual(twice);
    expect(await shared(investigator, at('2025-01-01'))).toEqual([]);
    await act(investigator, REVIEW, { id: one?.id, version: 2, review: review('SUSPECT') });
    expect(await shared(investigator)).toEqual(twice);
    expect(await shared(asOf(investigator, at('2029-01-01')))).toEqual([]);
    expect(await shared(asOf(investigator, at('2029-01-01')), asked)).toEqual(twice);
    await act(investigator, REVIEW, { id: one?.id, version: 3, review: review('WITNESS') });
    expect(await shared(investigator)).toEqual([]);
  });
});

describe('a corrected report', () => {
  it('makes a new entity of the same person: what was decided stays, under another marking too', async () => {
    const { investigator, reportId } = await opened('corrects');
    const first = await person(investigator);
    const moment = new Date(clock + 1).toISOString();
    await act(investigator, REVIEW, { id: first.id, version: 1, review: review('CLEARED') });
    const known = new Date(clock + 1).toISOString();
    const report = told(
      [
        ['phone', PHONE],
        ['passport', 'X1234567'],
      ],
      { handling: 'GREEN' },
    );
    expect(await act(investigator, CORRECT, { id: reportId, version: 1, report })).toMatchObject({
      version: 2,
    });
    const reader = await viewerFor(hub, 'corrects', 'investigator');
    const second = await person(reader);
    expect(second.id).not.toBe(first.id);
    expect(second.suspicion).toMatchObject({ status: 'CLEARED', version: 2 });
    expect(second.suspicionHistory.map(({ status }) => status)).toEqual(['SUSPECT', 'CLEARED']);
    expect((await person(reader, { asKnownAt: moment })).suspicion?.status).toBe('SUSPECT');
    expect(await person(reader, { asKnownAt: known })).toMatchObject({
      id: first.id,
      suspicion: { status: 'CLEARED' },
    });
    // The id that was read before the correction still names the person.
    expect(await act(reader, REVIEW, { id: first.id, version: 2, review: review('WITNESS') })).toEqual({
      id: second.id,
      version: 3,
    });
    expect((await person(reader)).suspicion).toMatchObject({ status: 'WITNESS', version: 3 });
  });

  it('that names somebody else says nothing of them that was decided of the first, and tells the outbox', async () => {
    const { investigator, reportId } = await opened('renames');
    const { id } = await person(investigator);
    await act(investigator, REVIEW, { id, version: 1, review: review('CONVICTED', 'COURT') });
    const report = told([['phone', '+977 980 000 0999']]);
    await act(investigator, CORRECT, { id: reportId, version: 1, report });
    expect((await person(investigator)).suspicion).toMatchObject({
      status: 'SUSPECT',
      basis: 'REPORT',
      version: 1,
    });
    expect((await outbox('suspicion.unmatched')).map(({ object_id }) => object_id)).toContain(reportId);
    // Named again, it is the same person again.
    await act(investigator, CORRECT, { id: reportId, version: 2, report: told([['phone', PHONE]]) });
    expect((await person(investigator)).suspicion).toMatchObject({ status: 'CONVICTED', version: 2 });
  });

  it('by a file is undone without losing what was decided; the first file waits until nothing was', async () => {
    const slug = 'undoes';
    const row = (address: string): string =>
      fileOf({ ...intercept, ...maya }, { ...intercept, ...suspect, address });
    const give = async (address: string, name: string): Promise<string> => {
      clock += HOUR;
      const summary = await importText(then(), slug, 'border-intercept', row(address), name);
      return summary.batchId;
    };
    const first = await give('One', 'first.csv');
    const investigator = await viewerFor(hub, slug, 'investigator');
    const before = await person(investigator);
    await act(investigator, REVIEW, { id: before.id, version: 1, review: review('CHARGED') });
    const second = await give('Two', 'second.csv');
    const between = await person(investigator);
    expect(between.id).not.toBe(before.id);
    expect(between.suspicion).toMatchObject({ status: 'CHARGED', version: 2 });
    await act(investigator, REVIEW, { id: between.id, version: 2, review: review('CONVICTED', 'COURT') });
    const { id: organisation } = await organisationFor(hub, slug);
    await undoImport(hub.imports, organisation, null, second);
    expect(await person(investigator)).toMatchObject({
      id: before.id,
      suspicion: { status: 'CONVICTED', version: 3 },
    });
    await expect(undoImport(hub.imports, organisation, null, first)).rejects.toThrow(/reviewed/);
  });
});

describe('what is erased', () => {
  it('takes what the person was held for along', async () => {
    const { investigator, as } = await opened('erases', [['phone', '+977 980 000 0555']]);
    const { id } = await person(investigator);
    await act(investigator, REVIEW, { id, version: 1, review: review('CONVICTED', 'COURT') });
    const erase = `mutation ($id: String!) { eraseEntity(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-9", reason: LEGAL, dryRun: false) { __typename } }`;
    expect(await answer(then(), await as('data_officer'), erase, { id })).toMatchObject({
      eraseEntity: { __typename: 'Erased' },
    });
    expect(await person(investigator)).toEqual({ id, suspicion: null, suspicionHistory: [] });
  });
});

describe('persons that were there before suspicions were', () => {
  it('begin as their reports say, from when the hub first learnt of them', async () => {
    const { investigator, reportId, since } = await opened('older');
    clock += HOUR;
    await act(investigator, CORRECT, { id: reportId, version: 1, report: told([['phone', PHONE]]) });
    const contact = { kind: 'INDIVIDUAL', role: 'CONTACT', selectors: [{ kind: 'phone', value: PHONE }] };
    await act(investigator, RECORD, { report: told([], { entities: [contact] }) });
    const change = ['down', 'up'].flatMap((way) =>
      readFileSync(`${MIGRATIONS_FOLDER}/0017-suspicion.${way}.sql`, 'utf8').trim().split(';\n'),
    );
    await hub.database.asOwner(async (connection) => {
      for (const statement of change) await connection.execute(statement);
    });
    const found = await persons(investigator);
    const due = new Date(since);
    due.setUTCMonth(due.getUTCMonth() + 24);
    expect(
      found.map(({ suspicion }) => suspicion && [suspicion.status, suspicion.dueAt, suspicion.version]),
    ).toEqual([null, ['SUSPECT', due.toISOString(), 1]]);
  });
});
