/** A database that breaks off, and a read that takes too long: who waits is answered, and what was acknowledged is there. */
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

/** Takes half a minute and more on either database. */
const ENDLESS = 'select count(*) from generate_series(1, 400000000)';
const SCOPE = { classes: [1], statementTimeoutMs: 10_000 };
const AT_ONCE_MS = 1_000;
/** Opening takes 2 s on an idle machine. */
const REOPENED_MS = 20_000;

const threads: Worker[] = [];
/** Most that ran at one time. */
let mostAtOnce = 0;
const noteThread = (worker: Worker): void => {
  threads.push(worker);
  mostAtOnce = Math.max(mostAtOnce, threads.filter(({ threadId }) => threadId !== -1).length);
};

let hub: TestHub;
beforeAll(async () => {
  process.on('worker', noteThread);
  hub = await openTestHub('base');
  await hub.database.asOwner(async (connection) => {
    await connection.execute('create table kept (what text not null)');
    await connection.execute('grant select, insert on kept to headwater_app, headwater_system');
  });
});
afterAll(async () => {
  process.off('worker', noteThread);
  await hub.close();
});

const keep = (what: string): Promise<number> =>
  hub.database.unrestricted('keep a word in a test', (connection) =>
    connection.execute('insert into kept (what) values ($1)', [what]),
  );
