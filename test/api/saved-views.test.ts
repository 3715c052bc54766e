/** Views of the dashboard kept under a name: one's own, shared with colleagues, and of no use to anybody else. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKey, readOrganisation } from '../../src/access/key.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { readViewAddress } from '../../src/people/saved-views/view-address.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWN = 'terai-watch';
const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const LIST = '{ savedViews { totalCount nodes { id version name page address shared mine madeBy } } }';
const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';
const ADDRESS = 'map/corridors?source=NPL&destination=IND&from=2025-11';

interface Done {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Kept {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly page: string;
  readonly address: string;
  readonly shared: boolean;
  readonly mine: boolean;
  readonly madeBy: string;
}

let hub: TestHub;
let serial = 0;
let maker: Viewer;
let colleague: Viewer;
let officer: Viewer;
let stranger: Viewer;

/** A key of its own each time, and read anew as a server does: classes come with the first view of an organisation. */
async function again(viewer: Viewer): Promise<Viewer> {
  return { ...viewer, ...(await classesOf(viewer)) };
}
async function classesOf({ organisationSlug, role }: Viewer): Promise<Pick<Viewer, 'fullClasses'>> {
  const { fullClasses } = await viewerFor(hub, organisationSlug, role);
  return { fullClasses };
}
async function act(viewer: Viewer, call: string, key = `saved-view-${(serial += 1)}`): Promise<Done> {
  const text = `mutation { done: ${call.replace(/\)$/, `, idempotencyKey: "${key}")`)} ${OUTCOME} }`;
  return (await answer<{ done: Done }>(hub, viewer, text)).done;
}
const save = (viewer: Viewer, name: string, address = ADDRESS, shared = false): Promise<Done> =>
  act(
    viewer,
    `saveView(name: ${JSON.stringify(name)}, address: ${JSON.stringify(address)}, shared: ${shared})`,
  );
async function kept(viewer: Viewer): Promise<readonly Kept[]> {
  const { savedViews } = await answer<{ savedViews: { totalCount: number; nodes: Kept[] } }>(
    hub,
    await again(viewer),
    LIST,
  );
  expect(savedViews.totalCount).toBe(savedViews.nodes.length);
  return savedViews.nodes;
}
const names = async (viewer: Viewer): Promise<readonly string[]> =>
  (await kept(viewer)).map(({ name }) => name);

beforeAll(async () => {
  hub = await openTestHub('demo');
  maker = await viewerFor(hub, OWN, 'analyst');
  colleague = await viewerFor(hub, OWN, 'field');
  officer = await viewerFor(hub, OWN, 'data_officer');
  stranger = await viewerFor(hub, 'delta-lights', 'data_officer');
});
afterAll(() => hub.close());

