-- Where movements were observed, counted as they are written: maps of a million movements read cells.

create table stop_rollup (
  grain text not null check (grain in ('cell', 'cell_month', 'month')),
  owner_id uuid not null,
  visibility_class_id integer not null,
  month date,
  -- Months of UTC in which the counted movements began and ended: the same for all that a row counts.
  first_month date,
  last_month date,
  verification text not null,
  -- The one cell a movement was observed in, at resolution 6 or as finely as it is known; null where it was observed nowhere.
  cell bigint,
  cell_resolution smallint,
  movements integer not null,
  folded boolean not null default false
);
comment on table stop_rollup is 'Living movements that are alone in their incident, dated to the month and observed in one place or none, summed by visibility class, verification and what the grain names. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.';
create index stop_rollup_grain on stop_rollup (grain, visibility_class_id);
create index stop_rollup_unfolded on stop_rollup (visibility_class_id) where not folded;

create table movement_stops_apart (
  movement_id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  pending boolean not null
);
comment on table movement_stops_apart is 'Living movements that stop_rollup does not count: those that it cannot add up, and those not looked at since they or their waypoints were written (pending). They are counted one by one.';
create index movement_stops_apart_class on movement_stops_apart (visibility_class_id);
create index movement_stops_apart_pending on movement_stops_apart (movement_id) where pending;

create table movement_stops_counted (
  movement_id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  month date not null,
  first_month date not null,
  last_month date not null,
  verification text not null,
  cell bigint,
  cell_resolution smallint
);
comment on table movement_stops_counted is 'As what each movement is in stop_rollup, so that it can be taken out again. A movement is here or in movement_stops_apart, never in both.';

create function stop_rollup_write(rolled movement_stops_counted[], sign integer) returns void language sql as $$
  insert into stop_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, verification, cell, cell_resolution, movements)
  select g.grain, r.owner_id, r.visibility_class_id,
    case when g.timed then r.month end, case when g.timed then r.first_month end, case when g.timed then r.last_month end, r.verification,
    case when g.placed then r.cell end, case when g.placed then r.cell_resolution end, sign * count(*)
  from unnest(rolled) r
  join (values ('cell', true, false), ('cell_month', true, true), ('month', false, true)) g (grain, placed, timed) on true
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9
$$;

-- Movements that were written, or whose waypoints were: to be looked at again. Naming them first waits for whoever is counting them just now, so that what
-- is taken out afterwards is all there is.
create function stops_written(ids uuid[]) returns void language plpgsql as $$
declare
  gone movement_stops_counted[];
begin
  insert into movement_stops_apart as a (movement_id, owner_id, visibility_class_id, pending)
    select m.id, m.owner_id, m.visibility_class_id, true from movement m where m.id = any (ids) and m.known_to is null order by m.id
    on conflict (movement_id) do update set pending = true, owner_id = excluded.owner_id, visibility_class_id = excluded.visibility_class_id
      where not a.pending or a.visibility_class_id <> excluded.visibility_class_id or a.owner_id <> excluded.owner_id;
  delete from movement_stops_apart a
    where a.movement_id = any (ids) and not exists (select 1 from movement m where m.id = a.movement_id and m.known_to is null);
  with deleted as (delete from movement_stops_counted c where c.movement_id = any (ids) returning c.*)
    select array_agg(d::movement_stops_counted) into gone from deleted d;
  if gone is not null then
    perform stop_rollup_write(gone, -1);
  end if;
end
$$;

create function movement_stops_written() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform stops_written(array(
      select n.id from new_rows n
      union select m.id from movement m join new_rows n on n.incident_id = m.incident_id where m.known_to is null));
  elsif tg_op = 'DELETE' then
    perform stops_written(array(select o.id from old_rows o));
  else
    perform stops_written(array(
      select n.id from new_rows n union select o.id from old_rows o
      union select m.id from movement m join new_rows n on n.incident_id = m.incident_id where m.known_to is null));
  end if;
  return null;
end
$$;
-- After movement_counted, by name, which locks the incidents: who writes two movements of one at once waits there.
create trigger movement_stops_insert after insert on movement
  referencing new table as new_rows for each statement execute function movement_stops_written();
create trigger movement_stops_update after update on movement
  referencing old table as old_rows new table as new_rows for each statement execute function movement_stops_written();
