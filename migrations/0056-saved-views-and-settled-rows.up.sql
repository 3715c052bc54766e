-- squawk-ignore-file require-concurrent-index-creation
-- Views of the dashboard that somebody keeps under a name, for themselves or for colleagues: where to look, never what is seen there.
create table saved_view (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  -- A key or an account.
  made_by uuid not null,
  name text not null check (length(name) between 1 and 80),
  page text not null check (page in ('map', 'countries', 'changes', 'stations')),
  address text not null check (length(address) between 1 and 600),
  shared boolean not null,
  version integer not null default 1 check (version >= 1),
  made_at timestamptz not null,
  changed_at timestamptz not null
);
comment on table saved_view is 'A view of the dashboard kept under a name: its page and its address of codes, months and opaque ids. It holds no record; whoever opens it asks with a sight of their own.';
create index saved_view_owner on saved_view (owner_id, made_at desc, id);
create index saved_view_maker on saved_view (made_by);

alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy saved_view_viewer on saved_view for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy saved_view_system on saved_view to headwater_system using (true) with check (true);
grant select on saved_view to headwater_app;
grant select, insert, update, delete on saved_view to headwater_system;

-- Rows in quarantine that somebody worked off: mended, or left out for a reason.
create table settled_row (
  batch_id uuid not null,
  row_number integer not null,
  owner_id uuid not null,
  visibility_class_id integer not null references visibility_class (id),
  -- The import that its mended words made; it waits again when that one is taken back.
  mended_by uuid references import_batch (id),
  reason text check (reason in ('duplicate', 'test_entry', 'not_a_record', 'cannot_be_mended', 'source_withdrew', 'other')),
  -- A key or an account.
  settled_by uuid not null,
  settled_at timestamptz not null,
  primary key (batch_id, row_number),
  foreign key (batch_id, row_number) references import_row (batch_id, row_number) on delete cascade,
  check ((mended_by is null) <> (reason is null))
);
comment on table settled_row is 'A row in quarantine that waits no longer: mended by hand, or left out for a reason. It goes with the row.';

alter table settled_row enable row level security;
alter table settled_row force row level security;
create policy settled_row_viewer on settled_row for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy settled_row_system on settled_row to headwater_system using (true) with check (true);
grant select on settled_row to headwater_app;
grant select, insert, update, delete on settled_row to headwater_system;

-- Names that begin as somebody types, whatever the database's order of letters.
create index place_alias_begins on place_alias (normalised text_pattern_ops);
