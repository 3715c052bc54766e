/** Where a target's records are now: a correction writes the entities of its report anew, and a target follows them; so it does back, when the correction is undone. */
import type { Queryable } from '../../platform/database.ts';

/**
 * Pairs of `old` and `fresh`: the same person, or a thing of the same kind with an identifier in common, or else with the same name. Of several the one that
 * has most in common.
 */
const SAME = `select distinct on (o.id) o.id as old, f.id as fresh from gone o join fresh f on f.record = o.record and f.kind = o.kind
  left join lateral (select count(*) as shared from selector a join selector b on b.kind = a.kind and b.token = a.token
    where a.entity_id = o.id and b.entity_id = f.id) s on true
  where f.person_id = o.person_id or (f.person_id is null and o.person_id is null and (s.shared > 0 or f.label = o.label))
  order by o.id, (f.person_id = o.person_id) desc nulls last, s.shared desc, (f.label = o.label) desc, f.id`;

/** Of the entities that are `gone` (id, record, kind, label, person_id), those that some target has. */
const FOLLOW = `, same as (${SAME})
  update target t set entity_ids = array(
    select min(coalesce(s.fresh, u.id)::text)::uuid from unnest(t.entity_ids) with ordinality as u (id, at) left join same s on s.old = u.id
    group by coalesce(s.fresh, u.id) order by min(u.at))
  where t.entity_ids && array(select s.old from same s)`;

/** `reportIds`: living rows of reports that have a new version now, which is written. */
export async function followNewVersions(connection: Queryable, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  await connection.execute(
    `with followed as (select distinct unnest(entity_ids) as id from target),
     gone as materialized (
       select o.id, h.version_of as record, o.kind, o.label, o.person_id from followed w join entity o on o.id = w.id join report h on h.id = o.report_id
       where h.version_of = any($1::uuid[])),
     fresh as (
       select n.id, n.report_id as record, n.kind, n.label, n.person_id from entity n
       where n.report_id in (select record from gone) and n.known_to is null)${FOLLOW}`,
    [reportIds],
  );
}

/** Before what a batch wrote goes: to what stood there before it, and will again. */
export async function followOldVersions(connection: Queryable, batchId: string): Promise<void> {
  await connection.execute(
    `with followed as (select distinct unnest(entity_ids) as id from target),
     gone as materialized (
       select o.id, o.report_id as record, o.kind, o.label, o.person_id from followed w join entity o on o.id = w.id and o.batch_id = $1),
     fresh as (
       select n.id, h.version_of as record, n.kind, n.label, n.person_id from entity n join report h on h.id = n.report_id
       where h.version_of in (select record from gone)
         and h.version = (select max(l.version) from report l where l.version_of = h.version_of))${FOLLOW}`,
    [batchId],
  );
}
