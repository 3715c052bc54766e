#!/bin/bash
# The two logins of a hub on a PostgreSQL server, made once by a superuser: an owner of the tables, which migrates, and a weaker
# application login, which owns nothing and can only step into the two roles that row security knows. Run it again after editing: it is repeatable.
#
#   HEADWATER_OWNER_PASSWORD=… HEADWATER_APPLICATION_PASSWORD=… psql settings as usual (PGHOST, PGUSER, …), then this file.
set -euo pipefail

: "${HEADWATER_OWNER_PASSWORD:?wanted a password for the owner of the tables}"
: "${HEADWATER_APPLICATION_PASSWORD:?wanted a password for the application}"

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-${PGUSER:-postgres}}" --dbname "${POSTGRES_DB:-headwater}" \
  --set owner_password="$HEADWATER_OWNER_PASSWORD" --set application_password="$HEADWATER_APPLICATION_PASSWORD" <<'SQL'
select 'create role ' || wanted || ' nologin' from unnest(array['headwater_app', 'headwater_system']) as wanted
  where not exists (select 1 from pg_roles where rolname = wanted)
\gexec
select 'create role ' || wanted || ' login' from unnest(array['headwater_owner', 'headwater_application']) as wanted
  where not exists (select 1 from pg_roles where rolname = wanted)
\gexec
alter role headwater_owner password :'owner_password';
-- Without inheritance it has no rights at all outside a transaction that stepped into a role.
alter role headwater_application nosuperuser nobypassrls noinherit password :'application_password';

-- The owner hands the roles' rights out, the application steps into them for one transaction at a time.
grant headwater_app, headwater_system to headwater_owner with admin option;
grant headwater_app, headwater_system to headwater_application;

-- Extensions are a superuser's to make; the migrations find them there.
create extension if not exists postgis;
create extension if not exists pg_trgm;
grant create, usage on schema public to headwater_owner;
grant usage on schema public to headwater_application;
SQL
