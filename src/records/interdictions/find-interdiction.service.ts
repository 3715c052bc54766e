/** One interdiction by id, for analyses that begin with it. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { type Interdiction, interdictionOf } from './interdiction.type.ts';
import { listInterdictions } from './interdiction.view.ts';

/** null where there is none that this viewer sees. */
export async function findInterdiction(
  reader: ViewerReader,
  id: string,
  asKnown: AsKnown,
): Promise<Interdiction | null> {
  const { page } = await listInterdictions(reader, { ids: [id] }, asKnown, { first: 1, after: null });
  const row = page.rows[0];
  return row === undefined ? null : interdictionOf(row);
}
