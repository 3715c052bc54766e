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
