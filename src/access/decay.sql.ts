/** How a person's suspicion is read: it ends by itself when nobody reviewed it in time, whatever is stored. */
import { quarter } from './coarse-columns.sql.ts';

/**
 * What stands in the place of columns of `suspicion t` at a moment, SQL of a timestamptz. A coarse viewer is shown quarters, so that what
 * falls due within one is read as due from its first day: the day itself would tell when somebody reviewed it.
 */
export function decayed(at: string, coarse: boolean): Readonly<Record<string, string>> {
  const due = coarse ? quarter('due_at') : 't.due_at';
  const known = coarse ? quarter('known_from') : 't.known_from';
  return {
    status: `case when ${due} <= ${at} then 'lapsed' else t.status end`,
    lapsed_at: `case when ${due} <= ${at} then ${due} end`,
    // The first is what the report says.
    reviewed_at: `case when t.version > 1 then ${known} end`,
  };
}
