/** Transactions whose rights are set before the first statement, over either pool. */
import type { Knex } from 'knex';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Database, Queryable, RowScope, StatementObserver } from './database.ts';

interface DriverConnection {
  query(statement: {
    text: string;
    values: readonly unknown[];
  }): Promise<{ rows: unknown[]; rowCount: number | null }>;
  query(text: string): Promise<unknown>;
  /** The embedded connection's road for several statements in one round trip; it keeps the limit (ms) of later ones itself. */
  script?(text: string, limitMs?: number | null): Promise<unknown>;
}

export interface Pools {
  /** Connections that may become the application's roles. */
  readonly application: Knex;
  /** Connections of the tables' owner; the same pool where there is only one. */
  readonly owner: Knex;
}

export class PooledDatabase implements Database {
  readonly mode: 'embedded' | 'server';
  readonly #pools: Pools;
  readonly #observe: StatementObserver;

  constructor(mode: 'embedded' | 'server', pools: Pools, observe: StatementObserver = () => undefined) {
    this.mode = mode;
    this.#pools = pools;
    this.#observe = observe;
  }

  secured<T>(scope: RowScope, work: (connection: Queryable) => Promise<T>): Promise<T> {
    const limitMs = scope.statementTimeoutMs > 0 ? scope.statementTimeoutMs : null;
    return this.#transaction(this.#pools.application, securedOpening(scope), work, limitMs);
  }

  unrestricted<T>(purpose: string, work: (connection: Queryable) => Promise<T>): Promise<T> {
    if (purpose.trim() === '') throw new HeadwaterError('FORBIDDEN', 'the unrestricted road wants a purpose');
    return this.#transaction(this.#pools.application, 'begin; set local role headwater_system', work);
  }

  asOwner<T>(work: (connection: Queryable) => Promise<T>): Promise<T> {
    return this.#transaction(this.#pools.owner, 'begin', work);
  }

  async close(): Promise<void> {
    await this.#pools.application.destroy();
    if (this.#pools.owner !== this.#pools.application) await this.#pools.owner.destroy();
  }

  async #transaction<T>(
    pool: Knex,
    opening: string,
    work: (connection: Queryable) => Promise<T>,
    limitMs: number | null = null,
  ): Promise<T> {
    const connection = (await pool.client.acquireConnection()) as DriverConnection;
    try {
      await (connection.script?.(opening, limitMs) ?? connection.query(opening));
      const state = { failed: false };
      const result = await work(this.#queryable(connection, state));
      // PostgreSQL answers a commit of a failed transaction with a silent rollback: work that swallowed the error must hear of it.
      if (state.failed)
        throw new HeadwaterError(
          'DATABASE_REFUSED',
          'a failed statement was passed over: the transaction is rolled back',
        );
      await connection.query('commit');
      return result;
    } catch (error) {
      await connection.query('rollback').catch((failure: Error) => {
        // A connection that cannot roll back must not serve the next viewer.
        (connection as { __knex__disposed?: Error }).__knex__disposed = failure;
      });
      throw asHeadwaterError(error);
    } finally {
      await pool.client.releaseConnection(connection);
    }
  }

  #queryable(connection: DriverConnection, state: { failed: boolean }): Queryable {
    const run = async (text: string, values: readonly unknown[]) => {
      const started = performance.now();
      try {
        return await connection.query({ text, values });
      } catch (error) {
        state.failed = true;
        throw error;
      } finally {
        this.#observe({ text, milliseconds: performance.now() - started });
      }
    };
    return {
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await run(text, values)).rows as unknown as readonly Row[],
      execute: async (text: string, values: readonly unknown[] = []) =>
        (await run(text, values)).rowCount ?? 0,
    };
  }
}

/**
 * The settings are local to the transaction: a session-level one would leak to the next viewer of the pooled connection. Compiling a
 * statement is off: the planner cannot guess what a viewer sees, takes reads for costlier than they are, and spends seconds compiling them.
 */
function securedOpening({ classes, statementTimeoutMs }: RowScope): string {
  if (
    !classes.every((id) => Number.isSafeInteger(id) && id > 0) ||
    !Number.isSafeInteger(statementTimeoutMs)
  ) {
    throw new HeadwaterError('BAD_INPUT', 'a row scope wants positive whole numbers');
  }
  return (
    'begin read only; set local role headwater_app; ' +
    `set local headwater.classes = '{${classes.join(',')}}'; set local jit = off; ` +
    `set local statement_timeout = ${statementTimeoutMs}`
  );
}

function asHeadwaterError(error: unknown): Error {
  if (error instanceof HeadwaterError) return error;
  const state = (error as { code?: unknown }).code;
  if (typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state)) {
    return new HeadwaterError(
      'DATABASE_REFUSED',
      `the database refused a statement (${state}): ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  return error as Error;
}
