/** A data officer makes and revokes the keys of the organisation's machines, never beyond what the officer holds, and never sees a secret twice. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { secretOf } from '../support/key-text.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const REASONS = '... on ActRefused { reasons { where found wanted } }';
const LIST =
  '{ apiKeys { id begins label role vaultPermission purposes mayImport seesShared expiresAt revokedAt works asking } }';
const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';

interface Made {
  readonly id?: string;
  readonly key?: string | null;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}
interface Listed {
  readonly id: string;
  readonly begins: string;
  readonly label: string;
  readonly role: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly works: boolean;
  readonly asking: boolean;
}

let hub: TestHub;
let officer: Viewer;
let serial = 0;

const make = async (viewer: Viewer, said: string, key = `officer-key-${(serial += 1)}`): Promise<Made> =>
  (
    await answer<{ done: Made }>(
      hub,
      viewer,
      `mutation { done: makeKey(${said}, idempotencyKey: "${key}") { ... on KeyMade { id version key } ${REASONS} } }`,
    )
  ).done;
const revoke = async (viewer: Viewer, id: string): Promise<Made> =>
  (
    await answer<{ done: Made }>(
      hub,
      viewer,
      `mutation { done: revokeKey(id: "${id}", idempotencyKey: "officer-key-${(serial += 1)}") { ... on RecordDone { id version } ${REASONS} } }`,
    )
  ).done;
const listed = async (viewer: Viewer): Promise<readonly Listed[]> =>
  (await answer<{ apiKeys: Listed[] }>(hub, viewer, LIST)).apiKeys;

beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, 'river-desk', 'data_officer');
});
afterAll(() => hub.close());

describe('a key that a data officer makes', () => {
  it('is shown once, works until its day, and stops on the next request when it is revoked', async () => {
    const said = 'role: DASHBOARD, label: "Wall screen", days: 30';
    const made = await make(officer, said, 'the-same-act');
    expect(made.key).toMatch(/^hw_[0-9a-z]{12}_/);
    expect(await make(officer, said, 'the-same-act')).toEqual({ ...made, key: null });
    const viewer = await readViewer(hub.database, made.key ?? '', TEST_NOW);
    expect([viewer.organisationSlug, viewer.role, viewer.vaultPermission]).toEqual([
      'river-desk',
      'dashboard',
      false,
    ]);
    const shown = (await listed(officer)).find(({ id }) => id === made.id);
    expect(shown).toMatchObject({ label: 'Wall screen', role: 'DASHBOARD', works: true, asking: false });
    expect(made.key?.startsWith(shown?.begins ?? 'nothing')).toBe(true);
    expect(shown?.expiresAt).toBe('2026-12-01T00:00:00.000Z');
    expect(JSON.stringify(await listed(officer))).not.toContain(secretOf(made.key ?? ''));

    expect(await revoke(officer, made.id ?? '')).toEqual({ id: made.id, version: 2 });
    await expect(readViewer(hub.database, made.key ?? '', TEST_NOW)).rejects.toThrow('was revoked');
    expect((await listed(officer)).find(({ id }) => id === made.id)?.works).toBe(false);
    expect((await revoke(officer, made.id ?? '')).reasons?.[0]?.found).toBe('nothing of that id');
  });

  it('is in the log with who made it, and without what it is called', async () => {
    const { id } = await make(officer, 'role: FIELD, label: "Tablet at the gate"');
    await revoke(officer, id ?? '');
    const events = await hub.database.unrestricted('read the log in a test', (connection) =>
      connection.query<{ action: string; key_id: string; detail: object }>(
        'select action, key_id, detail from audit_event where object_ids @> array[$1::uuid] order by sequence',
        [id],
      ),
    );
    expect(events).toEqual([
      { action: 'create_key', key_id: officer.keyId, detail: { role: 'field', days: 90, vault: false } },
      { action: 'revoke_key', key_id: officer.keyId, detail: {} },
    ]);
  });

  it.each([
    ['role: OPERATOR, label: "x"', 'role'],
    ['role: ANALYST, label: "x", days: 0', 'days'],
    ['role: ANALYST, label: "x", days: 367', 'days'],
    ['role: ANALYST, label: " "', 'label'],
    ['role: ANALYST, label: "Maya 98510 12345"', 'label'],
    ['role: FIELD, label: "x", vaultPermission: true', 'vaultPermission'],
    ['role: INVESTIGATOR, label: "x", vaultPermission: true', 'vaultPermission'],
    ['role: ANALYST, label: "x", purposes: []', 'purposes'],
  ])('is refused with %s', async (said, where) => {
    const before = (await listed(officer)).length;
    const { reasons } = await make(officer, said);
    expect(reasons?.map((reason) => reason.where)).toContain(where);
    expect(await listed(officer)).toHaveLength(before);
  });

  it('is for nothing that its maker is not for', async () => {
    const bound: Viewer = { ...officer, purposes: ['investigation'] };
    expect(
      (await make(bound, 'role: ANALYST, label: "x", purposes: [SAFEGUARDING]')).reasons?.[0]?.where,
    ).toBe('purposes');
    const { key } = await make(bound, 'role: ANALYST, label: "x"');
    expect((await readViewer(hub.database, key ?? '', TEST_NOW)).purposes).toEqual(['investigation']);
  });

  it('is never the one that asks when it is revoked', async () => {
    expect((await listed(officer)).find(({ asking }) => asking)?.id).toBe(officer.keyId);
    expect((await revoke(officer, officer.keyId)).reasons?.[0]?.found).toBe('the key that asks');
  });
});

describe("another organisation's key", () => {
  it('is in no list, and is as absent as one that is not there', async () => {
    const other = await viewerFor(hub, 'hill-desk', 'data_officer');
    const { id, key } = await make(officer, 'role: ANALYST, label: "ours"');
    expect((await listed(other)).map((each) => each.id)).not.toContain(id);
    const absent = JSON.stringify(await revoke(other, NO_SUCH_ID));
    for (const target of [id ?? '', officer.keyId, 'no-id'])
      expect(JSON.stringify(await revoke(other, target))).toBe(absent);
    expect((await readViewer(hub.database, key ?? '', TEST_NOW)).organisationSlug).toBe('river-desk');
  });
});

describe('whoever is no data officer', () => {
  it.each(['field', 'analyst', 'investigator', 'dashboard', 'partner', 'operator'] as const)(
    'neither lists nor makes nor revokes keys as %s',
    async (role) => {
      const viewer = await viewerFor(hub, role === 'operator' ? null : 'river-desk', role);
      for (const text of [
        LIST,
        'mutation { makeKey(role: ANALYST, label: "x", idempotencyKey: "no-officer") { __typename } }',
        `mutation { revokeKey(id: "${officer.keyId}", idempotencyKey: "no-officer") { __typename } }`,
      ]) {
        const { errors } = await ask(hub, viewer, text);
        expect(errors?.[0]?.message).toContain(`the role ${role} does not deal with accounts`);
      }
    },
  );
});