describe('a saved view', () => {
  it("is its maker's alone until it is shared, then everybody's of the organisation, and nobody else's ever", async () => {
    const saved = await save(maker, 'Nepal to India');
    expect(saved.version).toBe(1);
    expect(await kept(maker)).toEqual([
      {
        id: saved.id,
        version: 1,
        name: 'Nepal to India',
        page: 'MAP',
        address: ADDRESS,
        shared: false,
        mine: true,
        madeBy: maker.keyId,
      },
    ]);
    for (const other of [colleague, officer, stranger]) expect(await kept(other)).toEqual([]);

    expect(await act(maker, `shareView(id: "${saved.id}", version: 1, shared: true)`)).toEqual({
      id: saved.id,
      version: 2,
    });
    for (const other of [colleague, officer, await viewerFor(hub, OWN, 'dashboard')])
      expect((await kept(other)).map(({ name, shared, mine }) => ({ name, shared, mine }))).toEqual([
        { name: 'Nepal to India', shared: true, mine: false },
      ]);
    for (const other of [
      stranger,
      await viewerFor(hub, null, 'operator'),
      await viewerFor(hub, OWN, 'partner'),
    ])
      expect(await kept(other)).toEqual([]);

    expect((await act(maker, `renameView(id: "${saved.id}", version: 2, name: "Westward")`)).version).toBe(3);
    expect(await names(colleague)).toEqual(['Westward']);
    expect((await act(maker, `removeView(id: "${saved.id}", version: 3)`)).version).toBe(4);
    for (const other of [maker, colleague]) expect(await kept(other)).toEqual([]);
  });

  it('is listed page by page, the latest first, and by the pages that are asked for', async () => {
    const person = await viewerFor(hub, 'rain-gate', 'analyst');
    for (const [name, address] of [
      ['first', 'map'],
      ['second', 'countries?country=NPL'],
      ['third', 'changes?by=MODE'],
    ] as const)
      await save(person, name, address);
    const page = `query ($after: String) { savedViews(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }`;
    type Page = {
      savedViews: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    const seen = await again(person);
    const one = (await answer<Page>(hub, seen, page)).savedViews;
    const two = (await answer<Page>(hub, seen, page, { after: one.pageInfo.endCursor })).savedViews;
    expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...one.nodes, ...two.nodes].map(({ name }) => name).sort()).toEqual(['first', 'second', 'third']);
    const some = await answer<Page>(hub, seen, '{ savedViews(pages: [COUNTRIES]) { nodes { name } } }');
    expect(some.savedViews.nodes).toEqual([{ name: 'second' }]);
  });

  it('answers alike for one that is not there, a private one of a colleague and one of another organisation', async () => {
    const hidden = await save(maker, 'hidden');
    const shared = await save(maker, 'shown', ADDRESS, true);
    for (const call of [
      (id: string) => `renameView(id: "${id}", version: 1, name: "other")`,
      (id: string) => `shareView(id: "${id}", version: 1, shared: false)`,
      (id: string) => `removeView(id: "${id}", version: 1)`,
    ]) {
      const absent = JSON.stringify(await act(stranger, call(NO_SUCH_ID)));
      expect(absent).toContain('nothing of that id');
      for (const [viewer, id] of [
        [stranger, hidden.id],
        [stranger, shared.id],
        [colleague, hidden.id],
        [colleague, shared.id],
        [officer, hidden.id],
        [stranger, 'no-id'],
      ] as const)
        expect(JSON.stringify(await act(viewer, call(id ?? '')))).toBe(absent);
    }
    for (const id of [hidden.id, shared.id]) await act(maker, `removeView(id: "${id}", version: 1)`);
  });

  it('is taken out of the list of all by a data officer, who gives it no other name', async () => {
    const saved = await save(maker, 'of all', ADDRESS, true);
    expect((await act(officer, `renameView(id: "${saved.id}", version: 1, name: "x")`)).reasons).toHaveLength(
      1,
    );
    expect((await act(officer, `shareView(id: "${saved.id}", version: 1, shared: false)`)).version).toBe(2);
    expect(await names(colleague)).toEqual([]);
    expect(await names(maker)).toEqual(['of all']);
    await act(maker, `shareView(id: "${saved.id}", version: 2, shared: true)`);
    expect((await act(officer, `removeView(id: "${saved.id}", version: 3)`)).version).toBe(4);
    expect(await names(maker)).toEqual([]);
  });

  it('is saved once for a key of the act, and changed only as it was read', async () => {
    const call = `saveView(name: "once", address: "${ADDRESS}")`;
    const [one, two] = [await act(maker, call, 'the-same-key'), await act(maker, call, 'the-same-key')];
    expect(two).toEqual(one);
    expect(await names(maker)).toEqual(['once']);
    expect((await act(maker, `renameView(id: "${one.id}", version: 7, name: "late")`)).reasons).toEqual([
      { where: 'version', found: 'version 7', wanted: 'version 1, the latest: read it again and repeat' },
    ]);
    await act(maker, `removeView(id: "${one.id}", version: 1)`);
  });

  it.each(['dashboard', 'partner'] as const)('is saved by no key of the role %s', async (role) => {
    const { errors } = await ask(
      hub,
      await viewerFor(hub, OWN, role),
      `mutation { saveView(name: "x", address: "map", idempotencyKey: "saved-view-role") ${OUTCOME} }`,
    );
    expect(errors?.[0]?.message).toBe(
      `a key of the role ${role} does not record; ask your data officer for one that does`,
    );
  });

  it('is found no room for after two hundred of one person', async () => {
    const person = await keyOf('rain-gate');
    await hub.database.unrestricted('fill a list in a test', (connection) =>
      connection.execute(
        `insert into saved_view (id, owner_id, visibility_class_id, made_by, name, page, address, shared, made_at, changed_at)
         select gen_random_uuid(), v.owner_id, v.visibility_class_id, $1, 'n', 'map', 'map', false, v.made_at, v.made_at
         from (select * from saved_view limit 1) v, generate_series(1, 200)`,
        [person.keyId],
      ),
    );
    expect((await save(person, 'one more')).reasons?.[0]?.found).toBe('200 views');
  });

  it('leaves who did what in the log, and not what it is called', async () => {
    const saved = await save(maker, 'Unmistakable', ADDRESS, true);
    await act(maker, `removeView(id: "${saved.id}", version: 1)`);
    const events = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ action: string; key_id: string; detail: unknown }>(
        `select action, key_id, detail from audit_event where object_ids @> array[$1::uuid] order by sequence`,
        [saved.id],
      ),
    );
    expect(events.map(({ action, key_id }) => [action, key_id])).toEqual([
      ['save_view', maker.keyId],
      ['remove_view', maker.keyId],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Unmistakable|corridors/);
  });

  it('goes with an account that is forgotten, unless colleagues have it', async () => {
    const { made } = await answer<{ made: { id: string } }>(
      hub,
      officer,
      'mutation { made: makeAccount(role: ANALYST, name: "Night desk", idempotencyKey: "saved-view-account") { ... on AccountInvited { id } } }',
    );
    const person: Viewer = { ...maker, keyId: made.id };
    await save(person, 'for myself');
    const shared = await save(person, 'for all', ADDRESS, true);
    const { accounts } = await answer<{ accounts: { id: string; version: number }[] }>(
      hub,
      officer,
      '{ accounts { id version } }',
    );
    const account = accounts.find(({ id }) => id === person.keyId);
    await act(officer, `forgetAccount(id: "${person.keyId}", version: ${account?.version})`);
    const left = await hub.database.unrestricted('count in a test', (connection) =>
      connection.query<{ id: string }>('select id from saved_view where made_by = $1', [person.keyId]),
    );
    expect(left).toEqual([{ id: shared.id }]);
  });
});

