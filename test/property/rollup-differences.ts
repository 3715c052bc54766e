/** What a plain count of everything says against what is kept of it. Empty lists are how it should be. */
import type { Queryable } from '../../src/platform/database.ts';

/** Cells that differ from what a plain count of movements says, movements that are wrongly apart or not, and blocks that differ from the cells of their classes. */
export async function rollupDifferences(
  connection: Queryable,
): Promise<Readonly<Record<'cells' | 'apart' | 'blocks', readonly unknown[]>>> {
  const keys = `visibility_class_id, month, first_month, last_month, origin_country, destination_country, mode, purpose, status, exploitation, verification`;
  const cells = await connection.query(
    `with alone as (select m.* from movement m where m.known_to is null and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared)),
       spanned as (select m.*, date_trunc('month', m.occurred_from at time zone 'UTC')::date as first_month,
         date_trunc('month', (m.occurred_to - interval '1 microsecond') at time zone 'UTC')::date as last_month from alone m),
       wanted as (
         select 'pair' as grain, visibility_class_id, null::date as month, null::date as first_month, null::date as last_month, origin_country, destination_country,
           null as mode, null as purpose, null as status, null as exploitation, verification, persons_min, persons_max from spanned
         union all select 'pair_month', visibility_class_id, month, first_month, last_month, origin_country, destination_country,
           null, null, null, null, verification, persons_min, persons_max from spanned where month is not null
         union all select 'month', visibility_class_id, month, first_month, last_month, null, null, null, null, null, null, verification, persons_min, persons_max
           from spanned where month is not null
         union all select 'kind', visibility_class_id, null, null, null, null, null, mode, purpose, status, exploitation, verification, persons_min, persons_max from spanned
         union all select 'kind_month', visibility_class_id, month, first_month, last_month, null, null, mode, purpose, status, exploitation, verification, persons_min, persons_max
           from spanned where month is not null),
       counted as (select grain, ${keys}, count(*) as movements, sum(persons_min) as persons_min, sum(coalesce(persons_max, 0)) as persons_max,
         count(*) - count(persons_max) as unbounded from wanted group by grain, ${keys}),
       kept as (select grain, ${keys}, sum(movements) as movements, sum(persons_min) as persons_min, sum(persons_max) as persons_max, sum(unbounded) as unbounded
         from flow_rollup group by grain, ${keys} having sum(movements) <> 0)
       (select 'missing' as what, c.* from (select * from counted except select * from kept) c)
       union all (select 'too many', k.* from (select * from kept except select * from counted) k) limit 5`,
  );
  const apart = await connection.query(
    `with crowded as (select incident_id from movement where known_to is null group by 1 having count(*) > 1
         union select incident_a from same_incident_link union select incident_b from same_incident_link),
       living as (select m.id, m.visibility_class_id, m.month, m.incident_id in (select incident_id from crowded) as shared from movement m where m.known_to is null)
       select l.id, 'not apart' as what from living l left join movement_apart a on a.movement_id = l.id
         where (l.shared and a.shared is not true) or (l.month is null and a.movement_id is null)
       union all select a.movement_id, 'not living, or of another class' from movement_apart a
         where not exists (select 1 from living l where l.id = a.movement_id and l.visibility_class_id = a.visibility_class_id)
       union all select a.movement_id, 'apart for nothing' from movement_apart a join living l on l.id = a.movement_id where not a.shared and l.month is not null limit 5`,
  );
  const blocks = await connection.query(
    `with folded as (select * from flow_rollup where grain = 'pair' and folded),
       classes as (select distinct visibility_class_id as id from folded),
       wanted as (
         select b.middle, r.origin_country, r.destination_country, r.verification, sum(r.movements), sum(r.persons_min), sum(r.persons_max), sum(r.unbounded)
         from flow_block b join folded r on b.span @> r.visibility_class_id group by 1, 2, 3, 4),
       kept as (select block, origin_country, destination_country, verification, movements::bigint, persons_min::numeric, persons_max::numeric, unbounded::bigint from flow_block_cell)
       select 'missing' as what, to_jsonb(w) as found from (select * from wanted except select * from kept) w
       union all select 'too many', to_jsonb(k) from (select * from kept except select * from wanted) k
       union all select 'written twice', to_jsonb(s) from flow_block_cell s group by s.* having count(*) > 1
       union all select 'of other classes', to_jsonb(b) from flow_block b
         where b.classes is distinct from (select range_agg(int4range(c.id, c.id, '[]')) from classes c where b.span @> c.id)
       union all select 'no block of all', null
         where (select count(*) from classes) > 1 and not exists (
           select 1 from flow_block b where b.classes = (select range_agg(int4range(c.id, c.id, '[]')) from classes c)) limit 5`,
  );
  return { cells, apart, blocks };
}
