-- What came of it before the courts: a case against defendants, and what happened in it day by day.
create table legal_case (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  court text not null check (length(court) between 1 and 200),
  country text not null check (country ~ '^[A-Z]{3}$'),
  status text not null check (status in
    ('investigation', 'charged', 'trial', 'appeal', 'decided', 'dropped')),
  opened_on date not null,
  reference text,
  defendant_ids uuid[] not null default '{}',
  incident_ids uuid[] not null default '{}',
  report_ids uuid[] not null default '{}',
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to)
);
comment on table legal_case is 'A case before a court: where, how far it got, against whom, and on which incidents and reports it rests. Defendants are entities; no name stands here.';
comment on column legal_case.reference is 'The file number of the court, by which anybody can look a defendant up: shown to the owner alone, and gone when a defendant is erased.';
create index legal_case_page on legal_case (opened_on desc, id desc) where known_to is null;
create index legal_case_history on legal_case (version_of) where version_of is not null;
create index legal_case_defendants on legal_case using gin (defendant_ids);
create index legal_case_incidents on legal_case using gin (incident_ids);
create index legal_case_reports on legal_case using gin (report_ids);

create table legal_case_event (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  case_id uuid not null references legal_case (id),
  ordinal integer not null check (ordinal >= 0),
  kind text not null check (kind in ('referral', 'arrest', 'charge', 'hearing', 'verdict')),
  occurred_on date not null,
  defendant_id uuid,
  -- The place in a statute, as "Act 2064, section 15(1)": a figure in it, and never a sentence.
  law text check (law ~ '[0-9]' and length(law) <= 80),
  hearing text check (hearing in ('remand', 'bail', 'plea', 'trial', 'sentencing', 'appeal', 'other')),
  result text check (result in ('held', 'adjourned', 'granted', 'refused', 'unknown')),
  verdict text check (verdict in ('convicted', 'acquitted', 'dismissed')),
  sentence_months integer check (sentence_months between 0 and 1200),
  unique (case_id, ordinal),
  check (law is null or kind in ('charge', 'verdict')),
  check (kind not in ('charge', 'verdict') or law is not null),
  check ((kind = 'hearing') = (hearing is not null)),
  check (result is null or kind = 'hearing'),
  check ((kind = 'verdict') = (verdict is not null)),
  check (sentence_months is null or verdict = 'convicted')
);
comment on table legal_case_event is 'What happened in a legal case on a day: referral, arrest, charge, hearing, verdict. Belongs to one version of the case.';

alter table legal_case enable row level security;
alter table legal_case force row level security;
create policy legal_case_viewer on legal_case for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy legal_case_system on legal_case to headwater_system using (true) with check (true);
grant select on legal_case to headwater_app;
grant select, insert, update, delete on legal_case to headwater_system;

alter table legal_case_event enable row level security;
alter table legal_case_event force row level security;
create policy legal_case_event_viewer on legal_case_event for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy legal_case_event_system on legal_case_event to headwater_system using (true) with check (true);
grant select on legal_case_event to headwater_app;
grant select, insert, update, delete on legal_case_event to headwater_system;
