-- How often what a class holds was written: an answer kept for a scope is good as long as this stands still.

create table class_change (
  visibility_class_id integer not null,
  -- The transaction that wrote; rows of several that were folded bear the latest. Numbers of another cluster, before a restore, may come again.
  transaction xid8 not null,
  changes bigint not null default 1,
  primary key (visibility_class_id, transaction)
);
comment on table class_change is 'One row a visibility class and transaction that wrote rows of it, folded later into one another: the sum changes whenever a transaction that wrote becomes visible.';

create table gazetteer_change (
  transaction xid8 primary key,
  changes bigint not null default 1
);
comment on table gazetteer_change is 'The same of places and borders, which everybody sees.';

create function class_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into class_change (visibility_class_id, transaction)
      select distinct visibility_class_id, pg_current_xact_id() from new_rows
      on conflict (visibility_class_id, transaction) do update set changes = class_change.changes + 1;
  end if;
  if tg_op <> 'INSERT' then
    insert into class_change (visibility_class_id, transaction)
      select distinct visibility_class_id, pg_current_xact_id() from old_rows
      on conflict (visibility_class_id, transaction) do update set changes = class_change.changes + 1;
  end if;
  return null;
end
$$;

create function gazetteer_changed() returns trigger language plpgsql as $$
begin
  insert into gazetteer_change (transaction) values (pg_current_xact_id())
    on conflict (transaction) do update set changes = gazetteer_change.changes + 1;
  return null;
end
$$;

create function watch_class_changes(watched text) returns void language plpgsql as $$
begin
  execute format('create trigger %I after insert on %I referencing new table as new_rows for each statement execute function class_changed()',
    watched || '_changed_insert', watched);
  execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows for each statement execute function class_changed()',
    watched || '_changed_update', watched);
  execute format('create trigger %I after delete on %I referencing old table as old_rows for each statement execute function class_changed()',
    watched || '_changed_delete', watched);
end
$$;
comment on function watch_class_changes(text) is 'For each new table of owned rows, called by the migration that makes it.';

do $$
declare
  watched text;
begin
  for watched in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'visibility_class_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      -- Rollups change with what they sum; rows of imports are on no map.
      and c.relname not in ('class_change', 'flow_rollup', 'movement_apart', 'access_grant', 'import_row')
    order by 1
  loop
    perform watch_class_changes(watched);
  end loop;
  foreach watched in array array['place', 'place_alias', 'land_border'] loop
    execute format('create trigger %I after insert or update or delete on %I for each statement execute function gazetteer_changed()',
      watched || '_changed', watched);
  end loop;
end
$$;

alter table class_change enable row level security;
alter table class_change force row level security;
create policy class_change_viewer on class_change for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy class_change_system on class_change to headwater_system using (true) with check (true);
grant select on class_change to headwater_app;
grant select, insert, update, delete on class_change to headwater_system;

grant select on gazetteer_change to headwater_app;
grant select, insert, update, delete on gazetteer_change to headwater_system;
