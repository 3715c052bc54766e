/** Whether what somebody refers to by hand is there for them. */
import { seenClasses, type Viewer } from '../../access/viewer.ts';
import type { Reason } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { findReferred } from './own-record.store.ts';

/** Reasons, one for each id that is not there; what the viewer cannot see is as absent as what does not exist. */
export async function findSeen(
  connection: Queryable,
  viewer: Viewer,
  references: readonly (readonly [
    table: 'incident' | 'entity' | 'report',
    where: string,
    ids: readonly string[],
  ])[],
): Promise<readonly Reason[]> {
  const classes = seenClasses(viewer);
  const reasons: Reason[] = [];
  for (const [table, where, ids] of references) {
    const known = await findReferred(connection, table, ids.filter(isId), classes);
    const wanted = table === 'report' ? 'a report you can see' : `an ${table} you can see`;
    for (const [at, id] of ids.entries())
      if (!known.includes(id.toLowerCase()))
        reasons.push({ where: `${where}[${at}]`, found: `no such ${table}`, wanted });
  }
  return reasons;
}
