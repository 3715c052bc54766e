/** Keeping and purging: the clock, what a data officer decides, what a legal hold stops, and that nothing of what was purged is left or comes back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import {
  INTERCEPT_COLUMNS,
  PERSON_COLUMNS,
} from '../../src/intake/formats/profiles/border-intercept-columns.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import { eraseParty } from '../../src/records/erasure/erasure.service.ts';
import { replayErasures } from '../../src/records/erasure/replay-erasures.service.ts';
import { REPORT_PARTS } from '../../src/records/erasure/report-parts.sql.ts';
import { purgeDue } from '../../src/records/retention/purge.service.ts';
import { unseal } from '../../src/vault/sealing.ts';
import { intercept, maya, type Row, sita, suspect } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { decide as decidePlace, placeNamed, takeBack } from '../support/told-places.ts';

const OWNER = 'keeping-desk';
const MARK = 'Qwertzu';
const canary: Row = { ...maya, full_name: `${MARK} Canary`, phone_contact: '+977 000 555 321' };
const villain: Row = { ...suspect, full_name: `${MARK} Villain`, phone_contact: '+977 000 555 999' };

let hub: TestHub;
let officer: Viewer;
let investigator: Viewer;
beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, OWNER, 'data_officer', true);
  // The class of such words comes with the first of them; over HTTP every request reads the viewer's classes anew.
  await policy(60, 'REVIEW', 0, officer, 'INTERVIEW');
  await refresh();
});
afterAll(() => hub.close());

const columns = [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS];
const csv = (rows: readonly Row[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`))]
    .map((cells) => cells.join(','))
    .join('\n');
const form = (irf: string, persons: readonly Row[], day = '2024-03-01', more: Row = {}): Row[] =>
  persons.map((person) => ({
    ...intercept,
    where_going_destination: `${MARK}town`,
    ...more,
    irf_number: irf,
    date_of_interception: day,
    ...person,
  }));
const take = async (
  rows: readonly Row[],
  name: string,
  profile: string | ImportProfile = 'border-intercept',
) => {
  const summary = await importText(hub, OWNER, profile, csv(rows), name);
  await refresh();
  return summary;
};
async function refresh(): Promise<void> {
  officer = await viewerFor(hub, OWNER, 'data_officer', true);
  investigator = await viewerFor(hub, OWNER, 'investigator', true);
}

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.unrestricted('look in a test', (connection) => connection.query<T>(text, values));
const reportOf = async (irf: string): Promise<string> =>
  (
    await sql<{ id: string }>('select id from report where external_reference = $1 and version_of is null', [
      irf,
    ])
  )[0]?.id ?? '';
const number = async (text: string, values: readonly unknown[] = []): Promise<number> =>
  (await sql<{ n: number }>(`select count(*)::int as n from ${text}`, values))[0]?.n ?? -1;

/** How often the mark is read in everything that a key of the folder opens now. */
async function timesOpen(words: RegExp = new RegExp(MARK, 'gi')): Promise<number> {
  const open = (keyId: string, place: string, sealed: Uint8Array): string => {
    try {
      return unseal(hub.keys.read(keyId), place, sealed);
    } catch {
      return '';
    }
  };
  const items = await sql<{ id: string; key_id: string; sealed: Uint8Array }>('select * from vault_item');
  const rows = await sql<{ batch_id: string; row_number: number; key_id: string; raw: Uint8Array }>(
    'select u.batch_id, u.row_number, b.key_id, u.raw from import_row u join import_batch b on b.id = u.batch_id where u.raw is not null',
  );
  const text = [
    ...items.map(({ id, key_id, sealed }) => open(key_id, `vault_item/sealed/${id}`, sealed)),
    ...rows.map(({ batch_id, row_number, key_id, raw }) =>
      open(key_id, `import_row/raw/${batch_id}/${row_number}`, raw),
    ),
  ].join('\n');
  return text.match(words)?.length ?? 0;
}

