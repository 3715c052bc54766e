-- Rows that hang on a parent repeat its owner and class without a foreign key of their own: the parent's was checked in the same
-- transaction, and at a million rows each check of the same few organisations is half the cost of an insert.

create table place_reference (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  digest bytea not null,
  written text,
  level text not null check (level in ('exact', 'locality', 'admin', 'country', 'unknown')),
  resolution text not null check (resolution in ('resolved', 'candidates', 'unresolved')),
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  uncertainty_km double precision,
  reason text,
  unique (owner_id, digest)
);
comment on table place_reference is 'A place as one organisation''s sources gave it, and what the gazetteer made of it: a footprint, weighted candidates, or unresolved. Home addresses are never written here in words.';

create table place_candidate (
  place_reference_id uuid not null references place_reference (id) on delete cascade,
  place_id uuid not null references place (id),
  weight double precision not null check (weight > 0 and weight <= 1),
  visibility_class_id integer not null references visibility_class (id),
  primary key (place_reference_id, place_id)
);
comment on table place_candidate is 'Ambiguity kept: the places a reference may mean, with weights that sum to 1.';

create table incident (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  report_id uuid not null references report (id),
  kind text not null,
  population text not null check (population in ('trafficking', 'displacement', 'migration', 'deaths')),
  occurred_from timestamptz,
  occurred_to timestamptz,
  occurred_granularity text not null default 'unknown' check (occurred_granularity in
    ('instant', 'hour', 'day', 'month', 'quarter', 'year', 'unknown')),
  occurred_zone text,
  occurred_basis text,
  check (occurred_from is null or occurred_from < occurred_to),
  month date,
  place_reference_id uuid references place_reference (id),
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  -- Z-order code of the position: int8 ranges search a box through an index that row security cannot switch off.
  z bigint,
  -- H3 cell, only as fine as the footprint allows; null when nothing finer than a country is known.
  cell bigint,
  cell_resolution smallint check (cell_resolution between 0 and 15),
  persons_min integer not null check (persons_min >= 0),
  persons_max integer check (persons_max >= persons_min),
  counts jsonb not null default '{}',
  verification text not null check (verification in ('unverified', 'evidence', 'high_risk', 'should_not_count')),
  red_flag_total integer,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  batch_id uuid references import_batch (id)
);
comment on table incident is 'Something that happened at a place and time. Independent cases are incidents.';
create index incident_page on incident (occurred_from desc nulls last, id desc) where known_to is null;
create index incident_z on incident (z) where known_to is null;
create index incident_report on incident (report_id);
create index incident_batch on incident (batch_id);

create table same_incident_link (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  incident_a uuid not null references incident (id),
  incident_b uuid not null references incident (id),
  status text not null check (status in ('proposed', 'confirmed', 'rejected')),
  grade double precision not null check (grade between 0 and 1),
  reasons jsonb not null default '[]',
  decided_by uuid,
  decided_at timestamptz,
  version integer not null default 1,
  -- A superseded decision is kept as a row of its own that points at the living one; one that was taken back has an end and no successor.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  check (incident_a < incident_b)
);
create unique index same_incident_link_pair on same_incident_link (owner_id, incident_a, incident_b) where known_to is null;
-- Each organisation decides for itself: with one row a pair, the unique key would tell of a decision that the second one may not see.
comment on table same_incident_link is 'One organisation''s graded, reversible judgement whether two reports describe one event; a viewer''s count uses it only when both ends are visible to that viewer.';
create index same_incident_link_a on same_incident_link (incident_a);
create index same_incident_link_b on same_incident_link (incident_b);

create table subject (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  status text not null check (status in ('possible_victim', 'victim', 'not_a_victim')),
  sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
  age_band text not null,
  report_id uuid not null references report (id),
  batch_id uuid references import_batch (id)
);
comment on table subject is 'One organisation''s pseudonym for a moved person. Never scored, ranked or matched.';
create index subject_report on subject (report_id);
create index subject_batch on subject (batch_id);

