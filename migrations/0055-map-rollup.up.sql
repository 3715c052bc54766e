-- Incidents and crossings by square of the grid that maps are counted on, kept as they are written: the world seen from afar reads sums, not records.

create table map_rollup (
  layer text not null check (layer in ('incident', 'crossing')),
  owner_id uuid not null,
  visibility_class_id integer not null,
  -- Of 32,768 columns and as many rows (geo/morton.ts: 15 levels); -1 for a position that no map of tiles shows; null where there is no position.
  square bigint,
  -- At resolution 6, or as finely as it is known: what is seen of a position by whoever sees areas.
  cell bigint,
  cell_resolution smallint,
  kind text not null,
  population text,
  verification text,
  country text,
  country_a text,
  country_b text,
  records integer not null,
  folded boolean not null default false
);
comment on table map_rollup is 'Living incidents and crossings, summed by visibility class, place and what filters ask for. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.';
create index map_rollup_square on map_rollup (layer, square);
create index map_rollup_unfolded on map_rollup (visibility_class_id) where not folded;

create function map_square(z bigint, longitude double precision, latitude double precision) returns bigint language sql immutable as $$
  select case when longitude is null then null
    when z is not null and latitude > -85.05112877980659 and latitude < 85.05112877980659 then z >> 32
    else -1 end
$$;

create function map_cell(cell bigint, resolution smallint) returns bigint language sql immutable as $$
  select case when resolution > 6 then (cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) else cell end
$$;

-- Both tables are counted by the same statements. Of an update, what no map tells apart cancels out.
do $$
declare
  counted record;
  part text;
  summed constant text :=
    'insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) '
    'select %L, f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), %s '
    'from (%s) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0';
begin
  for counted in
    select * from (values
      ('incident', 't.population, t.verification, t.country, null::text as country_a, null::text as country_b'),
      ('crossing', 'null::text as population, null::text as verification, null::text as country, t.country_a, t.country_b')) c (name, columns)
  loop
    part := 'select %s as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, '
      'map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, '
      || counted.columns || ' from %s t where t.known_to is null';
    execute format(
      'create function %s_mapped() returns trigger language plpgsql as $body$ begin '
      'if tg_op = ''INSERT'' then %s; elsif tg_op = ''DELETE'' then %s; else %s; end if; return null; end $body$',
      counted.name,
      format(summed, counted.name, 'false', format(part, 1, 'new_rows')),
      format(summed, counted.name, 'false', format(part, -1, 'old_rows')),
      format(summed, counted.name, 'false', format(part, 1, 'new_rows') || ' union all ' || format(part, -1, 'old_rows')));
    execute format('create trigger %1$s_mapped_insert after insert on %1$s referencing new table as new_rows for each statement execute function %1$s_mapped()', counted.name);
    execute format('create trigger %1$s_mapped_update after update on %1$s referencing old table as old_rows new table as new_rows for each statement execute function %1$s_mapped()', counted.name);
    execute format('create trigger %1$s_mapped_delete after delete on %1$s referencing old table as old_rows for each statement execute function %1$s_mapped()', counted.name);
    -- Records that are there already. Row security binds the tables' owner too, unless it may pass it.
    execute format('alter table %s no force row level security', counted.name);
    execute format(summed || ' order by 1, 4', counted.name, 'true', format(part, 1, counted.name));
    execute format('alter table %s force row level security', counted.name);
  end loop;
end
$$;

create function map_emptied() returns trigger language plpgsql as $$
begin
  delete from map_rollup where layer = tg_table_name;
  return null;
end
$$;
create trigger incident_mapped_truncate after truncate on incident for each statement execute function map_emptied();
create trigger crossing_mapped_truncate after truncate on crossing for each statement execute function map_emptied();

alter table map_rollup enable row level security;
alter table map_rollup force row level security;
create policy map_rollup_viewer on map_rollup for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy map_rollup_system on map_rollup to headwater_system using (true) with check (true);
grant select on map_rollup to headwater_app;
grant select, insert, update, delete on map_rollup to headwater_system;
