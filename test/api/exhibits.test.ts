/** Exhibits of legal cases: digests, versions, and a custody log in which whatever was changed, taken out or put in shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { saidOfExhibit } from '../../src/records/exhibits/said-exhibit.ts';
import { type ActAnswer, HandActs } from '../support/hand-acts.ts';
import { openColumnsWith } from '../support/open-columns.ts';
import { png } from '../support/small-files.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const OWNER = 'exhibit-keepers';
const DIGEST = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);
const POLICE = { role: 'POLICE', reference: 'station 4' };
const LABORATORY = { role: 'FORENSIC_LABORATORY', reference: 'lab 2' };
const NAME = 'Zyxwvu Canaryperson';

let hub: TestHub;
let acts: HandActs;
let owner: Viewer;
let opener: Viewer;
let partner: Viewer;
let legalCaseId: string;

const sql = <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> =>
  hub.database.asOwner((connection) => connection.query<T>(text, values));

const EXHIBIT = { kind: 'DEVICE', label: 'Exhibit P-7', sha256: DIGEST };
const INPUT = { kind: 'device', label: '', sha256: DIGEST } as const;
const RECEIVED = { kind: 'RECEIVED', occurredAt: '2026-10-01T08:00:00Z', to: POLICE };
const record = (more: object = {}, key?: string, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'recordExhibit(legalCaseId: $legalCaseId, exhibit: $exhibit, received: $received, idempotencyKey: $key)',
    '$legalCaseId: String!, $exhibit: ExhibitInput!, $received: CustodyEntryInput!',
    { legalCaseId, exhibit: EXHIBIT, received: RECEIVED, ...more },
    key,
  );
const correct = (id: unknown, version: number, exhibit: object): Promise<ActAnswer> =>
  acts.act(
    owner,
    'correctExhibit(id: $id, version: $version, exhibit: $exhibit, reason: ENTRY_ERROR, idempotencyKey: $key)',
    '$id: String!, $version: Int!, $exhibit: ExhibitInput!',
    { id, version, exhibit },
  );
const withdraw = (id: unknown, version: number, viewer = owner): Promise<ActAnswer> =>
  acts.act(
    viewer,
    'withdrawExhibit(id: $id, version: $version, reason: ENTRY_ERROR, idempotencyKey: $key)',
    '$id: String!, $version: Int!',
    { id, version },
  );

interface Added {
  readonly number?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
let serial = 0;
async function add(
  exhibitId: unknown,
  after: number,
  entry: object,
  viewer = owner,
  key = `custody-${(serial += 1)}`,
): Promise<Added> {
  const document = `mutation ($exhibitId: String!, $after: Int!, $entry: CustodyEntryInput!, $key: String!) {
    done: addCustodyEntry(exhibitId: $exhibitId, after: $after, entry: $entry, idempotencyKey: $key) {
      ... on CustodyAdded { number } ... on ActRefused { reasons { where found wanted } } } }`;
  const asked = { exhibitId, after, entry, key };
  return (await answer<{ done: Added }>(acts.later(), viewer, document, asked)).done;
}

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly label: string | null;
  readonly sha256: string;
  readonly custodian: unknown;
  readonly custodyIntact: boolean | null;
  readonly custody: readonly {
    readonly number: number;
    readonly digestDiffers: boolean;
    readonly from: unknown;
  }[];
}
async function exhibits(viewer: Viewer, filter: object = {}): Promise<readonly Shown[]> {
  const document = `query ($filter: ExhibitFilter) { exhibits(filter: $filter, first: 500) { totalCount nodes { id version kind label sha256 recordedBy custodyIntact
    file { id } attachments { id exhibit { id } } legalCase { id exhibits { id } } custodian { role reference }
    custody { number kind occurredAt from { role reference } to { role reference } sha256 digestDiffers recordedBy } } } }`;
  const found = await answer<{ exhibits: { totalCount: number; nodes: Shown[] } }>(hub, viewer, document, {
    filter,
  });
  expect(found.exhibits.totalCount).toBe(found.exhibits.nodes.length);
  return found.exhibits.nodes;
}
const one = async (id: unknown, viewer = owner): Promise<Shown> =>
  (await exhibits(viewer, { ids: [id] }))[0] as Shown;

beforeAll(async () => {
  hub = await openTestHub('base');
  acts = new HandActs(hub, '2026-11-01T12:00:00Z');
  owner = await viewerFor(hub, OWNER, 'analyst');
  opener = await viewerFor(hub, OWNER, 'investigator', true);
  await viewerFor(hub, 'exhibit-seers', 'analyst');
  const made = await acts.act(
    owner,
    'recordLegalCase(legalCase: $said, idempotencyKey: $key)',
    '$said: LegalCaseInput!',
    { said: { court: 'Example Court', country: 'NPL', status: 'TRIAL', openedOn: '2026-05-01' } },
  );
  legalCaseId = made.id as string;
  const before = await viewerFor(hub, 'exhibit-seers', 'analyst');
  await hub.database.unrestricted('grant in a test', (connection) =>
    addGrant(connection, randomIds, {
      ownerId: owner.organisationId as string,
      granteeId: before.organisationId as string,
      recordClass: 'entity',
      handlingCeiling: 'amber',
      projection: 'full',
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validTo: null,
    }),
  );
  owner = await viewerFor(hub, OWNER, 'analyst');
  partner = await viewerFor(hub, 'exhibit-seers', 'analyst');
});
afterAll(() => hub.close());

describe('an exhibit', () => {
  let id: string;

  it('is recorded once, with the entry by which it came in', async () => {
    const done = await record({}, 'the-same-key');
    expect(done).toMatchObject({ version: 1 });
    expect(await record({}, 'the-same-key')).toEqual(done);
    id = done.id as string;
    expect(await exhibits(owner)).toMatchObject([
      {
        id,
        kind: 'DEVICE',
        label: 'Exhibit P-7',
        sha256: DIGEST,
        recordedBy: owner.keyId,
        custodyIntact: true,
        legalCase: { id: legalCaseId, exhibits: [{ id }] },
        custodian: POLICE,
        custody: [
          { number: 1, kind: 'RECEIVED', from: null, to: POLICE, sha256: DIGEST, digestDiffers: false },
        ],
      },
    ]);
  });

  it('goes from hand to hand in order, each entry after the one that was read', async () => {
    const transfer = { kind: 'TRANSFERRED', occurredAt: '2026-10-02T08:00:00Z', to: LABORATORY, names: NAME };
    expect(await add(id, 1, transfer, owner, 'one-transfer')).toEqual({ number: 2 });
    expect(await add(id, 1, transfer, owner, 'one-transfer')).toEqual({ number: 2 });
    expect((await add(id, 1, transfer)).reasons?.[0]).toMatchObject({ where: 'after', found: 'entry 1' });
    const opened = { kind: 'OPENED', occurredAt: '2026-10-03T08:00:00Z', sha256: OTHER };
    expect(await add(id, 2, opened)).toEqual({ number: 3 });
    const shown = await one(id);
    expect(shown.custodian).toEqual(LABORATORY);
    expect(shown.custodyIntact).toBe(true);
    expect(shown.custody.map(({ from, digestDiffers }) => [from, digestDiffers])).toEqual([
      [null, false],
      [POLICE, false],
      [LABORATORY, true],
    ]);
  });

  it('refuses an entry out of time, from somebody who has it not, to nobody, and after its end', async () => {
    const where = async (entry: object, viewer = owner) =>
      (await add(id, 3, entry, viewer)).reasons?.[0]?.where;
    const at = '2026-10-04T08:00:00Z';
    expect(await where({ kind: 'SEALED', occurredAt: '2026-10-02T07:00:00Z' })).toBe('occurredAt');
    expect(await where({ kind: 'SEALED', occurredAt: '2027-10-02T07:00:00Z' })).toBe('occurredAt');
    expect(await where({ kind: 'TRANSFERRED', occurredAt: at, from: POLICE, to: { role: 'COURT' } })).toBe(
      'from',
    );
    expect(await where({ kind: 'RETURNED', occurredAt: at })).toBe('to');
    expect(await where({ kind: 'SEALED', occurredAt: at, to: POLICE })).toBe('to');
    expect(await where({ kind: 'SEALED', occurredAt: at, sha256: 'xyz' })).toBe('sha256');
    const person = { role: 'POLICE', reference: 'Maya Example' };
    expect(await where({ kind: 'TRANSFERRED', occurredAt: at, to: person })).toBe('to.reference');
    expect(await where({ kind: 'SEALED', occurredAt: at }, partner)).toBe('exhibitId');
    const other = (await record()).id;
    expect(await add(other, 1, { kind: 'DESTROYED', occurredAt: at })).toEqual({ number: 2 });
    expect((await one(other)).custodian).toBeNull();
    expect((await add(other, 2, { kind: 'RECEIVED', occurredAt: at, to: POLICE })).reasons?.[0]?.found).toBe(
      'an exhibit that was destroyed',
    );
    expect((await record({ received: { kind: 'SEALED', occurredAt: at } })).reasons?.[0]?.where).toBe(
      'received.kind',
    );
    expect((await record({ legalCaseId: id })).reasons?.[0]?.where).toBe('legalCaseId');
    expect((await record({}, undefined, partner)).reasons?.[0]?.where).toBe('legalCaseId');
    expect(
      (await record({ exhibit: { kind: 'DEVICE', label: 'Maya' } })).reasons?.map((each) => each.where),
    ).toEqual(['label', 'sha256, attachmentId']);
  });

  it('and its keepers are numbered in few figures, with no room for names, passports and telephones', async () => {
    const reasons = async (label: string, reference: string) => {
      const exhibit = { ...EXHIBIT, label };
      const received = { ...RECEIVED, to: { role: 'POLICE', reference } };
      return (await record({ exhibit, received })).reasons?.map(({ where }) => where) ?? [];
    };
    for (const written of ['Exhibit P-7', 'MO 3', 'Box 12/2026', 'officer 117', 'P-8a', 'प 4'])
      expect([written, saidOfExhibit({ ...INPUT, label: written }).accepted]).toEqual([written, true]);
    for (const written of [
      'Passport AB1234567',
      'AB1234567',
      'Sita Rai 2',
      'Sita 2',
      'RAI 2',
      'phone 9779812345678',
      '+977 981 234567',
      '977-9812',
      'Exhibit for 7',
      'Exhibit',
    ])
      expect([written, saidOfExhibit({ ...INPUT, label: written }).accepted]).toEqual([written, false]);
    expect(await reasons('Sita Rai 2', 'station 4')).toEqual(['label']);
    expect(await reasons('P-1', 'Passport AB1234567')).toEqual(['received.to.reference']);
  });

  it('keeps names of custodians in the vault alone, and opens them for who may open it', async () => {
    expect(await openColumnsWith(hub, 'zyxwvu')).toEqual([]);
    const document =
      'query ($id: String!) { personal(about: $id, purpose: PROSECUTION, caseReference: "CASE-1") { aboutKind field value } }';
    expect(await answer(hub, opener, document, { id })).toEqual({
      personal: [{ aboutKind: 'exhibit', field: 'custody/2', value: NAME }],
    });
  });

  it('is seen with its case, without labels, references and keys', async () => {
    expect(await one(id, partner)).toMatchObject({
      label: null,
      recordedBy: null,
      custodyIntact: null,
      custodian: { role: 'FORENSIC_LABORATORY', reference: null },
      custody: [{ number: 1, recordedBy: null }, { number: 2 }, { number: 3, digestDiffers: true }],
    });
    expect(await exhibits(await viewerFor(hub, 'strangers', 'analyst'))).toEqual([]);
    for (const filter of [{ legalCaseIds: [legalCaseId] }, { kinds: ['DEVICE'] }, { owners: [OWNER] }])
      expect([filter, (await exhibits(partner, filter)).length]).toEqual([filter, 3]);
    for (const filter of [{ legalCaseIds: [id] }, { kinds: ['DOCUMENT'] }, { owners: ['strangers'] }])
      expect([filter, await exhibits(partner, filter)]).toEqual([filter, []]);
    const classes = (handling: string) =>
      sql(
        `update legal_case set visibility_class_id = (select id from visibility_class where owner_id = $1 and record_class = 'entity' and handling = $2) where id = $3`,
        [owner.organisationId, handling, legalCaseId],
      );
    await sql(
      `insert into visibility_class (owner_id, record_class, handling, sensitivity) values ($1, 'entity', 'red', 'routine') on conflict do nothing`,
      [owner.organisationId],
    );
    await classes('red');
    expect(
      await sql(
        'select 1 from custody_entry e join exhibit x on x.id = e.exhibit_id where e.visibility_class_id <> x.visibility_class_id',
      ),
    ).toEqual([]);
    expect(await exhibits(partner)).toEqual([]);
    await classes('amber');
    expect(await exhibits(partner)).toHaveLength(3);
  });

  it('takes the digest of an attached file, and no other beside it', async () => {
    const file = {
      legalCaseId,
      kind: 'OTHER_EVIDENCE',
      fileName: 'phone.png',
      mediaType: 'image/png',
      contentBase64: png('phone').toString('base64'),
    };
    const attach = (said: object) =>
      acts.act(owner, 'attachFile(attachment: $said, idempotencyKey: $key)', '$said: AttachmentInput!', {
        said,
      });
    const { id: attachmentId } = await attach(file);
    const exhibit = { kind: 'PHOTOGRAPH', label: 'P-8', attachmentId };
    expect((await record({ exhibit: { ...exhibit, sha256: DIGEST } })).reasons?.[0]?.where).toBe('sha256');
    expect((await record({ exhibit: { ...exhibit, attachmentId: id } })).reasons?.[0]?.where).toBe(
      'attachmentId',
    );
    const made = await record({ exhibit });
    const shown = await one(made.id);
    expect(shown).toMatchObject({ file: { id: attachmentId }, attachments: [] });
    const own = await attach({ ...file, legalCaseId: undefined, exhibitId: made.id });
    expect(await one(made.id)).toMatchObject({ attachments: [{ id: own.id, exhibit: { id: made.id } }] });
    expect((await withdraw(made.id, 1)).version).toBe(2);
    const left = await sql<{ attachment_id: string }>('select attachment_id from attachment_content');
    expect(left).toEqual([{ attachment_id: attachmentId }]);
  });

  it('is corrected version by version, and answers for the past with its log of then', async () => {
    const before = acts.moment();
    expect(await correct(id, 1, { ...EXHIBIT, kind: 'DOCUMENT', sha256: OTHER })).toMatchObject({
      version: 2,
    });
    expect((await correct(id, 1, EXHIBIT)).reasons?.[0]?.where).toBe('version');
    expect(await add(id, 3, { kind: 'SEALED', occurredAt: '2026-10-05T08:00:00Z' })).toEqual({ number: 4 });
    const [then] = await exhibits(owner, { ids: [id], asKnownAt: before });
    expect(then).toMatchObject({ version: 1, kind: 'DEVICE', sha256: DIGEST, custodyIntact: true });
    expect(then?.custody.map(({ digestDiffers }) => digestDiffers)).toEqual([false, false, true]);
    const now = await one(id);
    expect(now.custody.map(({ digestDiffers }) => digestDiffers)).toEqual([true, false, false, false]);
    expect(now.custodyIntact).toBe(true);
  });

  it.each([
    [
      'a changed time',
      `update custody_entry set occurred_at = occurred_at + interval '1 hour' where exhibit_id = $1 and ordinal = 2`,
    ],
    [
      'a changed keeper',
      `update custody_entry set to_reference = 'lab 3' where exhibit_id = $1 and ordinal = 2`,
    ],
    ['a changed digest', `update custody_entry set sha256 = null where exhibit_id = $1 and ordinal = 3`],
    ['a changed key', `update custody_entry set recorded_by = id where exhibit_id = $1 and ordinal = 1`],
    ['an entry taken out', 'delete from custody_entry where exhibit_id = $1 and ordinal = 2'],
    ['the last entry taken out', 'delete from custody_entry where exhibit_id = $1 and ordinal = 4'],
    ['all entries taken out', 'delete from custody_entry where exhibit_id = $1'],
    [
      'an entry put in',
      `insert into custody_entry select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'ordinal', 5, 'previous_hash', e.hash))).* from custody_entry e where exhibit_id = $1 and ordinal = 4`,
    ],
    [
      'two entries in each other’s place',
      'update custody_entry set ordinal = 16 - ordinal where exhibit_id = $1 and ordinal in (2, 3)',
    ],
    ['another head', `update exhibit set custody_head = decode(repeat('00', 32), 'hex') where id = $1`],
  ])('tells of %s', async (_, statement) => {
    const kept = await sql<{ whole: unknown }>(
      'select to_jsonb(e) as whole from custody_entry e where exhibit_id = $1 order by ordinal',
      [id],
    );
    const [head] = await sql<{ head: string }>(
      `select encode(custody_head, 'hex') as head from exhibit where id = $1`,
      [id],
    );
    await sql(statement, [id]);
    expect((await one(id)).custodyIntact).toBe(false);
    await sql('delete from custody_entry where exhibit_id = $1', [id]);
    for (const { whole } of kept)
      await sql(
        'insert into custody_entry select (jsonb_populate_record(null::custody_entry, $1::jsonb)).*',
        [JSON.stringify(whole)],
      );
    await sql(`update exhibit set custody_head = decode($2, 'hex') where id = $1`, [id, head?.head]);
    expect((await one(id)).custodyIntact).toBe(true);
  });

  it('is said otherwise by no act: the hub itself may not change or take out an entry', async () => {
    for (const statement of ['update custody_entry set ordinal = 9', 'delete from custody_entry'])
      await expect(
        hub.database.unrestricted('tamper in a test', (connection) => connection.execute(statement)),
      ).rejects.toThrow(/permission denied/);
  });

  it('is withdrawn out of every list, with the names in its log', async () => {
    const before = acts.moment();
    expect((await withdraw(id, 2, partner)).reasons?.[0]?.where).toBe('id');
    expect(await withdraw(id, 2)).toMatchObject({ id, version: 3 });
    expect((await withdraw(id, 3)).reasons?.[0]?.where).toBe('id');
    expect(
      (await add(id, 4, { kind: 'SEALED', occurredAt: '2026-10-06T08:00:00Z' })).reasons?.[0]?.where,
    ).toBe('exhibitId');
    expect(await exhibits(owner, { ids: [id] })).toEqual([]);
    expect(await exhibits(owner, { ids: [id], asKnownAt: before })).toHaveLength(1);
    expect(await sql(`select 1 from vault_item where about_kind = 'exhibit'`)).toEqual([]);
    expect(await sql('select 1 from doomed_key')).toEqual([]);
  });

  it('goes with its case', async () => {
    const made = await record();
    const before = acts.moment();
    const call = 'withdrawLegalCase(id: $id, version: 1, reason: ENTRY_ERROR, idempotencyKey: $key)';
    expect((await acts.act(owner, call, '$id: String!', { id: legalCaseId })).version).toBe(2);
    expect(await exhibits(owner)).toEqual([]);
    expect((await exhibits(owner, { asKnownAt: before })).map(({ id: each }) => each)).toContain(made.id);
    expect((await correct(made.id, 1, EXHIBIT)).reasons?.[0]?.where).toBe('id');
  });
});
