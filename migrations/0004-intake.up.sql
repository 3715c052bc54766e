create table import_batch (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  profile text not null,
  profile_version text not null,
  file_name text not null,
  file_sha256 bytea not null check (length(file_sha256) = 32),
  key_id uuid not null,
  -- How the file was read (zone, date order, digests of the profile and of the lookup files): the same file read otherwise is another import.
  options jsonb not null default '{}',
  -- As the file was read; what looks wrong in a name may have been another one.
  encoding text not null,
  state text not null check (state in ('reading', 'composing', 'done', 'undone')),
  row_count integer not null default 0,
  dropped_columns text[] not null default '{}',
  unknown_columns text[] not null default '{}',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  undone_at timestamptz,
  -- Who is importing it now, and until when that is believed without a sign of life.
  importer uuid,
  importer_until timestamptz,
  check ((importer is null) = (importer_until is null))
);
comment on table import_batch is 'One file given to one profile by one organisation; the unit that is resumed and undone.';
create unique index import_batch_file on import_batch (owner_id, profile, file_sha256, options) where state <> 'undone';
-- One import at a time for each organisation: two would decide on the same records without seeing each other.
create unique index import_batch_importer on import_batch (owner_id) where importer is not null;

create table import_row (
  batch_id uuid not null references import_batch (id),
  row_number integer not null,
  owner_id uuid not null,
  visibility_class_id integer not null,
  line integer not null,
  group_digest bytea not null,
  -- A row without an id of its own is known by its digest and its occurrence among equal rows.
  by_digest boolean not null,
  occurrence integer,
  raw bytea,
  record_id uuid,
  -- The version of the record that the row made, or found saying the same.
  record_version integer,
  outcome text check (outcome in ('accepted', 'part', 'version', 'unchanged', 'quarantined')),
  reasons jsonb not null default '[]',
  primary key (batch_id, row_number)
);
comment on table import_row is 'Each row as received minus the forbidden columns, encrypted under its batch''s key, with what became of it. Digests are keyed: they cannot be guessed back to an id.';
create index import_row_group on import_row (group_digest);
create index import_row_record on import_row (record_id) where record_id is not null;
create index import_row_outcome on import_row (batch_id, outcome) where outcome is not null;

create table source_origin (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  kind text not null,
  token bytea not null,
  unique (owner_id, token)
);
comment on table source_origin is 'Who first perceived something, as a keyed pseudonym: what makes two statements independent or not.';

create table report (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  kind text not null check (kind in
    ('border_intercept', 'investigation', 'interview', 'hotline', 'partner', 'open_source')),
  external_reference text,
  identity_digest bytea not null,
  occurrence integer not null default 1,
  content_digest bytea not null,
  observed_from timestamptz,
  observed_to timestamptz,
  observed_zone text,
  reported_from timestamptz,
  reported_to timestamptz,
  reported_zone text,
  recorded_at timestamptz not null,
  reliability text not null check (reliability in ('A', 'B', 'C', 'D', 'E', 'F')),
  credibility smallint not null check (credibility between 1 and 6),
  origin_id uuid references source_origin (id),
  origin_kind text not null,
  handling text not null check (handling in ('clear', 'green', 'amber', 'amber_strict', 'red')),
  purpose text not null default 'counter_trafficking',
  consent_scope text not null default 'organisation',
  retain_until date,
  station_id uuid,
  batch_id uuid references import_batch (id),
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  retracted_at timestamptz
);
comment on table report is 'What came in: one form, call, interview or published item of one organisation, graded and dated three ways (observed, reported, recorded).';
create unique index report_identity on report (owner_id, identity_digest, occurrence) where known_to is null;
create index report_batch on report (batch_id);
create index report_history on report (version_of) where version_of is not null;
create index report_page on report (recorded_at desc, id desc) where known_to is null;
-- What an interdiction's reference leads to.
-- The owner second: before any figures are there, a planner would take this index for every report of an owner.
create index report_reference on report (external_reference, owner_id) where known_to is null and external_reference is not null;

create table station (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  name text not null,
  normalised text not null,
  location text not null default '',
  country text,
  place_id uuid references place (id),
  longitude double precision,
  latitude double precision,
  opened date,
  closed date,
  batch_id uuid references import_batch (id),
  unique (owner_id, normalised, location)
);
comment on table station is 'A monitoring station, or a monitoring location inside one: where an organisation''s staff stand. Only its owner sees it.';

create table effort (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  station_id uuid not null references station (id),
  month date not null check (extract(day from month) = 1),
  staff numeric not null check (staff >= 0),
  work_fraction numeric not null check (work_fraction between 0 and 1),
  batch_id uuid references import_batch (id),
  identity_digest bytea not null,
  content_digest bytea not null,
  version integer not null default 1,
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  check (known_from < known_to),
  check (version >= 1)
);
comment on table effort is 'Staff-time per monitoring location and month: the denominator of every rate. Only its owner sees it.';
create unique index effort_identity on effort (owner_id, identity_digest) where known_to is null;
create index effort_batch on effort (batch_id);
create index effort_history on effort (version_of) where version_of is not null;

create table outbox (
  sequence bigint generated always as identity primary key,
  at timestamptz not null default now(),
  topic text not null,
  object_id uuid not null,
  taken_at timestamptz
);
comment on table outbox is 'What happened, in order, for later stages to pick up: ids only.';
create index outbox_open on outbox (sequence) where taken_at is null;