create table entity (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  kind text not null check (kind in
    ('individual', 'network', 'establishment', 'support_structure', 'vehicle', 'phone', 'account', 'document')),
  label text not null,
  report_id uuid not null references report (id),
  batch_id uuid references import_batch (id),
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  check (version >= 1)
);
comment on table entity is 'A network, establishment, individual, support structure, vehicle, phone, account or document that statements speak of; for a person the name is in the vault and the label says the role.';
create index entity_report on entity (report_id);
create index entity_batch on entity (batch_id);
create index entity_page on entity (known_from desc, id desc) where known_to is null;

create table selector (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  entity_id uuid not null references entity (id),
  kind text not null,
  token bytea not null,
  hint text not null,
  batch_id uuid references import_batch (id)
);
comment on table selector is 'A normalised identifier of an entity as a keyed token, equal when the identifier is equal; the value itself is in the vault, the hint shows its last characters.';
create index selector_token on selector (token);
create index selector_entity on selector (entity_id);
create index selector_batch on selector (batch_id);

create table participation (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  incident_id uuid not null references incident (id),
  subject_id uuid references subject (id),
  entity_id uuid references entity (id),
  role text not null,
  batch_id uuid references import_batch (id),
  check ((subject_id is null) <> (entity_id is null))
);
comment on table participation is 'Who or what took part in an incident, and as what.';
create index participation_incident on participation (incident_id);
create index participation_entity on participation (entity_id) where entity_id is not null;
-- What is taken away is looked for in every table that may point at it: without an index, each row of an undone import reads them whole.
create index participation_subject on participation (subject_id) where subject_id is not null;
create index participation_batch on participation (batch_id);

create table entity_link (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  from_entity uuid not null references entity (id),
  to_entity uuid not null references entity (id),
  kind text not null,
  report_id uuid not null references report (id),
  batch_id uuid references import_batch (id)
);
comment on table entity_link is 'One entity''s tie to another (uses, owns, works for), as one report has it.';
create index entity_link_from on entity_link (from_entity);
create index entity_link_to on entity_link (to_entity);
create index entity_link_report on entity_link (report_id);

create table movement (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  incident_id uuid not null references incident (id),
  report_id uuid not null references report (id),
  origin_id uuid references source_origin (id),
  purpose text not null check (purpose in ('trafficking', 'return', 'unknown')),
  mode text not null,
  status text not null check (status in ('suspected', 'intercepted', 'completed')),
  exploitation text not null default 'unknown',
  occurred_from timestamptz,
  occurred_to timestamptz,
  occurred_granularity text not null default 'unknown' check (occurred_granularity in
    ('instant', 'hour', 'day', 'month', 'quarter', 'year', 'unknown')),
  occurred_zone text,
  occurred_basis text,
  check (occurred_from is null or occurred_from < occurred_to),
  month date,
  persons_min integer not null check (persons_min >= 0),
  persons_max integer check (persons_max >= persons_min),
  origin_country text,
  destination_country text,
  -- Countries in travel order and the role each plays in this movement.
  countries text[] not null,
  roles text[] not null,
  verification text not null,
  reliability text not null,
  credibility smallint not null,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  batch_id uuid references import_batch (id),
  check (cardinality(countries) = cardinality(roles))
);
comment on table movement is 'One party''s travel: origin, waypoints, destination, with the countries in order and their roles.';
create index movement_page on movement (occurred_from desc nulls last, id desc) where known_to is null;
create index movement_pair on movement (origin_country, destination_country, month) where known_to is null;
create index movement_incident on movement (incident_id);
create index movement_report on movement (report_id);
create index movement_batch on movement (batch_id);

