/** The audit log in the database: append-only for everybody, one chain however many write, and a tampering is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEvent } from '../../src/audit/audit.store.ts';
import { hashEvent } from '../../src/audit/chain.ts';
import { auditKey, currentCheckpoint, proofSince } from '../../src/audit/checkpoint.service.ts';
import { readNote, signedNote, signingKey } from '../../src/audit/checkpoint.ts';
import { provesConsistency } from '../../src/audit/merkle.ts';
import { verifyCheckpoints, verifyLog } from '../../src/audit/verify-log.store.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { openTestHub, TEST_NOW, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const ID = '11111111-1111-4111-8111-111111111111';

function record(action: string): Promise<void> {
  return hub.database.unrestricted('write an audit event', (connection) =>
    recordEvent(connection, TEST_NOW, {
      organisationId: ID,
      keyId: null,
      action,
      objectKind: 'report',
      objectIds: [ID],
      purpose: null,
      detail: { rows: 3, profile: 'demo' },
    }),
  );
}

/** As the tables' owner, with the guard taken off: what somebody with the database in hand could do. */
async function tampered(statement: string): Promise<Awaited<ReturnType<typeof verifyLog>>> {
  const state: { verdict?: Awaited<ReturnType<typeof verifyLog>> } = {};
  await hub.database.asOwner(async (connection) => {
    await connection.execute('create table kept_events as select * from audit_event');
    await connection.execute('alter table audit_event disable trigger audit_event_append_only');
    await connection.execute(statement);
  });
  state.verdict = await verifyLog(hub.database);
  await hub.database.asOwner(async (connection) => {
    await connection.execute('delete from audit_event');
    await connection.execute('insert into audit_event select * from kept_events');
    await connection.execute('drop table kept_events');
    await connection.execute('alter table audit_event enable trigger audit_event_append_only');
  });
  return state.verdict;
}

describe('the audit log', () => {
  it('stays one chain when many write at once', async () => {
    const before = await verifyLog(hub.database);
    await Promise.all(Array.from({ length: 60 }, (_, number) => record(`act_${number}`)));
    const verdict = await verifyLog(hub.database);
    expect(verdict).toMatchObject({ whole: true, events: (before.whole ? before.events : 0) + 60 });
  });

  it('takes back an event whose act was rolled back', async () => {
    const before = await verifyLog(hub.database);
    const failed = hub.database.unrestricted('an act that fails', async (connection) => {
      await recordEvent(connection, TEST_NOW, {
        organisationId: null,
        keyId: null,
        action: 'x',
        objectKind: 'x',
        objectIds: [],
        purpose: null,
        detail: {},
      });
      throw new Error('the act failed');
    });
    await expect(failed).rejects.toThrow('the act failed');
    expect(await verifyLog(hub.database)).toEqual(before);
  });

  it.each(['update audit_event set action = $$x$$', 'delete from audit_event', 'truncate audit_event'])(
    'refuses: %s',
    async (statement) => {
      const system = hub.database.unrestricted('try', (connection) => connection.execute(statement));
      await expect(system).rejects.toThrow(/permission denied/);
      await expect(hub.database.asOwner((connection) => connection.execute(statement))).rejects.toThrow(
        /append-only/,
      );
    },
  );

  it.each([
    ['a purpose', `update audit_event set purpose = 'other' where sequence = 7`, 7],
    [
      'a moment, by a microsecond',
      `update audit_event set at = at + interval '1 microsecond' where sequence = 8`,
      8,
    ],
    ['an object', `update audit_event set object_ids = '{}' where sequence = 9`, 9],
    ['a detail', `update audit_event set detail = detail || '{"rows": 4}' where sequence = 10`, 10],
    ['an event left out', 'delete from audit_event where sequence = 11', 12],
    ['a hash', `update audit_event set hash = sha256('x') where sequence = 12`, 12],
    [
      'two swapped',
      `update audit_event set sequence = case sequence when 20 then -20 else 20 end where sequence in (20, 21)`,
      20,
    ],
  ])('names the first event that does not fit when somebody changes %s', async (_what, statement, first) => {
    expect(await tampered(statement)).toMatchObject({ whole: false, firstBad: first });
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });
});

const HOUR = 3_600_000;
const tools = (hours: number) => ({
  database: hub.database,
  keys: { ...hub.keys, token: hub.keys.token.bind(hub.keys) },
  now: () => new Date(TEST_NOW.getTime() + hours * HOUR),
});
const readKept = ({ note, publicKey }: { note: string; publicKey: string }) => {
  const read = readNote(note, publicKey);
  if (!read.accepted) throw new Error(JSON.stringify(read.reasons));
  return read.value;
};

