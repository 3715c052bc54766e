-- How many points each red flag of a form counts belongs to the form's version, and an organisation may weigh anew from a day on.
create table red_flag_weight (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  form text not null check (form ~ '^[a-z0-9-]+/[0-9]+$'),
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,63}$'),
  points integer not null check (points between 1 and 10),
  valid_from date not null,
  batch_id uuid references import_batch (id),
  identity_digest bytea not null,
  content_digest bytea not null,
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to)
);
comment on table red_flag_weight is 'How many points, 1 to 10, an organisation counts for a red flag of a form''s version from a day on. None come with the hub: without them a total stands as it was reported.';
create unique index red_flag_weight_identity on red_flag_weight (owner_id, identity_digest) where known_to is null;
create index red_flag_weight_page on red_flag_weight (valid_from desc, id desc) where known_to is null;
create index red_flag_weight_batch on red_flag_weight (batch_id);
create index red_flag_weight_history on red_flag_weight (version_of) where version_of is not null;

alter table red_flag_weight enable row level security;
alter table red_flag_weight force row level security;
create policy red_flag_weight_viewer on red_flag_weight for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy red_flag_weight_system on red_flag_weight to headwater_system using (true) with check (true);
grant select on red_flag_weight to headwater_app;
grant select, insert, update, delete on red_flag_weight to headwater_system;
