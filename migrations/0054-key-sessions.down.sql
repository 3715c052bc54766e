delete from account_session where key_id is not null;
drop index account_session_key;
alter table account_session drop constraint account_session_one_owner;
alter table account_session drop constraint account_session_way_check;
alter table account_session add constraint account_session_way_check check (way in ('local', 'oidc'));
alter table account_session drop column key_id;
alter table account_session alter column account_id set not null;
comment on table account_session is 'Somebody who is signed in: 192 random bits of which only the SHA-256 is stored.';