describe('the hours of the audit log', () => {
  it('are closed once each, and a checkpoint handed out stands for all before it', async () => {
    await record('before_the_first_hour');
    const first = await currentCheckpoint(tools(0));
    await record('in_the_second_hour');
    const later = await currentCheckpoint(tools(5));
    expect([first.size, later.size]).toEqual([1, 6]);
    expect((await currentCheckpoint(tools(5))).note).toBe(later.note);
    const proof = await proofSince(tools(5), first.note);
    expect(proof.accepted && proof.value.checkpoint.note).toBe(later.note);
    const hashes = proof.accepted ? proof.value.hashes : [];
    const [old, now] = [readKept(first), readKept(later)];
    expect(provesConsistency(old.size, old.root, now.size, now.root, hashes)).toBe(true);
    expect(provesConsistency(old.size, old.root, now.size, old.root, hashes)).toBe(false);
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
    expect(await verifyCheckpoints(hub.database, [old, now])).toBeNull();
    const system = hub.database.unrestricted('try', (connection) =>
      connection.execute('update audit_epoch set sequence = 0'),
    );
    await expect(system).rejects.toThrow(/permission denied/);
  });

  it('show a log that was cut short after an hour was closed', async () => {
    await record('the_last');
    await currentCheckpoint(tools(7));
    const last = 'sequence = (select max(sequence) from audit_event)';
    expect(await tampered(`delete from audit_event where ${last}`)).toMatchObject({
      whole: false,
      why: expect.stringContaining('there is none'),
    });
  });

  it('tell a log that was rewritten whole, hours and all, from the one that somebody holds a checkpoint of', async () => {
    const early = readKept(await currentCheckpoint(tools(8)));
    await record('to_be_forgotten');
    const kept = readKept(await currentCheckpoint(tools(9)));
    expect(await verifyCheckpoints(hub.database, [early, kept])).toBeNull();
    await rewrittenWhole('to_be_forgotten');
    // Whoever has database and keys in hand leaves a chain that fits itself.
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
    expect(await verifyCheckpoints(hub.database, [early])).toBeNull();
    const verdict = await verifyCheckpoints(hub.database, [kept, early]);
    expect(verdict).toMatchObject({ whole: false, why: expect.stringContaining('was changed or left out') });
    // A checkpoint of the rewritten log does not go on from the one that is held.
    const after = tools(10);
    const forged = await currentCheckpoint(after);
    const proof = await proofSince(after, signedNote(kept, auditKey(hub.keys)));
    const hashes = proof.accepted ? proof.value.hashes : [];
    const now = readKept(forged);
    expect(provesConsistency(kept.size, kept.root, now.size, now.root, hashes)).toBe(false);
  });

  it('take no forged checkpoint', async () => {
    const { note, publicKey } = await currentCheckpoint(tools(11));
    const other = signingKey(Buffer.alloc(32, 7));
    const [title, size, ...rest] = note.split(' ');
    const forged = [
      '',
      'hello',
      `${title} ${Number(size) + 1} ${rest.join(' ')}`,
      note.slice(0, -1),
      `${note.slice(0, -2)}${note.endsWith('AA') ? 'BA' : 'AA'}`,
      signedNote(readKept({ note, publicKey }), other),
    ];
    for (const text of forged) expect(readNote(text, publicKey).accepted, text).toBe(false);
    expect(readNote(` ${note}\n`, publicKey).accepted).toBe(true);
    expect(await proofSince(tools(11), forged.at(-1) ?? '')).toMatchObject({ accepted: false });
    const longer = { ...readKept({ note, publicKey }), size: Number(size) + 5 };
    expect(await proofSince(tools(11), signedNote(longer, auditKey(hub.keys)))).toMatchObject({
      accepted: false,
      reasons: [{ wanted: expect.stringContaining('at most') }],
    });
  });
});

/** As an operator with everything in hand would: one action is changed, and every hash after it is made anew, in the hours too. */
async function rewrittenWhole(action: string): Promise<void> {
  await hub.database.asOwner(async (connection) => {
    for (const table of ['audit_event', 'audit_epoch'])
      await connection.execute(`alter table ${table} disable trigger ${table}_append_only`);
    await connection.execute(`update audit_event set action = 'nothing_happened' where action = $1`, [
      action,
    ]);
  });
  for (;;) {
    const verdict = await verifyLog(hub.database);
    if (verdict.whole) break;
    await hub.database.asOwner((connection) => mend(connection, verdict.firstBad));
  }
  await hub.database.asOwner(async (connection) => {
    for (const table of ['audit_event', 'audit_epoch'])
      await connection.execute(`alter table ${table} enable trigger ${table}_append_only`);
  });
}

async function mend(connection: Queryable, sequence: number): Promise<void> {
  const [row] = await connection.query<{
    at: Date;
    organisation_id: string;
    key_id: string | null;
    action: string;
    object_kind: string;
    object_ids: string[];
    purpose: string | null;
    detail: Record<string, string>;
    before: Uint8Array;
  }>(
    'select e.*, b.hash as before from audit_event e join audit_event b on b.sequence = e.sequence - 1 where e.sequence = $1',
    [sequence],
  );
  if (row === undefined) throw new Error(`there is no event ${sequence}`);
  const event = {
    sequence,
    at: row.at.toISOString(),
    organisationId: row.organisation_id,
    keyId: row.key_id,
    action: row.action,
    objectKind: row.object_kind,
    objectIds: row.object_ids,
    purpose: row.purpose,
    detail: row.detail,
  };
  const hash = hashEvent(event, row.before);
  await connection.execute('update audit_event set previous_hash = $2, hash = $3 where sequence = $1', [
    sequence,
    row.before,
    hash,
  ]);
  await connection.execute('update audit_epoch set head = $2 where sequence = $1', [sequence, hash]);
}
