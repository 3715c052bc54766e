/** Two organisations learn that both know an identifier, and whom to call; nobody learns more, and whoever probes is seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { blindList, hitsOf, type ListedSelector } from '../../src/sharing/matching/asking-side.ts';
import { LEAST_SET, TOKEN_BYTES } from '../../src/sharing/matching/token-set.ts';
import { Matching } from '../support/matching.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const HOUR = 3_600_000;
const KNOWN = '+977 980 000 0001';
const PLATE = 'BA 2 KHA 3344';
const VICTIMS = '+977 980 000 0002';
const WITNESSES = '+977 980 000 0003';
const RED = '+977 980 000 0004';
const EXCLUDED = '+977 980 000 0005';
const CLEARED = '+977 980 000 0006';
/** Of somebody protected, of whom only the vault has it. */
const CONTACTS = '+977 980 000 0007';

/** Of somebody protected, whom the vault has in other spellings, one of them beside another. */
const SPELLED = ['+977 980 000 0031', '+977 980 000 0032', '+977 980 000 0033', '980 000 0034'];
const SPELLINGS = 'tel 9779800000031 or 00977-980-000-0032, at home 0980 000 0033; uncle +977 (0)980 0000034';

const GONE = [VICTIMS, WITNESSES, RED, CLEARED, CONTACTS, ...SPELLED];

let hub: TestHub;
let matching: Matching;
let owner: Viewer;
let ownersInvestigator: Viewer;
let officer: Viewer;
let asker: Viewer;
let third: Viewer;
let agreementId: string;

const of = (kind: string, role: string, ...selectors: readonly [string, string][]) => ({
  kind,
  role,
  selectors: selectors.map(([each, value]) => ({ kind: each, value })),
});

beforeAll(async () => {
  hub = await openTestHub('base');
  matching = new Matching(hub, TEST_NOW);
  owner = await viewerFor(hub, 'north-desk', 'data_officer');
  officer = await viewerFor(hub, 'south-desk', 'data_officer');
  asker = await viewerFor(hub, 'south-desk', 'analyst');
  third = await viewerFor(hub, 'east-desk', 'analyst');
  await matching.record(owner, {
    entities: [
      of('INDIVIDUAL', 'RECRUITER', ['phone', KNOWN], ['name', 'Ramo Sample']),
      of('VEHICLE', 'TRANSPORT', ['plate', PLATE]),
      of('INDIVIDUAL', 'SUSPECT', ['phone', VICTIMS]),
      of('INDIVIDUAL', 'SUSPECT', ['phone', WITNESSES]),
      of('PHONE', 'OTHER', ['phone', RED]),
      of('PHONE', 'OTHER', ['phone', CONTACTS]),
      ...SPELLED.map((value) => of('INDIVIDUAL', 'SUSPECT', ['phone', value])),
      of('INDIVIDUAL', 'FACILITATOR', ['phone', EXCLUDED]),
      of('INDIVIDUAL', 'HOST', ['phone', CLEARED]),
    ],
  });
  // Read again: what it sees of its own came to be with the first report.
  owner = await viewerFor(hub, 'north-desk', 'data_officer');
  ownersInvestigator = await viewerFor(hub, 'north-desk', 'investigator');
  agreementId = await matching.agree(owner, officer);
});
afterAll(() => hub.close());

const asked = (over: Record<string, unknown> = {}) => ({
  owner: 'north-desk',
  agreementId,
  purpose: 'INVESTIGATION',
  caseReference: 'CASE-77',
  tell: 'INVESTIGATOR',
  ...over,
});
const NO_HIT = { verdict: 'NO_HIT', contact: null };
const HIT = { verdict: 'HIT', contact: 'the duty desk of north-desk' };
const one = (value: string, kind = 'PHONE', viewer = asker, over = {}) =>
  matching.one(viewer, asked(over), kind, value);