interface Refusal {
  readonly where: string;
  readonly found: string;
}
interface Done {
  readonly __typename: string;
  readonly id?: string;
  readonly version?: number;
  readonly objectIds?: readonly string[];
  readonly reasons?: readonly Refusal[];
}
interface Counts {
  readonly done: boolean;
  readonly classes: readonly { readonly recordClass: string; readonly count: number }[];
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly remaining: number;
  readonly held: number;
  readonly toReview: number;
}

const REASONS = '... on ActRefused { reasons { where found } }';
let acts = 0;
async function policy(
  months: number,
  action: string,
  version: number,
  viewer = officer,
  of = 'BORDER_INTERCEPT',
): Promise<Done> {
  acts += 1;
  const { setRetention } = await answer<{ setRetention: Done }>(
    hub,
    viewer,
    `mutation { setRetention(recordClass: ${of}, months: ${months}, action: ${action}, reason: OWN_RULE, version: ${version}, idempotencyKey: "retention-${acts}") {
      __typename ... on RecordDone { id version } ${REASONS} } }`,
  );
  return setRetention;
}
const decide = async (id: string, decision: string, until: string | null = null, viewer = officer) => {
  acts += 1;
  const { decideRetention } = await answer<{ decideRetention: Done }>(
    hub,
    viewer,
    `mutation ($id: String!, $until: String) { decideRetention(id: $id, decision: ${decision}, until: $until, reason: OPEN_CASE, idempotencyKey: "retention-${acts}") {
      __typename ... on RecordDone { id version } ${REASONS} } }`,
    { id, until },
  );
  return decideRetention;
};
const hold = async (args: string, viewer = investigator) =>
  (
    await answer<{ placeLegalHold: Done }>(
      hub,
      viewer,
      `mutation { placeLegalHold(${args}, reason: OPEN_CASE) { __typename ... on LegalHoldDone { objectIds } ${REASONS} } }`,
    )
  ).placeLegalHold;
const lift = async (caseReference: string, viewer = officer) =>
  (
    await answer<{ liftLegalHold: Done }>(
      hub,
      viewer,
      `mutation { liftLegalHold(caseReference: "${caseReference}", reason: OTHER) { __typename ... on LegalHoldDone { objectIds } ${REASONS} } }`,
    )
  ).liftLegalHold;
const purge = async (dryRun: boolean, viewer = officer) =>
  (
    await answer<{ purgeDue: Counts }>(
      hub,
      viewer,
      `mutation { purgeDue(dryRun: ${dryRun}) { done classes { recordClass count } tables { table rows } remaining held toReview } }`,
    )
  ).purgeDue;
interface Item {
  readonly id: string;
  readonly dueOn: string;
  readonly ground: string;
  readonly action: string;
  readonly held: boolean;
  readonly name: string | null;
  readonly waitingRows: number;
}
const review = async (args = 'withinDays: 0', viewer = officer) =>
  (
    await answer<{ retentionReview: { nodes: readonly Item[]; totalCount: number } }>(
      hub,
      viewer,
      `{ retentionReview(${args}) { totalCount nodes { id kind recordClass keptFrom dueOn ground action held waitingRows name } } }`,
    )
  ).retentionReview;

