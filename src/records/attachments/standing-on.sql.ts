/** What hangs on records is read with them: by who sees those whole, while they stand, at the same moment. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';

export type Parent = 'report' | 'legal_case' | 'exhibit';

/** A condition on `alias`, which has a column of each parent's id and one of them filled. */
export function standingOn(
  viewer: Viewer,
  parameters: Parameters,
  asKnown: AsKnown,
  alias: string,
  parents: readonly Parent[],
): string {
  const conditions = parents.map((table) => {
    const parent = projected(table, viewer, parameters, asKnown);
    const seen = `${table}_seen`;
    const above =
      table === 'exhibit' ? ` and ${standingOn(viewer, parameters, asKnown, seen, ['legal_case'])}` : '';
    return (
      `(${alias}.${table}_id is not null and exists (select 1 from ${parent} ${seen} where ${seen}.id = ${alias}.${table}_id ` +
      `and not ${seen}.redacted and ${seen}.retracted_at is null${above}))`
    );
  });
  return `(${conditions.join(' or ')})`;
}
