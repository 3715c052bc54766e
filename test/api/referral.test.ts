/** Before somebody is referred: every question answered, kept with its history, seen by its organisation alone, and gone with whom it names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { destroyDoomedKeys } from '../../src/records/erasure/doomed-keys.service.ts';
import { purgeReports } from '../../src/records/erasure/purge-reports.service.ts';
import { faultsOf } from '../../src/records/referrals/said-referral.ts';
import { home, intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { type ActAnswer, HandActs } from '../support/hand-acts.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWNER = 'referral-writers';
const AGENCY = 'Zyxwvu Canaryshelter near the old mill';
const NOWHERE = '00000000-0000-4000-8000-000000000000';
const ANSWERED = {
  agency: AGENCY,
  agencyKind: 'SHELTER',
  consent: 'GIVEN',
  legalBasis: 'CONSENT',
  retaliation: 'NONE_SEEN',
  agencyCorruption: 'NONE_KNOWN',
} as const;

let hub: TestHub;
let acts: HandActs;
let owner: Viewer;
let opener: Viewer;
let officer: Viewer;
let partner: Viewer;
let batches: readonly string[];
let reports: readonly { readonly id: string; readonly incident: string }[];

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));
const record = (about: object, over: object = {}, viewer = owner, key?: string): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'recordReferral(referral: $referral, idempotencyKey: $key)',
    '$referral: ReferralInput!',
    { referral: { ...ANSWERED, ...about, ...over } },
    key,
  );
const correct = (
  id: unknown,
  version: number,
  about: object,
  over: object,
  viewer = owner,
): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'correctReferral(id: $id, version: $version, referral: $referral, reason: NEW_INFORMATION, idempotencyKey: $key)',
    '$id: String!, $version: Int!, $referral: ReferralInput!',
    { id, version, referral: { ...ANSWERED, ...about, ...over } },
  );
const withdraw = (id: unknown, version: number, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'withdrawReferral(id: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: $key)',
    '$id: String!, $version: Int!',
    { id, version },
  );
const onReport = (number: number): { aboutKind: string; aboutId: string } => ({
  aboutKind: 'REPORT',
  aboutId: reports[number]?.id ?? '',
});

async function referrals(viewer: Viewer, filter: object = {}): Promise<readonly Record<string, unknown>[]> {
  const document = `query ($filter: ReferralFilter) { referrals(filter: $filter, first: 500) { totalCount
    nodes { id version owner aboutKind aboutId reportId agencyKind consent legalBasis retaliation agencyCorruption writtenBy } } }`;
  const found = await answer<{ referrals: { totalCount: number; nodes: Record<string, unknown>[] } }>(
    hub,
    viewer,
    document,
    { filter },
  );
  expect(found.referrals.totalCount).toBe(found.referrals.nodes.length);
  return found.referrals.nodes;
}
const READ = `query ($about: String!, $at: DateTimeISO) { referralTexts(about: $about, purpose: VICTIM_SUPPORT, caseReference: "CASE-1", asKnownAt: $at) {
  referralId version agency withoutConsentBecause retaliationMeasure corruptionMeasure } }`;
async function texts(
  about: unknown,
  at: string | null = null,
  viewer = opener,
): Promise<readonly Record<string, unknown>[]> {
  return (await answer<{ referralTexts: Record<string, unknown>[] }>(hub, viewer, READ, { about, at }))
    .referralTexts;
}
async function keysOf(id: unknown): Promise<readonly string[]> {
  const rows = await sql<{ key_id: string }>(
    'select t.key_id from referral_text t join referral f on f.id = t.referral_id where f.id = $1 or f.version_of = $1',
    [id],
  );
  expect(rows.length).toBeGreaterThan(0);
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
  for (const number of [0, 1, 2, 3]) {
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
  const grantee = await viewerFor(hub, 'referral-seers', 'investigator', true);
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
  partner = await viewerFor(hub, 'referral-seers', 'investigator', true);
  reports = await sql(
    `select r.id, i.id as incident from report r join incident i on i.report_id = r.id and i.known_to is null
     where r.owner_id = $1 and r.known_to is null order by r.external_reference`,
    [owner.organisationId],
  );
  if (reports.length !== 4) throw new Error(`found ${reports.length} reports, wanted 4`);
  // The first referral of an organisation makes its class: whoever asks from then on has it.
  await withdraw((await record(onReport(3))).id, 1);
  owner = await viewerFor(hub, OWNER, 'analyst');
});
afterAll(() => hub.close());

describe('what is asked before a referral', () => {
  const all = {
    aboutKind: 'report',
    aboutId: NOWHERE,
    agency: 'An agency',
    agencyKind: 'police',
    consent: 'given',
    legalBasis: 'consent',
    retaliation: 'none_seen',
    agencyCorruption: 'none_known',
  } as const;
  const wheres = (over: object): readonly string[] => faultsOf({ ...all, ...over }).map(({ where }) => where);

  it('is everything at once, each by its name, and nothing when all is answered', () => {
    expect(wheres({})).toEqual([]);
    expect(faultsOf({ aboutKind: 'report', aboutId: NOWHERE }).map(({ where }) => where)).toEqual([
      'agencyKind',
      'consent',
      'legalBasis',
      'retaliation',
      'agencyCorruption',
      'agency',
    ]);
    for (const question of [
      'agency',
      'agencyKind',
      'consent',
      'legalBasis',
      'retaliation',
      'agencyCorruption',
    ])
      for (const nothing of [null, undefined]) expect(wheres({ [question]: nothing })).toEqual([question]);
    expect(wheres({ agency: '  ' })).toEqual(['agency']);
  });

  it.each(['not_given', 'not_asked'])(
    'forbids to go on with consent %s but for a vital interest, with the reason why',
    (consent) => {
      for (const legalBasis of ['consent', 'legal_obligation', 'public_task'])
        expect(wheres({ consent, legalBasis, withoutConsentBecause: 'x' })).toEqual(['legalBasis']);
      expect(wheres({ consent, legalBasis: 'vital_interest' })).toEqual(['withoutConsentBecause']);
      expect(wheres({ consent, legalBasis: 'vital_interest', withoutConsentBecause: 'x' })).toEqual([]);
    },
  );

  it.each(['low', 'high'])('wants a measure where the risk of revenge is %s', (retaliation) => {
    expect(wheres({ retaliation })).toEqual(['retaliationMeasure']);
    expect(wheres({ retaliation, retaliationMeasure: 'x' })).toEqual([]);
  });

  it('wants a measure where the agency may be corrupt, and forbids one that is known to be', () => {
    for (const agencyCorruption of ['cannot_be_told', 'suspected']) {
      expect(wheres({ agencyCorruption })).toEqual(['corruptionMeasure']);
      expect(wheres({ agencyCorruption, corruptionMeasure: 'x' })).toEqual([]);
    }
    expect(wheres({ agencyCorruption: 'known', corruptionMeasure: 'x' })).toEqual(['agencyCorruption']);
  });

  it('is held by the database too: nothing stands there without consent but for a vital interest', async () => {
    const { id } = await record(onReport(3));
    await expect(
      sql(`update referral set consent = 'not_asked' where id = $1 returning id`, [id]),
    ).rejects.toThrow(/check/);
  });
});

describe('a referral', () => {
  it('is recorded on an own report or incident, and is nobody else’s', async () => {
    const made = await record({ aboutKind: 'INCIDENT', aboutId: reports[0]?.incident });
    expect(made).toMatchObject({ __typename: 'RecordDone', version: 1 });
    expect(await referrals(owner, { ids: [made.id] })).toEqual([
      {
        id: made.id,
        version: 1,
        owner: OWNER,
        aboutKind: 'INCIDENT',
        aboutId: reports[0]?.incident,
        reportId: reports[0]?.id,
        agencyKind: 'SHELTER',
        consent: 'GIVEN',
        legalBasis: 'CONSENT',
        retaliation: 'NONE_SEEN',
        agencyCorruption: 'NONE_KNOWN',
        writtenBy: owner.keyId,
      },
    ]);
    expect(await referrals(partner)).toEqual([]);
    expect(await texts(made.id, null, partner)).toEqual([]);
    expect(await referrals(owner, { agencyKinds: ['POLICE'], ids: [made.id] })).toEqual([]);
    expect(await referrals(owner, { consents: ['GIVEN'], reportIds: [reports[0]?.id] })).toHaveLength(1);
    const dashboard = await viewerFor(hub, OWNER, 'dashboard');
    expect(await referrals(dashboard)).toEqual([]);
  });

  it('is refused while a question is open and when an answer forbids it, and nothing is kept', async () => {
    const before = (await referrals(owner)).length;
    const open = await record(onReport(0), { consent: undefined, retaliation: 'HIGH' });
    expect(open.reasons?.map(({ where }) => where)).toEqual(['consent', 'retaliationMeasure']);
    expect(JSON.stringify(open)).not.toContain('Canary');
    const forbidden = await record(onReport(0), {
      consent: 'NOT_GIVEN',
      withoutConsentBecause: 'it was urgent',
    });
    expect(forbidden.reasons?.map(({ where }) => where)).toEqual(['legalBasis']);
    expect((await referrals(owner)).length).toBe(before);
  });

  it('is refused on what is another’s as on what is not there, and to whoever never records', async () => {
    const answers = [];
    for (const aboutId of [reports[0]?.id, NOWHERE, 'nothing'])
      answers.push(JSON.stringify(await record({ aboutKind: 'REPORT', aboutId }, {}, partner)));
    expect(new Set(answers).size).toBe(1);
    const dashboard = await viewerFor(hub, OWNER, 'dashboard');
    await expect(record(onReport(0), {}, dashboard)).rejects.toThrow(/does not record/);
  });

  it('is recorded once for an idempotency key', async () => {
    const first = await record(onReport(1), {}, owner, 'referral-once');
    expect(await record(onReport(1), {}, owner, 'referral-once')).toEqual(first);
    const other = await record(onReport(1), { agencyKind: 'POLICE' }, owner, 'referral-once');
    expect(other.reasons?.[0]?.where).toBe('idempotencyKey');
  });

  it('is answered again as a version; what was answered before stays, for its own time', async () => {
    const about = onReport(1);
    const { id } = await record(about);
    const moment = acts.moment();
    const urgent = {
      consent: 'NOT_ASKED',
      legalBasis: 'VITAL_INTEREST',
      withoutConsentBecause: 'She could not be spoken to',
      agencyKind: 'HEALTH_SERVICE',
    };
    expect((await correct(id, 7, about, urgent)).reasons?.[0]?.where).toBe('version');
    expect((await correct(id, 1, onReport(2), urgent)).reasons?.[0]?.where).toBe('aboutId');
    expect(await correct(id, 1, about, urgent, partner)).toEqual(
      await correct(NOWHERE, 1, about, urgent, partner),
    );
    expect(await correct(id, 1, about, urgent)).toMatchObject({ id, version: 2 });
    expect(await referrals(owner, { ids: [id] })).toMatchObject([
      { version: 2, consent: 'NOT_ASKED', agencyKind: 'HEALTH_SERVICE' },
    ]);
    expect(await referrals(owner, { ids: [id], asKnownAt: moment })).toMatchObject([
      { version: 1, consent: 'GIVEN', agencyKind: 'SHELTER' },
    ]);
    expect(await texts(id)).toMatchObject([
      { version: 2, withoutConsentBecause: 'She could not be spoken to' },
    ]);
    expect(await texts(id, moment)).toMatchObject([
      { version: 1, agency: AGENCY, withoutConsentBecause: null },
    ]);
  });

  it('tells whom it went to for a purpose and a case only, with the permission, and leaves a trace', async () => {
    const { id } = await record(onReport(2));
    const { errors } = await ask(hub, owner, READ, { about: id });
    expect(errors?.[0]?.message).toContain('vault permission');
    for (const missing of [
      'purpose: FUNDRAISING, caseReference: "CASE-1"',
      'purpose: VICTIM_SUPPORT',
      'purpose: VICTIM_SUPPORT, caseReference: " "',
    ])
      expect(
        (await ask(hub, opener, `{ referralTexts(about: "${id}", ${missing}) { agency } }`)).errors,
      ).toHaveLength(1);
    expect(await texts(reports[2]?.id)).toMatchObject([{ referralId: id, agency: AGENCY }]);
    const [trace] = await sql<{ purpose: string; object_ids: string[]; detail: object }>(
      `select purpose, object_ids, detail from audit_event where action = 'read_referrals' order by sequence desc limit 1`,
    );
    expect(trace).toMatchObject({
      purpose: 'victim_support',
      object_ids: [reports[2]?.id, id],
      detail: { referrals: 1 },
    });
    const [written] = await sql<{ detail: object }>(
      `select detail from audit_event where object_kind = 'referral' and object_ids @> array[$1::uuid] order by sequence limit 1`,
      [id],
    );
    expect(written?.detail).toEqual({
      version: 1,
      agency: 'shelter',
      consent: 'given',
      basis: 'consent',
      retaliation: 'none_seen',
      corruption: 'none_known',
    });
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });

  it('stands in no column in the clear', async () => {
    expect(await openColumnsWith(hub, 'Canaryshelter')).toEqual([]);
  });

  it('withdrawn is in no list, and what was written in any version is destroyed', async () => {
    const about = onReport(2);
    const { id } = await record(about);
    await correct(id, 1, about, { agency: 'Another fictional shelter' });
    const keys = await keysOf(id);
    expect(keys).toHaveLength(2);
    expect(await withdraw(id, 2, partner)).toEqual(await withdraw(NOWHERE, 2, partner));
    expect(await withdraw(id, 2)).toMatchObject({ id, version: 3 });
    expect(await referrals(owner, { ids: [id] })).toEqual([]);
    expect(await texts(id)).toEqual([]);
    expect(keys.map(isDestroyed)).toEqual([true, true]);
    expect((await withdraw(id, 3)).reasons?.[0]?.found).toBe('no such referral');
  });
});

describe('what a referral ends with', () => {
  const subjectOf = async (report: unknown): Promise<string> =>
    (await sql<{ id: string }>('select id from subject where report_id = $1 limit 1', [report]))[0]?.id ?? '';

  it('an erased person takes whom it went to and why; what was answered stays as codes', async () => {
    const { id } = await record(onReport(0));
    const keys = await keysOf(id);
    const erased = await answer<{ eraseSubject: { counts: { referrals: number } } }>(
      acts.later(),
      officer,
      `mutation ($id: String!) { eraseSubject(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-1", reason: LEGAL, dryRun: false) {
        ... on Erased { counts { referrals } } } }`,
      { id: await subjectOf(reports[0]?.id) },
    );
    // With the one that an earlier test made on the incident.
    expect(erased.eraseSubject.counts.referrals).toBe(2);
    expect(keys.map(isDestroyed)).toEqual([true]);
    expect(await texts(id)).toEqual([]);
    expect(await referrals(owner, { ids: [id] })).toMatchObject([
      { consent: 'GIVEN', agencyKind: 'SHELTER' },
    ]);
  });

  it('a withdrawn report takes it off every list, and its purge takes all of it', async () => {
    const { id } = await record(onReport(3));
    const keys = await keysOf(id);
    const { version } = (
      await sql<{ version: number }>('select version from report where id = $1', [reports[3]?.id])
    )[0] ?? { version: 0 };
    await answer(
      acts.later(),
      owner,
      `mutation ($id: String!, $version: Int!) { withdrawReport(reportId: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: "withdraw-report-3") { __typename } }`,
      { id: reports[3]?.id, version },
    );
    expect(await referrals(owner, { ids: [id] })).toEqual([]);
    expect(keys.map(isDestroyed)).toEqual([false]);
    await hub.database.unrestricted('purge in a test', (connection) =>
      purgeReports(hub.imports, connection, owner.organisationId as string, [reports[3]?.id ?? '']),
    );
    await destroyDoomedKeys(hub.imports);
    expect(keys.map(isDestroyed)).toEqual([true]);
    expect(await sql('select id from referral where report_id = $1', [reports[3]?.id])).toEqual([]);
  });

  it('an import that is taken back takes it along', async () => {
    const { id } = await record(onReport(2));
    const keys = await keysOf(id);
    await undoImport(hub.imports, owner.organisationId as string, null, batches[2] ?? '');
    expect(keys.map(isDestroyed)).toEqual([true]);
    expect(await sql('select id from referral where id = $1', [id])).toEqual([]);
  });

  it('a legal hold keeps it', async () => {
    const { id } = await record(onReport(1));
    await answer(
      acts.later(),
      officer,
      'mutation ($id: String!) { placeLegalHold(reportIds: [$id], caseReference: "CASE-9", reason: OPEN_CASE) { ... on LegalHoldDone { objectIds } } }',
      { id: reports[1]?.id },
    );
    expect((await withdraw(id, 1)).reasons?.[0]?.found).toBe('a referral under a legal hold');
    expect((await keysOf(id)).map(isDestroyed)).toEqual([false]);
  });
});
