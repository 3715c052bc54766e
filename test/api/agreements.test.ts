/** Two data officers agree on what is shared, see beforehand what that would be, and end it: each act works on the next request. */
import { createHash } from 'node:crypto';
import { getResolution } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { intercept, maya, type Row } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';
const DRAFT = `mutation ($agreement: AgreementInput!, $key: String!) { act: draftAgreement(agreement: $agreement, idempotencyKey: $key) { ${DONE} } }`;
const AMEND = `mutation ($id: String!, $version: Int!, $agreement: AgreementInput!, $key: String!) {
  act: amendAgreement(id: $id, version: $version, agreement: $agreement, idempotencyKey: $key) { ${DONE} } }`;
const SIGN = `mutation ($id: String!, $version: Int!, $digest: String!, $key: String!) {
  act: signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key) { ${DONE} } }`;
const SUSPEND = `mutation ($id: String!, $version: Int!, $reason: AgreementReason!, $key: String!) {
  act: suspendAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $key) { ${DONE} } }`;
const RESUME = `mutation ($id: String!, $version: Int!, $reason: AgreementReason!, $key: String!) {
  act: resumeAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $key) { ${DONE} } }`;
const REVOKE = `mutation ($id: String!, $version: Int!, $reason: AgreementReason!, $key: String!) {
  act: revokeAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $key) { ${DONE} } }`;
const REVIEW = `mutation ($id: String!, $version: Int!, $nextOn: String!, $key: String!) {
  act: reviewAgreement(id: $id, version: $version, nextOn: $nextOn, idempotencyKey: $key) { ${DONE} } }`;
const READ = `query ($id: String!) { agreement(id: $id) { id version state name template purposes onward suppressionK digest printed impactAssessment machineReadable
  reviewOn reviewOverdue replaces parties { organisation signedAt keyId } terms { giver receiver recordClass sight handlingCeiling } acts { act organisation reason } } }`;
const PREVIEW = `query ($id: String!, $receiver: String!, $rows: Int! = 3) { agreementPreview(id: $id, receiver: $receiver, rows: $rows) {
  receiver tables { table count rows { fields { name value redacted } } } } }`;

interface Act {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Told {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly digest: string;
  readonly printed: string;
  readonly impactAssessment: string;
  readonly machineReadable: string;
  readonly reviewOn: string;
  readonly parties: readonly { readonly organisation: string; readonly signedAt: string | null }[];
  readonly terms: readonly unknown[];
  readonly acts: readonly { readonly act: string; readonly organisation: string }[];
}

let hub: TestHub;
let ours: Viewer;
let theirs: Viewer;
let third: Viewer;
/** Of an analyst of the other organisation: read anew for each request, as a server does. */
let analystKey: string;
let serial = 0;

beforeAll(async () => {
  hub = await openTestHub('base');
  ours = await viewerFor(hub, 'north-desk', 'data_officer');
  theirs = await viewerFor(hub, 'south-desk', 'data_officer');
  third = await viewerFor(hub, 'east-desk', 'data_officer');
  await takeIn('north-desk', 'BDR001');
  await takeIn('north-desk', 'BDR002');
  await takeIn('east-desk', 'KKV001');
  analystKey = await hub.database.unrestricted('make a key', async (connection) => {
    const { id } = await readOrganisation(connection, 'south-desk');
    const expiresAt = new Date(TEST_NOW.getTime() + 9e11);
    const request = {
      organisationId: id,
      role: 'analyst' as const,
      label: 'test',
      vaultPermission: false,
      expiresAt,
    };
    return (await addKey(connection, randomIds, request)).text;
  });
});
afterAll(() => hub.close());

async function takeIn(slug: string, reference: string): Promise<void> {
  const row: Row = {
    ...intercept,
    station_name: 'Birgunj',
    location: 'Birgunj',
    irf_number: reference,
    ...maya,
  };
  const names = Object.keys(row);
  const text = `${names.join(',')}\n${names.map((name) => `"${row[name] ?? ''}"`).join(',')}\n`;
  await importText(hub, slug, 'border-intercept', text, `${reference}.csv`);
}

const terms = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'Terai corridor',
  template: 'FULL_RECORD',
  parties: ['south-desk', 'north-desk'],
  purposes: ['INVESTIGATION', 'SAFEGUARDING'],
  startsAt: '2026-10-01T00:00:00Z',
  endsAt: '2027-10-01T00:00:00Z',
  reviewOn: '2027-04-01',
  ...over,
});
async function act(viewer: Viewer, text: string, variables: Record<string, unknown>): Promise<Act> {
  serial += 1;
  return (await answer<{ act: Act }>(hub, viewer, text, { key: `agreement-${serial}`, ...variables })).act;
}
async function read(viewer: Viewer, id: string): Promise<Told> {
  return (await answer<{ agreement: Told }>(hub, viewer, READ, { id })).agreement;
}
async function draft(over: Record<string, unknown> = {}): Promise<Told> {
  const { id, reasons } = await act(ours, DRAFT, { agreement: terms(over) });
  expect(reasons).toBeUndefined();
  return read(ours, id ?? '');
}
async function sign(viewer: Viewer, { id, version, digest }: Told): Promise<Told> {
  expect(await act(viewer, SIGN, { id, version, digest })).toEqual({ id, version });
  return read(viewer, id);
}
/** What the other organisation's analyst meets of ours with the very next request, `later` than the test's moment. */
async function met(later = 0): Promise<{ readonly reports: number; readonly redacted: boolean | null }> {
  const viewer = await readViewer(hub.database, analystKey, new Date(TEST_NOW.getTime() + later));
  const { reports } = await answer<{ reports: { totalCount: number; nodes: { redacted: boolean }[] } }>(
    hub,
    viewer,
    '{ reports(filter: { owners: ["north-desk"] }) { totalCount nodes { redacted } } }',
  );
  return { reports: reports.totalCount, redacted: reports.nodes[0]?.redacted ?? null };
}
const NOTHING = { reports: 0, redacted: null };

