/** Whoever was shown a record hears that it was withdrawn, removed, or that its person is cleared, and the owner sees who took note. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant, revokeGrantsOf } from '../../src/access/grant.store.ts';
import { readOrganisation } from '../../src/access/key.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { interceptFile } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const NOTICES =
  'query ($open: Boolean) { notices(open: $open) { id kind objectId owner recipient raisedAt acknowledgedAt } }';
const GIVEN =
  'query ($open: Boolean) { noticesGiven(open: $open) { id kind objectId owner recipient acknowledgedAt } }';
const TAKE_NOTE = 'mutation ($ids: [String!]!) { acknowledgeNotices(ids: $ids) }';
const REPORTS =
  '{ reports(filter: { owners: ["north-desk"] }, first: 50) { nodes { id version externalReference recipients { organisation agreementId since until } acknowledgements { organisation } } } }';

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly objectId: string;
  readonly recipient: string;
  readonly acknowledgedAt: string | null;
}
interface Seen {
  readonly id: string;
  readonly version: number;
  readonly externalReference: string | null;
  readonly recipients: readonly { organisation: string; agreementId: string | null; until: string | null }[];
  readonly acknowledgements: readonly { organisation: string }[];
}

let hub: TestHub;
let officer: Viewer;
let receiver: Viewer;
let former: Viewer;
let stranger: Viewer;
let keyId: string;
const agreementId = randomIds();

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const slug of ['south-desk', 'west-desk', 'east-desk']) await viewerFor(hub, slug, 'analyst');
  for (const reference of ['BDR001', 'BDR002', 'BDR003']) await takeIn(reference);
  officer = await viewerFor(hub, 'north-desk', 'data_officer');
  keyId = officer.keyId;
  await hub.database.unrestricted('grant', async (connection) => {
    const owner = await readOrganisation(connection, 'north-desk');
    for (const [slug, agreement] of [
      ['south-desk', undefined],
      ['west-desk', agreementId],
    ] as const) {
      const grantee = await readOrganisation(connection, slug);
      for (const recordClass of ['report', 'entity'] as const)
        await addGrant(connection, randomIds, {
          ownerId: owner.id,
          granteeId: grantee.id,
          recordClass,
          handlingCeiling: 'amber',
          projection: 'coarse',
          validFrom: new Date(TEST_NOW.getTime() - 1_000),
          validTo: null,
          ...(agreement !== undefined && { agreementId: agreement }),
        });
    }
    // It could see them for a second, and then not any more.
    await revokeGrantsOf(connection, agreementId, new Date(TEST_NOW.getTime() + 500));
  });
  receiver = await viewerFor(hub, 'south-desk', 'analyst');
  former = await viewerFor(hub, 'west-desk', 'investigator');
  stranger = await viewerFor(hub, 'east-desk', 'analyst');
});
afterAll(() => hub.close());

async function takeIn(reference: string): Promise<string> {
  const text = interceptFile({ irf_number: reference });
  return (await importText(hub, 'north-desk', 'border-intercept', text, `${reference}.csv`)).batchId;
}
async function seen(viewer: Viewer, reference: string): Promise<Seen> {
  const { reports } = await answer<{ reports: { nodes: Seen[] } }>(hub, viewer, REPORTS);
  const found = reports.nodes.find(({ externalReference }) => externalReference === reference);
  if (found === undefined) throw new Error(`found no report ${reference}`);
  return found;
}
async function notices(viewer: Viewer, open: boolean | null = null): Promise<readonly Told[]> {
  return (await answer<{ notices: Told[] }>(hub, viewer, NOTICES, { open })).notices;
}
async function given(open: boolean | null = null): Promise<readonly Told[]> {
  return (await answer<{ noticesGiven: Told[] }>(hub, officer, GIVEN, { open })).noticesGiven;
}

describe('a record that was shown to others', () => {
  it('knows who they are, whether the grant still runs or not, and tells its owner alone', async () => {
    const { recipients } = await seen(officer, 'BDR001');
    expect(recipients.map(({ organisation }) => organisation).toSorted()).toEqual([
      'south-desk',
      'west-desk',
    ]);
    const west = recipients.find(({ organisation }) => organisation === 'west-desk');
    expect(west?.agreementId).toBe(agreementId);
    const { reports } = await answer<{ reports: { nodes: Seen[] } }>(hub, receiver, REPORTS);
    expect(reports.nodes).toHaveLength(3);
    expect(reports.nodes.flatMap((report) => report.recipients)).toEqual([]);
  });

  it('tells each of them when it is withdrawn, and waits until they take note', async () => {
    const { id, version } = await seen(officer, 'BDR001');
    const withdrawn = await answer<{ act: { version: number } }>(
      hub,
      officer,
      `mutation ($id: String!, $version: Int!) { act: withdrawReport(reportId: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: "withdraw-1") { ... on ActDone { version } ... on ActRefused { reasons { where found } } } }`,
      { id, version },
    );
    expect(withdrawn.act.version).toBe(version + 1);
    expect(await given(true)).toHaveLength(2);
    const [notice] = await notices(receiver, true);
    expect(notice).toMatchObject({
      kind: 'WITHDRAWN',
      objectId: id,
      owner: 'north-desk',
      recipient: 'south-desk',
      acknowledgedAt: null,
    });
    // Also where the grant has ended, and to nobody who was never shown it.
    expect((await notices(former)).map(({ kind, objectId }) => [kind, objectId])).toEqual([
      ['WITHDRAWN', id],
    ]);
    expect(await notices(stranger)).toEqual([]);

    const ids = [notice?.id ?? ''];
    const { acknowledgeNotices: byStranger } = await answer<{ acknowledgeNotices: number }>(
      hub,
      stranger,
      TAKE_NOTE,
      { ids },
    );
    expect(byStranger).toBe(0);
    const note = async (): Promise<number> =>
      (
        await answer<{ acknowledgeNotices: number }>(hub, receiver, TAKE_NOTE, {
          ids: [...ids, randomIds(), 'no id'],
        })
      ).acknowledgeNotices;
    expect([await note(), await note()]).toEqual([1, 0]);
    expect(await notices(receiver, true)).toEqual([]);
    expect((await given(true)).map(({ recipient }) => recipient)).toEqual(['west-desk']);
    expect((await given(false)).map(({ recipient }) => recipient)).toEqual(['south-desk']);
    const { report } = await answer<{ report: Seen }>(
      hub,
      officer,
      'query ($id: String!) { report(id: $id) { acknowledgements { organisation } } }',
      { id },
    );
    expect(report.acknowledgements).toEqual([{ organisation: 'south-desk' }]);
  });

  it('closes the notice with the tombstone that is acknowledged', async () => {
    const { id, version } = await seen(officer, 'BDR002');
    await answer(
      hub,
      officer,
      `mutation ($id: String!, $version: Int!) { withdrawReport(reportId: $id, version: $version, reason: LEGAL, idempotencyKey: "withdraw-2") { __typename } }`,
      { id, version },
    );
    expect(await notices(receiver, true)).toHaveLength(1);
    await answer(hub, receiver, `mutation ($id: String!) { acknowledgeRetraction(reportId: $id) }`, { id });
    expect(await notices(receiver, true)).toEqual([]);
  });

  it('tells them when a person is cleared', async () => {
    const { entities } = await answer<{
      entities: { nodes: { id: string; kind: string; suspicion: { version: number } | null }[] };
    }>(hub, officer, '{ entities(first: 50) { nodes { id kind suspicion { version } } } }');
    const person = entities.nodes.find(({ suspicion }) => suspicion !== null);
    if (person === undefined) throw new Error('found nobody who is suspected');
    await answer(
      hub,
      await viewerFor(hub, 'north-desk', 'investigator'),
      `mutation ($id: String!, $version: Int!) { reviewSuspicion(entityId: $id, version: $version, review: { status: CLEARED, basis: COURT, basisOn: "2026-10-01" }, idempotencyKey: "cleared-1") { __typename ... on ActRefused { reasons { where found wanted } } } }`,
      { id: person.id, version: person.suspicion?.version },
    );
    expect((await notices(receiver, true)).map(({ kind, objectId }) => [kind, objectId])).toEqual([
      ['CLEARED', person.id],
    ]);
  });

  it('tells them when its import is taken back', async () => {
    const batchId = await takeIn('BDR004');
    const { id } = await seen(officer, 'BDR004');
    const { id: organisationId } = await hub.database.unrestricted('find', (connection) =>
      readOrganisation(connection, 'north-desk'),
    );
    expect(await undoImport(hub.imports, organisationId, keyId, batchId)).toBe(true);
    const removed = (await notices(receiver, true)).filter(({ kind }) => kind === 'REMOVED');
    expect(removed.map(({ objectId }) => objectId)).toEqual([id]);
    expect(await notices(stranger)).toEqual([]);
  });

  it('tells them when somebody in it is erased, and not who', async () => {
    await takeIn('BDR005');
    const { id } = await seen(officer, 'BDR005');
    const subject = await hub.database.unrestricted('find a moved person in a test', (connection) =>
      connection.query<{ id: string }>('select id from subject where report_id = $1 limit 1', [id]),
    );
    const erase = (dryRun: boolean): Promise<unknown> =>
      answer(
        hub,
        officer,
        `mutation ($id: String!, $dryRun: Boolean!) { eraseSubject(id: $id, purpose: ERASURE_REQUEST, caseReference: "CASE-9", reason: CONSENT_WITHDRAWN, dryRun: $dryRun) {
          __typename ... on ActRefused { reasons { where found wanted } } } }`,
        { id: subject[0]?.id, dryRun },
      );
    const erased = async (): Promise<readonly string[]> =>
      (await notices(receiver, true)).filter(({ kind }) => kind === 'ERASED').map(({ objectId }) => objectId);
    expect(await erase(true)).toMatchObject({ eraseSubject: { __typename: 'ErasureWeighed' } });
    expect(await erased()).toEqual([]);
    expect(await erase(false)).toMatchObject({ eraseSubject: { __typename: 'Erased' } });
    expect(await erased()).toEqual([id]);
    expect(await notices(stranger)).toEqual([]);
  });

  it('keeps what was noted in the log of both', async () => {
    const noted = (await given(false)).at(-1);
    const { auditEvents } = await answer<{
      auditEvents: { nodes: { action: string; organisation: string }[] };
    }>(
      hub,
      officer,
      'query ($id: String!) { auditEvents(filter: { objectId: $id, byOthers: true }) { nodes { action organisation } } }',
      { id: noted?.objectId },
    );
    expect(auditEvents.nodes).toContainEqual({
      action: expect.stringMatching(/^acknowledge_(notice|retraction)$/),
      organisation: 'south-desk',
    });
  });
});

describe('notices', () => {
  it('are for roles that records of others reach, and those given for data officers', async () => {
    for (const role of ['field', 'dashboard', 'partner'] as const) {
      const result = await ask(hub, await viewerFor(hub, 'south-desk', role), NOTICES, {});
      expect(result.errors?.[0]?.message).toContain('receives no records of others');
    }
    const result = await ask(hub, await viewerFor(hub, 'north-desk', 'analyst'), GIVEN, {});
    expect(result.errors?.[0]?.message).toContain('ask your data officer');
  });
});
