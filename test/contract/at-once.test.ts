/** Statements that leave together with their transaction: with the rights that its opening gave, or not at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowScope } from '../../src/platform/database.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

const NOBODY: RowScope = { classes: [], statementTimeoutMs: 5_000 };
const ROLE = { text: 'select current_user::text as role', values: [] };

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

const role = async (): Promise<string | undefined> =>
  (await hub.database.securedAtOnce<{ role: string }>(NOBODY, [ROLE]))[0]?.[0]?.role;

describe('statements at once', () => {
  it('run as the role of their road', async () => {
    expect(await role()).toBe('headwater_app');
    const [rows] = await hub.database.unrestrictedAtOnce<{ role: string }>('look who asks in a test', [ROLE]);
    expect(rows).toEqual([{ role: 'headwater_system' }]);
    await expect(hub.database.unrestrictedAtOnce(' ', [ROLE])).rejects.toThrow('wants a purpose');
  });

  it('answer in their order, each with its own values', async () => {
    const numbered = [3, 1, 2].map((n) => ({ text: 'select $1::int as n', values: [n] }));
    expect(await hub.database.securedAtOnce(NOBODY, numbered)).toEqual([[{ n: 3 }], [{ n: 1 }], [{ n: 2 }]]);
  });

  it('see no row without a class, and write none', async () => {
    const count = { text: 'select count(*)::int as n from movement', values: [] };
    expect(await hub.database.securedAtOnce(NOBODY, [count])).toEqual([[{ n: 0 }]]);
    const write = { text: 'delete from movement', values: [] };
    await expect(hub.database.securedAtOnce(NOBODY, [write])).rejects.toMatchObject({
      code: 'DATABASE_REFUSED',
    });
  });

  it('fail with the first that fails, and leave the connection to the next as it was', async () => {
    for (let time = 0; time < 8; time += 1) {
      const asked = [ROLE, { text: 'select 1 / $1::int as n', values: [0] }, ROLE];
      await expect(hub.database.securedAtOnce(NOBODY, asked)).rejects.toThrow('division by zero');
      expect(await role()).toBe('headwater_app');
      const owner = await hub.database.asOwner((connection) => connection.query<{ role: string }>(ROLE.text));
      expect(owner[0]?.role).not.toBe('headwater_app');
    }
  });

  it('run with no rights at all where the opening is refused', async () => {
    const beyond = { ...NOBODY, statementTimeoutMs: Number.MAX_SAFE_INTEGER };
    // What would stay behind if it ran: the call fails with the opening either way.
    const write = { text: 'create table left_behind as select current_user::text as role', values: [] };
    if (hub.server)
      await expect(hub.database.securedAtOnce(beyond, [write])).rejects.toThrow(/statement_timeout/);
    else await expect(hub.database.securedAtOnce(NOBODY, [write])).rejects.toThrow(/read-only|permission/);
    const [left] = await hub.database.unrestricted('look what a statement left in a test', (connection) =>
      connection.query<{ there: string | null }>(`select to_regclass('left_behind')::text as there`),
    );
    expect(left).toEqual({ there: null });
    expect(await role()).toBe('headwater_app');
  });

  it('keep a plan under a name for what comes again, and answer as before', async () => {
    for (let time = 0; time < 12; time += 1) {
      const asked = {
        text: 'select count(*)::int + $1::int as n from movement',
        values: [time],
        keepsPlan: true,
      };
      expect(await hub.database.securedAtOnce(NOBODY, [asked])).toEqual([[{ n: time }]]);
    }
  });

  it('are skipped behind one that fails, whether the database has a plan of them or not', async () => {
    const fails = { text: 'select 1 / $1::int as n', values: [0] };
    const after = { text: 'select count(*)::int + 7 as n from movement', values: [], keepsPlan: true };
    for (let time = 0; time < 8; time += 1) {
      await expect(hub.database.securedAtOnce(NOBODY, [fails, after])).rejects.toThrow('division by zero');
      if (time > 4)
        expect(await hub.database.securedAtOnce(NOBODY, [after, after])).toEqual([[{ n: 7 }], [{ n: 7 }]]);
    }
  });

  it('are answered as before when more of them come again than plans are kept', async () => {
    const kept = (n: number) => ({
      text: `select ${n} as n, current_user::text as role`,
      values: [],
      keepsPlan: true,
    });
    const numbers = Array.from({ length: 90 }, (_, n) => n);
    for (let time = 0; time < 6; time += 1)
      expect(await hub.database.securedAtOnce(NOBODY, numbers.map(kept))).toEqual(
        numbers.map((n) => [{ n, role: 'headwater_app' }]),
      );
    if (!hub.server) return;
    const count = { text: 'select count(*)::int as n from pg_prepared_statements', values: [] };
    const [there] = await hub.database.securedAtOnce<{ n: number }>(NOBODY, [count]);
    expect(there?.[0]?.n).toBeGreaterThan(30);
    expect(there?.[0]?.n).toBeLessThanOrEqual(60);
  });

  it('leave nothing of their rights to what comes after them on the same connection', async () => {
    await role();
    const [rest] = await hub.database.asOwner((connection) =>
      connection.query(
        `select current_user::text = session_user::text as own, coalesce(current_setting('headwater.classes', true), '') as classes,
           current_setting('transaction_read_only') as read_only, current_setting('statement_timeout') as ms`,
      ),
    );
    expect(rest).toEqual({ own: true, classes: '', read_only: 'off', ms: '0' });
  });
});