describe('the clock', () => {
  it('runs by what is usual, then by what the data officer says, in versions', async () => {
    await take(
      [
        ...form('KEP1', [maya, villain]),
        ...form('KEP2', [sita], '2026-10-01', { where_going_destination: 'Exampletown' }),
      ],
      'clock.csv',
    );
    const usual = await review('withinDays: 3650');
    expect(usual.nodes.map(({ name, dueOn, ground, action }) => [name, dueOn, ground, action])).toEqual([
      ['KEP1', '2029-03-01', 'USUAL', 'REVIEW'],
      ['KEP2', '2031-10-01', 'USUAL', 'REVIEW'],
    ]);
    expect((await review()).totalCount).toBe(0);
    expect(await policy(12, 'REVIEW', 0)).toMatchObject({ __typename: 'RecordDone', version: 1 });
    expect((await policy(12, 'PURGE', 0)).reasons?.[0]?.where).toBe('version');
    expect((await policy(0, 'PURGE', 1)).reasons?.[0]?.where).toBe('months');
    expect(await policy(24, 'REVIEW', 1)).toMatchObject({ version: 2 });
    const due = await review();
    expect(due.nodes).toMatchObject([
      { name: 'KEP1', dueOn: '2026-03-01', ground: 'POLICY', action: 'REVIEW' },
    ]);
    const policies = (args: string) =>
      answer<{ retentionPolicies: readonly { recordClass: string; months: number; version: number }[] }>(
        hub,
        officer,
        `{ retentionPolicies${args} { recordClass months action version reason keyId since } }`,
      );
    const [now] = (await policies('')).retentionPolicies;
    expect(now).toMatchObject({ recordClass: 'BORDER_INTERCEPT', months: 24, version: 2 });
    const [then] = (await policies('(asKnownAt: "2020-01-01T00:00:00Z")')).retentionPolicies;
    expect(then).toMatchObject({ months: 60, version: 0 });
  });

  it('is the data officer’s: nobody else reads it, sets it, decides or purges', async () => {
    const id = await reportOf('KEP1');
    for (const role of ['field', 'analyst', 'investigator'] as const) {
      const viewer = await viewerFor(hub, OWNER, role);
      await expect(policy(12, 'PURGE', 2, viewer)).rejects.toThrow(/ask the data officer/);
      await expect(decide(id, 'PURGE', null, viewer)).rejects.toThrow(/ask the data officer/);
      await expect(purge(true, viewer)).rejects.toThrow(/ask the data officer/);
      await expect(review('withinDays: 0', viewer)).rejects.toThrow(/ask the data officer/);
    }
    await expect(
      hold('reportIds: ["x"], caseReference: "C-1"', await viewerFor(hub, OWNER, 'analyst')),
    ).rejects.toThrow(/legal holds/);
    const stranger = await viewerFor(hub, 'another-desk', 'data_officer', true);
    expect((await review('withinDays: 3650', stranger)).totalCount).toBe(0);
    const absent = await decide('00000000-0000-4000-8000-000000000000', 'PURGE', null, stranger);
    expect(await decide(id, 'PURGE', null, stranger)).toEqual(absent);
    expect(absent.reasons?.[0]).toMatchObject({ where: 'id', found: 'nothing of that id' });
    const held = await hold(`reportIds: ["${id}"], caseReference: "C-1"`, stranger);
    expect(held.reasons?.[0]).toMatchObject({ where: 'reportIds[0]', found: 'nothing of that id' });
    expect((await purge(true, stranger)).classes).toEqual([]);
  });

  it('is moved by a decision, and the latest stands', async () => {
    const id = await reportOf('KEP1');
    for (const until of [null, 'soon', '2026-11-01', '2036-11-02', '2027-02-30'])
      expect((await decide(id, 'EXTEND', until)).reasons?.[0]?.where).toBe('until');
    expect((await decide(id, 'PURGE', '2027-01-01')).reasons?.[0]?.where).toBe('until');
    expect(await decide(id, 'EXTEND', '2027-03-01')).toMatchObject({ id, version: 1 });
    expect((await review()).totalCount).toBe(0);
    expect((await review('withinDays: 365')).nodes).toMatchObject([
      { name: 'KEP1', dueOn: '2027-03-01', ground: 'EXTENSION', action: 'REVIEW' },
    ]);
    expect(await decide(id, 'PURGE')).toMatchObject({ id, version: 2 });
    expect((await review()).nodes).toMatchObject([
      { dueOn: '2026-11-01', ground: 'DECISION', action: 'PURGE' },
    ]);
    expect(await decide(id, 'EXTEND', '2027-03-01')).toMatchObject({ version: 3 });
    expect((await purge(false)).classes).toEqual([]);
    expect(await reportOf('KEP1')).toBe(id);
  });
});

