create extension if not exists postgis;
create extension if not exists pg_trgm;

-- Roles belong to the whole server: another database may have made them already.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'headwater_app') then
    create role headwater_app nologin;
  end if;
  if not exists (select 1 from pg_roles where rolname = 'headwater_system') then
    create role headwater_system nologin;
  end if;
end
$$;

grant headwater_app to current_user;
grant headwater_system to current_user;
grant usage on schema public to headwater_app, headwater_system;

create table organisation (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null,
  fictional boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table organisation is 'An organisation that keeps ownership of the records it puts in.';

create table visibility_class (
  id integer generated always as identity primary key,
  owner_id uuid not null references organisation (id),
  record_class text not null check (record_class in
    ('report', 'incident', 'movement', 'statement', 'entity', 'effort', 'flow', 'personal')),
  handling text not null check (handling in ('clear', 'green', 'amber', 'amber_strict', 'red')),
  sensitivity text not null check (sensitivity in ('routine', 'sensitive')),
  unique (owner_id, record_class, handling, sensitivity)
);
comment on table visibility_class is 'What decides who may see a row: whose it is, what kind, its TLP 2.0 handling, its sensitivity. Every record row carries exactly one.';

create table access_grant (
  id uuid primary key,
  grantee_id uuid not null references organisation (id),
  owner_id uuid not null references organisation (id),
  record_class text not null check (record_class in
    ('report', 'incident', 'movement', 'statement', 'entity', 'flow')),
  handling_ceiling text not null check (handling_ceiling in ('clear', 'green', 'amber', 'amber_strict')),
  projection text not null check (projection in ('full', 'coarse')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  check (grantee_id <> owner_id)
);
comment on table access_grant is 'Lets one organisation see another''s rows of one record class up to a handling ceiling, whole or coarsened. Sensitive rows, personal fields and effort are never granted.';
create index access_grant_grantee on access_grant (grantee_id);

create table api_key (
  id uuid primary key,
  organisation_id uuid references organisation (id),
  role text not null check (role in
    ('operator', 'field', 'analyst', 'investigator', 'data_officer', 'dashboard', 'partner')),
  label text not null,
  prefix text not null unique,
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  vault_permission boolean not null default false,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  rotated_from uuid references api_key (id),
  check ((role = 'operator') = (organisation_id is null)),
  check (not vault_permission or role in ('investigator', 'data_officer'))
);
comment on table api_key is 'A credential: 192 random bits of which only the SHA-256 is stored. The operator belongs to no organisation and so sees no record.';

grant select, insert, update on organisation, visibility_class, access_grant, api_key to headwater_system;
grant delete on api_key, access_grant to headwater_system;
