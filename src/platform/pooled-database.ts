/** Transactions whose rights are set before the first statement, over either pool. */
import type { Knex } from 'knex';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Answers, Database, Queryable, RowScope, Statement, StatementObserver } from './database.ts';
import { OneGo, type SentStatement } from './one-go.ts';
import {
  type Rights,
  securedOpening,
  securedRights,
  unrestrictedOpening,
  unrestrictedRights,
} from './rights.ts';
import { StatementNames } from './statement-names.ts';

interface DriverConnection {
  query(statement: {
    text: string;
    values: readonly unknown[];
    name?: string | undefined;
  }): Promise<{ rows: unknown[]; rowCount: number | null }>;
  query(text: string): Promise<unknown>;
  query(all: OneGo): unknown;
  /** Whether statements are sent before those before them are answered. */
  readonly pipeline?: boolean;
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
  readonly #names = new StatementNames();

  constructor(mode: 'embedded' | 'server', pools: Pools, observe: StatementObserver = () => undefined) {
    this.mode = mode;
    this.#pools = pools;
    this.#observe = observe;
  }

  secured<T>(scope: RowScope, work: (connection: Queryable) => Promise<T>): Promise<T> {
    return this.#transaction(this.#pools.application, securedOpening(scope), work, limitOf(scope));
  }

  securedAtOnce<Row>(scope: RowScope, statements: readonly Statement[]): Promise<Answers<Row>> {
    return this.#atOnce(securedRights(scope), statements, limitOf(scope));
  }

  async unrestricted<T>(purpose: string, work: (connection: Queryable) => Promise<T>): Promise<T> {
    return this.#transaction(this.#pools.application, unrestrictedOpening(purpose), work);
  }

  async unrestrictedAtOnce<Row>(purpose: string, statements: readonly Statement[]): Promise<Answers<Row>> {
    return this.#atOnce(unrestrictedRights(purpose), statements);
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

  async #atOnce<Row>(
    rights: Rights,
    statements: readonly Statement[],
    limitMs: number | null = null,
  ): Promise<Answers<Row>> {
    const pool = this.#pools.application;
    const connection = (await pool.client.acquireConnection()) as DriverConnection;
    try {
      if (connection.pipeline === true)
        return (await this.#inOneGo(connection, rights.first, statements)) as Answers<Row>;
    } finally {
      await pool.client.releaseConnection(connection);
    }
    return this.#transaction(
      pool,
      rights.opening(),
      async (one) => {
        const answers: (readonly Row[])[] = [];
        for (const { text, values } of statements) answers.push(await one.query<Row>(text, values));
        return answers;
      },
      limitMs,
    );
  }

  async #inOneGo(
    connection: DriverConnection,
    first: SentStatement,
    statements: readonly Statement[],
  ): Promise<Answers<unknown>> {
    const started = performance.now();
    const sent = statements.map((statement) => ({
      ...statement,
      name: statement.keepsPlan === true ? this.#names.nameOf(statement.text) : undefined,
    }));
    try {
      return await new Promise<Answers<unknown>>((resolve, reject) => {
        connection.query(
          new OneGo([first, ...sent], (error, answers) =>
            error === null ? resolve(answers.slice(1)) : reject(error),
          ),
        );
      });
    } catch (error) {
      // What is no more than a refused statement is over with the transaction; any other connection must not serve the next viewer.
      if ((error as { severity?: unknown }).severity !== 'ERROR')
        (connection as { __knex__disposed?: Error }).__knex__disposed = error as Error;
      throw asHeadwaterError(error);
    } finally {
      const milliseconds = performance.now() - started;
      for (const { text } of statements) this.#observe({ text, milliseconds });
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

function limitOf({ statementTimeoutMs }: RowScope): number | null {
  return statementTimeoutMs > 0 ? statementTimeoutMs : null;
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
