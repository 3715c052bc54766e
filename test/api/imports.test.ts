/** Small files by GraphQL: taken in for the key's own organisation, accounted for row by row, and taken back. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { readToldPage } from '../../src/intake/imports/told-rows.service.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { workbook } from '../support/workbook.ts';

const IMPORT = `mutation Import($content: String, $base64: String, $profile: String, $profileJson: String, $zone: String, $sheet: String) {
  importFile(fileName: "calls.csv", content: $content, contentBase64: $base64, profile: $profile, profileJson: $profileJson, zone: $zone, sheet: $sheet) {
    ... on ImportAccepted { batchId rows encoding repeated repeatedIds notedRows droppedColumns unknownColumns
      counts { accepted parts versions unchanged quarantined } quarantine { line reasons { where found wanted } } }
    ... on ImportRefused { reasons { where found wanted } } } }`;

/** The worked example of the documentation: a hotline's invented calls and the mapping for them. */
const DOCUMENT = readFileSync(new URL('../../docs/import-profiles.md', import.meta.url), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOCUMENT)?.[1] ?? '';
const CALLS = { content: block('csv'), profileJson: block('json') };

let hub: TestHub;
let field: Viewer;
let other: Viewer;

interface Answered {
  readonly batchId: string;
  readonly rows: number;
  readonly encoding: string;
  readonly repeated: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly droppedColumns: readonly string[];
  readonly quarantine: readonly { readonly line: number; readonly reasons: readonly unknown[] }[];
  readonly reasons: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}

async function importCalls(
  variables: Record<string, unknown>,
  viewer = field,
  now = hub.imports.now,
): Promise<Answered> {
  const then = { ...hub, imports: { ...hub.imports, now } };
  return (await answer<{ importFile: Answered }>(then, viewer, IMPORT, variables)).importFile;
}

async function code(viewer: Viewer, source: string, variables?: Record<string, unknown>): Promise<string> {
  const { errors } = await ask(hub, viewer, source, variables);
  return (errors?.[0]?.originalError as { code?: string } | undefined)?.code ?? 'none';
}

beforeAll(async () => {
  hub = await openTestHub('base');
  field = await viewerFor(hub, 'river-desk', 'field');
  other = await viewerFor(hub, 'hill-desk', 'data_officer');
});
afterAll(() => hub.close());

describe('a workbook', () => {
  const rows = (id: string) => [
    ['station_name', 'month', 'staff', 'work_fraction'],
    ['Example Gate', id, 2, 0.5],
  ];
  const book = workbook([
    { name: 'This year', rows: rows('2024-03') },
    { name: 'Last year', rows: rows('2023-03') },
  ]).toString('base64');
  const file = { base64: book, profile: 'staffing', zone: 'Asia/Kathmandu' };

  it('is read from its first sheet, and from another where one is named', async () => {
    const desk = await viewerFor(hub, 'sheet-desk', 'field');
    const one = { accepted: 1, parts: 0, versions: 0, unchanged: 0, quarantined: 0 };
    expect(await importCalls(file, desk)).toMatchObject({
      encoding: 'workbook',
      repeated: false,
      counts: one,
    });
    expect(await importCalls(file, desk)).toMatchObject({ repeated: true });
    expect(await importCalls({ ...file, sheet: 'last YEAR' }, desk)).toMatchObject({
      repeated: false,
      counts: one,
    });
    const { reasons } = await importCalls({ ...file, sheet: 'Next year' }, desk);
    expect(reasons[0]?.found).toContain('no sheet "Next year", wanted one of "This year", "Last year"');
    const text = { content: 'a,b\n1,2', profile: 'staffing', sheet: 'x' };
    expect((await importCalls(text, desk)).reasons[0]?.found).toContain('for a file of text');
  });
});

