/** Planning is most of what a small world costs a server: here plans of statements that come again are kept, as the fast path keeps those of its own. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../../src/platform/database.ts';

const MET_BEFORE = 2;
/** Each is a plan in every connection, some hundred kB. */
const MOST_NAMES = 1_500;
/** How many classes a viewer holds decides which plan of these is good. */
const PLANNED_EACH_TIME = 'select (select coalesce(sum(c.changes)';

/** For the connections that this process opens from now on. Statements and what is bound stay as the hub sends them. */
export async function keepPlans(database: Database): Promise<void> {
  if (database.mode !== 'server') return;
  await database.asOwner((connection) =>
    connection.execute(
      `do $$ begin execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database()); end $$`,
    ),
  );
  const nameOf = namesOfWhatReturns();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, first: unknown, ...rest: unknown[]) {
    const said = isUnnamed(first) ? { ...first, name: nameOf(first.text) } : first;
    return (query as (...all: unknown[]) => unknown).call(this, said, ...rest);
  } as typeof query;
}

/** What the driver sends by itself (`submit`) names its statements itself. */
function isUnnamed(first: unknown): first is { readonly text: string } {
  if (typeof first !== 'object' || first === null || 'submit' in first) return false;
  return 'text' in first && 'values' in first && !('name' in first && first.name !== undefined);
}

function namesOfWhatReturns(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const met = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST_NAMES || text.startsWith(PLANNED_EACH_TIME)) return known;
    const times = (met.get(text) ?? 0) + 1;
    if (times <= MET_BEFORE) {
      met.set(text, times);
      return undefined;
    }
    met.delete(text);
    const name = `w${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    names.set(text, name);
    return name;
  };
}