const kept = async (): Promise<readonly string[]> => {
  const rows = await hub.database.secured(SCOPE, (connection) =>
    connection.query<{ what: string }>('select what from kept order by what'),
  );
  return rows.map(({ what }) => what);
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What became of a piece of work, and how long after `since` (performance.now). */
async function outcomeOf(work: Promise<unknown>, since: () => number) {
  const error = await work.then(
    () => null,
    (failure: Error) => failure,
  );
  return { error, ms: performance.now() - since() };
}

const stateOf = (error: Error | null): unknown => (error?.cause as { code?: unknown } | undefined)?.code;

describe("a viewer's statement over its limit", () => {
  it('is stopped with the same error on both databases, and those behind it are answered', async () => {
    await keep('before the limit');
    const began = performance.now();
    const long = outcomeOf(
      hub.database.secured({ ...SCOPE, statementTimeoutMs: 200 }, (connection) => connection.query(ENDLESS)),
      () => began,
    );
    const behind = [kept(), keep('behind the limit'), kept()] as const;
    const { error, ms } = await long;
    expect(stateOf(error)).toBe('57014');
    expect(error).toMatchObject({ code: 'DATABASE_REFUSED' });
    expect(ms).toBeGreaterThan(199);
    expect(ms).toBeLessThan(200 + AT_ONCE_MS);
    const [words] = await Promise.all(behind);
    expect(words).toContain('before the limit');
    // One connection serves the embedded database in turn. A server's pool has many: a write behind may overtake a read.
    if (!hub.server) expect(words).toEqual(['before the limit']);
    console.log(
      `stopped after ${ms.toFixed(0)} ms, next answered after ${(performance.now() - began).toFixed(0)}`,
    );
    expect(performance.now() - began).toBeLessThan(REOPENED_MS);
    expect(await kept()).toEqual(['before the limit', 'behind the limit']);
  });

  it('counts each statement alone, and time spent between them not at all', async () => {
    const rows = await hub.database.secured({ ...SCOPE, statementTimeoutMs: 500 }, async (connection) => {
      await connection.query('select 1');
      await pause(700);
      return connection.query('select 2 as two');
    });
    expect(rows).toEqual([{ two: 2 }]);
  });

  it('is not stopped when its answer was there and only this process was busy', async () => {
    const rows = await hub.database.secured({ ...SCOPE, statementTimeoutMs: 300 }, async (connection) => {
      const answer = connection.query('select 3 as three');
      // The statement is on its way only after this turn.
      await new Promise((resolve) => setImmediate(resolve));
      const until = performance.now() + 900;
      while (performance.now() < until);
      return answer;
    });
    expect(rows).toEqual([{ three: 3 }]);
  });

  it('never cuts a write of somebody else, however long that takes', async () => {
    const writing = hub.database.unrestricted('write slowly in a test', async (connection) => {
      await connection.query('select count(*) from generate_series(1, 3000000)');
      await pause(500);
      return connection.execute("insert into kept (what) values ('slowly')");
    });
    const reading = hub.database.secured({ ...SCOPE, statementTimeoutMs: 150 }, (connection) =>
      connection.query('select 4 as four'),
    );
    expect(await writing).toBe(1);
    expect(await reading).toEqual([{ four: 4 }]);
    expect(await kept()).toContain('slowly');
  });
});

describe('an embedded database that breaks off', () => {
  const endThread = async (): Promise<void> => {
    await threads.at(-1)?.terminate();
  };

  it('in the middle of a statement: that one fails at once, the next is answered, nothing is lost', async (test) => {
    if (hub.server) test.skip();
    await keep('acknowledged');
    let ended = 0;
    const broken = outcomeOf(
      hub.database.unrestricted('write in a test', async (connection) => {
        await connection.execute("insert into kept (what) values ('never')");
        await connection.query(ENDLESS);
      }),
      () => ended,
    );
    await pause(500);
    ended = performance.now();
    await endThread();
    const { error, ms } = await broken;
    expect(error).toMatchObject({ code: 'BUSY', message: expect.stringContaining('ask again') });
    expect(ms).toBeLessThan(AT_ONCE_MS);
    const words = await kept();
    console.log(`answered again ${(performance.now() - ended).toFixed(0)} ms after the end`);
    expect(performance.now() - ended).toBeLessThan(REOPENED_MS);
    expect(words).toContain('acknowledged');
    expect(words).not.toContain('never');
  });

  it('between two statements: the rest of the transaction is refused and not run on the next thread', async (test) => {
    if (hub.server) test.skip();
    const before = threads.length;
    const work = hub.database.secured(SCOPE, async (connection) => {
      await connection.query('select 1');
      await endThread();
      // The next thread is there: a statement let through would run with the rights of the tables' owner.
      while (threads.length === before) await pause(50);
      await pause(3_000);
      await connection.execute("insert into kept (what) values ('leaked')");
    });
    await expect(work).rejects.toMatchObject({ code: 'BUSY' });
    expect(await kept()).not.toContain('leaked');
    const role = await hub.database.secured(SCOPE, (connection) =>
      connection.query('select current_user::text as name'),
    );
    expect(role).toEqual([{ name: 'headwater_app' }]);
  });

  it('while many wait: all of them are answered or told, and the last words stored are there', async (test) => {
    if (hub.server) test.skip();
    const stored: string[] = [];
    const writes = Promise.allSettled(
      Array.from({ length: 200 }, async (_, number) => {
        const what = `many ${number}`;
        await keep(what);
        stored.push(what);
      }),
    );
    for (let times = 0; times < 3; times += 1) {
      await pause(100);
      await endThread();
      while (stored.length === 0) await pause(20);
    }
    const outcomes = await writes;
    expect(stored.length).toBeGreaterThan(100);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'BUSY' });
    const there = new Set(await kept());
    expect(stored.filter((what) => !there.has(what))).toEqual([]);
  });

  it.each([
    ['a recursion without end', 'select endless(1)'],
    ['a text of brackets', `select repeat('(', 300000)::tsquery`],
  ])('by exhausting its stack goes on with the next statement: %s', async (_what, text) => {
    await hub.database.asOwner((connection) =>
      connection.execute(
        'create or replace function endless(n int) returns int language plpgsql as $$ begin return endless(n + 1); end $$',
      ),
    );
    await keep('before the stack was full');
    await expect(hub.database.secured(SCOPE, (connection) => connection.query(text))).rejects.toThrow(/./);
    expect(await kept()).toContain('before the stack was full');
    await keep('after it');
    expect(await kept()).toContain('after it');
  });

  it('has one thread on the folder at a time', async (test) => {
    if (hub.server) test.skip();
    expect(threads.length).toBeGreaterThan(6);
    expect(mostAtOnce).toBe(1);
  });
});
