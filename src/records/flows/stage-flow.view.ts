/** Reading the legs of movements from country to country, unknown ends included, in one statement. Travel within one country is a leg from it to itself. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../incidents/same-incident.sql.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { movementSource } from '../movements/movement-source.sql.ts';

/** `link`: both nodes. `node`: the first alone. `all`: neither. */
export interface StageRow {
  readonly part: 'link' | 'node' | 'all';
  readonly role: string | null;
  readonly stage: number | null;
  readonly country: string | null;
  readonly next_role: string | null;
  readonly next_stage: number | null;
  readonly next_country: string | null;
  readonly movements: number;
  readonly incidents: number;
  readonly persons_min: number | null;
  readonly persons_max: number | null;
}

/** The destination's place in the order of stages, after any number of transit countries. */
export const LAST_STAGE = 1_000;

/**
 * Movements that are alone in their event and name the same countries in the same roles take the same legs: they are added up first, and a million
 * movements are a few thousand such ways. Whatever shares its event with others is followed one by one.
 */
export async function readStages(reader: ViewerReader, asked: AskedMovements): Promise<readonly StageRow[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const text = `
with moved as materialized (
  select r.countries, r.roles, r.persons_min, r.persons_max, coalesce(same.event_id, r.incident_id) as event_id
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asked.asKnown)} where ${source.conditions.join(' and ')}),
crowd as materialized (select event_id from moved group by event_id having count(*) > 1),
way as materialized (
  select row_number() over () as id, w.* from (
    select countries, roles, null::uuid as event_id, count(*) as movements, sum(persons_min) as persons_min,
      sum(coalesce(persons_max, 0)) as persons_max, count(*) - count(persons_max) as unbounded
    from moved where event_id not in (select event_id from crowd) group by countries, roles
    union all
    select countries, roles, event_id, 1, persons_min, coalesce(persons_max, 0), case when persons_max is null then 1 else 0 end
    from moved where event_id in (select event_id from crowd)) w),
told as (
  select w.id, s.country, s.role, case s.role when 'source' then 0 when 'destination' then ${LAST_STAGE}
    else count(*) filter (where s.role = 'transit') over (partition by w.id order by s.at) end::int as stage
  from way w cross join unnest(w.countries, w.roles) with ordinality s (country, role, at) where s.role <> 'domestic'),
inside as (
  select w.id, s.country from way w cross join unnest(w.countries, w.roles) s (country, role) where s.role = 'domestic'),
step as (
  select * from told
  union all select i.id, i.country, 'source', 0 from inside i
  union all select i.id, i.country, 'destination', ${LAST_STAGE} from inside i
  union all select w.id, null, 'source', 0 from way w where not w.roles && '{source,domestic}'
  union all select w.id, null, 'destination', ${LAST_STAGE} from way w where not w.roles && '{destination,domestic}'),
leg as materialized (
  select s.*, lead(s.role) over on_way as next_role, lead(s.stage) over on_way as next_stage, lead(s.country) over on_way as next_country
  from step s window on_way as (partition by s.id order by s.stage, s.country)),
-- Each way once in whatever it is a part of.
part as (
  select distinct 'link' as part, l.role, l.stage, l.country, l.next_role, l.next_stage, l.next_country, l.id from leg l where l.next_role is not null
  union all
  select distinct 'node', l.role, l.stage, l.country, null, null::int, null, l.id from leg l
  union all
  select 'all', null, null, null, null, null, null, w.id from way w),
-- Of one event the largest number of persons is told, and the sum of what they may be at most.
event as (
  select p.part, p.role, p.stage, p.country, p.next_role, p.next_stage, p.next_country, sum(w.movements) as movements,
    case when w.event_id is null then sum(w.movements) else 1 end as incidents,
    case when w.event_id is null then sum(w.persons_min) else max(w.persons_min) end as persons_min,
    sum(w.persons_max) as persons_max, sum(w.unbounded) as unbounded
  from part p join way w on w.id = p.id
  group by p.part, p.role, p.stage, p.country, p.next_role, p.next_stage, p.next_country, w.event_id)
select part, role, stage, country, next_role, next_stage, next_country, sum(movements)::int as movements, sum(incidents)::int as incidents,
  case when part = 'link' then sum(persons_min)::int end as persons_min,
  case when part = 'link' and sum(unbounded) = 0 then sum(persons_max)::int end as persons_max
from event group by 1, 2, 3, 4, 5, 6, 7
order by part, movements desc, stage, country, next_stage, next_country`;
  return reader.read((connection) => connection.query<StageRow>(text, parameters.values));
}
