/** Under an agreement that shares case by case a report is seen once its owner released it, whole and through corrections, and no other is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { interceptFile, type Row } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';
const DRAFT = `mutation ($agreement: AgreementInput!, $key: String!) { act: draftAgreement(agreement: $agreement, idempotencyKey: $key) { ${DONE} } }`;
const SIGN = `mutation ($id: String!, $version: Int!, $digest: String!, $key: String!) {
  act: signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key) { ${DONE} } }`;
const RELEASE = `mutation ($id: String!, $report: String!, $key: String!) {
  act: releaseReport(agreementId: $id, reportId: $report, idempotencyKey: $key) { ${DONE} } }`;
const END = `mutation ($id: String!, $report: String!, $key: String!) {
  act: endReportRelease(agreementId: $id, reportId: $report, idempotencyKey: $key) { ${DONE} } }`;
const READ =
  'query ($id: String!) { agreement(id: $id) { version digest state printed terms { recordClass } releases { reportId releasedAt endedAt } } }';
const OURS =
  '{ reports(filter: { owners: ["north-desk"] }, first: 50) { nodes { id externalReference version recipients { organisation since until } } } }';
/** All that a partner can meet of one report. */
const ALL = `query ($ids: [String!]!) {
  reports(filter: { ids: $ids }) { totalCount nodes { id version kind handling redacted evaluation { reliability credibility } observed { from to } history { version }
    attachments { kind bytes sha256 } incidents { id kind country verification occurred { from to } persons { min max } redFlagTotal cell
      indicators { scheme code value } statements { claim originKind originKnown evaluation { reliability credibility } } independence { origins unknownOrigins }
      entities { id kind label suspicion { status } selectors { kind hint } statements { claim } }
      movements { id mode purpose originCountry destinationCountry countries { country role } crossings { kind cell }
        waypoints { ordinal country cell level place { name } } party { sex ageBand } } } } } }`;
const COUNTS = `{ reports(filter: { owners: ["north-desk"] }) { totalCount } incidents(filter: { owners: ["north-desk"] }) { totalCount }
  movements(filter: { owners: ["north-desk"] }) { totalCount } entities(filter: { owners: ["north-desk"] }) { totalCount }
  crossings(filter: { owners: ["north-desk"] }) { totalCount } }`;
const PREVIEW =
  'query ($id: String!) { agreementPreview(id: $id, receiver: "south-desk", rows: 0) { tables { table count } } }';

interface Act {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}

let hub: TestHub;
let officer: Viewer;
let serial = 0;
let agreementId = '';
let fullId = '';
const reports = new Map<string, string>();
const batches = new Map<string, string>();

/** Read anew for each request, as a server does. */
const south = (): Promise<Viewer> => viewerFor(hub, 'south-desk', 'analyst');
const east = (): Promise<Viewer> => viewerFor(hub, 'east-desk', 'analyst');
const ours = (): Promise<Viewer> => viewerFor(hub, 'north-desk', 'data_officer');

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const slug of ['south-desk', 'east-desk']) await viewerFor(hub, slug, 'data_officer');
  for (const reference of ['BDR001', 'BDR002', 'BDR003']) await takeIn(reference);
  officer = await ours();
  agreementId = await agree('CASE_BY_CASE', 'south-desk');
  fullId = await agree('FULL_RECORD', 'east-desk');
  const { reports: all } = await answer<{ reports: { nodes: { id: string; externalReference: string }[] } }>(
    hub,
    officer,
    OURS,
  );
  for (const { id, externalReference } of all.nodes) reports.set(externalReference, id);
});
afterAll(() => hub.close());

async function takeIn(reference: string, over: Row = {}): Promise<void> {
  const text = interceptFile({ irf_number: reference, ...over });
  const file = `${reference}-${(serial += 1)}.csv`;
  const { batchId } = await importText(
    { ...hub, imports: then() },
    'north-desk',
    'border-intercept',
    text,
    file,
  );
  batches.set(reference, batchId);
}

/** Each act a minute after the one before, and all of them before anybody looks. */
function then(): typeof hub.imports {
  const now = new Date(hub.imports.now().getTime() - 60_000 * (1_000 - serial));
  return { ...hub.imports, now: () => now };
}

