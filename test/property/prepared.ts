/** Statements of many worlds are the same texts over and over: prepared once a connection, they are parsed and planned once, and not each time. */
import { createHash } from 'node:crypto';
import pg from 'pg';

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}

type Query = (this: pg.Client, statement: Statement | string, ...more: unknown[]) => unknown;

const NAME_LENGTH = 32;

/**
 * For this process, until the returned function is called. Plans that fit every value are good enough for tables of a few hundred rows. Only the
 * server's driver is touched: the embedded database prepares nothing.
 */
export function prepareStatements(): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const ordinary = prototype.query;
  const planned = new WeakSet<pg.Client>();
  prototype.query = function query(statement, ...more) {
    if (typeof statement === 'string' || statement.values === undefined || statement.name !== undefined)
      return ordinary.call(this, statement, ...more);
    if (!planned.has(this)) {
      planned.add(this);
      ordinary.call(this, 'set plan_cache_mode = force_generic_plan', (error: Error | null) => {
        if (error !== null) throw error;
      });
    }
    const name = createHash('sha256').update(statement.text).digest('hex').slice(0, NAME_LENGTH);
    return ordinary.call(this, { ...statement, name }, ...more);
  };
  return () => {
    prototype.query = ordinary;
  };
}
