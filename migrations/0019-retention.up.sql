-- squawk-ignore-file require-concurrent-index-creation
-- How long records are kept, what stops their going, who decided it, and imports whose rows have to be sealed anew after some went.

create table retention_policy (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  record_class text not null check (record_class in
    ('border_intercept', 'investigation', 'interview', 'hotline', 'partner', 'open_source', 'quarantined_row')),
  months integer not null check (months between 1 and 120),
  action text not null check (action in ('review', 'purge')),
  reason text not null check (reason in ('law', 'agreement', 'own_rule', 'open_case', 'safeguarding', 'audit', 'other')),
  key_id uuid not null references api_key (id),
  version integer not null check (version >= 1),
  known_from timestamptz not null,
  known_to timestamptz,
  check (known_from < known_to)
);
comment on table retention_policy is 'How many months an organisation keeps a class of records and what happens then, as its data officer said it; where nothing is said, 60 months (quarantined rows 12) and a review.';
create unique index retention_policy_class on retention_policy (owner_id, record_class) where known_to is null;

create table retention_decision (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  object_kind text not null check (object_kind in ('report', 'import')),
  object_id uuid not null,
  decision text not null check (decision in ('extend', 'purge')),
  until date,
  reason text not null check (reason in ('law', 'agreement', 'own_rule', 'open_case', 'safeguarding', 'audit', 'other')),
  key_id uuid not null references api_key (id),
  version integer not null check (version >= 1),
  decided_at timestamptz not null,
  check ((decision = 'extend') = (until is not null)),
  unique (object_id, version)
);
comment on table retention_decision is 'What a data officer decided about one report, or the waiting rows of one import, that fell due: the latest stands.';

create table legal_hold (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  object_kind text not null check (object_kind in ('report', 'import')),
  object_id uuid not null,
  case_token bytea not null check (octet_length(case_token) = 32),
  reason text not null check (reason in ('law', 'agreement', 'own_rule', 'open_case', 'safeguarding', 'audit', 'other')),
  placed_by uuid not null references api_key (id),
  placed_at timestamptz not null,
  lifted_by uuid references api_key (id),
  lifted_at timestamptz,
  check ((lifted_by is null) = (lifted_at is null))
);
comment on table legal_hold is 'What must not be purged, erased or taken back while a case is open: a report with every version, or an import with its rows and what they became. Of the case a keyed digest.';
create unique index legal_hold_standing on legal_hold (object_id, case_token) where lifted_at is null;
create index legal_hold_case on legal_hold (owner_id, case_token);

create table stale_batch (
  batch_id uuid primary key references import_batch (id)
);
comment on table stale_batch is 'Imports of whose rows some went while their key stayed: sealed anew under another key as soon as may be, and when the hub opens.';
grant select, insert, update, delete on stale_batch to headwater_system;

-- A line of the ledger that says of a report, or a row, that its time was over.
alter table erasure drop constraint erasure_kind_check;
alter table erasure add constraint erasure_kind_check check (kind in ('subject', 'entity', 'report', 'purged')) not valid;

do $$
declare
  name text;
begin
  foreach name in array array['retention_policy', 'retention_decision', 'legal_hold'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I for select to headwater_app using (visibility_class_id = any ((select nullif(current_setting(''headwater.classes'', true), '''')::integer[])::integer[]))', name || '_viewer', name);
    execute format('create policy %I on %I to headwater_system using (true) with check (true)', name || '_system', name);
    execute format('grant select on %I to headwater_app', name);
    execute format('grant select, insert, update, delete on %I to headwater_system', name);
  end loop;
end
$$;
