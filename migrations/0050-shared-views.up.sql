-- Counts for partner apps: views that every contributor's officer approved, told at epochs, each number a sum of atoms that tell of nobody.

create table shared_view (
  id uuid primary key,
  name text not null,
  version integer not null,
  title text not null,
  -- What is counted, as a question in GraphQL that an officer can read and ask; and the dimensions read out of it.
  query text not null,
  dimensions text[] not null,
  proposed_by uuid not null references organisation (id),
  proposed_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (name, version)
);
comment on table shared_view is 'A view for partner apps as it was proposed: never changed, replaced by a next version.';

create table shared_view_approval (
  view_id uuid not null references shared_view (id),
  organisation_id uuid not null references organisation (id),
  version integer not null,
  approved_by uuid not null,
  approved_at timestamptz not null,
  revoked_at timestamptz,
  -- Whether noisy counts of it may be told to everybody, which cannot be taken back.
  for_everybody boolean not null default false,
  primary key (view_id, organisation_id)
);
comment on table shared_view_approval is 'What a data officer lets be counted of the own organisation, and until when.';

create table shared_epoch (
  number integer primary key,
  published_at timestamptz not null,
  -- Events of this day and later are in none.
  until date not null
);
comment on table shared_epoch is 'When counts were told: between two of them nothing changes.';

create table shared_atom (
  id uuid primary key,
  level smallint not null,
  key text not null,
  -- As last told.
  persons integer not null,
  events integer not null,
  contributors uuid[] not null,
  since_epoch integer not null references shared_epoch (number),
  ended_epoch integer references shared_epoch (number)
);
comment on table shared_atom is 'Events that are only ever counted together: as many persons, incidents and contributors as may be told.';
create index shared_atom_standing on shared_atom (level) where ended_epoch is null;

-- An incident that is erased is in none; what was told stays until as much is gone as an atom holds.
create table shared_atom_member (
  incident_id uuid primary key references incident (id) on delete cascade,
  atom_id uuid not null references shared_atom (id),
  event_id uuid not null,
  persons integer not null,
  contributors uuid[] not null
);
comment on table shared_atom_member is 'Which incidents were counted, once and for all: in no atom that is gathered later. Persons are those of the whole event.';
create index shared_atom_member_atom on shared_atom_member (atom_id);

create table shared_view_epoch (
  view_id uuid not null references shared_view (id),
  epoch integer not null references shared_epoch (number),
  contributors uuid[] not null,
  digest bytea not null,
  primary key (view_id, epoch)
);
comment on table shared_view_epoch is 'A view as it was told at an epoch, and of whose records: told no more once one of them takes its approval back.';

create table shared_view_cell (
  view_id uuid not null,
  epoch integer not null,
  cell text not null,
  key jsonb not null,
  persons integer not null,
  incidents integer not null,
  primary key (view_id, epoch, cell),
  foreign key (view_id, epoch) references shared_view_epoch (view_id, epoch)
);
comment on table shared_view_cell is 'The numbers of a view at an epoch.';

do $$
declare
  made text;
begin
  foreach made in array array['shared_view', 'shared_view_approval', 'shared_epoch', 'shared_atom', 'shared_atom_member', 'shared_view_epoch', 'shared_view_cell']
  loop
    execute format('alter table %I enable row level security', made);
    execute format('alter table %I force row level security', made);
    execute format('create policy %I on %I to headwater_system using (true) with check (true)', made || '_system', made);
    execute format('grant select, insert, update, delete on %I to headwater_system', made);
  end loop;
end
$$;