describe('a legal hold', () => {
  it('stops a purge, an erasure and an undo, until it is lifted', async () => {
    const { batchId } = await take(form('KEP3', [canary, villain]), 'held.csv');
    const id = await reportOf('KEP3');
    const [entity] = await sql<{ id: string }>(
      `select id from entity where report_id = $1 and kind = 'individual'`,
      [id],
    );
    const held = await hold(`entityIds: ["${entity?.id}"], caseReference: "CASE-HOLD"`);
    expect(held.objectIds).toEqual([id]);
    expect(await hold(`reportIds: ["${id}"], caseReference: "CASE-HOLD"`)).toEqual(held);
    expect(await number('legal_hold where lifted_at is null')).toBe(1);
    expect(await policy(12, 'PURGE', 2)).toMatchObject({ version: 3 });
    expect(await purge(false)).toMatchObject({ classes: [], held: 1, remaining: 0 });
    expect((await decide(id, 'PURGE')).reasons?.[0]).toMatchObject({ found: 'what is under a legal hold' });
    expect((await review('withinDays: 0, held: true')).nodes).toMatchObject([{ id, held: true }]);
    for (const [kind, party] of [
      ['entity', entity?.id ?? ''],
      [
        'subject',
        (await sql<{ id: string }>('select id from subject where report_id = $1', [id]))[0]?.id ?? '',
      ],
    ] as const) {
      const refused = await eraseParty(hub.imports, officer, kind, {
        id: party,
        purpose: 'erasure_request',
        caseReference: 'CASE-9',
        reason: 'legal',
        idempotencyKey: null,
        dryRun: false,
      });
      expect(refused).toMatchObject({
        accepted: false,
        reasons: [{ found: `a ${kind} under a legal hold` }],
      });
    }
    const undo = `mutation { undoImport(batchId: "${batchId}") { ... on ImportRefused { reasons { found } } } }`;
    expect(await answer(hub, officer, undo)).toEqual({
      undoImport: { reasons: [{ found: expect.stringContaining('under a legal hold') }] },
    });
    const listed = await answer<{ legalHolds: { nodes: readonly Record<string, unknown>[] } }>(
      hub,
      investigator,
      '{ legalHolds(caseReference: "CASE-HOLD") { nodes { kind objectId reason placedBy liftedAt } } }',
    );
    expect(listed.legalHolds.nodes).toMatchObject([{ kind: 'REPORT', objectId: id, liftedAt: null }]);
    expect((await lift('CASE-OTHER')).objectIds).toEqual([]);
    expect((await lift('CASE-HOLD')).objectIds).toEqual([id]);
    expect(await purge(true)).toMatchObject({
      classes: [{ recordClass: 'BORDER_INTERCEPT', count: 1 }],
      held: 0,
    });
  });

  it('on an import holds what it made and its rows that wait', async () => {
    const waiting = await take(
      [
        ...form('KEP4', [canary]),
        ...form('KEP5', [canary]).map((row) => ({ ...row, date_of_interception: 'no day' })),
      ],
      'held-import.csv',
    );
    expect(waiting.counts).toMatchObject({ accepted: 1, quarantined: 1 });
    expect(await decide(waiting.batchId, 'PURGE')).toMatchObject({ id: waiting.batchId });
    expect((await hold(`importIds: ["${waiting.batchId}"], caseReference: "CASE-FILE"`)).objectIds).toEqual([
      waiting.batchId,
    ]);
    const held = await review('withinDays: 0, held: true');
    expect(held.nodes.map(({ name, waitingRows }) => [name, waitingRows]).sort()).toEqual([
      ['KEP4', 0],
      ['held-import.csv', 1],
    ]);
    expect(await purge(true)).toMatchObject({ held: 2 });
    await lift('CASE-FILE');
  });
});