describe('a row in quarantine', () => {
  const head = 'irf_number,date_of_interception,role,station_name,age';
  const rows = (day: string) =>
    [head, `EXA0101,${day},PV,Example Gate,18`, `EXA0102,31/02/2026,PV,Example Gate,18`].join('\n');
  const given = (day: string) => ({
    profile: 'border-intercept',
    zone: 'Asia/Kathmandu',
    content: rows(day),
  });
  // A key sees what came in with the classes it holds from the next request on.
  const waiting = async (batch: string): Promise<unknown> =>
    answer(
      hub,
      await viewerFor(hub, 'mending-desk', 'data_officer'),
      `{ quarantine(batchId: "${batch}") { line mendedBy reasons { wanted } } dataQuality(groupBy: []) { quarantined { count of } } }`,
    );

  it('says each reason once and what a day in two orders needs, and waits until a later file is read', async () => {
    const desk = await viewerFor(hub, 'mending-desk', 'data_officer');
    const first = await importCalls(given('03/04/2026'), desk);
    expect(first.counts).toMatchObject({ accepted: 0, quarantined: 2 });
    const wanted = (first.quarantine[0]?.reasons ?? []) as readonly { readonly wanted: string }[];
    expect(wanted).toHaveLength(1);
    expect(wanted[0]?.wanted).toContain('at import (--date-order, dateOrder)');
    expect(await waiting(first.batchId)).toMatchObject({
      quarantine: [
        { line: 2, mendedBy: null },
        { line: 3, mendedBy: null },
      ],
      dataQuality: [{ quarantined: { count: 2, of: 2 } }],
    });
    const second = await importCalls(
      given('2026-04-03'),
      desk,
      () => new Date(hub.imports.now().getTime() + 60_000),
    );
    expect(second.counts).toMatchObject({ accepted: 1, quarantined: 1 });
    const page = await readToldPage(hub.database, first.batchId, { afterLine: 0, first: 5 });
    expect(page).toMatchObject({
      quarantined: 2,
      mended: 1,
      rows: [{ mended_by: second.batchId }, { mended_by: null }],
    });
    // What both files could not say waits once, where it was told last.
    expect(await waiting(first.batchId)).toMatchObject({
      quarantine: [
        { line: 2, mendedBy: second.batchId },
        { line: 3, mendedBy: null },
      ],
      dataQuality: [{ quarantined: { count: 1, of: 4 } }],
    });
    await undoImport(hub.imports, desk.organisationId as string, null, second.batchId);
    expect(await waiting(first.batchId)).toMatchObject({
      quarantine: [
        { line: 2, mendedBy: null },
        { line: 3, mendedBy: null },
      ],
      dataQuality: [{ quarantined: { count: 2, of: 2 } }],
    });
  }, 180_000);
});