describe('an agreement', () => {
  it('shares nothing until every party has signed, and then works on the next request', async () => {
    const drafted = await draft();
    expect(drafted).toMatchObject({ state: 'DRAFTED', version: 1 });
    expect(drafted.terms).toHaveLength(12);
    await sign(ours, drafted);
    expect(await met()).toEqual(NOTHING);
    const signed = await sign(theirs, drafted);
    expect(signed.state).toBe('ACTIVE');
    expect(await met()).toEqual({ reports: 2, redacted: false });
    expect(signed.acts.map((each) => `${each.act} ${each.organisation}`)).toEqual([
      'DRAFTED north-desk',
      'SIGNED north-desk',
      'SIGNED south-desk',
      'ACTIVATED south-desk',
    ]);
    // Each party stops it for itself: what one takes up again the other still holds.
    const stopped = await act(theirs, SUSPEND, {
      id: signed.id,
      version: signed.version,
      reason: 'PRECAUTION',
    });
    expect(stopped.version).toBe(2);
    expect(await met()).toEqual(NOTHING);
    // What one party stopped the other cannot start again.
    const [refused] =
      (await act(ours, RESUME, { id: signed.id, version: 2, reason: 'RESOLVED' })).reasons ?? [];
    expect(refused?.found).toBe('an agreement that another party suspended');
    expect((await act(ours, SUSPEND, { id: signed.id, version: 2, reason: 'MISUSE' })).version).toBe(3);
    const twice = await act(ours, SUSPEND, { id: signed.id, version: 3, reason: 'MISUSE' });
    expect(twice.reasons?.[0]?.found).toBe('an agreement that you suspended');
    expect((await act(theirs, RESUME, { id: signed.id, version: 3, reason: 'RESOLVED' })).version).toBe(4);
    expect(await met()).toEqual(NOTHING);
    expect((await act(ours, RESUME, { id: signed.id, version: 4, reason: 'RESOLVED' })).version).toBe(5);
    expect(await met()).toEqual({ reports: 2, redacted: false });
    expect((await act(ours, REVOKE, { id: signed.id, version: 5, reason: 'PARTY_LEFT' })).version).toBe(6);
    expect(await met()).toEqual(NOTHING);
    expect((await read(theirs, signed.id)).state).toBe('REVOKED');
    const again = await act(theirs, RESUME, { id: signed.id, version: 6, reason: 'RESOLVED' });
    expect(again.reasons?.[0]).toMatchObject({ found: 'an agreement that is revoked' });
  });

  it('begins and ends by its own dates', async () => {
    const drafted = await draft({
      startsAt: '2026-11-02T00:00:00Z',
      endsAt: '2026-12-02T00:00:00Z',
      reviewOn: '2026-11-20',
    });
    await sign(ours, drafted);
    expect((await sign(theirs, drafted)).state).toBe('SIGNED');
    const day = 86_400_000;
    expect([await met(), await met(2 * day), await met(31 * day)]).toEqual([
      NOTHING,
      { reports: 2, redacted: false },
      NOTHING,
    ]);
    expect(
      (await act(ours, REVOKE, { id: drafted.id, version: 1, reason: 'NO_LONGER_NEEDED' })).version,
    ).toBe(2);
    expect(await met(2 * day)).toEqual(NOTHING);
  });

  it('replaces another between the same parties with the signature that makes it whole', async () => {
    const first = await draft();
    await sign(ours, first);
    await sign(theirs, first);
    const next = await draft({
      template: 'PSEUDONYMOUS',
      name: 'Terai corridor, coarse',
      replaces: first.id,
    });
    await sign(theirs, next);
    expect(await met()).toEqual({ reports: 2, redacted: false });
    await sign(ours, next);
    expect(await met()).toEqual({ reports: 2, redacted: true });
    expect((await read(ours, first.id)).state).toBe('REVOKED');
    // One that begins later lets the one before run until then.
    const later = await draft({ name: 'From December', startsAt: '2026-12-01T00:00:00Z', replaces: next.id });
    await sign(ours, later);
    await sign(theirs, later);
    const day = 86_400_000;
    expect([await met(29 * day), await met(31 * day)]).toEqual([
      { reports: 2, redacted: true },
      { reports: 2, redacted: false },
    ]);
    await act(ours, REVOKE, { id: later.id, version: 1, reason: 'NO_LONGER_NEEDED' });
    await act(ours, REVOKE, { id: next.id, version: 2, reason: 'NO_LONGER_NEEDED' });
    expect([await met(), await met(31 * day)]).toEqual([NOTHING, NOTHING]);
  });

  it('does not replace what is between others by the time it is signed', async () => {
    const old = await draft();
    const next = await draft({ name: 'In its place', replaces: old.id });
    await act(ours, AMEND, {
      id: old.id,
      version: 1,
      agreement: terms({ parties: ['north-desk', 'east-desk'] }),
    });
    await sign(ours, next);
    const refused = await act(theirs, SIGN, { id: next.id, version: 1, digest: next.digest });
    expect(refused.reasons?.[0]?.found).toContain('is between others by now');
    expect(await met()).toEqual(NOTHING);
    expect((await read(theirs, next.id)).parties.map(({ signedAt }) => signedAt === null)).toEqual([
      false,
      true,
    ]);
    await act(ours, REVOKE, { id: next.id, version: 1, reason: 'TERMS_CHANGED' });
    await act(ours, REVOKE, { id: old.id, version: 2, reason: 'TERMS_CHANGED' });
  });

  it('is signed as it was read: an amendment asks for every signature anew', async () => {
    const drafted = await draft();
    await sign(theirs, drafted);
    const amended = await act(ours, AMEND, {
      id: drafted.id,
      version: 1,
      agreement: terms({ onward: 'WITH_ORIGINATORS_CONSENT' }),
    });
    expect(amended.version).toBe(2);
    const now = await read(ours, drafted.id);
    expect(now.digest).not.toBe(drafted.digest);
    expect(now.parties.map(({ signedAt }) => signedAt)).toEqual([null, null]);
    const [other] =
      (await act(ours, SIGN, { id: drafted.id, version: 2, digest: drafted.digest })).reasons ?? [];
    expect(other).toMatchObject({ where: 'digest', found: 'the digest of other terms' });
    const [stale] = (await act(ours, SIGN, { id: drafted.id, version: 1, digest: now.digest })).reasons ?? [];
    expect(stale).toMatchObject({
      where: 'version',
      wanted: 'version 2, the latest: read it again and repeat',
    });
    const told = JSON.parse(now.machineReadable) as { id: string; terms: unknown; digest: string };
    const digest = createHash('sha256')
      .update(JSON.stringify([told.id, told.terms]))
      .digest('hex');
    expect([told.digest, digest]).toEqual([now.digest, now.digest]);
    expect(now.printed).toContain('north-desk shows south-desk:');
    expect(now.printed).toContain(now.digest);
    expect(now.printed).toContain('when its originator consents');
    expect(now.impactAssessment).toContain('12 of 12 terms show records whole');
    await act(ours, REVOKE, { id: drafted.id, version: 2, reason: 'TERMS_CHANGED' });
  });

  it('is there for its parties alone, and for their data officers', async () => {
    const drafted = await draft();
    expect(await answer(hub, third, READ, { id: drafted.id })).toEqual({ agreement: null });
    const { agreements } = await answer<{ agreements: { id: string }[] }>(
      hub,
      third,
      '{ agreements { id } }',
    );
    expect(agreements.some(({ id }) => id === drafted.id)).toBe(false);
    const refused = await act(third, SIGN, { id: drafted.id, version: 1, digest: drafted.digest });
    const absent = await act(third, SIGN, { id: randomIds(), version: 1, digest: drafted.digest });
    expect(refused).toEqual(absent);
    const preview = await ask(hub, third, PREVIEW, { id: drafted.id, receiver: 'south-desk' });
    const nothing = await ask(hub, third, PREVIEW, { id: randomIds(), receiver: 'south-desk' });
    expect(JSON.stringify(preview.errors?.[0]?.message)).toBe(JSON.stringify(nothing.errors?.[0]?.message));
    for (const role of ['analyst', 'investigator', 'field', 'dashboard', 'partner'] as const) {
      const result = await ask(hub, await viewerFor(hub, 'north-desk', role), READ, { id: drafted.id });
      expect(result.errors?.[0]?.message).toContain('does not deal with agreements');
    }
  });

  it('says all that is wrong with a draft at once', async () => {
    const { reasons } = await act(ours, DRAFT, {
      agreement: terms({
        name: 'x',
        parties: ['south-desk', 'nobody-knows'],
        purposes: [],
        suppressionK: 3,
        startsAt: '2026-10-01T00:00:00Z',
        endsAt: '2034-10-01T00:00:00Z',
        reviewOn: '2027-02-30',
        terms: [
          { giver: 'south-desk', receiver: 'south-desk', recordClass: 'REPORT', sight: 'FULL' },
          { giver: 'east-desk', receiver: 'south-desk', recordClass: 'REPORT', sight: 'FULL' },
        ],
        replaces: randomIds(),
      }),
    });
    expect([...new Set(reasons?.map(({ where }) => where))].toSorted()).toEqual(
      [
        'endsAt',
        'name',
        'parties',
        'purposes',
        'replaces',
        'reviewOn',
        'suppressionK',
        'terms[0]',
        'terms[1]',
      ].toSorted(),
    );
    const coarse = await act(ours, DRAFT, {
      agreement: terms({
        template: 'PSEUDONYMOUS',
        terms: [{ giver: 'north-desk', receiver: 'south-desk', recordClass: 'REPORT', sight: 'FULL' }],
      }),
    });
    expect(coarse.reasons?.map(({ wanted }) => wanted)).toEqual([
      'COARSE in each: PSEUDONYMOUS shows nothing whole',
    ]);
  });

  it('is done once for its idempotency key, and reviewed without being changed', async () => {
    const said = { agreement: terms(), key: 'the-same-key' };
    const once = await act(ours, DRAFT, said);
    expect(await act(ours, DRAFT, said)).toEqual(once);
    const drafted = await read(ours, once.id ?? '');
    await sign(ours, drafted);
    const active = await sign(theirs, drafted);
    const late = await act(ours, REVIEW, { id: active.id, version: active.version, nextOn: '2028-01-01' });
    expect(late.reasons?.[0]?.where).toBe('nextOn');
    expect(
      (await act(ours, REVIEW, { id: active.id, version: active.version, nextOn: '2027-09-01' })).version,
    ).toBe(2);
    const reviewed = await read(theirs, active.id);
    expect([reviewed.reviewOn, reviewed.digest, reviewed.state]).toEqual([
      '2027-09-01',
      active.digest,
      'ACTIVE',
    ]);
    await act(ours, REVOKE, { id: active.id, version: 2, reason: 'NO_LONGER_NEEDED' });
  });

  it('is kept in a log that both parties may ask', async () => {
    const drafted = await draft();
    const events = `query ($id: String!) { auditEvents(filter: { objectId: $id }) { nodes { action organisation } } }`;
    const seen = await answer<{ auditEvents: { nodes: { action: string; organisation: string }[] } }>(
      hub,
      theirs,
      events,
      {
        id: drafted.id,
      },
    );
    expect(seen.auditEvents.nodes).toContainEqual({
      action: 'agreement_drafted',
      organisation: 'north-desk',
    });
  });
});

