-- What was asked before somebody was referred to a police, a shelter or another agency. Whom it was to, and what was said, is sealed.
create table referral (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  -- The report it ends with.
  report_id uuid not null references report (id),
  about_kind text not null check (about_kind in ('report', 'incident')),
  about_id uuid not null,
  agency_kind text not null check (agency_kind in
    ('police', 'prosecution', 'border_authority', 'shelter', 'health_service', 'child_protection', 'social_service',
     'legal_aid', 'embassy', 'labour_inspection', 'other_organisation')),
  consent text not null check (consent in ('given', 'not_given', 'not_asked')),
  legal_basis text not null check (legal_basis in ('consent', 'vital_interest', 'legal_obligation', 'public_task')),
  retaliation text not null check (retaliation in ('none_seen', 'low', 'high')),
  agency_corruption text not null check (agency_corruption in ('none_known', 'cannot_be_told', 'suspected')),
  written_by uuid not null,
  written_at timestamptz not null,
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to),
  -- Without consent only to save somebody.
  check (consent = 'given' or legal_basis = 'vital_interest')
);
comment on table referral is 'That an organisation referred somebody of a report of its own, and what it answered before: consent, retaliation, corruption, basis. Of a class that is never granted.';
create index referral_page on referral (written_at desc, id desc) where known_to is null;
create index referral_history on referral (version_of) where version_of is not null;
create index referral_about on referral (about_id);
create index referral_report on referral (report_id);

create table referral_text (
  id uuid primary key,
  referral_id uuid not null references referral (id),
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  key_id uuid not null,
  sealed bytea not null
);
comment on table referral_text is 'The receiving agency of one version of a referral, the measures and the reasons, sealed with AES-256-GCM under a key of its own that lies outside this database.';
create index referral_text_referral on referral_text (referral_id);

alter table referral enable row level security;
alter table referral force row level security;
create policy referral_viewer on referral for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy referral_system on referral to headwater_system using (true) with check (true);
grant select on referral to headwater_app;
grant select, insert, update, delete on referral to headwater_system;

alter table referral_text enable row level security;
alter table referral_text force row level security;
create policy referral_text_viewer on referral_text for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy referral_text_system on referral_text to headwater_system using (true) with check (true);
grant select on referral_text to headwater_app;
grant select, insert, update, delete on referral_text to headwater_system;
