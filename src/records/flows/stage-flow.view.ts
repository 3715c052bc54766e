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

export async function readStages(reader: ViewerReader, asked: AskedMovements): Promise<readonly StageRow[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const text = `
with moved as materialized (
  select r.row_id, r.countries, r.roles, r.persons_min, r.persons_max, coalesce(same.event_id, r.incident_id) as event_id
  from ${source.from} ${sameIncidentJoin('r', viewer, parameters, asked.asKnown)} where ${source.conditions.join(' and ')}),
told as (
  select m.row_id, s.country, s.role, case s.role when 'source' then 0 when 'destination' then ${LAST_STAGE}
    else count(*) filter (where s.role = 'transit') over (partition by m.row_id order by s.at) end::int as stage
  from moved m cross join unnest(m.countries, m.roles) with ordinality s (country, role, at) where s.role <> 'domestic'),
inside as (
  select m.row_id, s.country from moved m cross join unnest(m.countries, m.roles) s (country, role) where s.role = 'domestic'),
step as (
  select * from told
  union all select i.row_id, i.country, 'source', 0 from inside i
  union all select i.row_id, i.country, 'destination', ${LAST_STAGE} from inside i
  union all select m.row_id, null, 'source', 0 from moved m where not m.roles && '{source,domestic}'
  union all select m.row_id, null, 'destination', ${LAST_STAGE} from moved m where not m.roles && '{destination,domestic}'),
leg as (
  select s.*, lead(s.role) over way as next_role, lead(s.stage) over way as next_stage, lead(s.country) over way as next_country
  from step s window way as (partition by s.row_id order by s.stage, s.country)),
counted as (
  select case when grouping(l.next_role) = 0 then 'link' when grouping(l.role) = 0 then 'node' else 'all' end as part,
    l.role, l.stage, l.country, l.next_role, l.next_stage, l.next_country,
    count(distinct l.row_id)::int as movements, count(distinct m.event_id)::int as incidents
  from leg l join moved m on m.row_id = l.row_id
  group by grouping sets ((l.role, l.stage, l.country, l.next_role, l.next_stage, l.next_country), (l.role, l.stage, l.country), ())),
carried as (
  select role, stage, country, next_role, next_stage, next_country, sum(persons_min)::int as persons_min,
    case when count(persons_max) = count(*) then sum(persons_max)::int end as persons_max
  from (
    select l.role, l.stage, l.country, l.next_role, l.next_stage, l.next_country, max(m.persons_min) as persons_min,
      case when count(m.persons_max) = count(*) then sum(m.persons_max) end as persons_max
    from leg l join moved m on m.row_id = l.row_id where l.next_role is not null
    group by l.role, l.stage, l.country, l.next_role, l.next_stage, l.next_country, m.event_id) event
  group by role, stage, country, next_role, next_stage, next_country)
select c.*, p.persons_min, p.persons_max from counted c
left join carried p on c.part = 'link' and p.role = c.role and p.stage = c.stage and p.country is not distinct from c.country
  and p.next_role = c.next_role and p.next_stage = c.next_stage and p.next_country is not distinct from c.next_country
where c.part <> 'link' or c.next_role is not null
order by c.part, c.movements desc, c.stage, c.country, c.next_stage, c.next_country`;
  return reader.read((connection) => connection.query<StageRow>(text, parameters.values));
}