describe('a purge', () => {
  it('takes what its dry run counted, of everything, and leaves the others', async () => {
    await take(form('KEP3', [{ ...canary, age: '18' }, villain]), 'corrected.csv');
    const id = await reportOf('KEP3');
    const [incident] = await sql<{ id: string }>(
      'select id from incident where report_id = $1 and known_to is null',
      [id],
    );
    await answer(
      hub,
      officer,
      `mutation { verifyIncident(incidentId: "${incident?.id}", answer: EVIDENCE) { __typename } }`,
    );
    const { recordInterdiction } = await answer<{ recordInterdiction: { id: string } }>(
      hub,
      officer,
      `mutation ($incidents: [String!]) { recordInterdiction(interdiction: { kind: ARREST, occurredOn: "2024-03-05", incidentIds: $incidents }, idempotencyKey: "arrest-of-kep3") {
        ... on RecordDone { id } } }`,
      { incidents: [incident?.id] },
    );
    // Where it went is decided, taken back and decided once more; the home of one version is, too.
    const named = await sql<{ id: string; state: number; home: boolean }>(
      `select distinct p.id, p.state, p.home from place_reference p join waypoint w on w.place_reference_id = p.id join movement m on m.id = w.movement_id
       where m.report_id = $1 and w.basis in ('destination', 'residence') order by p.home`,
      [id],
    );
    expect(named.map(({ home }) => home)).toEqual([false, true]);
    const placeId = await placeNamed(hub, officer, 'Kathmandu');
    for (const { id: reference, state } of named) {
      await decidePlace(hub, officer, { id: reference, state }, { placeId, learn: false });
      await takeBack(hub, officer, reference, state + 1);
      await decidePlace(hub, officer, { id: reference, state: state + 2 }, { placeId, learn: false });
    }
    expect(await openColumnsWith(hub, 'KEP3')).toEqual(['report.external_reference']);
    expect(await timesOpen()).toBeGreaterThan(4);
    const sitas = await timesOpen(/Sita Example/g);
    const keys = await sql<{ key_id: string }>('select key_id from import_batch');
    const vault = await sql<{ key_id: string }>(
      'select key_id from vault_item v join report r on r.id = v.about_id where r.id = $1',
      [id],
    );
    const everything = await tableCounts();
    const weighed = await purge(true);
    expect(weighed).toMatchObject({
      done: false,
      classes: [
        { recordClass: 'BORDER_INTERCEPT', count: 2 },
        { recordClass: 'QUARANTINED_ROW', count: 1 },
      ],
    });
    expect(await tableCounts()).toEqual(everything);
    const done = await purge(false);
    expect(done).toEqual({ ...weighed, done: true, remaining: 0 });
    // What the counts say is what is missing, table by table.
    const after = await tableCounts();
    for (const { table, rows } of done.tables)
      if (table !== 'import_row')
        expect([table, after.get(table)]).toEqual([table, (everything.get(table) ?? 0) - rows]);
    expect(done.tables.map(({ table }) => table)).toEqual(
      expect.arrayContaining([
        'entity',
        'import_row',
        'incident',
        'movement',
        'movement_reading',
        'report',
        'selector',
        'subject',
        'suspicion',
        'vault_item',
        'verification',
        'waypoint',
        'waypoint_reading',
      ]),
    );
    expect(await timesOpen(new RegExp(`${MARK} Canary`, 'gi'))).toBe(0);
    expect(await timesOpen(/Sita Example/g)).toBe(sitas);
    for (const { key_id } of [...keys.filter((_, at) => at > 0), ...vault])
      expect((await stillUsed(key_id)) || destroyed(key_id)).toBe(true);
    expect(await sql('select incident_ids from interdiction where id = $1', [recordInterdiction.id])).toEqual(
      [{ incident_ids: [] }],
    );
    expect(await number('stale_batch')).toBe(0);
    expect(await number('doomed_key')).toBe(0);
    expect(await number(`outbox where topic = 'report.purged'`)).toBe(2);
    const seen = await answer<{ report: unknown; reports: { nodes: readonly { id: string }[] } }>(
      hub,
      officer,
      `{ report(id: "${id}") { id } reports(filter: { asKnownAt: "2026-11-01T00:00:00Z" }) { nodes { id } } }`,
    );
    expect(seen.report).toBeNull();
    expect(seen.reports.nodes.some((node) => node.id === id)).toBe(false);
    expect(await purge(false)).toMatchObject({ classes: [], tables: [] });
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });

  it('lasts: no import brings it back, by the same file, another, or another profile', async () => {
    const same = await take(form('KEP3', [canary, villain]), 'held.csv');
    expect(same).toMatchObject({ repeated: true, notedRows: 2, counts: { accepted: 0, version: 0 } });
    const again = await take(
      [
        ...form('KEP3', [canary, villain]),
        ...form('KEPC', [sita], '2026-10-05', { where_going_destination: 'Exampletown' }),
      ],
      'again.csv',
    );
    expect(again.counts).toMatchObject({ accepted: 1, version: 0, quarantined: 2 });
    const named = findProfile('border-intercept') as ImportProfile;
    const other = await take(form('KEP3', [canary, villain]), 'other.csv', {
      ...named,
      name: 'border-intercept-own',
    });
    expect(other.counts).toMatchObject({ accepted: 0, quarantined: 2 });
    const corrected = await take(form('KEP3', [{ ...canary, age: '44' }]), 'newer.csv');
    expect(corrected.counts).toMatchObject({ accepted: 0, quarantined: 1 });
    for (const { quarantine } of [again, other, corrected]) {
      expect(quarantine[0]?.reasons[0]?.where).toBe('retention');
      expect(JSON.stringify(quarantine)).not.toMatch(new RegExp(MARK, 'i'));
    }
    expect(await reportOf('KEP3')).toBe('');
  });

  it('takes everything when the last report goes: no table, no value and no key says the name', async () => {
    await decide(await reportOf('KEP1'), 'PURGE');
    await purge(false);
    expect(await timesOpen()).toBe(0);
    for (const word of [MARK, 'KEP1', 'KEP3'])
      expect([word, await openColumnsWith(hub, word)]).toEqual([word, []]);
    expect(await reportOf('KEP2')).not.toBe('');
    expect(await timesOpen(/Sita Example/g)).toBeGreaterThan(0);
  });

  it('waits for an import of the organisation to end', async () => {
    await take(form('KEP6', [canary]), 'sixth.csv');
    await sql(
      `update import_batch set importer = gen_random_uuid(), importer_until = now() + interval '1 hour' where file_name = 'sixth.csv'`,
    );
    await expect(purge(false)).rejects.toThrow(/is being imported/);
    await sql('update import_batch set importer = null, importer_until = null');
    expect(await purge(false)).toMatchObject({ classes: [{ count: 1 }] });
  });
});

