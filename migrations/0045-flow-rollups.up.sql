-- Counts of movements by what dashboards group by, kept as the movements are written: a question over them reads cells, not records.

create table flow_rollup (
  grain text not null check (grain in ('pair', 'month', 'pair_month', 'kind', 'kind_month')),
  owner_id uuid not null,
  visibility_class_id integer not null,
  month date,
  quarter date generated always as (date_trunc('quarter', month::timestamp)::date) stored,
  year date generated always as (date_trunc('year', month::timestamp)::date) stored,
  -- Months of UTC in which the counted movements began and ended: the same for all that a row counts.
  first_month date,
  last_month date,
  origin_country text,
  destination_country text,
  mode text,
  purpose text,
  status text,
  exploitation text,
  verification text not null,
  movements integer not null,
  persons_min bigint not null,
  persons_max bigint not null,
  -- How many of the movements have no upper bound of persons.
  unbounded integer not null,
  folded boolean not null default false
);
comment on table flow_rollup is 'Living movements that are alone in their incident, summed by visibility class, verification and what the grain names. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.';
create index flow_rollup_grain on flow_rollup (grain, visibility_class_id);
create index flow_rollup_unfolded on flow_rollup (visibility_class_id) where not folded;

create table movement_apart (
  movement_id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  shared boolean not null
);
comment on table movement_apart is 'Living movements that the rollups cannot add up: those whose incident has others or was ever linked to another (shared: in no rollup at all), and those of no known month (in no rollup by month). They are counted one by one.';
create index movement_apart_class on movement_apart (visibility_class_id);

create function flow_rollup_write(come movement[], gone movement[]) returns void language sql as $$
  insert into flow_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
    mode, purpose, status, exploitation, verification, movements, persons_min, persons_max, unbounded)
  select g.grain, f.owner_id, f.visibility_class_id,
    case when g.timed then f.month end,
    case when g.timed then date_trunc('month', f.occurred_from at time zone 'UTC')::date end,
    case when g.timed then date_trunc('month', (f.occurred_to - interval '1 microsecond') at time zone 'UTC')::date end,
    case when g.pair then f.origin_country end, case when g.pair then f.destination_country end,
    case when g.kind then f.mode end, case when g.kind then f.purpose end,
    case when g.kind then f.status end, case when g.kind then f.exploitation end,
    f.verification, sum(f.sign), sum(f.sign * f.persons_min), sum(f.sign * coalesce(f.persons_max, 0)),
    sum(case when f.persons_max is null then f.sign else 0 end)
  from (select 1 as sign, c.* from unnest(come) c union all select -1, o.* from unnest(gone) o) f
  join (values ('pair', true, false, false), ('month', false, true, false), ('pair_month', true, true, false),
    ('kind', false, false, true), ('kind_month', false, true, true)) g (grain, pair, timed, kind) on not g.timed or f.month is not null
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
  having sum(f.sign) <> 0 or sum(f.sign * f.persons_min) <> 0 or sum(f.sign * coalesce(f.persons_max, 0)) <> 0
    or sum(case when f.persons_max is null then f.sign else 0 end) <> 0
$$;

-- Movements that stopped being alone, or had been all along: out of the rollups, and named.
create function movements_set_apart(incidents uuid[], other_than uuid[]) returns movement[] language plpgsql as $$
declare
  gone movement[];
begin
  gone := array(
    select m from movement m where m.incident_id = any (incidents) and m.known_to is null and m.id <> all (other_than)
      and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared));
  insert into movement_apart (movement_id, owner_id, visibility_class_id, shared)
    select m.id, m.owner_id, m.visibility_class_id, true from movement m where m.incident_id = any (incidents) and m.known_to is null
    on conflict (movement_id) do update set shared = true, visibility_class_id = excluded.visibility_class_id;
  return gone;
end
$$;

-- Of one statement: rows that are living now, and rows that were. All movements of an incident must be in one call.
create function movements_recount(fresh movement[], stale movement[]) returns void language plpgsql as $$
declare
  gone movement[];
  crowded uuid[];
begin
  if cardinality(fresh) = 0 and cardinality(stale) = 0 then
    return;
  end if;
  -- Whoever links one of these incidents to another meanwhile waits, or is waited for.
  perform 1 from incident i
    where i.id in (select f.incident_id from unnest(fresh) f union select o.incident_id from unnest(stale) o)
    order by i.id for no key update;
  gone := array(
    select o from unnest(stale) o where not exists (select 1 from movement_apart a where a.movement_id = o.id and a.shared));
  crowded := array(
    select m.incident_id from movement m
      where m.known_to is null and m.incident_id in (select f.incident_id from unnest(fresh) f)
      group by m.incident_id having count(*) > 1
    union
    select f.incident_id from unnest(fresh) f
      where exists (select 1 from same_incident_link k where k.incident_a = f.incident_id)
        or exists (select 1 from same_incident_link k where k.incident_b = f.incident_id)
        or exists (select 1 from movement_apart a where a.movement_id = f.id and a.shared));
  delete from movement_apart where movement_id in (select o.id from unnest(stale) o);
  if cardinality(crowded) > 0 then
    gone := gone || movements_set_apart(crowded, array(select f.id from unnest(fresh) f));
    fresh := array(select f from unnest(fresh) f where not exists (select 1 from unnest(crowded) c where c = f.incident_id));
  end if;
  insert into movement_apart (movement_id, owner_id, visibility_class_id, shared)
    select f.id, f.owner_id, f.visibility_class_id, false from unnest(fresh) f where f.month is null;
  perform flow_rollup_write(fresh, gone);
