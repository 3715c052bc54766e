-- An interdiction has an identity, a basis and what it refers to; what a free text said of it could have named somebody.
alter table interdiction
  drop column note,
  add column basis text not null default 'unknown' check (basis in
    ('observed', 'official', 'partner', 'published', 'stated', 'unknown')),
  add column station_id uuid references station (id),
  add column reference text,
  add column incident_ids uuid[] not null default '{}',
  add column entity_ids uuid[] not null default '{}',
  add column identity_digest bytea not null,
  add column occurrence integer not null default 1,
  add column content_digest bytea not null,
  add column retracted_at timestamptz,
  add check ((kind in ('station_opened', 'station_closed')) <= (station_id is not null));
comment on column interdiction.basis is 'How it is known: seen by own staff, from an authority, a partner or a publication, or stated by somebody.';
comment on column interdiction.reference is 'The owner''s own number of the report it belongs to; only the owner sees it.';
comment on column interdiction.incident_ids is 'Records it refers to; read only through what a viewer may see of them.';
comment on column interdiction.retracted_at is 'Withdrawn by its owner: in no list any more, and not brought back by an import.';
create unique index interdiction_identity on interdiction (owner_id, identity_digest, occurrence) where known_to is null;
create index interdiction_page on interdiction (occurred_on desc, id desc) where known_to is null;
create index interdiction_batch on interdiction (batch_id);
create index interdiction_history on interdiction (version_of) where version_of is not null;
-- What an interdiction's reference leads to.
create index report_reference on report (owner_id, external_reference) where known_to is null;

create table station_month (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  station_id uuid not null references station (id),
  month date not null check (extract(day from month) = 1),
  intercepts integer check (intercepts >= 0),
  evidence integer check (evidence >= 0),
  high_risk integer check (high_risk >= 0),
  invalid integer check (invalid >= 0),
  arrests integer check (arrests >= 0),
  batch_id uuid references import_batch (id),
  identity_digest bytea not null,
  content_digest bytea not null,
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to),
  check (num_nonnulls(intercepts, evidence, high_risk, invalid, arrests) > 0)
);
comment on table station_month is 'What a monitoring location counted in a month: intercepts, evidence, high risk, invalid, arrests; null where it did not say. Only its owner sees it.';
create unique index station_month_identity on station_month (owner_id, identity_digest) where known_to is null;
create index station_month_page on station_month (month desc, id desc) where known_to is null;
create index station_month_batch on station_month (batch_id);
create index station_month_history on station_month (version_of) where version_of is not null;

alter table station_month enable row level security;
alter table station_month force row level security;
create policy station_month_viewer on station_month for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy station_month_system on station_month to headwater_system using (true) with check (true);
grant select on station_month to headwater_app;
grant select, insert, update, delete on station_month to headwater_system;
