/** No statement fails silently: what GEOS and PROJ throw inside the database reaches the caller, and takes its transaction with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queryable } from '../../src/platform/database.ts';
import { draws } from '../support/draws.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
  await hub.database.asOwner((connection) => connection.execute('create table trace (what text not null)'));
});
afterAll(() => hub.close());

/** A bow tie: its boundary crosses itself. */
const BOW_TIE = 'POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))';

/** Each ends in an error inside a library, an expression or the planner: the embedded database swallows the first kind. */
const CORPUS: readonly (readonly [what: string, text: string, values: readonly unknown[]])[] = [
  [
    'an invalid polygon into st_union',
    `select st_astext(st_union(st_geomfromtext($1), st_geomfromtext('POLYGON((1 0, 3 0, 3 2, 1 2, 1 0))')))`,
    [BOW_TIE],
  ],
  [
    'an invalid polygon into st_intersection',
    `select st_astext(st_intersection(st_geomfromtext($1), st_geomfromtext('POLYGON((0.5 0, 3 0, 3 2, 0.5 2, 0.5 0))')))`,
    [BOW_TIE],
  ],
  ['an infinite st_buffer', `select st_astext(st_buffer(st_makepoint(0, 0), $1::float8))`, ['Infinity']],
  [
    'a bad projection',
    `select st_astext(st_transform(st_setsrid(st_makepoint(1, 1), 4326), $1::text))`,
    ['+proj=no-such-projection'],
  ],
  [
    'an unknown coordinate system',
    'select st_astext(st_transform(st_setsrid(st_makepoint(1, 1), 4326), $1::int))',
    [999_999],
  ],
  ['a bad DE-9IM pattern', `select st_relate(st_makepoint(0, 0), st_makepoint(0, 0), $1::text)`, ['T*']],
  ['a malformed geometry', 'select st_astext(st_geomfromtext($1))', ['POLYGON((0 0, 1']],
  ['a ring that is not closed', 'select st_astext(st_geomfromtext($1))', ['POLYGON((0 0, 1 0, 1 1))']],
  [
    'geometries of two systems',
    'select st_distance(st_setsrid(st_makepoint(0, 0), $1::int), st_setsrid(st_makepoint(0, 0), 4326))',
    [3857],
  ],
  ['a division by zero', 'select 1 / $1::int', [0]],
  ['a table that is not there', 'select * from no_such_table where a = $1', [1]],
  ['a value of the wrong type', 'select $1::uuid', ['not a uuid']],
];

/** As the hub says it, whichever database it was. */
const SAID = /database refused a statement|without completing|failed statement was passed over/;

const traces = (): Promise<readonly { what: string }[]> =>
  hub.database.asOwner((connection) => connection.query<{ what: string }>('select what from trace'));
const leaveTrace = (connection: Queryable, what: string): Promise<number> =>
  connection.execute('insert into trace (what) values ($1)', [what]);

describe('an error inside the database', () => {
  it.each(CORPUS)('throws and rolls back: %s', async (what, text, values) => {
    const work = hub.database.asOwner(async (connection) => {
      await leaveTrace(connection, what);
      await connection.query(text, values);
    });
    await expect(work).rejects.toThrow(SAID);
    expect(await traces()).toEqual([]);
    expect(await hub.database.asOwner((connection) => connection.query('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });

  it.each(CORPUS)('cannot be passed over by work that catches it: %s', async (what, text, values) => {
    const work = hub.database.asOwner(async (connection) => {
      await leaveTrace(connection, what);
      await connection.query(text, values).catch(() => undefined);
      return 'went on';
    });
    await expect(work).rejects.toThrow(SAID);
    const stubborn = hub.database.asOwner(async (connection) => {
      await connection.query(text, values).catch(() => undefined);
      await leaveTrace(connection, what).catch(() => undefined);
    });
    await expect(stubborn).rejects.toThrow(SAID);
    expect(await traces()).toEqual([]);
  });

  it.each(CORPUS)(
    "reaches a viewer's read and leaves the next one whole: %s",
    async (_what, text, values) => {
      const scope = { classes: [1], statementTimeoutMs: 10_000 };
      await expect(
        hub.database.secured(scope, (connection) => connection.query(text, values)),
      ).rejects.toThrow(SAID);
      const next = await hub.database.secured(scope, (connection) =>
        connection.query('select $1::int as echo', [7]),
      );
      expect(next).toEqual([{ echo: 7 }]);
    },
  );
});

describe('interleaved transactions', () => {
  it('each get back their own parameter, failing ones between them', async () => {
    const wrong: string[] = [];
    const requests = Array.from({ length: draws(1_000, 3_000) }, async (_, number) => {
      const [what, text, values] = CORPUS[number % CORPUS.length] as (typeof CORPUS)[number];
      if (number % 5 === 0) {
        const failed = await hub.database
          .asOwner((connection) => connection.query(text, values))
          .then(
            () => false,
            () => true,
          );
        if (!failed) wrong.push(`${what} went through`);
        return;
      }
      const echoed = await hub.database.asOwner(async (connection) => {
        const [first] = await connection.query<{ echo: string }>('select $1::text as echo', [
          `first ${number}`,
        ]);
        const [second] = await connection.query<{ echo: string; big: bigint }>(
          'select $1::text as echo, $2::bigint as big',
          [`second ${number}`, number],
        );
        return [first?.echo, second?.echo, Number(second?.big)];
      });
      if (echoed.join() !== `first ${number},second ${number},${number}`)
        wrong.push(`${number} got ${echoed.join()}`);
    });
    await Promise.all(requests);
    expect(wrong).toEqual([]);
    expect(await traces()).toEqual([]);
  });

  it('keep what they committed and nothing else', async () => {
    const kept = (
      await Promise.allSettled(
        Array.from({ length: 200 }, (_, number) =>
          hub.database.asOwner(async (connection) => {
            await leaveTrace(connection, `row ${number}`);
            if (number % 3 === 0)
              await connection.query('select st_relate(st_makepoint(0, 0), st_makepoint(0, 0), $1::text)', [
                'T*',
              ]);
            return `row ${number}`;
          }),
        ),
      )
    ).flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(kept).toHaveLength(133);
    expect((await traces()).map(({ what }) => what).toSorted()).toEqual(kept.toSorted());
    await hub.database.asOwner((connection) => connection.execute('delete from trace'));
  });
});