describe('a term of an agreement', () => {
  const one = (recordClass: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
    giver: 'north-desk',
    receiver: 'south-desk',
    recordClass,
    sight: 'COARSE',
    ...over,
  });
  const resolutionOf = ({ cell }: Record<string, unknown>): number => getResolution(cell as string);
  const INCIDENT = `{ incidents(filter: { owners: ["north-desk"] }, first: 1) { nodes { redacted counts { name } redFlagTotal
    occurred { from to granularity } cell position { longitude } indicators { code } } }
    entities(filter: { owners: ["north-desk"] }) { totalCount } movements(filter: { owners: ["north-desk"] }) { nodes { party { sex } } } }`;

  it('shows place and time as finely as it says, and the details it names, to the next request', async () => {
    const seen = async (over: Record<string, unknown>): Promise<Record<string, unknown>> => {
      const drafted = await draft({
        terms: [one('INCIDENT', over), one('REPORT'), one('MOVEMENT', { details: ['PARTY'] })],
      });
      await sign(ours, drafted);
      await sign(theirs, drafted);
      const viewer = await readViewer(hub.database, analystKey, TEST_NOW);
      const told = await answer<{
        incidents: { nodes: Record<string, unknown>[] };
        entities: { totalCount: number };
        movements: { nodes: { party: unknown[] }[] };
      }>(hub, viewer, INCIDENT);
      expect(told.entities.totalCount).toBe(0);
      expect(told.movements.nodes[0]?.party.length).toBeGreaterThan(0);
      await act(ours, REVOKE, { id: drafted.id, version: 1, reason: 'TERMS_CHANGED' });
      return told.incidents.nodes[0] ?? {};
    };
    const usual = await seen({});
    expect(usual).toMatchObject({
      redacted: true,
      counts: [],
      redFlagTotal: null,
      occurred: { granularity: 'QUARTER' },
      position: null,
      indicators: [],
    });
    expect(resolutionOf(usual)).toBe(4);
    const finer = await seen({ place: 'DISTRICT', time: 'MONTH', details: ['RED_FLAGS', 'INDICATORS'] });
    expect(finer).toMatchObject({
      redacted: true,
      counts: [],
      occurred: { granularity: 'MONTH' },
      position: null,
    });
    expect(resolutionOf(finer)).toBe(5);
    expect(finer.redFlagTotal).not.toBeNull();
    expect((finer.indicators as unknown[]).length).toBeGreaterThan(0);
    const wide = await seen({ place: 'REGION', time: 'YEAR' });
    expect([wide.occurred, resolutionOf(wide)]).toMatchObject([{ granularity: 'YEAR' }, 3]);
    const exact = await seen({ place: 'EXACT', time: 'EXACT' });
    expect(exact).toMatchObject({ redacted: true, occurred: { granularity: 'INSTANT' }, indicators: [] });
    expect(exact.position).not.toBeNull();
  });

  it('is printed with what it shows and what it leaves out', async () => {
    const drafted = await draft({
      terms: [one('INCIDENT', { place: 'DISTRICT', time: 'MONTH', details: ['INDICATORS'] })],
    });
    expect(drafted.printed).toContain(
      'places as cells of some 250 km², times as months; with coded methods; without counts of persons by what became of them and red-flag totals',
    );
  });

  it('is refused where it names what there is not, or what its template does not show', async () => {
    const { reasons } = await act(ours, DRAFT, {
      agreement: terms({
        terms: [
          one('REPORT', { details: ['LABELS'] }),
          one('ENTITY', { sight: 'FULL', place: 'AREA' }),
          one('MOVEMENT', { details: ['COUNTS'] }),
        ],
      }),
    });
    expect(reasons?.map(({ where, found }) => `${where}: ${found}`)).toEqual([
      'terms[0]: LABELS of REPORT',
      'terms[1]: levels or details of what is shown whole',
      'terms[2]: COUNTS of MOVEMENT',
    ]);
    for (const over of [{ place: 'EXACT' }, { time: 'EXACT' }, { details: ['LABELS'] }]) {
      const refused = await act(ours, DRAFT, {
        agreement: terms({ template: 'PSEUDONYMOUS', terms: [one('ENTITY', over)] }),
      });
      expect(refused.reasons?.map(({ wanted }) => wanted)).toEqual([
        'none of them: PSEUDONYMOUS shows nobody who could be told by them',
      ]);
    }
  });
});

