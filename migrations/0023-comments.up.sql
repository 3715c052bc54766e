-- What people of an organisation note on its records. What they write may name anybody: it is sealed.
create table record_comment (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  -- What it ends with: the report that says so, or the case.
  report_id uuid references report (id),
  legal_case_id uuid references legal_case (id),
  about_kind text not null check (about_kind in ('report', 'incident', 'entity', 'movement', 'legal_case')),
  about_id uuid not null,
  written_by uuid not null,
  written_at timestamptz not null,
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to),
  check ((about_kind = 'legal_case') = (legal_case_id is not null)),
  check ((about_kind = 'legal_case') = (report_id is null))
);
comment on table record_comment is 'That somebody of an organisation noted something on a record of its own: by which key, when. Of a class that is never granted.';
create index record_comment_page on record_comment (written_at desc, id desc) where known_to is null;
create index record_comment_history on record_comment (version_of) where version_of is not null;
create index record_comment_about on record_comment (about_id);
create index record_comment_report on record_comment (report_id);
create index record_comment_legal_case on record_comment (legal_case_id);

create table comment_text (
  id uuid primary key,
  comment_id uuid not null references record_comment (id),
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  key_id uuid not null,
  sealed bytea not null
);
comment on table comment_text is 'What one version of a comment says, sealed with AES-256-GCM under a key of its own that lies outside this database.';
create index comment_text_comment on comment_text (comment_id);

alter table record_comment enable row level security;
alter table record_comment force row level security;
create policy record_comment_viewer on record_comment for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy record_comment_system on record_comment to headwater_system using (true) with check (true);
grant select on record_comment to headwater_app;
grant select, insert, update, delete on record_comment to headwater_system;

alter table comment_text enable row level security;
alter table comment_text force row level security;
create policy comment_text_viewer on comment_text for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy comment_text_system on comment_text to headwater_system using (true) with check (true);
grant select on comment_text to headwater_app;
grant select, insert, update, delete on comment_text to headwater_system;
