/** Attached files and exhibits going with what they hang on, and what keeps them: for whoever ends a report, a case or a person. */
import { isHeldReport } from '../composition/held.sql.ts';

/** Statements, to be run one after the other; the keys are doomed, not yet destroyed. `where`: a condition on `attachment a`. */
export function removeAttachments(where: string): readonly string[] {
  return [dropContents(where), `delete from attachment a where ${where}`];
}

/** Of an exhibit or a case, with whatever hangs on it; that they were there stays in their past. `at`: SQL of the moment. */
function endAttachments(where: string, at: string): readonly string[] {
  return [
    // All statements have the same parameters.
    dropContents(`${where} and ${at} is not null`),
    endOf(where, at),
  ];
}

/** The same, and what is sealed stays so until what it hangs on is purged. */
export function endOf(where: string, at: string): string {
  return `update attachment a set known_to = greatest(${at}, a.known_from + interval '1 microsecond') where ${where} and a.known_to is null`;
}

/** What hangs on withdrawn exhibits; `where`: a condition on `exhibit e`, with $1. */
export function endExhibit(where: string, at: string): readonly string[] {
  const exhibits = `select coalesce(e.version_of, e.id) from exhibit e where ${where}`;
  return [
    ...endAttachments(`a.exhibit_id in (${exhibits})`, at),
    removeNames(`v.about_kind = 'exhibit' and v.about_id in (${exhibits}) and ${at} is not null`),
  ];
}

/** What hangs on a withdrawn legal case, $1: nothing else would ever end it. */
export function endWithCase(at: string): readonly string[] {
  return [
    // First: whoever attaches to one of them, or names somebody in its log, has done so by then or finds that it ended.
    `select id from exhibit where legal_case_id = $1 and ${at} is not null order by id for update`,
    ...endAttachments('a.legal_case_id = $1', at),
    ...endExhibit('e.legal_case_id = $1', at),
    `update exhibit e set known_to = greatest(${at}, e.known_from + interval '1 microsecond') where e.legal_case_id = $1 and e.known_to is null`,
  ];
}

function removeNames(where: string): string {
  return `with gone as (delete from vault_item v where ${where} returning v.key_id) insert into doomed_key select distinct key_id from gone on conflict do nothing`;
}

function dropContents(where: string): string {
  return (
    `with gone as (delete from attachment_content c using attachment a where a.id = c.attachment_id and ${where} returning c.key_id) ` +
    'insert into doomed_key select distinct key_id from gone on conflict do nothing'
  );
}

/**
 * Bound: $1 entities of a report, $2 the living report. Cases of its owner against them, and cases that rest on the report or what it tells
 * of. Others' cases may name what they were granted: they are theirs, and nothing of them is told here.
 */
export const CASES_OF_PARTY = `select coalesce(c.version_of, c.id) from legal_case c where c.owner_id = (select o.owner_id from report o where o.id = $2)
  and (c.defendant_ids && $1::uuid[] or c.report_ids @> array[$2::uuid]
  or c.incident_ids && array(select i.id from incident i join report r on r.id = i.report_id where r.id = $2 or r.version_of = $2))`;
const EXHIBITS = `select id from exhibit where legal_case_id in (${CASES_OF_PARTY})`;

/** Files that may show somebody of a report, since nobody can tell by machine whom they show. Bound like `CASES_OF_PARTY`. */
export const MAY_SHOW = `(a.report_id = $2 or a.legal_case_id in (${CASES_OF_PARTY}) or a.exhibit_id in (${EXHIBITS}))`;

/** Names in the custody logs of exhibits of such cases: a condition on `vault_item v`. Bound like `CASES_OF_PARTY`. */
export const NAMED_IN_CUSTODY = `v.about_kind = 'exhibit' and v.about_id in (${EXHIBITS})`;

/** The statement that takes them; bound likewise. */
export const REMOVE_NAMES = removeNames(NAMED_IN_CUSTODY);

/** What was written on the exhibits, in every version: outside their logs, whose chain does not hold it. Bound likewise. */
export const BLANK_LABELS = `update exhibit set label = null where id in (${EXHIBITS})`;

/** What such files hang on besides the report, and every case out of which an erased defendant goes, locked until the transaction ends. */
export const LOCK_WHAT_MAY_SHOW = [
  `select id from legal_case where id in (${CASES_OF_PARTY}) or defendant_ids && $1::uuid[] order by id for update`,
  `select id from exhibit where id in (${EXHIBITS}) order by id for update`,
] as const;

/** Of `legal_case c`: its owner's reports that this version of it rests on, or whose incidents or persons it names. Their living ids. */
const REPORTS_OF_CASE = `select coalesce(v.version_of, v.id) from (select unnest(c.report_ids)
  union select i.report_id from incident i where i.id = any(c.incident_ids)
  union select n.report_id from entity n where n.id = any(c.defendant_ids)) named (id) join report v on v.id = named.id and v.owner_id = c.owner_id`;

/** `id`: SQL of a case. Whether a hold on any report that it names, or named in a version before, keeps it with all that hangs on it. */
export function isHeldCase(id: string): string {
  return (
    `exists (select 1 from legal_case c cross join lateral (${REPORTS_OF_CASE}) l (id) join report r on r.id = l.id ` +
    `where (c.id = ${id} or c.version_of = ${id}) and ${isHeldReport('r')})`
  );
}

/** Until the transaction ends nobody places such a hold. To be run before the case is locked, as whoever erases does. */
export function lockReportsOfCase(id: string): string {
  return (
    `select r.id from report r where r.id in (select l.id from legal_case c cross join lateral (${REPORTS_OF_CASE}) l (id) ` +
    `where c.id = ${id} or c.version_of = ${id}) order by r.id for share`
  );
}

/** SQL of the case on which `attachment a` hangs, or its exhibit. */
export const CASE_OF_FILE =
  '(coalesce(a.legal_case_id, (select e.legal_case_id from exhibit e where e.id = a.exhibit_id)))';
/** Of the exhibit $1. */
export const CASE_OF_EXHIBIT = '(select e.legal_case_id from exhibit e where e.id = $1)';

/** Whether a file of `attachment a` is kept by a hold: on its report, or on a report of its case. */
export const IS_HELD = `(exists (select 1 from report r where r.id = a.report_id and ${isHeldReport('r')}) or ${isHeldCase(CASE_OF_FILE)})`;

/** Exhibits of such a case of somebody, whose names and labels would go. Bound like `CASES_OF_PARTY`. */
export const HELD_EXHIBITS = `select 1 from exhibit x where x.id in (${EXHIBITS}) and ${isHeldCase('x.legal_case_id')}`;