describe('the preview of an agreement', () => {
  it('is what the other side sees once it is signed, row by row, before anything is signed', async () => {
    for (const template of ['FULL_RECORD', 'PSEUDONYMOUS']) {
      const drafted = await draft({ template });
      const preview = await answer<{
        agreementPreview: {
          tables: {
            table: string;
            count: number;
            rows: { fields: { name: string; value: string | null; redacted: boolean }[] }[];
          }[];
        };
      }>(hub, ours, PREVIEW, { id: drafted.id, receiver: 'south-desk' });
      const tables = new Map(preview.agreementPreview.tables.map((each) => [each.table, each]));
      expect(tables.get('report')?.count).toBe(2);
      const counted = await answer<typeof preview>(hub, ours, PREVIEW, {
        id: drafted.id,
        receiver: 'south-desk',
        rows: 0,
      });
      expect(counted.agreementPreview.tables.map(({ table, count }) => [table, count])).toEqual(
        preview.agreementPreview.tables.map(({ table, count }) => [table, count]),
      );
      // Who is suspected is shown coarsely too; staffing and who wrote comments never.
      expect(tables.has('suspicion')).toBe(true);
      const never = [
        'effort',
        'station',
        'record_comment',
        'flow_rollup',
        'movement_apart',
        'stop_rollup',
        'movement_stops_apart',
        'map_rollup',
      ];
      expect(never.filter((table) => tables.has(table))).toEqual([]);
      const fields = tables.get('incident')?.rows[0]?.fields ?? [];
      const known = fields.find(({ name }) => name === 'occurred_granularity');
      const isCoarse = template === 'PSEUDONYMOUS';
      expect(known).toMatchObject({ value: isCoarse ? 'quarter' : 'instant', redacted: isCoarse });
      const { incidents } = await answer<{ incidents: { nodes: { id: string; cell: string | null }[] } }>(
        hub,
        await viewerFor(hub, 'north-desk', 'analyst'),
        '{ incidents { nodes { id cell } } }',
      );
      const shown = fields.find(({ name }) => name === 'cell');
      const own = incidents.nodes.find(({ id }) => id === fields.find(({ name }) => name === 'id')?.value);
      expect(shown?.redacted).toBe(isCoarse);
      expect(getResolution(shown?.value ?? '')).toBe(isCoarse ? 4 : getResolution(own?.cell ?? ''));
      const reference = tables
        .get('report')
        ?.rows[0]?.fields.find(({ name }) => name === 'external_reference');
      expect(reference).toEqual({ name: 'external_reference', value: null, redacted: true });
      await sign(ours, drafted);
      await sign(theirs, drafted);
      const viewer = await readViewer(hub.database, analystKey, TEST_NOW);
      const lists =
        '{ reports { totalCount } incidents { totalCount } movements { totalCount } crossings { totalCount } entities { totalCount } }';
      const seen = await answer<Record<string, { totalCount: number }>>(hub, viewer, lists);
      for (const [list, table] of [
        ['reports', 'report'],
        ['incidents', 'incident'],
        ['movements', 'movement'],
        ['entities', 'entity'],
      ] as const)
        expect([table, tables.get(table)?.count]).toEqual([table, seen[list]?.totalCount]);
      await act(ours, REVOKE, { id: drafted.id, version: 1, reason: 'NO_LONGER_NEEDED' });
    }
  });

  it('shows nothing of the other side, and nothing where nothing is shared', async () => {
    const drafted = await draft({ template: 'AGGREGATE_ONLY' });
    expect(drafted.impactAssessment).toContain('show each other no records');
    expect(drafted.impactAssessment).toContain('Nobody, by these terms alone.');
    expect((await draft({ template: 'PSEUDONYMOUS' })).impactAssessment).toContain(
      'Possible victims, as numbers of persons who travelled; persons suspected',
    );
    expect(await answer(hub, ours, PREVIEW, { id: drafted.id, receiver: 'south-desk' })).toEqual({
      agreementPreview: { receiver: 'south-desk', tables: [] },
    });
    const whole = await draft();
    const { agreementPreview } = await answer<{ agreementPreview: { tables: { count: number }[] } }>(
      hub,
      theirs,
      PREVIEW,
      {
        id: whole.id,
        receiver: 'north-desk',
      },
    );
    expect(agreementPreview.tables.every(({ count }) => count === 0)).toBe(true);
    const wrong = await ask(hub, ours, PREVIEW, { id: whole.id, receiver: 'north-desk' });
    expect(wrong.errors?.[0]?.message).toContain('wanted another party: south-desk');
  });
});
