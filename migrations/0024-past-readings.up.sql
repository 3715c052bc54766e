-- squawk-ignore-file require-concurrent-index-creation
-- How records were read before their owner decided what a place means: what a question as known at a moment is answered with. A row says what
-- stood there until a decision, or its undoing; the record itself says what stands since. What it hangs on has the parts of a version, and it
-- goes along with them. Owner and class are repeated without keys of their own, as everywhere below a record.

create table incident_reading (
  incident_id uuid not null references incident (id) on delete cascade,
  until timestamptz not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  z bigint,
  cell bigint,
  cell_resolution smallint check (cell_resolution between 0 and 15),
  primary key (incident_id, until)
);
comment on table incident_reading is 'Where an incident was read to be until a decision about its place, or its undoing.';

create table waypoint_reading (
  waypoint_id uuid not null references waypoint (id) on delete cascade,
  until timestamptz not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  level text not null check (level in ('exact', 'locality', 'admin', 'country', 'unknown')),
  uncertainty_km double precision,
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  z bigint,
  cell bigint,
  cell_resolution smallint check (cell_resolution between 0 and 15),
  primary key (waypoint_id, until)
);
comment on table waypoint_reading is 'Where a waypoint was read to be until a decision about its place, or its undoing.';

create table movement_reading (
  movement_id uuid not null references movement (id) on delete cascade,
  until timestamptz not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  origin_country text,
  destination_country text,
  countries text[] not null,
  roles text[] not null,
  check (cardinality(countries) = cardinality(roles)),
  primary key (movement_id, until)
);
comment on table movement_reading is 'What the stops of a movement came to until one of them was decided, or undone. Its crossings of that time are in crossing_reading, or there were none.';

create table crossing_reading (
  movement_id uuid not null references movement (id) on delete cascade,
  until timestamptz not null,
  id uuid not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  incident_id uuid not null references incident (id),
  origin_id uuid references source_origin (id),
  kind text not null check (kind in ('observed', 'stated', 'inferred')),
  ordinal smallint not null,
  from_country text not null,
  to_country text not null,
  country_a text not null,
  country_b text not null,
  longitude double precision not null check (longitude between -180 and 180),
  latitude double precision not null check (latitude between -90 and 90),
  z bigint not null,
  cell bigint,
  cell_resolution smallint,
  place_id uuid references place (id),
  distance_km double precision,
  occurred_from timestamptz,
  occurred_to timestamptz,
  occurred_granularity text not null,
  occurred_zone text,
  occurred_basis text,
  month date,
  persons_min integer not null,
  persons_max integer,
  version integer not null,
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  check (known_from < known_to),
  primary key (movement_id, until, id),
  check (country_a < country_b)
);
comment on table crossing_reading is 'All crossings a movement had until one of its stops was decided, or undone: each as the row of crossing that it was, whose id it bears.';
create index crossing_reading_incident on crossing_reading (incident_id);

create table flow_observation_reading (
  flow_observation_id uuid not null references flow_observation (id) on delete cascade,
  until timestamptz not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  origin_country text,
  origin_longitude double precision,
  origin_latitude double precision,
  destination_country text,
  destination_longitude double precision,
  destination_latitude double precision,
  primary key (flow_observation_id, until)
);
comment on table flow_observation_reading is 'Where a published flow was read to begin and end until one of the two was decided, or undone.';

create table place_reference_reading (
  place_reference_id uuid not null references place_reference (id) on delete cascade,
  until timestamptz not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  level text not null check (level in ('exact', 'locality', 'admin', 'country', 'unknown')),
  resolution text not null check (resolution in ('resolved', 'candidates', 'unresolved')),
  place_id uuid references place (id),
  country text,
  uncertainty_km double precision,
  reason text,
  decided text check (decided in ('place', 'position', 'not_a_place')),
  state integer not null,
  primary key (place_reference_id, until)
);
comment on table place_reference_reading is 'What a place reference said until a decision, or its undoing.';

create index place_reference_reading_owner on place_reference_reading (owner_id, until);

do $$
declare
  name text;
begin
  foreach name in array array['incident_reading', 'waypoint_reading', 'movement_reading', 'crossing_reading', 'flow_observation_reading', 'place_reference_reading'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I for select to headwater_app using (visibility_class_id = any ((select nullif(current_setting(''headwater.classes'', true), '''')::integer[])::integer[]))', name || '_viewer', name);
    execute format('create policy %I on %I to headwater_system using (true) with check (true)', name || '_system', name);
    execute format('grant select on %I to headwater_app', name);
    execute format('grant select, insert, update, delete on %I to headwater_system', name);
  end loop;
end
$$;
