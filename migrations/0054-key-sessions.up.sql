-- Somebody typed a key once, in the hub's own page: what the browser holds from then on is a session of that key, as people have one of their account.
-- squawk-ignore ban-drop-not-null
alter table account_session alter column account_id drop not null;
-- squawk-ignore adding-foreign-key-constraint
alter table account_session add column key_id uuid references api_key (id);
comment on column account_session.key_id is 'Of the key that was typed in; then there is no account. It ends with the key.';
alter table account_session drop constraint account_session_way_check;
-- squawk-ignore constraint-missing-not-valid
alter table account_session add constraint account_session_way_check check (way in ('local', 'oidc', 'key'));
-- squawk-ignore constraint-missing-not-valid
alter table account_session add constraint account_session_one_owner
  check ((account_id is null) <> (key_id is null) and (way = 'key') = (key_id is not null));
-- A small table, in the migrator's transaction.
-- squawk-ignore require-concurrent-index-creation
create index account_session_key on account_session (key_id) where key_id is not null;
comment on table account_session is 'Somebody who is signed in, with an account or with a key typed in once: 192 random bits of which only the SHA-256 is stored.';
