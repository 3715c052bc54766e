-- What is shared case by case: a class of its own for each set of agreements that records were released under, so that one array still decides every row.
alter table visibility_class add column released_under uuid[] not null default '{}';
comment on column visibility_class.released_under is 'Agreements under which its records were released one by one, sorted. Empty: none.';
alter table visibility_class drop constraint visibility_class_owner_id_record_class_handling_sensitivity_key;
-- squawk-ignore require-concurrent-index-creation
create unique index visibility_class_kind on visibility_class (owner_id, record_class, handling, sensitivity, released_under);

alter table access_grant add column case_by_case boolean not null default false;
comment on column access_grant.case_by_case is 'Only classes that its agreement was named in by a release.';
-- squawk-ignore constraint-missing-not-valid
alter table access_grant add constraint access_grant_case check (not case_by_case or agreement_id is not null);

create table case_release (
  id uuid primary key,
  agreement_id uuid not null references agreement (id),
  owner_id uuid not null references organisation (id),
  report_id uuid not null references report (id),
  released_at timestamptz not null,
  -- A key, or the account of somebody who signed in.
  released_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  check ((ended_at is null) = (ended_by is null)),
  check (ended_at >= released_at)
);
comment on table case_release is 'A report that its owner released under an agreement that shares case by case, with all it tells of; until when.';
create unique index case_release_standing on case_release (report_id, agreement_id) where ended_at is null;
create index case_release_agreement on case_release (agreement_id, owner_id, released_at desc);
create index case_release_report on case_release (report_id);

grant select, insert, update, delete on case_release to headwater_system;
