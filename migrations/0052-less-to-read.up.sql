-- Less to read: which movements were written of late, so that what was derived from all of them is brought up to date by those; and sums by country pair
-- from an index alone.

create table movement_change (
  visibility_class_id integer not null,
  transaction xid8 not null,
  movements uuid[],
  written_at timestamptz not null default clock_timestamp()
);
comment on table movement_change is 'One row a statement and visibility class: movements that were written, or whose waypoints or crossings were. Null: any may read otherwise now (links of incidents, very many at once, or rows of here that were forgotten). Forgotten half an hour later.';
create index movement_change_transaction on movement_change (transaction);

-- Ids of one class, unless they are so many that reading everything is as quick.
create function movement_change_of(ids uuid[]) returns uuid[] language sql immutable as $$
  select case when cardinality(ids) <= 20000 then ids end
$$;

create function movement_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select n.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(n.id)) from new_rows n where n.known_to is null group by 1;
  elsif tg_op = 'DELETE' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select o.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(o.id)) from old_rows o where o.known_to is null group by 1;
  else
    insert into movement_change (visibility_class_id, transaction, movements)
      select w.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(w.id)) from (
        select n.visibility_class_id, n.id from new_rows n where n.known_to is null
        union select o.visibility_class_id, o.id from old_rows o where o.known_to is null) w group by 1;
  end if;
  return null;
end
$$;

create function movement_part_noted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select n.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(distinct n.movement_id)) from new_rows n group by 1;
  elsif tg_op = 'DELETE' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select o.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(distinct o.movement_id)) from old_rows o group by 1;
  else
    insert into movement_change (visibility_class_id, transaction, movements)
      select w.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(w.movement_id)) from (
        select n.visibility_class_id, n.movement_id from new_rows n union select o.visibility_class_id, o.movement_id from old_rows o) w group by 1;
  end if;
  return null;
end
$$;

create function note_movements_of(noted text, noting text) returns void language plpgsql as $$
begin
  execute format('create trigger %I after insert on %I referencing new table as new_rows for each statement execute function %I()',
    noted || '_noted_insert', noted, noting);
  execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows for each statement execute function %I()',
    noted || '_noted_update', noted, noting);
  execute format('create trigger %I after delete on %I referencing old table as old_rows for each statement execute function %I()',
    noted || '_noted_delete', noted, noting);
end
$$;
select note_movements_of('movement', 'movement_noted');
select note_movements_of('waypoint', 'movement_part_noted');
select note_movements_of('crossing', 'movement_part_noted');

-- Which incidents are one event: any movement of any of them may be of another event now.
create function same_incident_link_noted() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into movement_change (visibility_class_id, transaction) select distinct n.visibility_class_id, pg_current_xact_id() from new_rows n;
  end if;
  if tg_op <> 'INSERT' then
    insert into movement_change (visibility_class_id, transaction) select distinct o.visibility_class_id, pg_current_xact_id() from old_rows o;
  end if;
  return null;
end
$$;
select note_movements_of('same_incident_link', 'same_incident_link_noted');

-- A link joins for those who see both its ends.
create function incident_noted() returns trigger language plpgsql as $$
begin
  insert into movement_change (visibility_class_id, transaction)
    select distinct w.visibility_class_id, pg_current_xact_id() from (
      select n.id, unnest(array[o.visibility_class_id, n.visibility_class_id]) as visibility_class_id
      from old_rows o join new_rows n on n.id = o.id
      where o.visibility_class_id <> n.visibility_class_id or (o.known_to is null) <> (n.known_to is null)) w
    where exists (select 1 from same_incident_link k where k.incident_a = w.id)
      or exists (select 1 from same_incident_link k where k.incident_b = w.id);
  return null;
end
$$;
create trigger incident_noted_update after update on incident
  referencing old table as old_rows new table as new_rows for each statement execute function incident_noted();

create function movements_emptied_noted() returns trigger language plpgsql as $$
begin
  insert into movement_change (visibility_class_id, transaction) select id, pg_current_xact_id() from visibility_class;
  return null;
end
$$;
create trigger movement_noted_truncate after truncate on movement for each statement execute function movements_emptied_noted();

alter table movement_change enable row level security;
alter table movement_change force row level security;
create policy movement_change_viewer on movement_change for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy movement_change_system on movement_change to headwater_system using (true) with check (true);
grant select on movement_change to headwater_app;
grant select, insert, update, delete on movement_change to headwater_system;

-- squawk-ignore require-concurrent-index-creation
create index flow_rollup_pair on flow_rollup (visibility_class_id, origin_country, destination_country)
  include (owner_id, verification, movements, persons_min, persons_max, unbounded) where grain = 'pair';
