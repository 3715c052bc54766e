/** A word that is another whenever anything was written that decides who is let in and what they see. */
import type { Statement } from '../platform/database.ts';

export const GENERATION = '(select coalesce(sum(a.mark), 0)::text from access_change a)';

const guarded = new WeakMap<Statement, Statement>();

/** The same rows, each with the generation of access of the very snapshot that they come of. */
export function withGeneration(statement: Statement): Statement {
  const known = guarded.get(statement);
  if (known !== undefined) return known;
  const text = `select told.*, ${GENERATION} as generation from (${statement.text}) told`;
  const made = { ...statement, text };
  guarded.set(statement, made);
  return made;
}
