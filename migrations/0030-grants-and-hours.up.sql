-- The agreement it was written from; null: made by hand.
alter table access_grant add column agreement_id uuid;
comment on column access_grant.agreement_id is 'The agreement it was written from; null: made by hand.';
alter table access_grant add column sight jsonb;
comment on column access_grant.sight is 'Of a coarse one: how finely place and time are seen, and which details. Null: areas, quarters, no details.';

-- Hashed with the rest where there are any, so that events from before stay as they were.
alter table audit_event add column about_owner_ids uuid[] not null default '{}';
comment on column audit_event.about_owner_ids is 'Whose records it is about, beside the organisation that did it; hashed with the rest.';

-- A hub does not serve while it is migrated.
-- squawk-ignore require-concurrent-index-creation
create index access_grant_agreement on access_grant (agreement_id) where agreement_id is not null;
-- squawk-ignore require-concurrent-index-creation
create index audit_event_of_organisation on audit_event (organisation_id, sequence desc);
-- squawk-ignore require-concurrent-index-creation
create index audit_event_about_owners on audit_event using gin (about_owner_ids);

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