async function act(viewer: Viewer, text: string, variables: Record<string, unknown>): Promise<Act> {
  serial += 1;
  return (
    await answer<{ act: Act }>({ ...hub, imports: then() }, viewer, text, {
      key: `case-act-${serial}`,
      ...variables,
    })
  ).act;
}

async function agree(template: string, other: string, over: object = {}): Promise<string> {
  const agreement = {
    name: `${template} of a test`,
    template,
    parties: ['north-desk', other],
    purposes: ['INVESTIGATION'],
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2027-10-01T00:00:00Z',
    reviewOn: '2027-04-01',
    ...over,
  };
  const { id, reasons } = await act(officer, DRAFT, { agreement });
  expect(reasons).toBeUndefined();
  for (const viewer of [officer, await viewerFor(hub, other, 'data_officer')]) {
    const { agreement: read } = await answer<{ agreement: { version: number; digest: string } }>(
      hub,
      viewer,
      READ,
      { id },
    );
    await act(viewer, SIGN, { id, ...read });
  }
  return id ?? '';
}

const report = (reference: string): string => reports.get(reference) ?? '';
const all = async (viewer: Viewer, reference = 'BDR001'): Promise<{ reports: { nodes: unknown[] } }> =>
  answer(hub, viewer, ALL, { ids: [report(reference)] });
const counts = async (viewer: Viewer): Promise<readonly number[]> =>
  Object.values(await answer<Record<string, { totalCount: number }>>(hub, viewer, COUNTS)).map(
    ({ totalCount }) => totalCount,
  );
const NOTHING = [0, 0, 0, 0, 0];

