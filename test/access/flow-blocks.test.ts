/** Sums over several classes at once: who may read them, that they are read, and that nothing stays in them that is gone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COARSE } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Queryable } from '../../src/platform/database.ts';
import { foldCounts } from '../../src/records/flows/fold-counts.service.ts';
import { rollupDifferences } from '../property/rollup-differences.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
/** Class ids of the block that covers most, and its name. */
let classes: readonly number[];
let block: number;
let all: Viewer;
beforeAll(async () => {
  hub = await openTestHub('demo');
  const [largest] = await blocks();
  if (largest === undefined) throw new Error('found no block in the demo, wanted some');
  ({ classes, middle: block } = largest);
  const every = await write((connection) =>
    connection.query<{ id: number }>('select id from visibility_class order by id'),
  );
  all = {
    ...(await viewerFor(hub, 'terai-watch', 'analyst')),
    fullClasses: every.map(({ id }) => id),
    partial: [],
  };
});
afterAll(() => hub.close());

const write = <T>(work: (connection: Queryable) => Promise<T>): Promise<T> =>
  hub.database.unrestricted('write for a test of blocks', work);

/** Those of most classes first. */
const blocks = (): Promise<readonly { middle: number; classes: number[] }[]> =>
  write((connection) =>
    connection.query(
      `select b.middle, array(select c.id from visibility_class c where b.classes @> c.id order by 1) as classes
       from flow_block b order by upper(b.span) - lower(b.span) desc, b.middle`,
    ),
  );

const seenBy = (seen: readonly number[]): Promise<{ blocks: number[]; cells: number[] }> =>
  hub.database.secured({ classes: seen, statementTimeoutMs: 10_000 }, async (connection) => {
    const found = await connection.query<{ middle: number }>('select middle from flow_block order by 1');
    const cells = await connection.query<{ block: number }>(
      'select distinct block from flow_block_cell order by 1',
    );
    return { blocks: found.map(({ middle }) => middle), cells: cells.map((row) => row.block) };
  });

const without = (one: number | undefined): readonly number[] => all.fullClasses.filter((id) => id !== one);

