/** Whatever decides who is let in and what they see, another generation of access follows when it is written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GENERATION } from '../../src/access/access-generation.sql.ts';
import { foldClassChanges } from '../../src/access/class-change.store.ts';
import { newKey } from '../../src/access/keys.ts';
import { KnownViewers } from '../../src/access/known-viewers.ts';
import { readViewer } from '../../src/access/viewer.view.ts';
import { openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('demo');
});
afterAll(() => hub.close());

/** The one column that may be written without it: of a session that is used, which lets nobody in who was not let in before. */
const UNWATCHED = ['account_session.last_used_at'];

const generation = async (): Promise<string> => {
  const text = `select ${GENERATION} as generation`;
  const [rows] = await hub.database.securedAtOnce<{ generation: string }>(
    { classes: [], statementTimeoutMs: 5_000 },
    [{ text, values: [] }],
  );
  return rows?.[0]?.generation ?? '';
};

/** Names of all tables that a plan reads. */
function tablesIn(plan: unknown): readonly string[] {
  if (Array.isArray(plan)) return plan.flatMap(tablesIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const name = (plan as { 'Relation Name'?: string })['Relation Name'];
  return [...(name === undefined ? [] : [name]), ...Object.values(plan).flatMap(tablesIn)];
}

/** What looking somebody up reads, by the database's own word. */
async function tablesRead(): Promise<readonly string[]> {
  const read = new Set<string>();
  for (const [kind, values] of [
    ['key', "'x', now(), null"],
    ['session', "'x', now(), now(), null"],
  ] as const) {
    hub.statements.length = 0;
    await readViewer(hub.database, newKey(kind).text, TEST_NOW).catch(() => undefined);
    const text = hub.statements.at(-1) ?? '';
    const plan = await hub.database.unrestricted('see what a look-up reads', async (connection) => {
      await connection.execute(`prepare look_up_${kind} as ${text}`);
      const told = await connection.query(`explain (format json) execute look_up_${kind}(${values})`);
      await connection.execute(`deallocate look_up_${kind}`);
      return told;
    });
    for (const name of tablesIn(plan)) read.add(name);
  }
  read.delete('access_change');
  return [...read].sort();
}

interface Watched {
  readonly name: string;
  readonly events: string;
  readonly columns: readonly string[];
}

describe('the generation of access', () => {
  it('watches every table that looking a key or session up reads, and every column', async () => {
    const read = await tablesRead();
    expect(read).toEqual([
      'access_grant',
      'account',
      'account_session',
      'api_key',
      'break_glass',
      'organisation',
      'visibility_class',
    ]);
    const rows = await hub.database.asOwner((connection) =>
      connection.query<Watched>(
        `select c.relname as name, concat(case when t.tgtype & 4 > 0 then 'i' end, case when t.tgtype & 8 > 0 then 'd' end,
             case when t.tgtype & 16 > 0 then 'u' end, case when t.tgtype & 32 > 0 then 't' end) as events,
           array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             and (t.tgattr::text = '' or a.attnum = any (t.tgattr)) order by 1) as columns
         from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
         where p.proname = 'access_changed' and t.tgenabled = 'O' and t.tgtype & 1 = 0 order by 1`,
      ),
    );
    expect(rows.map(({ name }) => name)).toEqual(read);
    expect(new Set(rows.map(({ events }) => events))).toEqual(new Set(['idut']));
    const columns = await hub.database.asOwner((connection) =>
      connection.query<{ name: string }>(
        `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by 1`,
        [read],
      ),
    );
    const watched = new Set(
      rows.flatMap(({ name, columns: some }) => some.map((column) => `${name}.${column}`)),
    );
    expect(columns.map(({ name }) => name).filter((name) => !watched.has(name))).toEqual(UNWATCHED);
  });

  it('is another after each write, and the same while there is none', async () => {
    await viewerFor(hub, 'terai-watch', 'analyst');
    const seen = new Set([await generation()]);
    expect(seen).toContain(await generation());
    for (const write of [
      `update api_key set revoked_at = now() where label = 'test'`,
      `update account set disabled_at = now()`,
      `update account_session set ended_at = now()`,
      `update organisation set slug = slug`,
      `update break_glass set ends_at = ends_at`,
      `delete from access_grant`,
      `update visibility_class set handling = handling`,
    ]) {
      await hub.database.unrestricted('write what decides about access in a test', (connection) =>
        connection.execute(write),
      );
      seen.add(await generation());
    }
    expect(seen.size).toBe(8);
    await hub.database.unrestricted('use a session in a test', (connection) =>
      connection.execute('update account_session set last_used_at = now()'),
    );
    expect(seen).toContain(await generation());
  });

  it('stands on a few rows, whatever was written, and is another once they were folded', async () => {
    for (let time = 0; time < 60; time += 1)
      await hub.database.unrestricted('write what decides about access in a test', (connection) =>
        connection.execute('update organisation set slug = slug'),
      );
    const before = await generation();
    await hub.database.unrestricted('fold in a test', foldClassChanges);
    const [row] = await hub.database.unrestricted('count in a test', (connection) =>
      connection.query<{ n: number }>('select count(*)::int as n from access_change'),
    );
    expect(row?.n).toBe(1);
    expect(await generation()).not.toBe(before);
  });

  it('may be read by whoever is asked for, and written by none of them', async () => {
    const write = {
      text: 'insert into access_change (transaction) values (pg_current_xact_id())',
      values: [],
    };
    await expect(
      hub.database.securedAtOnce({ classes: [], statementTimeoutMs: 5_000 }, [write]),
    ).rejects.toMatchObject({ code: 'DATABASE_REFUSED' });
  });
});

describe('what is known of who asks', () => {
  const at = (ms: number): Date => new Date(TEST_NOW.getTime() + ms);
  it('is known for the same credential and purpose, from the moment it was looked up to the one that may change it', async () => {
    const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
    const known = new KnownViewers();
    const found = { viewer, generation: '1', until: at(1_000) };
    known.remember('hw_a', null, found);
    expect(known.at('hw_a', null, TEST_NOW)).toBe(found);
    expect(known.at('hw_a', null, at(999))).toBe(found);
    expect(known.at('hw_a', 'prosecution', TEST_NOW)).toBeUndefined();
    expect(known.at('hw_b', null, TEST_NOW)).toBeUndefined();
    expect(known.at('hw_a', null, at(1_000))).toBeUndefined();
    known.remember('hw_a', null, found);
    expect(known.at('hw_a', null, at(-1))).toBeUndefined();
    known.remember('hw_a', null, found);
    known.forget('hw_a', null);
    expect(known.at('hw_a', null, TEST_NOW)).toBeUndefined();
  });
});