describe('an agreement that shares case by case', () => {
  it('shares nothing by being signed, says so, and knows no published flows', async () => {
    expect(await counts(await south())).toEqual(NOTHING);
    const { agreement } = await answer<{
      agreement: { state: string; printed: string; terms: { recordClass: string }[]; releases: unknown[] };
    }>(hub, officer, READ, { id: agreementId });
    expect(agreement.state).toBe('ACTIVE');
    expect(agreement.printed).toContain('one report at a time');
    expect(agreement.releases).toEqual([]);
    expect(new Set(agreement.terms.map(({ recordClass }) => recordClass))).not.toContain('FLOW');
    const preview = await answer<{ agreementPreview: { tables: { count: number }[] } }>(
      hub,
      officer,
      PREVIEW,
      {
        id: agreementId,
      },
    );
    expect(preview.agreementPreview.tables.map(({ count }) => count).filter((count) => count > 0)).toEqual(
      [],
    );
    const flow = await act(officer, DRAFT, {
      agreement: {
        name: 'with flows',
        template: 'CASE_BY_CASE',
        parties: ['north-desk', 'south-desk'],
        purposes: ['INVESTIGATION'],
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: '2027-10-01T00:00:00Z',
        reviewOn: '2027-04-01',
        terms: [
          {
            giver: 'north-desk',
            receiver: 'south-desk',
            recordClass: 'FLOW',
            sight: 'FULL',
            handlingCeiling: 'AMBER',
          },
        ],
      },
    });
    expect(flow.reasons?.[0]).toMatchObject({ where: 'terms', found: 'FLOW' });
  });

  it('refuses what cannot be released, and says why', async () => {
    const release = (viewer: Viewer, id: string, of: string) => act(viewer, RELEASE, { id, report: of });
    const found = async (outcome: Promise<Act>) => (await outcome).reasons?.[0]?.found;
    expect(await found(release(officer, fullId, report('BDR001')))).toBe(
      'an agreement of the template FULL_RECORD',
    );
    expect(await found(release(officer, report('BDR001'), report('BDR001')))).toBe('nothing of that id');
    expect(await found(release(officer, agreementId, agreementId))).toBe('no such report');
    const stranger = await viewerFor(hub, 'east-desk', 'data_officer');
    expect(await found(release(stranger, agreementId, report('BDR001')))).toBe('nothing of that id');
    const theirs = await viewerFor(hub, 'south-desk', 'data_officer');
    expect(await found(release(theirs, agreementId, report('BDR001')))).toBe('no such report');
    expect(await found(act(officer, END, { id: agreementId, report: report('BDR001') }))).toBe(
      'a report that is not released under it',
    );
    const { errors } = await ask(hub, await viewerFor(hub, 'north-desk', 'analyst'), RELEASE, {
      id: agreementId,
      report: report('BDR001'),
      key: 'not-an-officer',
    });
    expect(errors?.[0]?.message).toContain('does not deal with agreements');
    expect(await counts(await south())).toEqual(NOTHING);
  });

  it('shows a released report with all it tells on the next request, as a whole record would be, and no other', async () => {
    expect(await act(officer, RELEASE, { id: agreementId, report: report('BDR001') })).toMatchObject({
      id: agreementId,
    });
    const seen = await all(await south());
    expect(seen.reports.nodes).toHaveLength(1);
    expect(seen).toEqual(await all(await east()));
    expect((await all(await south(), 'BDR002')).reports.nodes).toEqual([]);
    const [whole, cases] = [await counts(await east()), await counts(await south())];
    expect(cases.map((count) => count * 3)).toEqual(whole);
    const preview = await answer<{ agreementPreview: { tables: { table: string; count: number }[] } }>(
      hub,
      officer,
      PREVIEW,
      { id: agreementId },
    );
    const tables = Object.fromEntries(
      preview.agreementPreview.tables.map(({ table, count }) => [table, count]),
    );
    expect(tables).toMatchObject({ report: 1, incident: 1, movement: 1 });
    expect(
      (await act(officer, RELEASE, { id: agreementId, report: report('BDR001') })).reasons?.[0]?.found,
    ).toBe('a report that is released under it');
    // Another party sees nothing of what was released to whom.
    const theirs = await viewerFor(hub, 'south-desk', 'data_officer');
    const { agreement } = await answer<{ agreement: { releases: unknown[] } }>(hub, theirs, READ, {
      id: agreementId,
    });
    expect(agreement.releases).toEqual([]);
  });

  it('stays released through a file that corrects it, a grade, an answer, a review and a file hung on it', async () => {
    await takeIn('BDR001', { number_of_victims: '3', destination: 'Delhi' });
    const id = report('BDR001');
    const [version] = (await all(await ours())).reports.nodes as {
      version: number;
      incidents: { id: string; entities: { id: string }[] }[];
    }[];
    expect(version?.version).toBe(2);
    const acts: [Viewer, string, Record<string, unknown>][] = [
      [
        officer,
        `mutation ($id: String!, $key: String!) { act: regradeReport(reportId: $id, version: 2, reliability: C, credibility: 3, reason: SOURCE_DOUBTED, idempotencyKey: $key) { __typename } }`,
        { id },
      ],
      [
        officer,
        `mutation ($id: String!, $key: String!) { act: attachFile(idempotencyKey: $key, attachment: { reportId: $id, kind: RECEIPT, fileName: "bus.txt", mediaType: "text/plain", contentBase64: "${Buffer.from('Bus 7').toString('base64')}" }) { __typename } }`,
        { id },
      ],
    ];
    for (const [viewer, text, variables] of acts) {
      const done = (await act(viewer, text, variables)) as { __typename?: string };
      expect(done.__typename).toMatch(/Done/);
    }
    for (const role of ['investigator', 'data_officer'] as const)
      await answer(
        hub,
        await viewerFor(hub, 'north-desk', role),
        'mutation ($id: String!) { verifyIncident(incidentId: $id, answer: EVIDENCE) { __typename } }',
        { id: version?.incidents[0]?.id },
      );
    const persons =
      '{ entities(filter: { kinds: [INDIVIDUAL] }) { nodes { id suspicion { status version } } } }';
    const suspects = async (viewer: Viewer) =>
      (
        await answer<{
          entities: { nodes: { id: string; suspicion: { status: string; version: number } | null }[] };
        }>(hub, viewer, persons)
      ).entities.nodes;
    const [suspected] = (await suspects(await south())).filter(({ suspicion }) => suspicion !== null);
    const review = { status: 'CLEARED', basis: 'MISTAKEN_IDENTITY', basisOn: '2026-10-01' };
    const reviewed = await act(
      officer,
      `mutation ($id: String!, $review: SuspicionReviewInput!, $key: String!) {
        act: reviewSuspicion(entityId: $id, version: 1, review: $review, idempotencyKey: $key) { ${DONE} } }`,
      { id: suspected?.id, review },
    );
    expect(reviewed.reasons).toBeUndefined();
    // What was decided of a person follows the correction, and with it the release.
    await takeIn('BDR001', { number_of_victims: '4', destination: 'Delhi' });
    const [cleared] = (await suspects(await south())).filter(
      ({ suspicion }) => suspicion?.status === 'CLEARED',
    );
    expect(cleared?.suspicion?.version).toBe(2);
    const seen = await all(await south());
    expect(seen).toEqual(await all(await east()));
    const [now] = seen.reports.nodes as { version: number; attachments: unknown[] }[];
    expect(now?.version).toBeGreaterThan(2);
    expect(now?.attachments).toHaveLength(1);
    expect((await counts(await south())).map((count) => count * 3)).toEqual(await counts(await east()));
  });

  it('ends on the next request, leaves no row behind, and remembers who could see it', async () => {
    expect(await act(officer, END, { id: agreementId, report: report('BDR001') })).toMatchObject({
      id: agreementId,
    });
    expect(await counts(await south())).toEqual(NOTHING);
    expect((await counts(await east()))[0]).toBe(3);
    const { reports: told } = await answer<{
      reports: {
        nodes: { externalReference: string; recipients: { organisation: string; until: string | null }[] }[];
      };
    }>(hub, officer, OURS);
    const recipients = (reference: string) =>
      told.nodes.find(({ externalReference }) => externalReference === reference)?.recipients ?? [];
    expect(recipients('BDR002').map(({ organisation }) => organisation)).toEqual(['east-desk']);
    expect(
      recipients('BDR001')
        .map(({ organisation }) => organisation)
        .toSorted(),
    ).toEqual(['east-desk', 'south-desk']);
    // A sum and its undoing are folded away; how often a class was written, and that a movement was, is no row of it.
    await foldCounts(hub.database);
    const left = await hub.database.unrestricted('look for rows left behind', async (connection) => {
      const holders = await connection.query<{ name: string }>(
        `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
         where a.attname = 'visibility_class_id' and not a.attisdropped and c.relkind = 'r' and c.relname not in ('class_change', 'movement_change') order by 1`,
      );
      expect(holders.length).toBeGreaterThan(25);
      const found: string[] = [];
      for (const { name } of holders) {
        const rows = await connection.query(
          `select 1 from ${name} a join visibility_class c on c.id = a.visibility_class_id where c.released_under <> '{}' limit 1`,
        );
        if (rows.length > 0) found.push(name);
      }
      return found;
    });
    expect(left).toEqual([]);
  });

  it('tells whoever could see it that it is withdrawn or removed', async () => {
    await act(officer, RELEASE, { id: agreementId, report: report('BDR002') });
    await act(officer, RELEASE, { id: agreementId, report: report('BDR003') });
    await act(officer, END, { id: agreementId, report: report('BDR002') });
    const withdraw = `mutation ($id: String!, $key: String!) { act: withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: $key) { __typename } }`;
    await act(officer, withdraw, { id: report('BDR002') });
    expect(
      await undoImport(then(), officer.organisationId as string, null, batches.get('BDR003') ?? ''),
    ).toBe(true);
    const { notices } = await answer<{ notices: { kind: string; objectId: string }[] }>(
      hub,
      await south(),
      '{ notices { kind objectId } }',
    );
    expect(notices.map(({ kind, objectId }) => [kind, objectId])).toEqual(
      expect.arrayContaining([
        ['CLEARED', expect.any(String)],
        ['WITHDRAWN', report('BDR002')],
        ['REMOVED', report('BDR003')],
      ]),
    );
    expect((await all(await south(), 'BDR003')).reports.nodes).toEqual([]);
  });
});
