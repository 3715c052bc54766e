/** Legal cases: recorded, corrected and withdrawn by hand, seen by whom they may be seen, and what goes with erased and undone records. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { FORGET_DEFENDANTS, forgetReferences } from '../../src/records/composition/references.sql.ts';
import { home, intercept, maya, type Row, suspect } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let owner: Viewer;
let partner: Viewer;
let batchId: string;
let incidentId: string;
let entityId: string;
let clock = Date.parse('2026-10-01T00:00:00Z');
let serial = 0;

interface Outcome {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string }[];
}

const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const DOCUMENTS = {
  record: `mutation ($said: LegalCaseInput!, $key: String!) { done: recordLegalCase(legalCase: $said, idempotencyKey: $key) ${OUTCOME} }`,
  correct: `mutation ($id: String!, $version: Int!, $said: LegalCaseInput!, $key: String!) { done: correctLegalCase(id: $id, version: $version, reason: ENTRY_ERROR, legalCase: $said, idempotencyKey: $key) ${OUTCOME} }`,
  withdraw: `mutation ($id: String!, $version: Int!, $key: String!) { done: withdrawLegalCase(id: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: $key) ${OUTCOME} }`,
} as const;

async function act(
  name: keyof typeof DOCUMENTS,
  variables: Readonly<Record<string, unknown>>,
  viewer = owner,
  key = `legal-case-${(serial += 1)}`,
): Promise<Outcome> {
  clock += 3_600_000;
  const now = new Date(clock);
  const then = { ...hub, imports: { ...hub.imports, now: () => now } };
  return (await answer<{ done: Outcome }>(then, viewer, DOCUMENTS[name], { ...variables, key })).done;
}

async function cases(viewer: Viewer, filter: Readonly<Record<string, unknown>> = {}) {
  const document = `query ($filter: LegalCaseFilter) { legalCases(filter: $filter) { nodes { id version status reference
    defendants { id legalCases { id } } incidents { legalCases { id } } events { kind verdict sentenceMonths defendant { id } } } } }`;
  const found = await answer<{ legalCases: { nodes: Record<string, unknown>[] } }>(hub, viewer, document, {
    filter,
  });
  return found.legalCases.nodes;
}

const law = 'Act 2064, section 15(1)';
const said = () => ({
  court: 'Kathmandu District Court',
  country: 'NPL',
  status: 'TRIAL',
  openedOn: '2026-05-01',
  reference: 'COURT-17',
  defendantIds: [entityId],
  incidentIds: [incidentId],
  events: [
    {
      kind: 'VERDICT',
      occurredOn: '2026-06-20',
      law,
      defendantId: entityId,
      verdict: 'CONVICTED',
      sentenceMonths: 60,
    },
    { kind: 'ARREST', occurredOn: '2026-05-01', defendantId: entityId },
    { kind: 'CHARGE', occurredOn: '2026-05-11', law, defendantId: entityId },
    { kind: 'HEARING', occurredOn: '2027-05-15', hearing: 'APPEAL' },
  ],
});

beforeAll(async () => {
  hub = await openTestHub('base');
  const rows: readonly Row[] = [
    { ...intercept, ...maya, address: home },
    { ...intercept, ...suspect, address: home },
  ];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((name) => `"${row[name] ?? ''}"`).join(','));
  const csv = `${[columns.join(','), ...lines].join('\n')}\n`;
  batchId = (await importText(hub, 'watchers', 'border-intercept', csv, 'a.csv')).batchId;
  owner = await viewerFor(hub, 'watchers', 'analyst');
  partner = await viewerFor(hub, 'neighbours', 'analyst');
  const found = await answer<Record<'incidents' | 'entities', { nodes: { id: string }[] }>>(
    hub,
    owner,
    '{ incidents { nodes { id } } entities { nodes { id } } }',
  );
  incidentId = found.incidents.nodes[0]?.id as string;
  entityId = found.entities.nodes[0]?.id as string;
});
afterAll(() => hub.close());

let id: string;

it('is recorded once, leads to what it is about and back, and is nobody else’s', async () => {
  const done = await act('record', { said: said() }, owner, 'the-same-key');
  expect(done).toMatchObject({ version: 1 });
  expect(await act('record', { said: said() }, owner, 'the-same-key')).toEqual(done);
  id = done.id as string;
  const [seen] = await cases(owner);
  expect(seen).toMatchObject({
    id,
    reference: 'COURT-17',
    defendants: [{ id: entityId, legalCases: [{ id }] }],
    incidents: [{ legalCases: [{ id }] }],
  });
  expect(((seen?.events ?? []) as { kind: string }[]).map(({ kind }) => kind)).toEqual([
    'ARREST',
    'CHARGE',
    'VERDICT',
    'HEARING',
  ]);
  expect(await cases(partner)).toEqual([]);
  expect((await act('record', { said: said() }, partner)).reasons?.map(({ where }) => where)).toEqual([
    'defendantIds[0]',
    'incidentIds[0]',
  ]);
});

it('says how many cases came how far, and in how many days', async () => {
  const document = '{ caseFunnel { country cases steps { stage cases medianDays timed } } }';
  const { caseFunnel } = await answer<{ caseFunnel: unknown[] }>(hub, owner, document, {});
  expect(caseFunnel).toMatchObject([
    {
      country: 'NPL',
      cases: 1,
      steps: [
        { stage: 'INCIDENT', cases: 1, medianDays: null },
        { stage: 'REFERRAL', cases: 0, medianDays: null },
        { stage: 'ARREST', cases: 1, medianDays: null },
        { stage: 'CHARGE', cases: 1, medianDays: 10, timed: 1 },
        { stage: 'CONVICTION', cases: 1, medianDays: 40, timed: 1 },
      ],
    },
  ]);
  expect((await answer<{ caseFunnel: unknown[] }>(hub, partner, document, {})).caseFunnel).toEqual([]);
});

it('refuses a verdict without its charge, and parts of another kind', async () => {
  const events = [
    {
      kind: 'VERDICT',
      occurredOn: '2026-06-20',
      law,
      defendantId: entityId,
      verdict: 'ACQUITTED',
      sentenceMonths: 3,
    },
    { kind: 'ARREST', occurredOn: '2026-05-01', verdict: 'CONVICTED' },
    { kind: 'CHARGE', occurredOn: '2026-05-01', law: 'somebody' },
  ];
  const { reasons } = await act('record', { said: { ...said(), events } });
  expect(reasons?.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['events[0].sentenceMonths', 'events[1].verdict', 'events[2].law', 'events[0]']),
  );
});

it('is corrected whole, version by version, and answers for the past', async () => {
  const before = new Date(clock + 60_000);
  expect(
    await act('correct', { id, version: 1, said: { ...said(), status: 'DECIDED', events: [] } }),
  ).toEqual({
    id,
    version: 2,
  });
  expect((await act('correct', { id, version: 1, said: said() })).reasons?.[0]?.where).toBe('version');
  expect((await act('withdraw', { id, version: 2 }, partner)).reasons?.[0]?.where).toBe('id');
  expect(await cases(owner)).toMatchObject([{ version: 2, status: 'DECIDED', events: [] }]);
  const [then] = await cases(owner, { asKnownAt: before.toISOString() });
  expect(then).toMatchObject({ version: 1, status: 'TRIAL' });
  expect(then?.events).toHaveLength(4);
});

it('forgets an erased defendant in every version, with the number of the court, and incidents that are gone', async () => {
  await act('correct', { id, version: 2, said: said() });
  await hub.database.unrestricted('forget in a test', async (connection) => {
    // Another organisation's case names the same entity, which it was granted.
    await connection.execute(
      `insert into legal_case select (jsonb_populate_record(c, $2::jsonb)).* from legal_case c where c.id = $1`,
      [id, JSON.stringify({ id: randomIds(), owner_id: partner.organisationId })],
    );
    for (const text of FORGET_DEFENDANTS) await connection.execute(text, [[entityId]]);
    for (const text of forgetReferences('incident')) await connection.execute(text, [[incidentId]]);
    const left = await connection.query(
      'select owner_id, cardinality(defendant_ids) > 0 as named from legal_case where reference is not null or defendant_ids <> $1::uuid[] or incident_ids <> $1::uuid[]',
      [[]],
    );
    // Its own word stays: it is its own to erase. The defendant has left its list too.
    expect(left).toEqual([{ owner_id: partner.organisationId, named: false }]);
    await connection.execute('delete from legal_case where owner_id = $1', [partner.organisationId]);
    expect(await connection.query('select 1 from legal_case_event where defendant_id is not null')).toEqual(
      [],
    );
  });
});

it('is withdrawn out of every list', async () => {
  expect(await act('withdraw', { id, version: 3 })).toEqual({ id, version: 4 });
  expect(await cases(owner)).toEqual([]);
  expect((await act('withdraw', { id, version: 4 })).reasons?.[0]?.where).toBe('id');
});

it('lets go of what an undone import took away', async () => {
  await act('record', { said: said() });
  await undoImport(hub.imports, owner.organisationId as string, null, batchId);
  const [kept] = await hub.database.unrestricted('look in a test', (connection) =>
    connection.query(
      'select defendant_ids, incident_ids from legal_case where retracted_at is null and known_to is null',
    ),
  );
  expect(kept).toEqual({ defendant_ids: [], incident_ids: [] });
});
