create table vault_item (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  about_kind text not null check (about_kind in ('subject', 'entity', 'selector', 'report')),
  about_id uuid not null,
  field text not null,
  key_id uuid not null,
  sealed bytea not null,
  batch_id uuid references import_batch (id)
);
comment on table vault_item is 'Names, contacts, addresses and case notes, sealed with AES-256-GCM under a key of their own that lives outside this database.';
create index vault_item_about on vault_item (about_id);
create index vault_item_batch on vault_item (batch_id);

create table key_folder (
  singleton boolean primary key default true check (singleton),
  mark bytea not null check (octet_length(mark) = 32)
);
comment on table key_folder is 'One row: a keyed digest by which a hub knows whether the key folder it was given is the one under which this database was begun.';
