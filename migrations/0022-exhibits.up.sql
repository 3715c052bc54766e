-- squawk-ignore-file require-concurrent-index-creation
-- Things a legal case rests on, and through whose hands they went.
create table exhibit (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  legal_case_id uuid not null references legal_case (id),
  kind text not null check (kind in ('document', 'travel_document', 'photograph', 'audio', 'video', 'message_log', 'financial_record',
    'device', 'physical_object', 'other')),
  -- As "Exhibit P-7": a figure in it, and never a sentence. What was written here goes with whoever is erased.
  label text check (label ~ '[0-9]' and length(label) <= 60),
  sha256 bytea not null check (octet_length(sha256) = 32),
  -- The attached file whose digest that is; it may go, and the digest stays.
  attachment_id uuid,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  custody_head bytea not null check (octet_length(custody_head) = 32),
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  retracted_at timestamptz,
  check (known_from < known_to)
);
comment on table exhibit is 'A thing in evidence of a legal case: its kind, its label, the SHA-256 of its file. Its class is always that of its case.';
comment on column exhibit.custody_head is 'Keyed digest of how many entries its custody log has and of the last one, so that a log cut short shows.';
create index exhibit_page on exhibit (recorded_at desc, id desc) where known_to is null;
create index exhibit_history on exhibit (version_of) where version_of is not null;
create index exhibit_legal_case on exhibit (legal_case_id);

create table custody_entry (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  exhibit_id uuid not null references exhibit (id),
  ordinal integer not null check (ordinal >= 1),
  kind text not null check (kind in ('received', 'transferred', 'sealed', 'opened', 'copied', 'submitted_to_court', 'returned', 'destroyed')),
  occurred_at timestamptz not null,
  from_role text,
  from_reference text check (from_reference ~ '[0-9]' and length(from_reference) <= 60),
  to_role text,
  to_reference text check (to_reference ~ '[0-9]' and length(to_reference) <= 60),
  sha256 bytea check (octet_length(sha256) = 32),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  unique (exhibit_id, ordinal)
);
comment on table custody_entry is 'What happened to an exhibit and through whose hands it went, each entry digested under a key over the one before. Roles and pseudonymous references; names lie in the vault.';

-- A file may belong to an exhibit too.
alter table attachment add column exhibit_id uuid;
alter table attachment add constraint attachment_exhibit_id_fkey foreign key (exhibit_id) references exhibit (id) not valid;
alter table attachment drop constraint attachment_one_parent;
alter table attachment add constraint attachment_one_parent check (num_nonnulls(report_id, legal_case_id, exhibit_id) = 1) not valid;
create index attachment_exhibit on attachment (exhibit_id);

alter table vault_item drop constraint vault_item_about_kind_check;
alter table vault_item add constraint vault_item_about_kind_check
  check (about_kind in ('subject', 'entity', 'selector', 'report', 'exhibit')) not valid;

create function exhibit_follows() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'legal_case' then
    update exhibit set visibility_class_id = new.visibility_class_id where legal_case_id = new.id;
  else
    update custody_entry set visibility_class_id = new.visibility_class_id where exhibit_id = new.id;
    update attachment set visibility_class_id = new.visibility_class_id where exhibit_id = new.id;
  end if;
  return null;
end
$$;
create trigger legal_case_exhibit_follows after update of visibility_class_id on legal_case
  for each row when (old.visibility_class_id <> new.visibility_class_id) execute function exhibit_follows();
create trigger exhibit_custody_follows after update of visibility_class_id on exhibit
  for each row when (old.visibility_class_id <> new.visibility_class_id) execute function exhibit_follows();

alter table exhibit enable row level security;
alter table exhibit force row level security;
create policy exhibit_viewer on exhibit for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy exhibit_system on exhibit to headwater_system using (true) with check (true);
grant select on exhibit to headwater_app;
grant select, insert, update, delete on exhibit to headwater_system;

alter table custody_entry enable row level security;
alter table custody_entry force row level security;
create policy custody_entry_viewer on custody_entry for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy custody_entry_system on custody_entry to headwater_system using (true) with check (true);
grant select on custody_entry to headwater_app;
-- Nothing that was said is said otherwise or unsaid.
grant select, insert on custody_entry to headwater_system;
grant update (visibility_class_id) on custody_entry to headwater_system;
