/** Reports made from other reports: one origin with them, and flagged when one of those is withdrawn. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let owner: Viewer;
let reader: Viewer;
let stranger: Viewer;
let clock = Date.parse('2026-10-01T00:00:00Z');
let serial = 0;

const reportFrom = (derivedFrom?: string, reference?: string): unknown => ({
  kind: 'INTERVIEW',
  origin: { kind: 'STAFF', reliability: 'B', credibility: 2, derivedFrom, reference },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2026-05-02' },
    place: { country: 'NPL' },
    personsMin: 1,
    personsMax: 1,
  },
});
interface Told {
  readonly reportId?: string;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
const asOf = (): TestHub => {
  clock += 60_000;
  const now = new Date(clock);
  return { ...hub, imports: { ...hub.imports, now: () => now } };
};
async function record(viewer: Viewer, report: unknown): Promise<Told> {
  const text = `mutation ($report: HandReportInput!, $key: String!) { recordReport(report: $report, idempotencyKey: $key) {
    ... on ActDone { reportId } ... on ActRefused { reasons { where found } } } }`;
  serial += 1;
  const variables = { report, key: `derived-${serial}` };
  return (await answer<{ recordReport: Told }>(asOf(), viewer, text, variables)).recordReport;
}
async function withdraw(viewer: Viewer, id: string): Promise<void> {
  const text = `mutation ($id: String!, $key: String!) { withdrawReport(reportId: $id, version: 1, reason: DUPLICATE, idempotencyKey: $key) {
    ... on ActDone { reportId } } }`;
  serial += 1;
  const told = await answer<{ withdrawReport: Told }>(asOf(), viewer, text, { id, key: `derived-${serial}` });
  expect(told.withdrawReport.reportId).toBe(id);
}
/** Ids of reports that are flagged, by the filter and by the field alike. */
async function flagged(viewer: Viewer, asKnownAt?: string): Promise<readonly string[]> {
  const text = `query ($at: DateTimeISO) { made: reports(first: 500, filter: { sourceWithdrawn: true, asKnownAt: $at }) { nodes { id } }
    other: reports(first: 500, filter: { sourceWithdrawn: false, asKnownAt: $at }) { nodes { id } }
    all: reports(first: 500, filter: { asKnownAt: $at }) { nodes { id sourceWithdrawn incidents { statements { sourceWithdrawn } } } } }`;
  type Nodes<Node> = { readonly nodes: readonly (Node & { readonly id: string })[] };
  const told = await answer<{
    made: Nodes<unknown>;
    other: Nodes<unknown>;
    all: Nodes<{
      sourceWithdrawn: boolean;
      incidents: { statements: { sourceWithdrawn: boolean }[] }[];
    }>;
  }>(hub, viewer, text, { at: asKnownAt ?? null });
  const made = told.made.nodes.map(({ id }) => id).sort();
  const marked = told.all.nodes.filter(({ sourceWithdrawn }) => sourceWithdrawn);
  expect(marked.map(({ id }) => id).sort()).toEqual(made);
  expect(made.length + told.other.nodes.length).toBe(told.all.nodes.length);
  for (const { sourceWithdrawn, incidents } of told.all.nodes)
    for (const { statements } of incidents)
      for (const statement of statements) expect(statement.sourceWithdrawn).toBe(sourceWithdrawn);
  return made;
}
const grant = (grantee: Viewer, from: Viewer): Promise<unknown> =>
  hub.database.unrestricted('grant in a test', (connection) =>
    connection.execute(
      `insert into access_grant (id, grantee_id, owner_id, record_class, handling_ceiling, projection, valid_from)
       select gen_random_uuid(), $1, $2, kind, 'amber_strict', 'full', '2020-01-01'
       from unnest(array['report', 'incident', 'statement']) kind`,
      [grantee.organisationId, from.organisationId],
    ),
  );

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const slug of ['first-hand', 'retells', 'far-away'])
    await record(await viewerFor(hub, slug, 'analyst'), reportFrom());
  owner = await viewerFor(hub, 'first-hand', 'analyst');
  reader = await viewerFor(hub, 'retells', 'analyst');
  stranger = await viewerFor(hub, 'far-away', 'analyst');
  await grant(reader, owner);
  await grant(stranger, reader);
  reader = await viewerFor(hub, 'retells', 'analyst');
  // A class of its own for what is made from others' reports, which the next request sees.
  await record(reader, reportFrom(String((await record(owner, reportFrom())).reportId)));
  reader = await viewerFor(hub, 'retells', 'analyst');
  stranger = await viewerFor(hub, 'far-away', 'analyst');
});
afterAll(() => hub.close());