describe('the list of what hangs on a report', () => {
  it('names every table that refers to one, or to what it tells of', async () => {
    const referring = await sql<{ name: string }>(
      `select distinct c.conrelid::regclass::text as name from pg_constraint c where c.contype = 'f'
         and c.confrelid = any(array['report', 'incident', 'movement', 'statement', 'subject', 'entity', 'selector']::regclass[]) order by 1`,
    );
    const listed = REPORT_PARTS.map(({ table }) => table);
    expect(referring.length).toBeGreaterThan(12);
    expect(referring.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual([]);
  });
});

describe('what was cut short', () => {
  it('between the ledger and the database is finished when the hub opens: a purge', async () => {
    await take([...form('KEP7', [canary, villain]), ...form('KEP8', [sita], '2026-10-02')], 'seventh.csv');
    const [batch] = await sql<{ key_id: string }>(
      `select key_id from import_batch where file_name = 'seventh.csv'`,
    );
    await expect(
      purgeDue(dying(), { ownerId: officer.organisationId ?? '', keyId: null, dryRun: false, atMost: null }),
    ).rejects.toThrow(/died/);
    expect(await timesOpen()).toBeGreaterThan(0);
    expect(await replayErasures(hub.imports)).toBeGreaterThan(0);
    expect(await reportOf('KEP7')).toBe('');
    expect(await timesOpen(new RegExp(`${MARK} (Canary|Villain)`, 'gi'))).toBe(0);
    expect(destroyed(batch?.key_id ?? '')).toBe(true);
    expect(await reportOf('KEP8')).not.toBe('');
    expect(await timesOpen(/KEP8/g)).toBeGreaterThan(0);
    expect(await replayErasures(hub.imports)).toBe(0);
  });

  it('between the ledger and the database is finished when the hub opens: an erasure, in waiting rows of other files too', async () => {
    await take(form('KEP9', [canary, sita], '2026-10-03'), 'ninth.csv');
    await take(
      [
        ...form('KEPA', [canary], '2026-10-03').map((row) => ({ ...row, date_of_interception: 'no day' })),
        ...form('KEPB', [sita], '2026-10-03').map((row) => ({ ...row, date_of_interception: 'no day' })),
      ],
      'tenth.csv',
    );
    const batches = await sql<{ key_id: string }>(
      `select key_id from import_batch where file_name in ('ninth.csv', 'tenth.csv')`,
    );
    const report = await reportOf('KEP9');
    const subjects = await sql<{ id: string; about: string }>('select id from subject where report_id = $1', [
      report,
    ]);
    const own = await Promise.all(subjects.map(async ({ id }) => ({ id, text: await openedOf(id) })));
    const id = own.find(({ text }) => text.includes(MARK))?.id ?? '';
    await expect(
      eraseParty(dying(), officer, 'subject', {
        id,
        purpose: 'erasure_request',
        caseReference: 'CASE-9',
        reason: 'legal',
        idempotencyKey: null,
        dryRun: false,
      }),
    ).rejects.toThrow(/died/);
    expect(await timesOpen(new RegExp(`${MARK} Canary`, 'gi'))).toBeGreaterThan(1);
    await replayErasures(hub.imports);
    expect(await timesOpen(new RegExp(`${MARK} Canary`, 'gi'))).toBe(0);
    for (const { key_id } of batches) expect(destroyed(key_id)).toBe(true);
    expect(await timesOpen(/KEPB/g)).toBe(1);
    expect(await number('subject where id = $1 and erased_at is not null', [id])).toBe(1);
  });
});

/** Tools of a process that dies when the ledger is written and the transaction is not at its end. */
function dying(): TestHub['imports'] {
  const { ledger } = hub.imports;
  return {
    ...hub.imports,
    ledger: {
      ...ledger,
      record: (lines) => {
        ledger.record(lines);
        throw new Error('died');
      },
    },
  };
}

async function openedOf(about: string): Promise<string> {
  const items = await sql<{ id: string; key_id: string; sealed: Uint8Array }>(
    'select * from vault_item where about_id = $1',
    [about],
  );
  return items
    .map(({ id, key_id, sealed }) => unseal(hub.keys.read(key_id), `vault_item/sealed/${id}`, sealed))
    .join();
}

function destroyed(keyId: string): boolean {
  try {
    hub.keys.read(keyId);
    return false;
  } catch {
    return true;
  }
}

async function stillUsed(keyId: string): Promise<boolean> {
  return (
    (await number(
      '(select key_id from import_batch union all select key_id from vault_item) k where key_id = $1',
      [keyId],
    )) > 0
  );
}

async function tableCounts(): Promise<ReadonlyMap<string, number>> {
  const tables = await sql<{ name: string }>(
    `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const counts = new Map<string, number>();
  for (const { name } of tables)
    if (!['audit_event', 'outbox', 'erasure', 'doomed_key', 'stale_batch'].includes(name))
      counts.set(name, await number(name));
  return counts;
}
