/** Attached files going with what they hang on, and what keeps them: for whoever ends a report, a case or a person. */
import { isHeldReport } from '../composition/held.sql.ts';

/** Statements, to be run one after the other; the keys are doomed, not yet destroyed. `where`: a condition on `attachment a`. */
export function removeAttachments(where: string): readonly string[] {
  return [dropContents(where), `delete from attachment a where ${where}`];
}

/** That they were there stays in their past. `at`: SQL of the moment. */
export function endAttachments(where: string, at: string): readonly string[] {
  return [
    // Both statements have the same parameters.
    dropContents(`${where} and ${at} is not null`),
    endOf(where, at),
  ];
}

/** The same, and what is sealed stays so until what it hangs on is purged. */
export function endOf(where: string, at: string): string {
  return `update attachment a set known_to = greatest(${at}, a.known_from + interval '1 microsecond') where ${where} and a.known_to is null`;
}

function dropContents(where: string): string {
  return (
    `with gone as (delete from attachment_content c using attachment a where a.id = c.attachment_id and ${where} returning c.key_id) ` +
    'insert into doomed_key select distinct key_id from gone on conflict do nothing'
  );
}

/** Bound: $1 entities of a report, $2 the report. Cases against them, and cases that rest on the report or what it tells of. */
const CASES = `select coalesce(c.version_of, c.id) from legal_case c where c.defendant_ids && $1::uuid[] or c.report_ids @> array[$2::uuid]
  or c.incident_ids && array(select i.id from incident i join report r on r.id = i.report_id where r.id = $2 or r.version_of = $2)`;

/** Files that may show somebody of a report, since nobody can tell by machine whom they show. Bound like `CASES`. */
export const MAY_SHOW = `(a.report_id = $2 or a.legal_case_id in (${CASES}))`;

/** The cases among them. */
export const CASES_THAT_MAY_SHOW = `select id from legal_case where id in (${CASES}) order by id for update`;

/** Whether a file of `attachment a` is kept by a hold: on its report, or on a report of the same owner on which its case rests. */
export const IS_HELD = `(exists (select 1 from report r where r.id = a.report_id and ${isHeldReport('r')})
  or exists (select 1 from legal_case c join report r on r.id = any(c.report_ids) and r.owner_id = c.owner_id
    where c.id = a.legal_case_id and ${isHeldReport('r')}))`;
