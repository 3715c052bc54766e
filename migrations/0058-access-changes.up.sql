-- Whether anything was written that decides who is let in and what they see: what was found out about a key or session is good as long as this stands still.

create table access_change (
  -- The transaction that wrote. Numbers of another cluster, before a restore, may come again.
  transaction xid8 primary key,
  -- Drawn, so that two histories of as many changes are not taken for one.
  mark bigint not null default floor(random() * 4503599627370496)::bigint
);
comment on table access_change is 'One row a transaction that wrote keys, sessions, accounts, organisations, grants, classes or broken glasses, folded later into one: the sum of the marks is another whenever one of them becomes visible.';

create function access_changed() returns trigger language plpgsql as $$
begin
  insert into access_change (transaction) values (pg_current_xact_id())
    on conflict (transaction) do update set mark = excluded.mark;
  return null;
end
$$;

do $$
declare
  watched text;
begin
  foreach watched in array array['api_key', 'account', 'organisation', 'access_grant', 'visibility_class', 'break_glass'] loop
    execute format('create trigger %I after insert or update or delete or truncate on %I for each statement execute function access_changed()',
      watched || '_decides_access', watched);
  end loop;
end
$$;
-- That a session is used lets nobody in who was not let in before: last_used_at is not among the columns.
create trigger account_session_decides_access
  after insert or delete or truncate or update of id, account_id, prefix, secret_sha256, way, began_at, expires_at, ended_at, key_id on account_session
  for each statement execute function access_changed();

grant select on access_change to headwater_app;
grant select, insert, update, delete on access_change to headwater_system;