describe('a report made from another', () => {
  it('may be made only from one that stands and that its author sees, and takes its origin from that', async () => {
    const first = String((await record(owner, reportFrom(undefined, 'Staff Sample'))).reportId);
    const unseen = await record(stranger, reportFrom(first));
    expect(unseen.reasons).toMatchObject([{ where: 'origin.derivedFrom', found: 'no such report' }]);
    expect(await record(stranger, reportFrom('6f9619ff-8b86-4d01-b42d-00cf4fc964ff'))).toEqual(unseen);
    expect(await record(stranger, reportFrom('nothing'))).toEqual(unseen);
    expect((await record(reader, reportFrom(first, 'Somebody'))).reasons).toMatchObject([
      { where: 'origin.reference' },
    ]);
    const made = String((await record(reader, reportFrom(first))).reportId);
    const text = `query ($ids: [String!]!) { reports(filter: { ids: $ids }) { nodes { incidents { statements { derived originKnown } } } } }`;
    expect(await answer(hub, reader, text, { ids: [made] })).toEqual({
      reports: { nodes: [{ incidents: [{ statements: [{ derived: true, originKnown: false }] }] }] },
    });
    await withdraw(owner, first);
    expect((await record(reader, reportFrom(first))).reasons).toHaveLength(1);
  });

  it('is flagged when that one is withdrawn, along the whole chain, and for those who see each of them', async () => {
    const first = String((await record(owner, reportFrom())).reportId);
    const second = String((await record(reader, reportFrom(first))).reportId);
    const third = String((await record(reader, reportFrom(second))).reportId);
    const beside = String((await record(reader, reportFrom())).reportId);
    const before = await flagged(reader);
    for (const id of [second, third, beside]) expect(before).not.toContain(id);
    const stood = new Date(clock).toISOString();
    await withdraw(owner, first);
    expect(await flagged(reader)).toEqual([...before, second, third].sort());
    expect(await flagged(reader, stood)).toEqual(before);
    // The owner of the withdrawn report sees none of those made from it, and a stranger none of what was withdrawn.
    expect(await flagged(owner)).toEqual([]);
    expect(await flagged(stranger)).toEqual([]);
    const topics = await hub.database.unrestricted('read the outbox in a test', (connection) =>
      connection.query<{ object_id: string }>(
        `select object_id from outbox where topic = 'report.source_withdrawn' and object_id = any($1::uuid[])`,
        [[second, third, beside]],
      ),
    );
    expect(topics.map(({ object_id }) => object_id)).toEqual([second]);
    // Made from what its own author keeps, it is shown to whom that one may be shown; the others never are.
    const fromBeside = String((await record(reader, reportFrom(beside))).reportId);
    const viewer = await viewerFor(hub, 'far-away', 'analyst');
    await withdraw(reader, beside);
    expect(await flagged(viewer)).toEqual([fromBeside]);
    await withdraw(reader, second);
    expect(await flagged(viewer)).toEqual([fromBeside]);
  });

  it('is marked at least as high, and shown to no third party without the originator', async () => {
    const marked = (from: string | undefined, handling?: string): unknown => ({
      ...(reportFrom(from) as Record<string, unknown>),
      handling,
    });
    const first = String((await record(owner, marked(undefined, 'AMBER_STRICT'))).reportId);
    reader = await viewerFor(hub, 'retells', 'analyst');
    owner = await viewerFor(hub, 'first-hand', 'analyst');
    await grant(reader, owner);
    reader = await viewerFor(hub, 'retells', 'analyst');
    const lower = await record(reader, marked(first, 'GREEN'));
    expect(lower.reasons).toMatchObject([{ where: 'handling', found: 'GREEN' }]);
    const made = String((await record(reader, marked(first))).reportId);
    reader = await viewerFor(hub, 'retells', 'analyst');
    const again = String((await record(reader, marked(made))).reportId);
    const higher = String((await record(reader, marked(first, 'RED'))).reportId);
    const seen = async (viewer: Viewer): Promise<unknown> => {
      const text = 'query ($ids: [String!]!) { reports(filter: { ids: $ids }) { nodes { id handling } } }';
      const { reports } = await answer<{ reports: { nodes: { id: string; handling: string }[] } }>(
        hub,
        viewer,
        text,
        {
          ids: [made, again, higher],
        },
      );
      return Object.fromEntries(reports.nodes.map(({ id, handling }) => [id, handling]));
    };
    reader = await viewerFor(hub, 'retells', 'analyst');
    expect(await seen(reader)).toEqual({ [made]: 'AMBER_STRICT', [again]: 'AMBER_STRICT', [higher]: 'RED' });
    // The grant reaches up to AMBER_STRICT, and would show both.
    expect(await seen(await viewerFor(hub, 'far-away', 'analyst'))).toEqual({});
    const correct = `mutation ($id: String!, $report: HandReportInput!) { correctReport(reportId: $id, version: 1, report: $report, reason: ENTRY_ERROR, idempotencyKey: "lower-it-1") {
      ... on ActDone { version } ... on ActRefused { reasons { where wanted } } } }`;
    const { correctReport } = await answer<{ correctReport: Told }>(asOf(), reader, correct, {
      id: again,
      report: marked(made, 'CLEAR'),
    });
    expect(correctReport.reasons).toMatchObject([
      { where: 'handling', wanted: 'AMBER_STRICT or higher, as the report it is made from' },
    ]);
  });
});
