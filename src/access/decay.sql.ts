/** How a person's suspicion is read: it ends by itself when nobody reviewed it in time, whatever is stored. */
import { beginning } from './partial-columns.sql.ts';
import type { SharedTime } from './sight.ts';

/**
 * What stands in the place of columns of `suspicion t` at a moment, SQL of a timestamptz. Who is shown quarters reads what falls due
 * within one as due from its first day: the day itself would tell when somebody reviewed it.
 */
export function decayed(at: string, time: SharedTime): Readonly<Record<string, string>> {
  const due = beginning(time, 't.due_at');
  const known = beginning(time, 't.known_from');
  return {
    status: `case when ${due} <= ${at} then 'lapsed' else t.status end`,
    lapsed_at: `case when ${due} <= ${at} then ${due} end`,
    // The first is what the report says.
    reviewed_at: `case when t.version > 1 then ${known} end`,
  };
}
