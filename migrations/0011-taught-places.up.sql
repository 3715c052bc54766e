-- squawk-ignore-file require-concurrent-index-creation
-- One transaction makes the change whole or not at all, and no index is made concurrently inside one.
-- What an organisation's own words teach: decisions about its place references, and the aliases that follow from them.

alter table place_reference
  -- The name alone, folded, as a keyed token: equal for mentions that write it alike. Null: no name, or from before names were kept so.
  add column name_token bytea,
  -- The country the source said, in the text or beside it.
  add column said_country text,
  -- A home: its words are never here, and nothing finer than a district may be decided for it.
  add column home boolean not null default false,
  -- What its owner decided it means; null while only the gazetteer has judged.
  add column decided text check (decided in ('place', 'position', 'not_a_place')),
  -- One higher with every decision and every undo: who decides says which state was looked at.
  add column state integer not null default 1;
-- Row security is forced upon the owner of the tables too, for whom there is no policy: lifted while this changes rows of everybody.
alter table place_reference no force row level security;
alter table waypoint no force row level security;
update place_reference r set home = true
where exists (select 1 from waypoint w where w.place_reference_id = r.id and w.basis = 'residence');
alter table place_reference force row level security;
alter table waypoint force row level security;
create index place_reference_name on place_reference (owner_id, name_token) where name_token is not null;
create index incident_place_reference on incident (place_reference_id) where known_to is null;
create index waypoint_place_reference on waypoint (place_reference_id);
create index flow_observation_origin_reference on flow_observation (origin_reference_id) where known_to is null;
create index flow_observation_destination_reference on flow_observation (destination_reference_id) where known_to is null;

create table place_resolution (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  place_reference_id uuid not null references place_reference (id),
  -- The decision somebody made; of references that write the same name and were decided with it, the same one.
  act_id uuid not null,
  decided text not null check (decided in ('place', 'position', 'not_a_place')),
  place_id uuid references place (id),
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  level text check (level in ('exact', 'locality', 'admin')),
  check ((decided = 'place') = (place_id is not null)),
  check ((decided = 'position') = (longitude is not null and latitude is not null and level is not null)),
  -- What the reference said before, to go back to.
  before jsonb not null,
  state integer not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  unique (place_reference_id, state)
);
comment on table place_resolution is 'What an organisation decided a place reference means, by whom and when, what it said before, and whether it was undone.';
create index place_resolution_act on place_resolution (act_id);

create table learned_place_alias (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  name_token bytea not null,
  -- The folded name, only where its words are stored in the open.
  name text,
  -- The country said beside it; empty: none.
  said_country text not null,
  decided text not null check (decided in ('place', 'position', 'not_a_place')),
  place_id uuid references place (id),
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  level text check (level in ('exact', 'locality', 'admin')),
  check ((decided = 'place') = (place_id is not null)),
  check ((decided = 'position') = (longitude is not null and latitude is not null and level is not null)),
  act_id uuid not null,
  learned_by uuid not null,
  learned_at timestamptz not null,
  unique (owner_id, name_token, said_country)
);
comment on table learned_place_alias is 'What a name means in one organisation''s words, learnt from a decision of its own. Never another organisation''s to see, and never used for another''s words.';

alter table place_resolution enable row level security;
alter table place_resolution force row level security;
create policy place_resolution_viewer on place_resolution for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy place_resolution_system on place_resolution to headwater_system using (true) with check (true);
grant select on place_resolution to headwater_app;
grant select, insert, update, delete on place_resolution to headwater_system;

alter table learned_place_alias enable row level security;
alter table learned_place_alias force row level security;
create policy learned_place_alias_viewer on learned_place_alias for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy learned_place_alias_system on learned_place_alias to headwater_system using (true) with check (true);
grant select on learned_place_alias to headwater_app;
grant select, insert, update, delete on learned_place_alias to headwater_system;