end
$$;

-- Some thousands at a time, incident by incident: an import that is undone may be of millions. Two statements in one (an upsert that inserts one
-- movement of an incident and updates another of it) would each take the other's rows for counted ones: nothing here writes movements so.
create function movement_counted() returns trigger language plpgsql as $$
declare
  parts integer;
  fresh movement[] := '{}';
  stale movement[] := '{}';
begin
  if tg_op = 'INSERT' then
    parts := (select 1 + count(*) / 10000 from new_rows);
    for fresh in
      select array_agg(n) from new_rows n where n.known_to is null
      group by mod(hashtextextended(n.incident_id::text, 0), parts)
    loop
      perform movements_recount(fresh, '{}');
    end loop;
  elsif tg_op = 'DELETE' then
    parts := (select 1 + count(*) / 10000 from old_rows);
    for stale in
      select array_agg(o) from old_rows o where o.known_to is null
      group by mod(hashtextextended(o.incident_id::text, 0), parts)
    loop
      perform movements_recount('{}', stale);
    end loop;
  else
    -- A movement that changes its incident belongs to two: all in one piece then.
    parts := (
      select case when bool_or(o.incident_id <> n.incident_id) then 1 else 1 + count(*) / 10000 end
      from old_rows o join new_rows n on n.id = o.id);
    for fresh, stale in
      select array_agg(n) filter (where n.known_to is null), array_agg(o) filter (where o.known_to is null)
      from old_rows o join new_rows n on n.id = o.id
      where n.known_to is null or o.known_to is null
      group by mod(hashtextextended(o.incident_id::text, 0), parts)
    loop
      perform movements_recount(coalesce(fresh, '{}'), coalesce(stale, '{}'));
    end loop;
  end if;
  return null;
end
$$;
create trigger movement_counted_insert after insert on movement
  referencing new table as new_rows for each statement execute function movement_counted();
create trigger movement_counted_update after update on movement
  referencing old table as old_rows new table as new_rows for each statement execute function movement_counted();
create trigger movement_counted_delete after delete on movement
  referencing old table as old_rows for each statement execute function movement_counted();

create function movements_emptied() returns trigger language plpgsql as $$
begin
  truncate flow_rollup, movement_apart;
  return null;
end
$$;
create trigger movement_counted_truncate after truncate on movement for each statement execute function movements_emptied();

create function linked_movements_set_apart() returns trigger language plpgsql as $$
declare
  linked uuid[] := array(select incident_a from new_rows union select incident_b from new_rows);
begin
  perform 1 from incident i where i.id = any (linked) order by i.id for no key update;
  perform flow_rollup_write('{}', movements_set_apart(linked, '{}'));
  return null;
end
$$;
create trigger same_incident_link_sets_apart after insert on same_incident_link
  referencing new table as new_rows for each statement execute function linked_movements_set_apart();

-- Movements that are there already. Row security binds the tables' owner too, unless it may pass it.
alter table movement no force row level security;
alter table same_incident_link no force row level security;
insert into movement_apart (movement_id, owner_id, visibility_class_id, shared)
  select m.id, m.owner_id, m.visibility_class_id, bool_or(m.shared)
  from (
    select m.id, m.owner_id, m.visibility_class_id,
      count(*) over (partition by m.incident_id) > 1 or k.incident is not null as shared, m.month
    from movement m
    left join (select incident_a as incident from same_incident_link union select incident_b from same_incident_link) k on k.incident = m.incident_id
    where m.known_to is null) m
  where m.shared or m.month is null
  group by m.id, m.owner_id, m.visibility_class_id;
insert into flow_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
  mode, purpose, status, exploitation, verification, movements, persons_min, persons_max, unbounded, folded)
select g.grain, m.owner_id, m.visibility_class_id,
  case when g.timed then m.month end,
  case when g.timed then date_trunc('month', m.occurred_from at time zone 'UTC')::date end,
  case when g.timed then date_trunc('month', (m.occurred_to - interval '1 microsecond') at time zone 'UTC')::date end,
  case when g.pair then m.origin_country end, case when g.pair then m.destination_country end,
  case when g.kind then m.mode end, case when g.kind then m.purpose end,
  case when g.kind then m.status end, case when g.kind then m.exploitation end,
  m.verification, count(*), sum(m.persons_min), sum(coalesce(m.persons_max, 0)), count(*) - count(m.persons_max), true
from movement m
join (values ('pair', true, false, false), ('month', false, true, false), ('pair_month', true, true, false),
  ('kind', false, false, true), ('kind_month', false, true, true)) g (grain, pair, timed, kind) on not g.timed or m.month is not null
where m.known_to is null and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared)
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
alter table movement force row level security;
alter table same_incident_link force row level security;

alter table flow_rollup enable row level security;
alter table flow_rollup force row level security;
create policy flow_rollup_viewer on flow_rollup for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy flow_rollup_system on flow_rollup to headwater_system using (true) with check (true);
grant select on flow_rollup to headwater_app;
grant select, insert, update, delete on flow_rollup to headwater_system;

alter table movement_apart enable row level security;
alter table movement_apart force row level security;
create policy movement_apart_viewer on movement_apart for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy movement_apart_system on movement_apart to headwater_system using (true) with check (true);
grant select on movement_apart to headwater_app;
grant select, insert, update, delete on movement_apart to headwater_system;
