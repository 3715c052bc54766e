-- Erasing a person: the pseudonym stays as a mark without sex, age or name, so that counts of moved persons stay true.

alter table subject add column erased_at timestamptz;
comment on column subject.erased_at is 'When what was known of the person was erased; sex and age band are unknown since.';
alter table entity add column erased_at timestamptz;
comment on column entity.erased_at is 'When what identified it was erased; its label is its kind or role alone since.';

create table erasure (
  ledger_token bytea primary key check (octet_length(ledger_token) = 32),
  kind text not null check (kind in ('subject', 'entity', 'report')),
  object_id uuid,
  owner_id uuid references organisation (id),
  receipt bytea,
  request bytea,
  counts jsonb not null default '{}',
  erased_at timestamptz not null
);
comment on table erasure is 'Lines of the erasure ledger (beside the keys) that this database has carried out; one of the ledger that is missing here is carried out when the hub opens.';
create index erasure_object on erasure (object_id) where object_id is not null;
create unique index erasure_receipt on erasure (owner_id, receipt) where receipt is not null;
grant select, insert, update, delete on erasure to headwater_system;

create table doomed_key (
  key_id uuid primary key
);
comment on table doomed_key is 'Keys whose destruction is decided; a row goes when the key is gone, so that no crash in between leaves one.';
grant select, insert, update, delete on doomed_key to headwater_system;
