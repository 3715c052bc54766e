create table place (
  id uuid primary key,
  kind text not null check (kind in ('country', 'admin_area', 'crossing_point', 'locality')),
  name text not null,
  country text not null,
  border_countries text[],
  admin_code text,
  population integer,
  longitude double precision not null check (longitude between -180 and 180),
  latitude double precision not null check (latitude between -90 and 90),
  position geography (point, 4326) not null,
  -- Z-order code of the position, as on every record with a place.
  z bigint not null,
  footprint_radius_km double precision not null check (footprint_radius_km >= 0),
  source text not null,
  derived boolean not null default false,
  -- Whether every hub has it from the start. Other places came in with a record, and that they are here tells of one.
  core boolean not null
);
comment on table place is 'The gazetteer: public geography. Lists show the core alone, which is the same in every hub; a place that came in with a record is read through records. Monitoring stations are not here: where staff stand is their organisation''s.';
create index place_position on place using gist (position);
create index place_z on place (z);
create index place_kind_country on place (kind, country);

create table place_alias (
  place_id uuid not null references place (id) on delete cascade,
  normalised text not null,
  primary key (normalised, place_id)
);
comment on table place_alias is 'Names a place goes by, in local scripts and romanised, in the folded form that look-ups use.';
create index place_alias_place on place_alias (place_id);

create table land_border (
  country_a text not null,
  country_b text not null,
  length_km double precision not null,
  line geography (multilinestring, 4326) not null,
  primary key (country_a, country_b),
  check (country_a < country_b)
);
comment on table land_border is 'The line between two neighbouring countries, under the border policy of docs/gazetteer.md.';

grant select on place, place_alias, land_border to headwater_app;
grant select, insert, update, delete on place, place_alias, land_border to headwater_system;