async function keyOf(slug: string): Promise<Viewer> {
  const text = await hub.database.unrestricted('a key for a test', async (connection) => {
    const { id: organisationId } = await readOrganisation(connection, slug);
    const expiresAt = new Date(TEST_NOW.getTime() + 86_400_000);
    const request = {
      organisationId,
      role: 'analyst',
      label: 'test',
      vaultPermission: false,
      expiresAt,
    } as const;
    return (await addKey(connection, randomIds, request)).text;
  });
  return readViewer(hub.database, text, TEST_NOW);
}

describe('what may stand in the address of a view', () => {
  const read = (text: string): string | undefined => {
    const outcome = readViewAddress(text);
    return outcome.accepted ? outcome.value.text : undefined;
  };
  /** The dashboard's own list: neither imports the other. */
  const wordsOf = (file: string, list: string): readonly string[] => {
    const source = readFileSync(new URL(`../../src/dashboard/${file}`, import.meta.url), 'utf8');
    const [, words = ''] = new RegExp(`export const ${list} = \\[([^\\]]*)\\] as const`).exec(source) ?? [];
    const found = [...words.matchAll(/'(\w+)'/g)].map(([, word]) => word as string);
    if (found.length === 0) throw new Error(`found no ${list} in ${file}`);
    return found;
  };
  const ID = '3aa236f8-0388-46e7-b796-755fabbf0f56';

  it('is whatever the dashboard writes, of every layer, role, way, zone and group', () => {
    const map = (list: string): readonly string[] => wordsOf('view/map-view.ts', list);
    const written = [
      ...map('LAYER_IDS').map(
        (layer) => `map/${layer}?at=-84.500,27.125,5.25&open=${ID}&movement=${ID}&table=yes`,
      ),
      ...map('ROLES').map((role) => `map/roles?role=${role}&open=NPL`),
      ...map('MODES').map((mode) => `map/corridors?source=NPL&mode=${mode}&to=2026-12`),
      ...map('VERIFICATIONS').map((which) => `map/corridors?which=${which}`),
      ...wordsOf('layers/closing-answer.ts', 'ZONES').map(
        (zone) => `map/closings?open=${zone}-${ID}&closing=${ID}&on=2026-03-09&months=12`,
      ),
      ...wordsOf('page/compare-answer.ts', 'GROUPS').map((by) => `changes?by=${by}`),
      'map/corridors?open=0306747d56b8c631d7079d619683a782',
      'map/hotspots?open=843da0bffffffff',
      'changes?a=2025-01,2025-06&b=2025-07,2025-12',
      'countries?country=NPL&from=2025-01&to=2025-06',
      'stations?from=2025-01',
    ];
    for (const text of written) expect(read(`#/${text}`)).toBe(text);
    expect(read('changes?a=2025-01%2C2025-06')).toBe('changes?a=2025-01,2025-06');
  });

  it('is kept in one order, whatever it came in', () => {
    expect(read('map/roles?to=2026-12&source=NPL&role=TRANSIT')).toBe(
      'map/roles?role=TRANSIT&source=NPL&to=2026-12',
    );
  });

  it.each([
    'officer/audit?record=1',
    'query?text=x',
    'map/elsewhere',
    'countries/corridors',
    'map/corridors/more',
    'map?name=Maya',
    'map?constructor=x',
    'map?source=RAM&source=NPL',
    'map?source=XXX',
    'map?open=Maya_Gurung',
    'map?open=maya-3aa236f8-0388-46e7-b796-755fabbf0f56',
    'map?movement=NPL',
    'map?at=84.123456,27,5',
    'map?at=Kathmandu',
    'map?mode=ROCKET',
    'map?from=2026-13',
    'map?from=2026-04&from=2026-05',
    'map?table=no',
    'changes?a=2025-06,2025-01',
    'changes?a=2025-01,2025-06,maya',
    'https://elsewhere.example/#/map',
    'javascript:alert(1)',
    `map?source=NPL${'&'.repeat(600)}`,
    '',
  ])('is not %j', (text) => {
    const outcome = readViewAddress(text);
    expect(outcome.accepted).toBe(false);
    if (!outcome.accepted) expect(JSON.stringify(outcome.reasons)).not.toMatch(/maya|rocket|kathmandu/i);
  });

  it.each(['Maya 98510 12345', 'a@b.example', 'two\nlines', ' ', 'x'.repeat(81)])(
    'goes under no name like %j',
    async (name) => {
      const { reasons } = await save(maker, name);
      expect(reasons?.map(({ where }) => where)).toEqual(['name']);
      expect(JSON.stringify(reasons)).not.toContain('98510');
    },
  );
});
