/** Comments going with what they are on: for whoever ends a report, a case or a person. */
import { CASES_OF_PARTY, isHeldCase } from '../attachments/attached.sql.ts';
import { isHeldReport } from '../composition/held.sql.ts';

/** Statements, to be run one after the other; the keys are doomed, not yet destroyed. `where`: a condition on `record_comment m`. */
export function removeComments(where: string): readonly string[] {
  return [dropTexts(where), `delete from record_comment m where ${where}`];
}

/** What they say goes; that they were there stays in their past. `at`: SQL of the moment. */
export function endComments(where: string, at: string): readonly string[] {
  return [dropTexts(`${where} and ${at} is not null`), endOfComments(where, at)];
}

/** The same, and what is sealed stays so until what they are on is purged. */
export function endOfComments(where: string, at: string): string {
  return `update record_comment m set known_to = greatest(${at}, m.known_from + interval '1 microsecond') where ${where} and m.known_to is null`;
}

/** What they say goes. */
export function dropTexts(where: string): string {
  return (
    `with gone as (delete from comment_text t using record_comment m where m.id = t.comment_id and ${where} returning t.key_id) ` +
    'insert into doomed_key select distinct key_id from gone on conflict do nothing'
  );
}

/** Comments that may name somebody of a report; bound: $1 entities of it, $2 the report. */
export const MAY_NAME = `(m.report_id = $2 or m.legal_case_id in (${CASES_OF_PARTY}))`;

/** Whether a `record_comment m` is kept by a hold: on its report, or on a report of its case. */
export const IS_HELD_COMMENT = `(exists (select 1 from report r where r.id = m.report_id and ${isHeldReport('r')}) or ${isHeldCase('m.legal_case_id')})`;
