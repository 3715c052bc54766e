-- squawk-ignore-file require-concurrent-index-creation
-- Whom an organisation means to act against: whose it is, what is to be done next and by when. What speaks for it is read from records, never kept here.
create table target (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  kind text not null check (kind in ('individual', 'network', 'establishment', 'support_structure')),
  -- Records of the same thing, in one report each; no foreign key, so that a record may go.
  entity_ids uuid[] not null check (cardinality(entity_ids) <= 50),
  stage text not null check (stage in ('lead', 'developing', 'ready', 'referred', 'closed')),
  next_action text check (next_action in
    ('confirm_identity', 'seek_second_source', 'collect_documents', 'check_records', 'review_suspicion', 'prepare_referral', 'refer', 'follow_case', 'close')),
  due_on date not null,
  -- A key or an account.
  responsible uuid not null,
  closed_for text check (closed_for in ('acted_on', 'not_supported', 'suspicion_ended', 'duplicate', 'other')),
  version integer not null default 1 check (version >= 1),
  opened_by uuid not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  check ((stage = 'closed') = (closed_for is not null)),
  check ((stage = 'closed') = (next_action is null))
);
comment on table target is 'A network, establishment, support structure or suspect that an organisation means to act against. Its own alone: no agreement reaches it. It holds ids and words of closed lists.';
create index target_due on target (owner_id, due_on, id);
create index target_entities on target using gin (entity_ids);

create table target_step (
  target_id uuid not null references target (id) on delete cascade,
  number integer not null check (number >= 1),
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  stage text not null,
  next_action text,
  due_on date not null,
  responsible uuid not null,
  closed_for text,
  done_by uuid not null,
  done_at timestamptz not null,
  primary key (target_id, number)
);
comment on table target_step is 'What was decided about a target, in order: how it stood after each act, and who did it.';

alter table target enable row level security;
alter table target force row level security;
create policy target_viewer on target for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy target_system on target to headwater_system using (true) with check (true);
grant select on target to headwater_app;
grant select, insert, update, delete on target to headwater_system;

alter table target_step enable row level security;
alter table target_step force row level security;
create policy target_step_viewer on target_step for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy target_step_system on target_step to headwater_system using (true) with check (true);
grant select on target_step to headwater_app;
grant select, insert, update, delete on target_step to headwater_system;
