/** What the planner knows of the tables' contents: refreshed by us, because the embedded database has nobody who would. */
import type { Database } from './database.ts';

/**
 * Worth its second after many rows came in. Without it every table looks almost empty, and joins of thousands of rows are planned as if they were
 * of one: seconds instead of milliseconds.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  await database.asOwner((connection) => connection.execute('analyze'));
}