create table party_member (
  movement_id uuid not null references movement (id),
  subject_id uuid not null references subject (id),
  sex text not null,
  age_band text not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  batch_id uuid references import_batch (id),
  primary key (movement_id, subject_id)
);
comment on table party_member is 'The moved persons who travelled together in a movement, as pseudonyms.';
create index party_member_subject on party_member (subject_id);
create index party_member_batch on party_member (batch_id);

create table waypoint (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  movement_id uuid not null references movement (id),
  ordinal smallint not null,
  kind text not null check (kind in ('observed', 'stated', 'inferred')),
  basis text not null check (basis in
    ('residence', 'departure', 'citizenship', 'crossing', 'exploitation', 'destination')),
  occurred_from timestamptz,
  occurred_to timestamptz,
  station_id uuid references station (id),
  level text not null check (level in ('exact', 'locality', 'admin', 'country', 'unknown')),
  uncertainty_km double precision,
  place_reference_id uuid references place_reference (id),
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  -- Z-order code of the position: int8 ranges search a box through an index that row security cannot switch off.
  z bigint,
  -- H3 cell, only as fine as the footprint allows; null when nothing finer than a country is known.
  cell bigint,
  cell_resolution smallint check (cell_resolution between 0 and 15),
  batch_id uuid references import_batch (id),
  unique (movement_id, ordinal)
);
comment on table waypoint is 'A place on a movement''s way, marked with how it is known.';
create index waypoint_z on waypoint (z) where z is not null;
create index waypoint_batch on waypoint (batch_id);

create table crossing (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  movement_id uuid not null references movement (id),
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
  occurred_granularity text not null default 'unknown' check (occurred_granularity in
    ('instant', 'hour', 'day', 'month', 'quarter', 'year', 'unknown')),
  occurred_zone text,
  occurred_basis text,
  check (occurred_from is null or occurred_from < occurred_to),
  month date,
  persons_min integer not null,
  persons_max integer,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  batch_id uuid references import_batch (id),
  check (country_a < country_b)
);
comment on table crossing is 'Where a movement passes a border: observed at a station, or inferred where a straight leg meets the line (an artefact, kept apart).';
create index crossing_page on crossing (occurred_from desc nulls last, id desc) where known_to is null;
create index crossing_border on crossing (country_a, country_b, kind) where known_to is null;
create index crossing_movement on crossing (movement_id);
create index crossing_incident on crossing (incident_id);
create index crossing_z on crossing (z) where known_to is null;
create index crossing_batch on crossing (batch_id);

create table statement (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  report_id uuid not null references report (id),
  incident_id uuid not null references incident (id),
  about_kind text not null check (about_kind in ('incident', 'movement', 'waypoint', 'entity')),
  about_id uuid not null,
  claim text not null,
  origin_id uuid references source_origin (id),
  origin_kind text not null,
  collector_id uuid references source_origin (id),
  derived_from uuid references statement (id),
  reliability text not null,
  credibility smallint not null,
  stated_from timestamptz,
  stated_to timestamptz,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  batch_id uuid references import_batch (id)
);
comment on table statement is 'One graded claim from one source about one thing, with who first perceived it and what it was derived from.';
create index statement_about on statement (about_id) where known_to is null;
create index statement_report on statement (report_id);
create index statement_incident on statement (incident_id);
create index statement_derived on statement (derived_from) where derived_from is not null;
create index statement_batch on statement (batch_id);

create table indicator (
  id uuid primary key,
  owner_id uuid not null,
  visibility_class_id integer not null,
  incident_id uuid not null references incident (id),
  scheme text not null,
  code text not null,
  value jsonb not null,
  batch_id uuid references import_batch (id)
);
comment on table indicator is 'A coded, versioned observation on an incident of how traffickers work.';
create index indicator_incident on indicator (incident_id);
create index indicator_batch on indicator (batch_id);

