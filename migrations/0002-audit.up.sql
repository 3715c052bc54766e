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
  hash bytea not null check (length(hash) = 32)
);
comment on table audit_event is 'Who read, saw, changed or shared what and why: append-only, each event hashed over the one before. Ids only, so that erasing a person keeps the chain whole.';
create index audit_event_object on audit_event using gin (object_ids);

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are append-only';
end
$$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();

grant select, insert on audit_event to headwater_system;
