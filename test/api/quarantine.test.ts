/** Rows in quarantine are worked off one by one: shown without what could name anybody, mended, left out, and let wait again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { settleRow } from '../../src/intake/imports/settled-row.store.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const REASONS = 'reasons { where found wanted }';
const IMPORT = `mutation ($content: String!, $profile: String, $profileJson: String) {
  done: importFile(fileName: "calls.csv", content: $content, profile: $profile, profileJson: $profileJson, zone: "Asia/Kathmandu", dateOrder: DMY) {
    ... on ImportAccepted { batchId counts { accepted versions unchanged quarantined } } ... on ImportRefused { ${REASONS} } } }`;
const MEND = `mutation ($batchId: String!, $line: Int!, $cells: [MendedCellInput!]!, $profileJson: String) {
  done: mendRow(batchId: $batchId, line: $line, cells: $cells, profileJson: $profileJson) {
    ... on ImportAccepted { batchId repeated counts { accepted versions unchanged quarantined } } ... on ImportRefused { ${REASONS} } } }`;
const ROW = `query ($batchId: String!, $line: Int!) { waitingRow(batchId: $batchId, line: $line) {
  line profile unmendable leftOut ${REASONS} fields { column value shape meaning takes wrong } } }`;
const LEAVE = `mutation ($batchId: String!, $line: Int!) { done: leaveRowOut(batchId: $batchId, line: $line, reason: DUPLICATE) {
  ... on RowSettled { line } ... on ImportRefused { ${REASONS} } } }`;
const WAIT = `mutation ($batchId: String!, $line: Int!) { done: letRowWait(batchId: $batchId, line: $line) {
  ... on RowSettled { line } ... on ImportRefused { ${REASONS} } } }`;
const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';
const HEAD =
  'irf_number,date_of_interception,role,station_name,age,full_name,staff_name,country_of_origin,remark';
const FILE = [
  HEAD,
  'EXA0101,31/02/2026,PV,Example Gate,18,Maya Invented,Worker One,Nepal,met Maya',
  'EXA0102,03/04/2026,PV,Example Gate,19,Sita Invented,Worker Two,Nepal,',
  'EXA0103,30/02/2026,PV,Example Gate,17,Gita Invented,Worker Two,Nepal,',
].join('\n');

interface Done {
  readonly batchId?: string;
  readonly line?: number;
  readonly repeated?: boolean;
  readonly counts?: Readonly<Record<string, number>>;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Shown {
  readonly unmendable: string | null;
  readonly leftOut: string | null;
  readonly fields: readonly {
    readonly column: string;
    readonly value: string | null;
    readonly shape: string;
    readonly wrong: boolean;
  }[];
}

let hub: TestHub;
let later = 0;

/** Later each time, so that one import comes after another. */
const clocked = (): TestHub => ({
  ...hub,
  imports: { ...hub.imports, now: () => new Date(hub.imports.now().getTime() + (later += 1_000)) },
});
const act = async (viewer: Viewer, text: string, variables: object): Promise<Done> =>
  (await answer<{ done: Done }>(clocked(), viewer, text, { ...variables })).done;
const shown = async (viewer: Viewer, batchId: string, line: number): Promise<Shown | null> =>
  (await answer<{ waitingRow: Shown | null }>(clocked(), viewer, ROW, { batchId, line })).waitingRow;
async function waiting(slug: string, batchId: string): Promise<readonly object[]> {
  const { quarantine } = await answer<{ quarantine: object[] }>(
    hub,
    await viewerFor(hub, slug, 'field'),
    `{ quarantine(batchId: "${batchId}") { line mendedBy leftOut } }`,
  );
  return quarantine;
}
const counted = async (slug: string): Promise<unknown> =>
  (
    await answer<{ dataQuality: { quarantined: unknown }[] }>(
      hub,
      await viewerFor(hub, slug, 'field'),
      '{ dataQuality(groupBy: []) { quarantined { count of } } }',
    )
  ).dataQuality[0]?.quarantined;