describe('a small file', () => {
  let batchId = '';

  it('is taken in, and every row is accounted for', async () => {
    const taken = await importCalls(CALLS);
    expect(taken).toMatchObject({
      rows: 3,
      repeated: false,
      counts: { accepted: 2, parts: 0, versions: 0, unchanged: 0, quarantined: 1 },
      droppedColumns: ['Religion'],
      quarantine: [
        {
          line: 4,
          reasons: [{ where: 'line 4, Day', found: '"31/02/2024"', wanted: 'a day of the calendar' }],
        },
      ],
    });
    batchId = taken.batchId;
    // The key sees what came in with the classes it holds from the next request on.
    field = await viewerFor(hub, 'river-desk', 'field');
    const { reports } = await answer<{ reports: { totalCount: number } }>(
      hub,
      field,
      '{ reports { totalCount } }',
    );
    expect(reports.totalCount).toBe(2);
    // The first import of a process loads the gazetteer's atlas.
  }, 180_000);

  it('changes nothing the second time, in either spelling of its content', async () => {
    const base64 = Buffer.from(CALLS.content).toString('base64');
    for (const again of [CALLS, { base64, profileJson: CALLS.profileJson }]) {
      expect(await importCalls(again)).toMatchObject({
        repeated: true,
        batchId,
        counts: { accepted: 0, unchanged: 2 },
      });
    }
  });

  it('is listed with its counts and its quarantine, to its own organisation only', async () => {
    const query = `{ imports { totalCount nodes { id profile fileName state rows droppedColumns counts { accepted quarantined } } }
      quarantine(batchId: "${batchId}") { line reasons { where } } }`;
    expect(await answer(hub, field, query)).toEqual({
      imports: {
        totalCount: 1,
        nodes: [
          {
            id: batchId,
            profile: 'example-hotline',
            fileName: 'calls.csv',
            state: 'DONE',
            rows: 3,
            droppedColumns: ['Religion'],
            counts: { accepted: 2, quarantined: 1 },
          },
        ],
      },
      quarantine: [{ line: 4, reasons: [{ where: 'line 4, Day' }] }],
    });
    expect(await answer(hub, other, query)).toEqual({
      imports: { totalCount: 0, nodes: [] },
      quarantine: [],
    });
  });

  it('says what was left out of rows that it took, page by page, to its own organisation only', async () => {
    const noted = await importCalls({
      profile: 'border-intercept',
      zone: 'Asia/Kathmandu',
      content:
        'irf_number,date_of_interception,role,station_name,age\nEXA0001,2026-01-15,PV,Example Gate,18\nEXA0001,2026-01-15,PV,Example Gate,many\nEXA0002,2026-01-15,PV,Example Gate,few\n',
    });
    expect(noted).toMatchObject({ counts: { accepted: 3, quarantined: 0 }, notedRows: 2 });
    const query = `query ($after: Int! = 0) { notes(batchId: "${noted.batchId}", afterLine: $after) { line reasons { where } } }`;
    expect(await answer(hub, field, query)).toEqual({
      notes: [
        { line: 3, reasons: [{ where: 'line 3, age' }] },
        { line: 4, reasons: [{ where: 'line 4, age' }] },
      ],
    });
    expect(await answer(hub, field, query, { after: 3 })).toMatchObject({ notes: [{ line: 4 }] });
    expect(await answer(hub, other, query)).toEqual({ notes: [] });
    const page = await readToldPage(hub.database, noted.batchId, { afterLine: 0, first: 1 });
    expect(page).toMatchObject({ quarantined: 0, noted: 2, more: true, rows: [{ line: 3 }] });
    const undo = () => undoImport(hub.imports, field.organisationId as string, null, noted.batchId);
    expect(await undo()).toBe(true);
    expect(await undo()).toBe(false);
  });

  it('stays hidden from another organisation that was granted its reports', async () => {
    await hub.database.unrestricted('grant in a test', (connection) =>
      connection.execute(
        `insert into access_grant (id, grantee_id, owner_id, record_class, handling_ceiling, projection, valid_from)
         values (gen_random_uuid(), $1, $2, 'report', 'amber_strict', 'full', '2020-01-01')`,
        [other.organisationId, field.organisationId],
      ),
    );
    const granted = await viewerFor(hub, 'hill-desk', 'data_officer');
    expect(
      await answer(
        hub,
        granted,
        `{ reports { totalCount } imports { totalCount } quarantine(batchId: "${batchId}") { line } }`,
      ),
    ).toEqual({ reports: { totalCount: 2 }, imports: { totalCount: 0 }, quarantine: [] });
  });

  it('is taken back by its owner and by nobody else', async () => {
    const undo =
      'mutation Undo($id: String!) { undoImport(batchId: $id) { ... on ImportUndone { batchId } ... on ImportRefused { reasons { found } } } }';
    for (const id of [batchId, '00000000-0000-4000-8000-000000000000', 'none'])
      expect(await answer(hub, other, undo, { id })).toEqual({
        undoImport: { reasons: [{ found: 'no such import' }] },
      });
    const plan = `query ($id: String!) { undoPlan(batchId: $id) { possibleNow possibleInOrder steps { batchId removed restored attached }
      obstacles { kind count sentence } byPeople { kind } } }`;
    expect(await answer(hub, other, plan, { id: batchId })).toEqual({ undoPlan: null });
    expect(await answer(hub, field, plan, { id: batchId })).toEqual({
      undoPlan: {
        possibleNow: true,
        possibleInOrder: true,
        steps: [{ batchId, removed: 2, restored: 0, attached: 0 }],
        obstacles: [],
        byPeople: [],
      },
    });
    expect(await answer(hub, field, undo, { id: batchId })).toEqual({ undoImport: { batchId } });
    expect(await answer(hub, field, plan, { id: batchId })).toEqual({ undoPlan: null });
    expect(await answer(hub, field, '{ reports { totalCount } imports { nodes { state } } }')).toEqual({
      reports: { totalCount: 0 },
      imports: { nodes: [{ state: 'UNDONE' }, { state: 'UNDONE' }] },
    });
    expect((await importCalls(CALLS)).counts).toMatchObject({ accepted: 2 });
  });
});