/** With so many numbers that nobody knows. */
const listOf = (...values: readonly string[]): readonly ListedSelector[] => [
  ...values.map((value) => ({ kind: 'phone', value }) as const),
  ...Array.from({ length: 25 }, (_, at) => ({ kind: 'phone', value: `+977 981 111 11${at + 10}` }) as const),
];
async function hits(values: readonly string[], viewer = asker): Promise<readonly string[]> {
  const list = blindList(listOf(...values));
  const told = await matching.batch(viewer, asked(), list.points);
  return hitsOf(list, told, told.publicKey).map(({ value }) => value);
}
const entityOf = async (hint: string): Promise<string> => {
  const found = await answer<{
    entities: { nodes: { id: string; kind: string; selectors: { hint: string }[] }[] };
  }>(hub, owner, '{ entities(first: 100) { nodes { id kind selectors { hint } } } }');
  const fitting = found.entities.nodes.find(
    ({ kind, selectors }) =>
      kind === 'INDIVIDUAL' && selectors.some((selector) => selector.hint.endsWith(hint)),
  );
  return fitting?.id ?? '';
};

describe('matching', () => {
  let arrangement: { id: string; version: number };
  const nextDay = (): void => {
    matching.clock = new Date(matching.clock.getTime() + 24 * HOUR);
  };

  it('is no hit before it is opened, and opened by a data officer of the owner alone', async () => {
    expect(await one(KNOWN)).toEqual(NO_HIT);
    const refused = await ask(
      matching.hub(),
      asker,
      'mutation { closeMatching(id: "x", version: 1, idempotencyKey: "closing-it") { __typename } }',
    );
    expect(refused.errors?.[0]?.message).toContain('does not open matching');
    const wrong = await matching.open(owner, agreementId, 'south-desk', {
      minimumBatch: 3,
      dailySingle: 9_000,
      contact: ' ',
    });
    expect(wrong.reasons?.map(({ where }) => where)).toEqual(['minimumBatch', 'dailySingle', 'contact']);
    const nobody = await matching.open(owner, agreementId, 'east-desk');
    expect(await matching.open(owner, randomIds(), 'south-desk')).toEqual(nobody);
    expect(nobody.reasons?.[0]?.where).toBe('agreementId, asker');
    const opened = await matching.open(owner, agreementId, 'south-desk');
    expect(opened).toEqual({ id: expect.any(String), version: 1 });
    expect((await matching.open(owner, agreementId, 'south-desk')).reasons?.[0]?.where).toBe('version');
    const changed = await matching.open(owner, agreementId, 'south-desk', {}, 1);
    expect(changed).toEqual({ id: opened.id, version: 2 });
    arrangement = changed as typeof arrangement;
    expect(await matching.arrangements(owner)).toMatchObject([
      { ...arrangement, contact: HIT.contact, asker: 'south-desk' },
    ]);
    expect(await matching.arrangements(asker)).toMatchObject([
      { ...arrangement, contact: null, leftToday: 200 },
    ]);
    expect(await matching.arrangements(third)).toEqual([]);
  });

  it('is for roles that investigate, and its opening for data officers', async () => {
    const said = `ask: { owner: "north-desk", agreementId: "${agreementId}", purpose: INVESTIGATION, caseReference: "CASE-77", tell: "ANALYST" }, idempotencyKey: "by-the-wrong-role"`;
    const calls = [
      `matchOne(${said}, kind: PHONE, value: "${KNOWN}")`,
      `matchBatch(${said}, blinded: "AAAA")`,
      `matchContact(${said}, tokens: ["${Buffer.alloc(16).toString('base64url')}"])`,
    ];
    const opening = `openMatching(matching: { agreementId: "${agreementId}", asker: "south-desk", kinds: [PHONE], contact: "a desk" }, idempotencyKey: "by-the-wrong-role")`;
    for (const [roles, list] of [
      [['field', 'dashboard'], calls],
      [['field', 'dashboard', 'analyst', 'investigator', 'partner'], [opening]],
    ] as const)
      for (const role of roles)
        for (const call of list) {
          const viewer = await viewerFor(hub, 'south-desk', role);
          const { errors } = await ask(matching.hub(), viewer, `mutation { ${call} { __typename } }`);
          expect(errors?.[0]?.message).toMatch(/does not (ask for hit or no hit|open matching)/);
        }
    // A partner's own key may ask, and imports nothing.
    const partner = await viewerFor(hub, 'south-desk', 'partner');
    expect(await one(PLATE, 'PLATE', partner)).toEqual(HIT);
  });

  it('tells one identifier, however it is spelt, and whom to call', async () => {
    expect(await one('00977-980 0000001')).toEqual(HIT);
    expect(await one('ba2kha3344', 'PLATE')).toEqual(HIT);
    expect(await one('RAMO SAMPLE', 'NAME')).toEqual(HIT);
    expect(await one('+977 980 999 9999')).toEqual(NO_HIT);
    expect(await one(KNOWN, 'PASSPORT')).toEqual(NO_HIT);
    expect((await one('no number')).reasons?.[0]?.where).toBe('value');
    expect((await one(KNOWN, 'PHONE', asker, { caseReference: ' ' })).reasons?.[0]?.where).toBe(
      'caseReference',
    );
    expect((await one(KNOWN, 'PHONE', asker, { tell: 'everybody' })).reasons?.[0]?.where).toBe('tell');
    // The same request again is the same answer, and is not counted.
    const key = 'the-same-request';
    const document = `mutation ($ask: MatchAskInput!, $key: String!) { done: matchOne(ask: $ask, kind: PHONE, value: "${KNOWN}", idempotencyKey: $key) { ... on MatchAnswer { verdict contact } } }`;
    const before = await matching.ask(asker, document, { ask: asked(), key });
    const [{ singlesLeftToday }] = (await matching.arrangements(asker)) as [{ singlesLeftToday: number }];
    expect(await matching.ask(asker, document, { ask: asked(), key })).toEqual(before);
    expect(await matching.arrangements(asker)).toMatchObject([{ singlesLeftToday }]);
    nextDay();
  });

  it('tells of a batch what a plain comparison would, under the key that was written down', async () => {
    const [{ publicKey }] = (await matching.arrangements(asker)) as [{ publicKey: string }];
    const list = blindList([...listOf(KNOWN, '00977 980-0000001'), { kind: 'plate', value: PLATE }]);
    expect(list.selectors).toHaveLength(27);
    const told = await matching.batch(asker, asked(), list.points);
    expect(told.publicKey).toBe(publicKey);
    expect(Buffer.from(told.tokens, 'base64url')).toHaveLength(LEAST_SET * TOKEN_BYTES);
    const found = hitsOf(list, told, publicKey);
    expect(found.map(({ kind, value }) => [kind, value])).toEqual([
      ['phone', KNOWN],
      ['plate', PLATE],
    ]);
    const again = await matching.batch(asker, asked(), list.points);
    expect(hitsOf(list, again, publicKey).map(({ value }) => value)).toEqual([KNOWN, PLATE]);
    expect([again.evaluated === told.evaluated, again.tokens === told.tokens]).toEqual([true, false]);
    const tokens = found.map(({ contactToken }) => contactToken);
    expect(await matching.contact(asker, asked(), tokens)).toEqual(HIT);
    expect(await matching.contact(asker, asked(), [Buffer.alloc(16, 7).toString('base64url')])).toEqual(
      NO_HIT,
    );
    expect(await matching.contact(third, asked(), tokens)).toEqual(NO_HIT);
    // Another report of the same number changes nothing, whichever of the two rows is taken.
    for (let at = 0; at < 4; at += 1)
      await matching.record(owner, { entities: [of('INDIVIDUAL', 'RECRUITER', ['phone', KNOWN])] });
    expect(await matching.contact(asker, asked(), tokens.slice(0, 1))).toEqual(HIT);
    expect((await matching.contact(asker, asked(), ['AAAA'])).reasons?.[0]?.where).toBe('tokens');
    const wrong = await matching.batch(asker, asked(), Buffer.alloc(32 * 20, 255).toString('base64url'));
    expect(wrong.reasons?.[0]?.where).toBe('blinded');
    nextDay();
  });

  it('never tells what stands on a possible victim, on whoever is protected, or what is marked too high', async () => {
    for (const value of GONE) expect(await one(value)).toEqual(HIT);
    expect(await hits(GONE)).toEqual(GONE);
    await matching.record(owner, {
      persons: [
        { status: 'POSSIBLE_VICTIM', personal: { fullName: 'Maya Example', phone: `${VICTIMS}; 555` } },
      ],
      entities: [
        of('INDIVIDUAL', 'CONTACT', ['phone', WITNESSES]),
        { kind: 'INDIVIDUAL', role: 'CONTACT', personal: { fullName: 'Asha Sample', phone: CONTACTS } },
        { kind: 'INDIVIDUAL', role: 'CONTACT', personal: { fullName: 'Bina Sample', phone: SPELLINGS } },
      ],
    });
    await matching.record(owner, { handling: 'RED', entities: [of('PHONE', 'OTHER', ['phone', RED])] });
    const review = { status: 'CLEARED', basis: 'COURT', basisOn: '2026-10-20' };
    const id = await entityOf(CLEARED.slice(-4));
    const reviewed = await matching.act(
      ownersInvestigator,
      'reviewSuspicion(entityId: $id, version: 1, review: $review, idempotencyKey: $key)',
      '$id: String!, $review: SuspicionReviewInput!',
      { id, review },
    );
    expect(reviewed.reasons).toBeUndefined();
    for (const value of GONE) expect(await one(value)).toEqual(NO_HIT);
    expect(await hits([...GONE, KNOWN])).toEqual([KNOWN]);
    // A suspect who bears a victim's name is not matched by it.
    await matching.record(owner, { entities: [of('INDIVIDUAL', 'SUSPECT', ['name', 'Maya Example'])] });
    nextDay();
    expect(await one('Maya Example', 'NAME')).toEqual(NO_HIT);
  });

  it('answers a batch again for as long as somebody waits for it, and not once the owner has learnt more', async () => {
    const list = blindList(listOf(KNOWN));
    const again = (key: string) =>
      matching
        .batch(asker, asked(), list.points, key)
        .then(({ publicKey, reasons }) => [publicKey, reasons?.[0]?.where]);
    const [publicKey] = await again('one-batch-twice');
    expect(publicKey).toBeDefined();
    matching.clock = new Date(matching.clock.getTime() + HOUR / 2);
    expect(await again('one-batch-twice')).toEqual([publicKey, undefined]);
    matching.clock = new Date(matching.clock.getTime() + HOUR / 2);
    expect(await again('one-batch-twice')).toEqual([undefined, 'idempotencyKey']);
    // What is refused is refused again alike.
    const closed = (key: string) => matching.batch(third, asked(), list.points, key);
    expect((await closed('a-refused-batch')).publicKey).toBeDefined();
    matching.clock = new Date(matching.clock.getTime() + HOUR);
    expect((await closed('a-refused-batch')).reasons?.[0]?.where).toBe('idempotencyKey');
    nextDay();
  });

  it('leaves out what its owner excludes, from the next request on, and lets it in again', async () => {
    expect(await one(EXCLUDED)).toEqual(HIT);
    const entityId = await entityOf(EXCLUDED.slice(-4));
    const change = (call: string, id = entityId, viewer = owner) =>
      matching.act(viewer, call, '$entityId: String!', { entityId: id });
    const exclude = 'excludeFromMatching(entityId: $entityId, idempotencyKey: $key)';
    const include = 'includeInMatching(entityId: $entityId, idempotencyKey: $key)';
    expect((await change(exclude)).id).toBe(entityId);
    expect(await one(EXCLUDED)).toEqual(NO_HIT);
    expect(await hits([EXCLUDED, KNOWN])).toEqual([KNOWN]);
    const text = '{ done: matchingExclusions { entityId excludedAt keyId } }';
    expect(await matching.ask(owner, text, {})).toMatchObject([{ entityId, keyId: owner.keyId }]);
    expect(await matching.ask(officer, text, {})).toEqual([]);
    const foreign = await change(exclude, entityId, officer);
    expect(foreign).toEqual(await change(exclude, randomIds(), officer));
    await change(include);
    expect((await change(include)).reasons?.[0]?.found).toBe('an entity that is not excluded');
    expect(await one(EXCLUDED)).toEqual(HIT);
    nextDay();
  });

  it('gives one answer to what is refused, ignored and absent, with the same bytes', async () => {
    const bytes = async (viewer: Viewer, over = {}, value = KNOWN): Promise<string> =>
      JSON.stringify(await matching.one(viewer, asked(over), 'PHONE', value));
    const absent = await bytes(asker, {}, '+977 980 999 9998');
    expect(absent).toBe(JSON.stringify(NO_HIT));
    for (const over of [
      { purpose: 'PROSECUTION' },
      { agreementId: randomIds() },
      { agreementId: 'none' },
      { owner: 'nobody-knows' },
      { owner: 'south-desk' },
    ])
      expect(await bytes(asker, over)).toBe(absent);
    expect(await bytes(third)).toBe(absent);
    const list = blindList(listOf(KNOWN));
    const answers = [];
    for (const over of [
      {},
      { agreementId: randomIds() },
      { owner: 'nobody-knows' },
      { purpose: 'PROSECUTION' },
    ])
      answers.push(await matching.batch(third, asked(over), list.points));
    const [first] = answers;
    for (const each of answers) {
      expect(hitsOf(list, each, first?.publicKey ?? '')).toEqual([]);
      expect([each.evaluated, Object.keys(each)]).toEqual([first?.evaluated, Object.keys(first ?? {})]);
      expect(JSON.stringify(each)).toHaveLength(JSON.stringify(first).length);
    }
    // Nor does another asker share its key.
    const other = await matching.batch(asker, asked({ owner: 'nobody-knows' }), list.points);
    expect(other.publicKey).not.toBe(first?.publicKey);
    nextDay();
  });

  it('ends with suspension at the next request, and goes on with the agreement', async () => {
    expect(await one(KNOWN)).toEqual(HIT);
    const list = blindList(listOf(KNOWN));
    const open = await matching.batch(asker, asked(), list.points);
    const tokens = hitsOf(list, open, open.publicKey).map(({ contactToken }) => contactToken);
    const act = (call: string, version: number) =>
      matching.act(
        officer,
        `${call}(id: $id, version: ${version}, reason: PRECAUTION, idempotencyKey: $key)`,
        '$id: String!',
        { id: agreementId },
      );
    expect((await act('suspendAgreement', 1)).version).toBe(2);
    expect(await one(KNOWN)).toEqual(NO_HIT);
    expect(await matching.contact(asker, asked(), tokens)).toEqual(NO_HIT);
    const closed = await matching.batch(asker, asked(), list.points);
    expect(closed.publicKey).not.toBe(open.publicKey);
    // What it was evaluated to now opens nothing of the set that was handed out before.
    expect(hitsOf(list, { ...closed, salt: open.salt, tokens: open.tokens }, closed.publicKey)).toEqual([]);
    expect(await matching.arrangements(asker)).toEqual([]);
    expect((await act('resumeAgreement', 2)).version).toBe(3);
    expect(await one(KNOWN)).toEqual(HIT);
    expect(await hits([KNOWN])).toEqual([KNOWN]);
    nextDay();
  });

  it('looks at no more than a day’s quota, and at no batch that is too small', async () => {
    const changed = await matching.open(
      owner,
      agreementId,
      'south-desk',
      { dailyQuota: 60, dailySingle: 2 },
      2,
    );
    arrangement = { ...arrangement, version: changed.version as number };
    expect([await one(KNOWN), await one(PLATE, 'PLATE')]).toEqual([HIT, HIT]);
    expect(await one(KNOWN)).toEqual(NO_HIT);
    expect([await hits([KNOWN]), await hits([KNOWN]), await hits([KNOWN])]).toEqual([[KNOWN], [KNOWN], []]);
    expect(await matching.arrangements(asker)).toMatchObject([{ singlesLeftToday: 0, leftToday: 8 }]);
    nextDay();
    expect(await one(KNOWN)).toEqual(HIT);
    const small = blindList(listOf(KNOWN).slice(0, 19));
    const told = await matching.batch(asker, asked(), small.points);
    expect(hitsOf(small, told, told.publicKey)).toEqual([]);
    expect(await hits([KNOWN])).toEqual([KNOWN]);
    expect((await matching.alerts(owner)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['QUOTA', 'BELOW_MINIMUM']),
    );
    nextDay();
  });

  it('tells the owner of hits, whoever the asker named, and of whoever seems to probe', async () => {
    const told = await matching.alerts(owner);
    const kinds = (viewer: Viewer) =>
      matching.alerts(viewer).then((list) => new Set(list.map(({ kind }) => kind)));
    expect(await kinds(owner)).toEqual(
      new Set(['HIT', 'FOLLOW_UP', 'NOT_OPEN', 'QUOTA', 'BELOW_MINIMUM', 'SAME_VALUE']),
    );
    expect(new Set(told.map(({ asker: who }) => who))).toEqual(new Set(['south-desk', 'east-desk']));
    expect(await kinds(ownersInvestigator)).toEqual(new Set(['HIT', 'FOLLOW_UP']));
    expect(await matching.alerts(await viewerFor(hub, 'north-desk', 'analyst'))).toEqual([]);
    await matching.one(asker, asked({ tell: ownersInvestigator.keyId }), 'PHONE', KNOWN);
    expect((await matching.alerts(ownersInvestigator))[0]).toMatchObject({ tell: ownersInvestigator.keyId });
    // Of a kind of probing one a day, of hits each.
    const days = told
      .filter(({ kind }) => kind === 'NOT_OPEN')
      .map(({ asker: who, at }) => `${who} ${at.slice(0, 10)}`);
    expect(new Set(days).size).toBe(days.length);
    expect(await matching.alerts(officer)).toEqual([]);
    // One value among the same others, again and again within a week.
    matching.clock = new Date(matching.clock.getTime() + 8 * 24 * HOUR);
    const barely = blindList(listOf(KNOWN).slice(0, 22));
    for (let at = 0; at < 3; at += 1) {
      nextDay();
      await matching.batch(asker, asked(), barely.points);
      expect((await kinds(owner)).has('BARELY_MINIMUM')).toBe(at === 2);
    }
    // Whoever tries numbers that nobody knows is seen.
    await matching.open(owner, agreementId, 'south-desk', { dailySingle: 200 }, arrangement.version);
    matching.clock = new Date(matching.clock.getTime() + 40 * 24 * HOUR);
    for (let at = 0; at < 21; at += 1) await one(`+977 982 222 22${at + 10}`);
    expect((await matching.alerts(owner))[0]).toMatchObject({ kind: 'MOSTLY_MISSES', asker: 'south-desk' });
    expect((await kinds(owner)).has('FOLLOW_UP_MISSED')).toBe(false);
    for (let at = 0; at < 3; at += 1)
      await matching.contact(asker, asked(), [Buffer.alloc(16, at).toString('base64url')]);
    expect((await kinds(owner)).has('FOLLOW_UP_MISSED')).toBe(true);
  });

  it('stands in the log of both sides, without what came of it and without what was asked', async () => {
    const text =
      '{ auditEvents(first: 200, filter: { actions: ["match_single", "match_batch", "match_follow_up"] }) { totalCount nodes { id action objectIds purpose detail { name value } } } }';
    const [owners, askers] = [await answer(hub, owner, text), await answer(hub, officer, text)];
    type Log = { auditEvents: { nodes: { id: string; detail: { name: string }[] }[] } };
    const ids = (log: unknown) => (log as Log).auditEvents.nodes.map(({ id }) => id);
    expect(ids(askers).length).toBeGreaterThan(40);
    const seen = new Set(ids(askers));
    expect(ids(owners).filter((id) => seen.has(id)).length).toBeGreaterThan(40);
    for (const { detail } of (askers as unknown as Log).auditEvents.nodes)
      expect(detail.map(({ name }) => name)).toEqual(['case', 'selectors']);
    const rows = await hub.database.asOwner((connection) =>
      connection.query<{ row: string }>(
        "select a::text as row from matching_ask a union all select t::text from matching_alert t union all select e::text from audit_event e where e.action like 'match%'",
      ),
    );
    const all = rows.map(({ row }) => row).join('\n');
    for (const value of [KNOWN, VICTIMS, 'CASE-77', '9800000001', 'Ramo']) expect(all).not.toContain(value);
  });

  it('is closed at the next request, and what was evaluated before opens nothing of what is opened anew', async () => {
    const [{ publicKey, version }] = (await matching.arrangements(asker)) as [
      { publicKey: string; version: number },
    ];
    expect(await one(KNOWN)).toEqual(HIT);
    const close = (id: string, at: number, viewer = owner) =>
      matching.act(viewer, `closeMatching(id: $id, version: ${at}, idempotencyKey: $key)`, '$id: String!', {
        id,
      });
    expect((await close(arrangement.id, version - 1)).reasons?.[0]?.where).toBe('version');
    expect(await close(arrangement.id, version, officer)).toEqual(await close(randomIds(), version, officer));
    const [{ key_id }] = (await hub.database.asOwner((connection) =>
      connection.query<{ key_id: string }>('select key_id from matching_arrangement where id = $1', [
        arrangement.id,
      ]),
    )) as [{ key_id: string }];
    expect(hub.keys.read(key_id)).toBeDefined();
    expect((await close(arrangement.id, version)).reasons).toBeUndefined();
    expect(() => hub.keys.read(key_id)).toThrow('was destroyed');
    expect(await one(KNOWN)).toEqual(NO_HIT);
    expect((await close(arrangement.id, version)).reasons?.[0]?.where).toBe('id');
    // A backup from before brings the row back, and not the key.
    await hub.database.asOwner((connection) =>
      connection.execute('update matching_arrangement set closed_at = null where id = $1', [arrangement.id]),
    );
    expect([await one(KNOWN), await matching.arrangements(owner)]).toEqual([NO_HIT, []]);
    expect((await matching.open(owner, agreementId, 'south-desk')).reasons).toBeUndefined();
    expect((await matching.arrangements(asker))[0]?.publicKey).not.toBe(publicKey);
    expect(await one(KNOWN)).toEqual(HIT);
  });

  it('goes with the record: what is erased is matched no more, and no token of it stays', async () => {
    nextDay();
    expect(await one(EXCLUDED)).toEqual(HIT);
    const id = await entityOf(EXCLUDED.slice(-4));
    const tokens = () =>
      hub.database.asOwner((connection) =>
        connection.query<{ n: number }>('select count(*)::int as n from matching_token'),
      );
    const [{ n: before }] = (await tokens()) as [{ n: number }];
    const erase = `mutation ($id: String!, $key: String!) { done: eraseEntity(id: $id, dryRun: false, purpose: ERASURE_REQUEST, reason: LEGAL,
      caseReference: "CASE-78", idempotencyKey: $key) { __typename ... on ActRefused { reasons { where found } } } }`;
    const vault = { ...owner, vaultPermission: true };
    expect(await matching.ask(vault, erase, { id })).not.toMatchObject({ __typename: 'ActRefused' });
    expect(await one(EXCLUDED)).toEqual(NO_HIT);
    expect(((await tokens()) as [{ n: number }])[0].n).toBeLessThan(before);
  });
});