async function taken(slug: string): Promise<{ readonly viewer: Viewer; readonly batchId: string }> {
  const viewer = await viewerFor(hub, slug, 'field');
  const { batchId = '', counts } = await act(viewer, IMPORT, { content: FILE, profile: 'border-intercept' });
  expect(counts).toMatchObject({ accepted: 1, quarantined: 2 });
  return { viewer, batchId };
}
const cell = (column: string, value: string): object => ({ cells: [{ column, value }] });

beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

describe('a row that waits', () => {
  it('is shown cell by cell with what was wrong, without a name, a note or what is right of a moved person', async () => {
    const { viewer, batchId } = await taken('shown-desk');
    const row = await shown(viewer, batchId, 2);
    expect(row?.unmendable).toBeNull();
    const fields = new Map(row?.fields.map((one) => [one.column, one]));
    expect(fields.get('date_of_interception')).toMatchObject({ value: '31/02/2026', wrong: true });
    expect(fields.get('irf_number')).toMatchObject({ value: 'EXA0101', wrong: false });
    expect(fields.get('full_name')).toMatchObject({ value: null, shape: '13 characters' });
    expect(fields.get('age')).toMatchObject({ value: null });
    expect(JSON.stringify(row)).not.toMatch(/Maya|Invented|Worker/);
    const events = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ key_id: string; detail: object }>(
        `select key_id, detail from audit_event where action = 'show_waiting_row' and object_ids @> array[$1::uuid]`,
        [batchId],
      ),
    );
    expect(events).toEqual([{ key_id: viewer.keyId, detail: { line: 2 } }]);
  });

  it('is mended cell by cell, once, and waits again when that import is taken back', async () => {
    const { viewer, batchId } = await taken('mending-desk');
    expect(await counted('mending-desk')).toEqual({ count: 2, of: 3 });
    const wrong = await act(viewer, MEND, {
      batchId,
      line: 2,
      ...cell('date_of_interception', '32/02/2026'),
    });
    expect(wrong.reasons?.map(({ where }) => where)).toEqual(['line 2, date_of_interception']);
    expect(await counted('mending-desk')).toEqual({ count: 2, of: 3 });
    const mend = { batchId, line: 2, ...cell('Date of Interception', '28/02/2026') };
    const mended = await act(viewer, MEND, mend);
    expect(mended.counts).toEqual({ accepted: 1, versions: 0, unchanged: 0, quarantined: 0 });
    expect(await waiting('mending-desk', batchId)).toEqual([
      { line: 2, mendedBy: mended.batchId, leftOut: null },
      { line: 4, mendedBy: null, leftOut: null },
    ]);
    expect(await counted('mending-desk')).toEqual({ count: 1, of: 4 });
    expect((await act(viewer, MEND, mend)).reasons?.[0]?.found).toBe('no row that waits there');
    expect(await shown(viewer, batchId, 2)).toBeNull();
    // What the row said besides came with it.
    const { reports } = await answer<{ reports: { nodes: { externalReference: string }[] } }>(
      hub,
      await viewerFor(hub, 'mending-desk', 'field'),
      '{ reports { nodes { externalReference } } }',
    );
    expect(reports.nodes.map(({ externalReference }) => externalReference).sort()).toEqual([
      'EXA0101',
      'EXA0102',
    ]);
    await answer(clocked(), viewer, `mutation { undoImport(batchId: "${mended.batchId}") { __typename } }`);
    expect(await waiting('mending-desk', batchId)).toMatchObject([{ mendedBy: null }, { mendedBy: null }]);
    expect((await act(viewer, MEND, mend)).counts).toMatchObject({ accepted: 1 });
  });

  it('known by its words alone is mended although its words are others then', async () => {
    const desk = await viewerFor(hub, 'words-desk', 'field');
    const content = 'station_name,month,staff,work_fraction\nExample Gate,2026-13,2,0.5';
    const { batchId } = await act(desk, IMPORT, { content, profile: 'staffing' });
    const mended = await act(desk, MEND, { batchId, line: 2, ...cell('month', '2026-03') });
    expect(await waiting('words-desk', batchId ?? '')).toEqual([
      { line: 2, mendedBy: mended.batchId, leftOut: null },
    ]);
    expect(await counted('words-desk')).toEqual({ count: 0, of: 2 });
  });

  it('is left out for a reason, and waits again', async () => {
    const { viewer, batchId } = await taken('leaving-desk');
    expect(await act(viewer, LEAVE, { batchId, line: 4 })).toEqual({ line: 4 });
    expect(await act(viewer, LEAVE, { batchId, line: 4 })).toEqual({ line: 4 });
    expect(await waiting('leaving-desk', batchId)).toEqual([
      { line: 2, mendedBy: null, leftOut: null },
      { line: 4, mendedBy: null, leftOut: 'DUPLICATE' },
    ]);
    expect(await counted('leaving-desk')).toEqual({ count: 1, of: 3 });
    expect((await shown(viewer, batchId, 4))?.leftOut).toBe('DUPLICATE');
    expect(await act(viewer, WAIT, { batchId, line: 4 })).toEqual({ line: 4 });
    expect(await counted('leaving-desk')).toEqual({ count: 2, of: 3 });
  });

  it('that was left out stays out when the other of its report is mended, and is mended by nobody until it waits', async () => {
    const viewer = await viewerFor(hub, 'siblings-desk', 'field');
    const content = [
      HEAD,
      'EXB0101,31/02/2026,PV,Example Gate,18,Maya Invented,Worker One,Nepal,',
      'EXB0101,31/02/2026,PV,Example Gate,19,Sita Invented,Worker One,Nepal,',
      'Nina Invented 9800000000,31/02/2026,PV,Example Gate,19,,Worker One,Nepal,',
    ].join('\n');
    const { batchId = '' } = await act(viewer, IMPORT, { content, profile: 'border-intercept' });
    await act(viewer, LEAVE, { batchId, line: 3 });
    const mended = cell('date_of_interception', '28/02/2026');
    expect((await act(viewer, MEND, { batchId, line: 3, ...mended })).reasons).toMatchObject([
      { found: 'a row that was left out' },
    ]);
    expect((await act(viewer, MEND, { batchId, line: 2, ...mended })).counts).toMatchObject({ accepted: 1 });
    expect(await waiting('siblings-desk', batchId)).toContainEqual(
      expect.objectContaining({ line: 3, leftOut: 'DUPLICATE' }),
    );
    // What slid into the column of ids may be anything.
    expect(JSON.stringify(await shown(viewer, batchId, 4))).not.toMatch(/Nina|98000/);
  });

  it('is settled by whoever is first, until what that one imported is taken back', async () => {
    const { viewer, batchId } = await taken('race-desk');
    const mended = await act(viewer, MEND, {
      batchId,
      line: 2,
      ...cell('date_of_interception', '28/02/2026'),
    });
    const by = (mendedBy: string | null, reason: 'duplicate' | null): Promise<boolean> =>
      hub.database.unrestricted('settle a row in a test', async (connection) => {
        const [row] = await connection.query<{
          row_number: number;
          visibility_class_id: number;
          owner_id: string;
        }>('select row_number, visibility_class_id, owner_id from settled_row where batch_id = $1', [
          batchId,
        ]);
        if (row === undefined) throw new Error('found no settled row');
        const settling = { batchId, ownerId: row.owner_id, keyId: viewer.keyId, now: hub.imports.now() };
        return settleRow(connection, settling, row, { mendedBy, reason });
      });
    expect(await by(batchId, null)).toBe(false);
    expect(await by(null, 'duplicate')).toBe(false);
    expect(await by(mended.batchId ?? '', null)).toBe(true);
    await answer(clocked(), viewer, `mutation { undoImport(batchId: "${mended.batchId}") { __typename } }`);
    expect(await by(null, 'duplicate')).toBe(true);
  });

  it('of another organisation, one that was taken and one that never was are one answer', async () => {
    const { viewer, batchId } = await taken('first-desk');
    const other = await viewerFor(hub, 'other-desk', 'data_officer');
    const asked: readonly [Viewer, object][] = [
      [other, { batchId: NO_SUCH_ID, line: 2 }],
      [other, { batchId, line: 2 }],
      [viewer, { batchId, line: 3 }],
      [viewer, { batchId, line: 99 }],
      [viewer, { batchId: 'no-id', line: 2 }],
    ];
    const answers = new Set<string>();
    for (const [who, variables] of asked) {
      answers.add(JSON.stringify(await answer(hub, who, ROW, { ...variables })));
      for (const text of [LEAVE, WAIT]) answers.add(JSON.stringify(await act(who, text, variables)));
      answers.add(JSON.stringify(await act(who, MEND, { ...variables, ...cell('age', '1') })));
    }
    expect([...answers]).toEqual(['{"waitingRow":null}', expect.stringContaining('no row that waits there')]);
    expect(await waiting('other-desk', batchId)).toEqual([]);
  });

  it.each(['dashboard', 'partner'] as const)(
    'is nothing that a key of the role %s may look at',
    async (role) => {
      const { batchId } = await taken(`${role}-desk`);
      const viewer = await viewerFor(hub, `${role}-desk`, role);
      for (const [text, variables] of [
        [ROW, {}],
        [LEAVE, {}],
        [MEND, cell('age', '1')],
      ] as const) {
        const { errors } = await ask(hub, viewer, text, { batchId, line: 2, ...variables });
        expect(errors?.[0]?.message).toContain(`a key of the role ${role} does not import`);
      }
    },
  );

  it('takes no column that is forbidden or that it does not have, and says none of it', async () => {
    const { viewer, batchId } = await taken('columns-desk');
    for (const column of ['religion', 'Maya', '__proto__']) {
      const { reasons } = await act(viewer, MEND, { batchId, line: 2, ...cell(column, 'x') });
      expect(reasons).toEqual([
        { where: 'cells', found: 'a column that the row does not have', wanted: 'one of its own' },
      ]);
    }
  });

  it('of a profile of its own is mended with that profile and no other', async () => {
    const desk = await viewerFor(hub, 'own-profile-desk', 'field');
    const profile = (version: number): string =>
      JSON.stringify({
        name: 'own-staffing',
        version,
        description: 'Of our own.',
        format: 'csv',
        target: 'effort',
        columns: { required: ['gate', 'month', 'staff'] },
        grouping: 'row',
        effort: {
          station: { column: 'gate', required: true },
          month: { column: 'month', basis: 'staffing' },
          staff: { column: 'staff' },
          workFraction: { constant: 1 },
        },
      });
    const content = 'gate,month,staff\nExample Gate,2026-13,2';
    const { batchId, reasons } = await act(desk, IMPORT, { content, profileJson: profile(1) });
    expect(reasons).toBeUndefined();
    const mend = { batchId, line: 2, ...cell('month', '2026-03') };
    expect((await act(desk, MEND, mend)).reasons?.[0]?.where).toBe('profileJson');
    expect((await act(desk, MEND, { ...mend, profileJson: profile(2) })).reasons?.[0]?.where).toBe('profile');
    expect((await act(desk, MEND, { ...mend, profileJson: profile(1) })).counts?.accepted).toBe(1);
  });
});

describe('the profiles there are', () => {
  it('are listed with their columns', async () => {
    const { importProfiles } = await answer<{
      importProfiles: { name: string; columns: { name: string; required: boolean; goes: string }[] }[];
    }>(
      hub,
      await viewerFor(hub, 'shown-desk', 'field'),
      '{ importProfiles { name columns { name required goes } } }',
    );
    expect(importProfiles).toHaveLength(13);
    const staffing = importProfiles.find(({ name }) => name === 'staffing');
    expect(staffing?.columns).toContainEqual({ name: 'month', required: true, goes: 'record' });
  });
});
