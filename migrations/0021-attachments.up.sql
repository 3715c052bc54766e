-- Files attached to what an organisation wrote down. What they show lies sealed beside them; that they exist stands with what they hang on.
create table attachment (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  report_id uuid references report (id),
  legal_case_id uuid references legal_case (id),
  kind text not null check (kind in ('document_scan', 'receipt', 'ticket', 'contract', 'message_export', 'court_paper',
    'vehicle_photo', 'place_photo', 'other_evidence')),
  media_type text not null,
  byte_size integer not null check (byte_size >= 1),
  sha256 bytea not null check (octet_length(sha256) = 32),
  attached_by uuid not null,
  attached_at timestamptz not null,
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to),
  constraint attachment_one_parent check (num_nonnulls(report_id, legal_case_id) = 1)
);
comment on table attachment is 'A file attached to a report or a legal case: what kind of evidence, of which type, how large, and the SHA-256 of its bytes. Its class is always that of what it hangs on.';
comment on column attachment.attached_by is 'The key that attached it: shown to the owner alone.';
create index attachment_page on attachment (attached_at desc, id desc) where known_to is null;
create index attachment_history on attachment (version_of) where version_of is not null;
create index attachment_report on attachment (report_id);
create index attachment_legal_case on attachment (legal_case_id);

create table attachment_content (
  attachment_id uuid primary key references attachment (id),
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  key_id uuid not null,
  sealed_name bytea not null,
  sealed_bytes bytea not null
);
comment on table attachment_content is 'Name and bytes of an attached file, sealed with AES-256-GCM under a key of their own that lies outside this database. Gone when the file is withdrawn.';
-- What is sealed does not get smaller.
alter table attachment_content alter column sealed_bytes set storage external;

-- By whichever road a report or a case comes by another class, what is attached to it is seen by the same viewers from then on.
create function attachment_follows() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'report' then
    update attachment set visibility_class_id = new.visibility_class_id where report_id = new.id;
  else
    update attachment set visibility_class_id = new.visibility_class_id where legal_case_id = new.id;
  end if;
  return null;
end
$$;
create trigger report_attachment_follows after update of visibility_class_id on report
  for each row when (old.visibility_class_id <> new.visibility_class_id) execute function attachment_follows();
create trigger legal_case_attachment_follows after update of visibility_class_id on legal_case
  for each row when (old.visibility_class_id <> new.visibility_class_id) execute function attachment_follows();

alter table attachment enable row level security;
alter table attachment force row level security;
create policy attachment_viewer on attachment for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy attachment_system on attachment to headwater_system using (true) with check (true);
grant select on attachment to headwater_app;
grant select, insert, update, delete on attachment to headwater_system;

alter table attachment_content enable row level security;
alter table attachment_content force row level security;
create policy attachment_content_viewer on attachment_content for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy attachment_content_system on attachment_content to headwater_system using (true) with check (true);
grant select on attachment_content to headwater_app;
grant select, insert, delete on attachment_content to headwater_system;
