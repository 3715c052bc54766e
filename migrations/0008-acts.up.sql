-- A version that differs from the next in its evaluation alone shares that one's parts instead of having copies of its own.
alter table report add column content_id uuid;
alter table incident add column content_id uuid;
alter table movement add column content_id uuid;
comment on column report.content_id is 'The version whose parts this one shares; null: its own.';
comment on column incident.content_id is 'The version whose parts this one shares; null: its own.';
comment on column movement.content_id is 'The version whose parts this one shares; null: its own.';

create table act (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  report_id uuid not null references report (id),
  version integer not null check (version >= 1),
  kind text not null check (kind in ('recorded', 'corrected', 'regraded', 'verified', 'withdrawn')),
  reason text check (reason in
    ('entry_error', 'new_information', 'duplicate', 'source_doubted', 'consent_withdrawn', 'legal', 'other')),
  key_id uuid references api_key (id),
  acted_at timestamptz not null,
  unique (report_id, version)
);
comment on table act is 'What the owner did to a report by hand: which version came of it, who, when, and for which of a closed list of reasons.';

create table verification (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  incident_id uuid not null references incident (id),
  round integer not null check (round >= 1),
  key_id uuid not null references api_key (id),
  answer text not null check (answer in ('evidence', 'high_risk', 'should_not_count')),
  answered_at timestamptz not null,
  decided_at timestamptz,
  unique (incident_id, round, key_id)
);
comment on table verification is 'One verifier''s answer about an incident, unseen by the others until two agree.';

create table retraction_acknowledgement (
  report_id uuid not null references report (id),
  organisation_id uuid not null references organisation (id),
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  key_id uuid not null references api_key (id),
  acknowledged_at timestamptz not null,
  primary key (report_id, organisation_id)
);
comment on table retraction_acknowledgement is 'Who has taken note that a report was withdrawn.';

create table act_receipt (
  owner_id uuid not null references organisation (id),
  token bytea not null,
  request bytea not null,
  report_id uuid not null,
  version integer not null,
  acted_at timestamptz not null,
  primary key (owner_id, token)
);
comment on table act_receipt is 'What a request with an idempotency key came to, so that the same request a second time changes nothing. Keyed digests: neither key nor request can be read back.';

alter table act enable row level security;
alter table act force row level security;
create policy act_viewer on act for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy act_system on act to headwater_system using (true) with check (true);
grant select on act to headwater_app;
grant select, insert, update, delete on act to headwater_system;

alter table verification enable row level security;
alter table verification force row level security;
create policy verification_viewer on verification for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy verification_system on verification to headwater_system using (true) with check (true);
grant select on verification to headwater_app;
grant select, insert, update, delete on verification to headwater_system;

alter table retraction_acknowledgement enable row level security;
alter table retraction_acknowledgement force row level security;
create policy retraction_acknowledgement_viewer on retraction_acknowledgement for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy retraction_acknowledgement_system on retraction_acknowledgement to headwater_system using (true) with check (true);
grant select on retraction_acknowledgement to headwater_app;
grant select, insert, update, delete on retraction_acknowledgement to headwater_system;

grant select, insert, delete on act_receipt to headwater_system;
