/** Where the entities are now that somebody named by hand: a correction writes those of its report anew, and what names them follows; so it does back, when the correction is undone. */
import type { Queryable } from '../../platform/database.ts';

/**
 * Lists of ids of entities. `beside`: the fresh id stands beside the old one, so that whoever asks as of an earlier moment finds what was named then;
 * elsewhere it takes its place.
 */
const LISTS = [
  { table: 'target', column: 'entity_ids', beside: false },
  { table: 'legal_case', column: 'defendant_ids', beside: true },
  { table: 'interdiction', column: 'entity_ids', beside: true },
] as const;
type List = (typeof LISTS)[number];

/**
 * Pairs of `old` and `fresh`: the same person, or a thing of the same kind with an identifier in common, or else with the same name. Of several the one that
 * has most in common.
 */
const SAME = `select distinct on (o.id) o.id as old, f.id as fresh from gone o join fresh f on f.record = o.record and f.kind = o.kind
  left join lateral (select count(*) as shared from selector a join selector b on b.kind = a.kind and b.token = a.token
    where a.entity_id = o.id and b.entity_id = f.id) s on true
  where f.person_id = o.person_id or (f.person_id is null and o.person_id is null and (s.shared > 0 or f.label = o.label))
  order by o.id, (f.person_id = o.person_id) desc nulls last, s.shared desc, (f.label = o.label) desc, f.id`;

/** `reportIds`: living rows of reports that have a new version now, which is written. */
export async function followNewVersions(connection: Queryable, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  const gone =
    'select o.id, h.version_of as record, o.kind, o.label, o.person_id from followed w join entity o on o.id = w.id ' +
    'join report h on h.id = o.report_id where h.version_of = any($1::uuid[])';
  const fresh =
    'select n.id, n.report_id as record, n.kind, n.label, n.person_id from entity n ' +
    'where n.report_id in (select record from gone) and n.known_to is null';
  for (const list of LISTS) await connection.execute(followText(list, gone, fresh), [reportIds]);
}

/** Before what a batch wrote goes: to what stood there before it, and will again. */
export async function followOldVersions(connection: Queryable, batchId: string): Promise<void> {
  const gone =
    'select o.id, o.report_id as record, o.kind, o.label, o.person_id from followed w join entity o on o.id = w.id and o.batch_id = $1';
  const fresh =
    'select n.id, h.version_of as record, n.kind, n.label, n.person_id from entity n join report h on h.id = n.report_id ' +
    'where h.version_of in (select record from gone) ' +
    'and h.version = (select max(l.version) from report l where l.version_of = h.version_of)';
  for (const list of LISTS) await connection.execute(followText(list, gone, fresh), [batchId]);
}

/** `gone` and `fresh`: selects of id, record, kind, label and person_id; the first of those that are `followed`. */
function followText({ table, column, beside }: List, gone: string, fresh: string): string {
  const living = beside ? 't.known_to is null and ' : '';
  const followed = beside
    ? `t.${column} || array(select s.fresh from same s where s.old = any(t.${column}) and s.fresh <> all(t.${column}) order by 1)`
    : `array(select min(coalesce(s.fresh, u.id)::text)::uuid from unnest(t.${column}) with ordinality as u (id, at)
        left join same s on s.old = u.id group by coalesce(s.fresh, u.id) order by min(u.at))`;
  return `with followed as (select distinct unnest(t.${column}) as id from ${table} t${beside ? ' where t.known_to is null' : ''}),
    gone as materialized (${gone}), fresh as (${fresh}), same as (${SAME})
    update ${table} t set ${column} = ${followed} where ${living}t.${column} && array(select s.old from same s)`;
}
