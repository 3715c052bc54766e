/** A data officer asks who saw a record and why, and anybody holds the hub to its log by checkpoints. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { recordEvent } from '../../src/audit/audit.store.ts';
import { readNote } from '../../src/audit/checkpoint.ts';
import { organisationFor } from '../support/intake.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const RECORD = '7b3c1f0e-5a2d-4c61-9d0e-2f6a8b4c1d22';
const EVENTS = `query ($filter: AuditFilter, $first: Int! = 50, $after: String) { auditEvents(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id at organisation keyId action objectKind objectIds purpose detail { name value } } } }`;

interface Told {
  readonly auditEvents: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly {
      readonly id: string;
      readonly organisation: string | null;
      readonly keyId: string | null;
      readonly action: string;
      readonly objectIds: readonly string[];
      readonly purpose: string | null;
      readonly detail: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}

let hub: TestHub;
let officer: Viewer;
let reader: Viewer;
let stranger: Viewer;

beforeAll(async () => {
  hub = await openTestHub('base');
  officer = await viewerFor(hub, 'ours', 'data_officer', true);
  reader = await viewerFor(hub, 'theirs', 'investigator');
  stranger = await viewerFor(hub, 'nobody', 'data_officer');
  const ours = (await organisationFor(hub, 'ours')).id;
  await hub.database.unrestricted('write events', async (connection) => {
    for (const [viewer, purpose, about] of [
      [reader, 'investigation', [ours]],
      [reader, 'prosecution', [ours]],
      [reader, 'safeguarding', []],
      [officer, 'data_quality', []],
    ] as const)
      await recordEvent(connection, TEST_NOW, {
        organisationId: viewer.organisationId,
        keyId: viewer.keyId,
        action: 'read_personal',
        objectKind: 'vault_item',
        objectIds: [RECORD],
        purpose,
        aboutOwnerIds: about,
        detail: { items: 1 },
      });
  });
});
afterAll(() => hub.close());

const asked = async (viewer: Viewer, variables: Record<string, unknown>): Promise<Told['auditEvents']> =>
  (await answer<Told>(hub, viewer, EVENTS, variables)).auditEvents;

describe('a data officer', () => {
  it('sees who read a record of the organisation and why, and the asking itself leaves a trace', async () => {
    const byOthers = await asked(officer, { filter: { objectId: RECORD, byOthers: true } });
    expect(byOthers.nodes.map(({ organisation, purpose, keyId }) => [organisation, purpose, keyId])).toEqual(
      expect.arrayContaining([
        ['theirs', 'investigation', reader.keyId],
        ['theirs', 'prosecution', reader.keyId],
      ]),
    );
    expect(byOthers.totalCount).toBe(2);
    const all = await asked(officer, { filter: { objectId: RECORD } });
    expect(all.nodes.map(({ action }) => action).toSorted()).toEqual([
      'audit_asked',
      'audit_asked',
      'read_personal',
      'read_personal',
      'read_personal',
    ]);
    expect(all.nodes[0]?.detail).toBeDefined();
  });

  it('sees nothing of what others did among themselves', async () => {
    const seen = await asked(stranger, { filter: { objectId: RECORD } });
    expect(seen.nodes.map(({ organisation, action }) => [organisation, action])).toEqual([
      ['nobody', 'audit_asked'],
    ]);
  });

  it('pages through it, and narrows it by action, key, purpose and time', async () => {
    const first = await asked(officer, { first: 2, filter: { actions: ['read_personal'] } });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await asked(officer, {
      first: 2,
      after: first.pageInfo.endCursor,
      filter: { actions: ['read_personal'] },
    });
    expect(new Set([...first.nodes, ...rest.nodes].map(({ id }) => id)).size).toBe(3);
    const narrowed = await asked(officer, { filter: { purposes: ['prosecution'], keyId: reader.keyId } });
    expect(narrowed.nodes.map(({ purpose }) => purpose)).toEqual(['prosecution']);
    const earlier = { at: { to: new Date(TEST_NOW.getTime() - 1).toISOString() } };
    expect((await asked(officer, { filter: earlier })).totalCount).toBe(0);
  });

  it('alone may ask, with ids that are ids', async () => {
    for (const role of ['analyst', 'investigator', 'field', 'dashboard', 'partner'] as const) {
      const result = await ask(hub, await viewerFor(hub, 'ours', role), EVENTS);
      expect(result.errors?.[0]?.message).toContain(`the role "${role}" does not ask the audit log`);
    }
    const wrong = await ask(hub, officer, EVENTS, { filter: { objectId: 'BDR-12' } });
    expect(wrong.errors?.[0]?.message).toBe(
      'objectId: found what is no id, wanted an id as the hub writes it',
    );
  });
});

describe('a checkpoint', () => {
  it('is handed to whoever holds a key, and proves itself', async () => {
    const partner = await viewerFor(hub, 'theirs', 'partner');
    const { auditCheckpoint: told } = await answer<{
      auditCheckpoint: { note: string; hours: number; until: string; publicKey: string };
    }>(hub, partner, '{ auditCheckpoint { note hours until publicKey } }');
    expect(readNote(told.note, told.publicKey)).toMatchObject({
      accepted: true,
      value: { size: told.hours },
    });
    expect(told.until).toBe('2026-10-31T23Z');
    const { auditProof } = await answer<{ auditProof: { hashes: string[]; checkpoint: { note: string } } }>(
      hub,
      partner,
      'query ($since: String!) { auditProof(since: $since) { hashes checkpoint { note } } }',
      { since: told.note },
    );
    expect(auditProof).toEqual({ hashes: [], checkpoint: { note: told.note } });
    const forged = await ask(hub, partner, '{ auditProof(since: "none") { hashes } }');
    expect(forged.errors?.[0]?.message).toContain('wanted one line that begins with');
  });
});
