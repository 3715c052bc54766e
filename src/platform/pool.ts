/** The two pools of connections, both through knex's PostgreSQL dialect: the ordinary driver, or the embedded worker. */
import { createRequire } from 'node:module';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { EmbeddedConnection } from './embedded/connection.ts';

// The same JavaScript values from both databases: bigint as BigInt, date as text (a Date would move with the machine's zone).
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => BigInt(value));
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

type DialectClass = new (config: Knex.Config) => Knex.Client;
const PostgresDialect = createRequire(import.meta.url)('knex/lib/dialects/postgres/index.js') as DialectClass;

class EmbeddedDialect extends PostgresDialect {
  /** knex asks its dialect for a driver; ours has one class, with the ordinary driver's manners. */
  _driver(): { Client: typeof EmbeddedConnection } {
    return { Client: EmbeddedConnection };
  }
}

const LONGEST_OPENING_MS = 300_000;

/** One connection: the embedded database has no more, and a second process on its folder would lose rows. */
export function embeddedPool(folder: string): Knex {
  return knex({
    client: EmbeddedDialect as unknown as typeof Knex.Client,
    connection: { folder } as unknown as Knex.PgConnectionConfig,
    // The first opening makes the folder, which takes a slow machine minutes. knex has a limit of its own above the pool's.
    acquireConnectionTimeout: LONGEST_OPENING_MS,
    pool: {
      min: 1,
      max: 1,
      idleTimeoutMillis: 2 ** 31 - 1,
      acquireTimeoutMillis: LONGEST_OPENING_MS,
      createTimeoutMillis: LONGEST_OPENING_MS,
    },
  });
}

/** Whatever knex would print with a stack is thrown too, and said in a sentence by whoever catches it. */
const QUIET = { warn: () => undefined, error: () => undefined };

export function serverPool(url: string, size: number): Knex {
  return knex({
    client: 'pg',
    log: QUIET,
    // Statements that do not wait for each other leave together. The driver refuses what cannot share a connection so.
    connection: {
      connectionString: url,
      application_name: 'headwater',
      pipeline: true,
    } as Knex.PgConnectionConfig,
    pool: {
      min: 0,
      max: size,
      acquireTimeoutMillis: 30_000,
      // Parallel plans cost more processor time than they save when many ask at once; jit likewise on short statements.
      afterCreate: (connection: pg.Client, done: (error: Error | null, connection: pg.Client) => void) => {
        connection.query(
          "set max_parallel_workers_per_gather = 0; set jit = off; set timezone = 'UTC'",
          (error) => done(error, connection),
        );
      },
    },
  });
}
