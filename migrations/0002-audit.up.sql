create table audit_event (
  sequence bigint primary key,
  at timestamptz not null,
  organisation_id uuid,
  key_id uuid,
  action text not null,
  object_kind text not null,
  object_ids uuid[] not null,
  purpose text,
  detail jsonb not null default '{}',
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  -- Whose records it is about, beside the organisation that did it; hashed with the rest.
  about_owner_ids uuid[] not null default '{}'
);
comment on table audit_event is 'Who read, saw, changed or shared what and why: append-only, each event hashed over the one before. Ids only, so that erasing a person keeps the chain whole.';
create index audit_event_object on audit_event using gin (object_ids);
create index audit_event_of_organisation on audit_event (organisation_id, sequence desc);
create index audit_event_about_owners on audit_event using gin (about_owner_ids);

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are append-only';
end
$$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();

grant select, insert on audit_event to headwater_system;

create table audit_epoch (
  epoch bigint primary key check (epoch >= 0),
  -- The last event when the hour was closed, and the chain's hash there; 0 and zeroes where nothing had happened yet.
  sequence bigint not null check (sequence >= 0),
  head bytea not null check (length(head) = 32),
  closed_at timestamptz not null
);
comment on table audit_epoch is 'The audit chain''s head at the end of each hour: the leaves of the tree whose root is signed and handed out. Hours, and not events, so that a checkpoint does not tell how much went on.';

create trigger audit_epoch_append_only before update or delete or truncate on audit_epoch
  for each statement execute function audit_event_is_append_only();

grant select, insert on audit_epoch to headwater_system;
