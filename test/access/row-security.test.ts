/** The second wall: what the database itself lets the application's role see, whatever statement reaches it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowScope } from '../../src/access/viewer.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

/** Tables without a viewer's rows: the gazetteer, and what only the hub itself reads. */
const NO_RECORDS = [
  'access_grant',
  'account',
  'account_identity',
  'account_invitation',
  'account_recovery_code',
  'access_change',
  'account_secret',
  'account_session',
  'act_receipt',
  'agreement',
  'agreement_act',
  'agreement_party',
  'api_key',
  'audit_epoch',
  'audit_event',
  'break_glass',
  'case_release',
  'doomed_key',
  'erasure',
  'gazetteer_change',
  'key_folder',
  'land_border',
  'matching_alert',
  'matching_arrangement',
  'matching_ask',
  'matching_exclusion',
  'matching_token',
  'movement_stops_counted',
  'onward_request',
  'organisation',
  'outbox',
  'place',
  'place_alias',
  'planned_event',
  'public_budget',
  'public_release',
  'recipient_before',
  'recipient_notice',
  'schema_migration',
  'schema_migration_lock',
  'shared_atom',
  'shared_atom_member',
  'shared_epoch',
  'shared_view',
  'shared_view_approval',
  'shared_view_cell',
  'shared_view_epoch',
  'shared_view_feature',
  'sign_in_attempt',
  'spatial_ref_sys',
  'stale_batch',
  'talk_notice',
  'visibility_class',
];
/** What anybody's transaction may read: public geography, and whether access was written. */
const PUBLIC = ['access_change', 'place', 'place_alias', 'land_border', 'gazetteer_change'];
/** Rows of several classes at once, each for who sees all of them: test/access/flow-blocks.test.ts. */
const OF_SEVERAL = ['flow_block', 'flow_block_cell'];

const scope = (classes: readonly number[]) => ({ classes, statementTimeoutMs: 10_000 });

async function tables(): Promise<readonly string[]> {
  const rows = await hub.database.asOwner((connection) =>
    connection.query<{ name: string }>(
      `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    ),
  );
  return rows.map(({ name }) => name);
}

async function recordTables(): Promise<readonly string[]> {
  return (await tables()).filter((name) => ![...NO_RECORDS, ...OF_SEVERAL].includes(name));
}

describe('row security', () => {
  it('is enabled, forced and given a policy on every table that holds records', async () => {
    const records = await recordTables();
    const secured = await hub.database.asOwner((connection) =>
      connection.query<{ name: string }>(
        `select c.relname::text as name from pg_class c where c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity
           and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polcmd = 'r' and p.polroles = array['headwater_app'::regrole::oid]
             and pg_get_expr(p.polqual, p.polrelid) like '%visibility_class_id%headwater.classes%')
         order by 1`,
      ),
    );
    expect(records.length).toBeGreaterThan(20);
    expect(secured.map(({ name }) => name)).toEqual(records);
  });

  it('shows a plain select only the classes of the transaction, on every table', async () => {
    const { classes } = rowScope(await viewerFor(hub, 'terai-watch', 'analyst'));
    let shown = 0;
    for (const table of await recordTables()) {
      const all = await hub.database.unrestricted('count for a test', (connection) =>
        classesIn(connection, table),
      );
      for (const some of [classes, classes.slice(0, 1)]) {
        const seen = await hub.database.secured(scope(some), (connection) => classesIn(connection, table));
        expect(seen).toEqual(all.filter(({ id }) => some.includes(id)));
        shown += seen.length;
      }
    }
    expect(shown).toBeGreaterThan(5);
  });

  it('shows nothing when no class is set, or an empty list', async () => {
    for (const table of await recordTables()) {
      expect(await hub.database.secured(scope([]), (connection) => classesIn(connection, table))).toEqual([]);
      const unset = await hub.database.asOwner(async (connection) => {
        await connection.query('set local role headwater_app');
        return classesIn(connection, table);
      });
      expect(unset).toEqual([]);
    }
  });

  it('keeps keys, grants, classes and the audit log from the application role altogether', async () => {
    for (const table of NO_RECORDS.filter((name) => !PUBLIC.includes(name) && name !== 'spatial_ref_sys')) {
      const asked = hub.database.secured(scope([1]), (connection) =>
        connection.query(`select * from ${table} limit 1`),
      );
      await expect(asked).rejects.toThrow(/permission denied/);
    }
  });

  it('lets the application role write nowhere', async () => {
    const { classes } = rowScope(await viewerFor(hub, 'terai-watch', 'analyst'));
    for (const table of await tables()) {
      for (const statement of [
        `delete from ${table}`,
        `truncate ${table}`,
        `insert into ${table} default values`,
      ]) {
        const inTransaction = hub.database.secured(scope(classes), (connection) =>
          connection.execute(statement),
        );
        await expect(inTransaction).rejects.toThrow(/permission denied|read-only/);
        if (table === 'spatial_ref_sys') continue;
        // The role alone forbids it too: the transaction being read only is not what stands in the way.
        const asRole = hub.database.asOwner(async (connection) => {
          await connection.query('set local role headwater_app');
          await connection.execute(statement);
        });
        await expect(asRole).rejects.toThrow(/permission denied/);
      }
    }
  });

  it("cannot be widened from inside a viewer's transaction by leaving the role unnoticed", async () => {
    const state = await hub.database.secured(scope([1]), (connection) =>
      connection.query<{ user: string; read_only: string }>(
        `select current_user::text as user, current_setting('transaction_read_only') as read_only`,
      ),
    );
    expect(state).toEqual([{ user: 'headwater_app', read_only: 'on' }]);
  });

  it('leaves nothing on the connection for the next transaction', async () => {
    for (let round = 0; round < 20; round += 1) {
      await hub.database.secured(scope([1, 2, 3]), (connection) => connection.query('select 1'));
      await hub.database
        .secured(scope([4, 5]), (connection) => connection.query('select 1 / 0'))
        .catch(() => undefined);
      const left = await hub.database.asOwner((connection) =>
        connection.query<{ classes: string; role: string; read_only: string }>(
          `select coalesce(current_setting('headwater.classes', true), '') as classes, current_setting('role') as role,
             current_setting('transaction_read_only') as read_only`,
        ),
      );
      expect(left).toEqual([{ classes: '', role: 'none', read_only: 'off' }]);
    }
  });

  it('refuses a scope that is not positive whole numbers before any statement runs', () => {
    for (const classes of [
      [0],
      [-1],
      [1.5],
      [Number.NaN],
      ["1}'; drop table report; --" as unknown as number],
    ]) {
      expect(() =>
        hub.database.secured(scope(classes), (connection) => connection.query('select 1')),
      ).toThrow(/row scope/);
    }
  });
});

/** How many rows of each class a plain select meets. */
async function classesIn(
  connection: Queryable,
  table: string,
): Promise<readonly { id: number; rows: number }[]> {
  const rows = await connection.query<{ visibility_class_id: number }>(`select * from ${table}`);
  const counted = new Map<number, number>();
  for (const { visibility_class_id: id } of rows) counted.set(id, (counted.get(id) ?? 0) + 1);
  return [...counted].map(([id, count]) => ({ id, rows: count })).toSorted((a, b) => a.id - b.id);
}
