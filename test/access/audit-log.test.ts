/** The audit log in the database: append-only for everybody, one chain however many write, and a tampering is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEvent, verifyLog } from '../../src/audit/audit.store.ts';
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