describe('the encoding of a file', () => {
  const western = Buffer.from(CALLS.content.replaceAll('Exampletown', 'Saint-Étienne'), 'latin1');
  const list = '{ imports { nodes { id encoding } } }';

  it('is told with what became of the file', async () => {
    const own = await viewerFor(hub, 'river-desk', 'field');
    const taken = await importCalls({ base64: western.toString('base64'), profileJson: CALLS.profileJson });
    expect([taken.rows, taken.encoding]).toEqual([3, 'windows-1252']);
    const { imports } = await answer<{ imports: { nodes: unknown[] } }>(hub, own, list);
    expect(imports.nodes).toContainEqual({ id: taken.batchId, encoding: 'windows-1252' });
  });

  it('is one throughout, or the file is refused with the place', async () => {
    const mixed = Buffer.concat([western, Buffer.from('A-9;28/02/2024;काठमाडौं;;1;;;;\n')]);
    const { reasons } = await importCalls({
      base64: mixed.toString('base64'),
      profileJson: CALLS.profileJson,
    });
    expect(reasons[0]?.found).toMatch(/a byte that is not utf-8 at offset \d+, on line 2/);
  });
});

describe('what cannot be taken in', () => {
  it.each([
    ['no content', { profile: 'ctdc' }, 'content, contentBase64', 'exactly one'],
    [
      'two contents',
      { content: 'a', base64: 'YQ==', profile: 'ctdc' },
      'content, contentBase64',
      'exactly one',
    ],
    ['no profile', { content: 'a' }, 'profile, profileJson', 'border-intercept'],
    ['an unknown profile', { content: 'a', profile: 'calls' }, 'profile', 'border-intercept'],
    ['half a profile', { content: 'a', profileJson: '{' }, 'profileJson', 'docs/import-profiles.md'],
    ['an empty profile', { content: 'a', profileJson: '{}' }, 'profile', ''],
    [
      'a profile under a name that is taken',
      { ...CALLS, profileJson: CALLS.profileJson.replace('"example-hotline"', '"staffing"') },
      'profile name',
      'a name of its own',
    ],
    ['an unknown zone', { ...CALLS, zone: 'Asia/Nowhere' }, 'zone', 'Asia/Kathmandu'],
    ['bytes that are no base64', { base64: '%%%', profile: 'ctdc' }, 'contentBase64', 'base64'],
    ['another kind of file', { content: 'a,b\n1,2', profile: 'ctdc' }, 'the file', 'ctdc'],
    ['an empty file', { content: '', profile: 'ctdc' }, 'the file', 'ctdc'],
  ])('%s is refused with the reason', async (_what, variables, where, wanted) => {
    const { reasons } = await importCalls(variables);
    expect(reasons[0]?.where).toContain(where);
    expect(reasons.map((reason) => `${reason.found} ${reason.wanted}`).join(' ')).toContain(wanted);
  });

  it('nor by a role that never imports', async () => {
    for (const [slug, role] of [
      ['river-desk', 'dashboard'],
      ['river-desk', 'partner'],
      [null, 'operator'],
    ] as const) {
      const viewer = await viewerFor(hub, slug, role);
      expect(await code(viewer, IMPORT, CALLS)).toBe('FORBIDDEN');
    }
  });
});
