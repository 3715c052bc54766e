-- Somebody without the permission opens personal fields of their own organisation, for a while, and a second person is told.
create table break_glass (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  -- Keys or accounts: who opens, and who was told.
  actor_id uuid not null,
  told_id uuid not null,
  reason text not null check (reason in
    ('immediate_danger', 'medical_emergency', 'child_at_risk', 'person_missing', 'court_deadline', 'nobody_reachable')),
  -- The case it is for, as the audit log has it: nothing else is opened.
  case_token bytea not null check (length(case_token) = 32),
  began_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null while it runs; when it ran out by itself, nobody ended it.
  ended_at timestamptz,
  ended_by uuid,
  reviewed_at timestamptz,
  reviewed_by uuid,
  justified boolean,
  version integer not null default 1 check (version >= 1),
  check (actor_id <> told_id),
  check (ends_at > began_at and ends_at <= began_at + interval '60 minutes'),
  check ((reviewed_at is null) = (justified is null) and (reviewed_at is null) = (reviewed_by is null)),
  check (reviewed_by <> actor_id),
  check (reviewed_at is null or ended_at is not null)
);
comment on table break_glass is 'Who opened sealed fields of their own organisation without the permission, why, until when, who was told, and what that one said of it afterwards.';
create index break_glass_actor on break_glass (actor_id, began_at desc);
create index break_glass_told on break_glass (told_id) where reviewed_at is null;
create index break_glass_organisation on break_glass (organisation_id, began_at desc);

grant select, insert, update on break_glass to headwater_system;