create trigger movement_stops_delete after delete on movement
  referencing old table as old_rows for each statement execute function movement_stops_written();

create function waypoint_stops_written() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform stops_written(array(select distinct n.movement_id from new_rows n where n.kind = 'observed'));
  elsif tg_op = 'DELETE' then
    perform stops_written(array(select distinct o.movement_id from old_rows o where o.kind = 'observed'));
  else
    perform stops_written(array(
      select n.movement_id from new_rows n where n.kind = 'observed' union select o.movement_id from old_rows o where o.kind = 'observed'));
  end if;
  return null;
end
$$;
create trigger waypoint_stops_insert after insert on waypoint
  referencing new table as new_rows for each statement execute function waypoint_stops_written();
create trigger waypoint_stops_update after update on waypoint
  referencing old table as old_rows new table as new_rows for each statement execute function waypoint_stops_written();
create trigger waypoint_stops_delete after delete on waypoint
  referencing old table as old_rows for each statement execute function waypoint_stops_written();

create function linked_stops_written() returns trigger language plpgsql as $$
begin
  perform stops_written(array(
    select m.id from movement m
    where m.known_to is null and m.incident_id in (select incident_a from new_rows union select incident_b from new_rows)));
  return null;
end
$$;
-- After same_incident_link_sets_apart, by name.
create trigger same_incident_link_stops_written after insert on same_incident_link
  referencing new table as new_rows for each statement execute function linked_stops_written();

create function stops_emptied() returns trigger language plpgsql as $$
begin
  truncate stop_rollup, movement_stops_apart, movement_stops_counted;
  return null;
end
$$;
create trigger movement_stops_truncate after truncate on movement for each statement execute function stops_emptied();

-- Those of `ids` that can be added up are counted, and named no longer. Whoever calls holds their rows of movement_stops_apart locked, from a statement before.
create function count_stops(ids uuid[]) returns void language plpgsql as $$
declare
  rolled movement_stops_counted[];
begin
  rolled := array(
    select row(m.id, m.owner_id, m.visibility_class_id, m.month,
      date_trunc('month', m.occurred_from at time zone 'UTC')::date,
      date_trunc('month', (m.occurred_to - interval '1 microsecond') at time zone 'UTC')::date,
      m.verification, min(w.cell), min(w.cell_resolution))::movement_stops_counted
    from movement m
    left join lateral (
      select case when p.cell_resolution > 6 then (p.cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) else p.cell end as cell,
        least(p.cell_resolution, 6)::smallint as cell_resolution
      from waypoint p where p.movement_id = m.id and p.kind = 'observed' and p.cell is not null and p.longitude is not null) w on true
    where m.id = any (ids) and m.known_to is null and m.month is not null
      and m.occurred_from is not null and m.occurred_to is not null
      and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared)
    group by m.id having count(w.cell) <= 1);
  insert into movement_stops_counted select (unnest(rolled)).*;
  delete from movement_stops_apart a using unnest(rolled) r where a.movement_id = r.movement_id;
  update movement_stops_apart a set pending = false where a.movement_id = any (ids);
  perform stop_rollup_write(rolled, 1);
end
$$;

alter table movement no force row level security;
insert into movement_stops_apart (movement_id, owner_id, visibility_class_id, pending)
  select m.id, m.owner_id, m.visibility_class_id, true from movement m where m.known_to is null;
alter table movement force row level security;

alter table stop_rollup enable row level security;
alter table stop_rollup force row level security;
create policy stop_rollup_viewer on stop_rollup for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy stop_rollup_system on stop_rollup to headwater_system using (true) with check (true);
grant select on stop_rollup to headwater_app;
grant select, insert, update, delete on stop_rollup to headwater_system;

alter table movement_stops_apart enable row level security;
alter table movement_stops_apart force row level security;
create policy movement_stops_apart_viewer on movement_stops_apart for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy movement_stops_apart_system on movement_stops_apart to headwater_system using (true) with check (true);
grant select on movement_stops_apart to headwater_app;
grant select, insert, update, delete on movement_stops_apart to headwater_system;

-- Nobody reads it but what takes rows out again.
alter table movement_stops_counted enable row level security;
alter table movement_stops_counted force row level security;
create policy movement_stops_counted_system on movement_stops_counted to headwater_system using (true) with check (true);
grant select, insert, update, delete on movement_stops_counted to headwater_system;