create table interdiction (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  kind text not null check (kind in
    ('arrest', 'station_opened', 'station_closed', 'road_opened', 'road_closed', 'crossing_opened', 'crossing_closed')),
  occurred_on date not null,
  place_reference_id uuid references place_reference (id),
  place_id uuid references place (id),
  country text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  -- Z-order code of the position: int8 ranges search a box through an index that row security cannot switch off.
  z bigint,
  -- H3 cell, only as fine as the footprint allows; null when nothing finer than a country is known.
  cell bigint,
  cell_resolution smallint check (cell_resolution between 0 and 15),
  -- How it is known: no free text, which could name somebody.
  basis text not null default 'unknown' check (basis in
    ('observed', 'official', 'partner', 'published', 'stated', 'unknown')),
  station_id uuid references station (id),
  reference text,
  incident_ids uuid[] not null default '{}',
  entity_ids uuid[] not null default '{}',
  identity_digest bytea not null,
  occurrence integer not null default 1,
  content_digest bytea not null,
  retracted_at timestamptz,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  check ((kind in ('station_opened', 'station_closed')) <= (station_id is not null)),
  batch_id uuid references import_batch (id)
);
comment on table interdiction is 'An arrest, or a station, road or crossing opened or closed: what change is measured against.';
comment on column interdiction.basis is 'How it is known: seen by own staff, from an authority, a partner or a publication, or stated by somebody.';
comment on column interdiction.reference is 'The owner''s own number of the report it belongs to; only the owner sees it.';
comment on column interdiction.incident_ids is 'Records it refers to; read only through what a viewer may see of them.';
comment on column interdiction.retracted_at is 'Withdrawn by its owner: in no list any more, and not brought back by an import.';
create unique index interdiction_identity on interdiction (owner_id, identity_digest, occurrence) where known_to is null;
create index interdiction_page on interdiction (occurred_on desc, id desc) where known_to is null;
create index interdiction_batch on interdiction (batch_id);
create index interdiction_place on interdiction (place_reference_id) where place_reference_id is not null;
create index interdiction_history on interdiction (version_of) where version_of is not null;

create table outcome (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  incident_id uuid not null references incident (id),
  subject_id uuid references subject (id),
  kind text not null check (kind in
    ('recovered', 'returned', 'repatriated', 'detained', 'deported', 're_trafficked',
     'referral', 'arrest', 'charge', 'conviction', 'cleared')),
  occurred_on date,
  batch_id uuid references import_batch (id)
);
comment on table outcome is 'What came of it, for the person and for the case.';
create index outcome_incident on outcome (incident_id);
create index outcome_subject on outcome (subject_id) where subject_id is not null;

create table flow_observation (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  publisher text not null,
  origin_reference_id uuid references place_reference (id),
  origin_country text,
  origin_name text,
  origin_longitude double precision,
  origin_latitude double precision,
  destination_reference_id uuid references place_reference (id),
  destination_country text,
  destination_name text,
  destination_longitude double precision,
  destination_latitude double precision,
  period_from timestamptz not null,
  period_to timestamptz not null,
  period_granularity text not null,
  population text not null check (population in ('trafficking', 'displacement', 'migration', 'deaths')),
  unit text not null check (unit in ('persons', 'households', 'cases')),
  measure text not null check (measure in ('stock', 'flow', 'detection')),
  value_min bigint not null check (value_min >= 0),
  value_max bigint check (value_max >= value_min),
  identity_digest bytea not null,
  occurrence integer not null default 1,
  content_digest bytea not null,
  batch_id uuid references import_batch (id),
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  check (period_from < period_to)
);
comment on table flow_observation is 'A published aggregate between two areas over a period. Never a movement, never support for a corridor.';
create unique index flow_observation_identity on flow_observation (owner_id, identity_digest, occurrence) where known_to is null;
create index flow_observation_page on flow_observation (period_from desc, id desc) where known_to is null;
create index flow_observation_batch on flow_observation (batch_id);
create index flow_observation_history on flow_observation (version_of) where version_of is not null;