describe('a block', () => {
  it('is read in the database by who sees all of its classes, and by nobody who lacks one', async () => {
    const kept = await blocks();
    expect(classes.length).toBeGreaterThan(2);
    const every = kept.map(({ middle }) => middle).toSorted((a, b) => a - b);
    expect(await seenBy(all.fullClasses)).toEqual({ blocks: every, cells: every });
    expect(await seenBy(classes)).toEqual({ blocks: every, cells: every });
    for (const lacked of classes) {
      const seen = kept
        .filter((each) => !each.classes.includes(lacked))
        .map(({ middle }) => middle)
        .toSorted((a, b) => a - b);
      expect(seen).not.toContain(block);
      expect(await seenBy(without(lacked))).toEqual({ blocks: seen, cells: seen });
    }
    for (const few of [[], classes.slice(0, 1)]) expect(await seenBy(few)).toEqual({ blocks: [], cells: [] });
    const unset = await hub.database.asOwner(async (connection) => {
      await connection.query('set local role headwater_app');
      return connection.query('select middle from flow_block union all select block from flow_block_cell');
    });
    expect(unset).toEqual([]);
  });

  it('stands for its classes where all are seen whole, and for nobody else', async () => {
    const movements = async (viewer: Viewer, by = 'ORIGIN_COUNTRY, DESTINATION_COUNTRY'): Promise<number> => {
      const { flows } = await answer<{ flows: readonly { movements: number }[] }>(
        hub,
        viewer,
        `{ flows(groupBy: [${by}], first: 500) { movements } }`,
      );
      return flows.reduce((sum, each) => sum + each.movements, 0);
    };
    const lacking = { ...all, fullClasses: without(classes[0]) };
    const inPart = { ...lacking, partial: [{ sight: COARSE, classes: classes.slice(0, 1) }] };
    const before = await Promise.all([all, lacking, inPart].map((viewer) => movements(viewer)));
    expect(before[2]).toBe(before[0]);
    expect(before[1]).toBeLessThan(before[0]!);
    const [cells] = await write((connection) =>
      connection.query<{ counted: number }>(
        `with changed as (update flow_block_cell set movements = movements + 1000 where block = $1 and verification <> 'should_not_count' returning 1)
         select count(*)::int as counted from changed`,
        [block],
      ),
    );
    expect(cells?.counted).toBeGreaterThan(2);
    const wrong = before[0]! + 1000 * cells!.counted;
    expect(await movements(all)).toBe(wrong);
    expect(await movements(all, 'ORIGIN_COUNTRY')).toBe(wrong);
    expect(await Promise.all([lacking, inPart].map((viewer) => movements(viewer)))).toEqual(before.slice(1));
    // Blocks know no owners and no months.
    expect(await movements(all, 'OWNER, ORIGIN_COUNTRY')).toBe(before[0]);
    expect(await movements(all, 'MONTH, ORIGIN_COUNTRY')).toBe(before[0]);
    await write((connection) =>
      connection.execute(
        `update flow_block_cell set movements = movements - 1000 where block = $1 and verification <> 'should_not_count'`,
        [block],
      ),
    );
    expect(await movements(all)).toBe(before[0]);
  });

  it('tells nothing of a journey that is gone, once its class was folded', async () => {
    const traces = (): Promise<readonly { cells: number; rows: number }[]> =>
      write((connection) =>
        connection.query(
          `select (select count(*) from flow_block_cell where origin_country = 'ATA')::int as cells,
             (select count(*) from flow_rollup where origin_country = 'ATA')::int as rows`,
        ),
      );
    for (const gone of ['retracted', 'deleted'] as const) {
      const [movement] = await write((connection) =>
        connection.query<{ id: string }>(
          `update movement set origin_country = 'ATA' where id = (
             select m.id from movement m where m.known_to is null and m.visibility_class_id = any($1::integer[])
               and not exists (select 1 from movement_apart a where a.movement_id = m.id) order by m.id limit 1) returning id`,
          [classes],
        ),
      );
      await foldCounts(hub.database);
      const [told] = await traces();
      expect(told?.cells).toBeGreaterThan(0);
      expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
      await write(async (connection) => {
        if (gone === 'retracted')
          return connection.execute('update movement set known_to = now() where id = $1', [movement?.id]);
        for (const table of ['waypoint', 'crossing', 'party_member'])
          await connection.execute(`delete from ${table} where movement_id = $1`, [movement?.id]);
        return connection.execute('delete from movement where id = $1', [movement?.id]);
      });
      await foldCounts(hub.database);
      expect(await traces()).toEqual([{ cells: 0, rows: 0 }]);
      expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
    }
  });

  it('has what two sum at once', async () => {
    // The embedded database has one connection: nothing is at once there.
    if (!hub.server) return;
    const refold = async (connection: Queryable, id: number | undefined, more: number): Promise<void> => {
      await connection.execute(
        `update flow_rollup set persons_min = persons_min + $2 where grain = 'pair' and folded and visibility_class_id = $1`,
        [id, more],
      );
      await connection.query('select flow_blocks_sum(array[$1::integer])', [id]);
    };
    const [one, other] = [classes[0], classes.at(-1)];
    for (const more of [1, -1]) {
      let second: Promise<void> | undefined;
      await write(async (connection) => {
        await refold(connection, one, more);
        // Begins while what the first summed is not yet seen.
        second = write((meanwhile) => refold(meanwhile, other, more));
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      await second;
      expect((await write(rollupDifferences)).blocks).toEqual([]);
    }
    expect(await write(rollupDifferences)).toEqual({ cells: [], apart: [], blocks: [] });
  });

  it('goes when all movements go at once', async () => {
    await hub.database.asOwner((connection) => connection.execute('truncate movement cascade'));
    expect(await blocks()).toEqual([]);
    expect(await write((connection) => connection.query('select 1 from flow_block_cell limit 1'))).toEqual(
      [],
    );
  });
});
