-- People of an organisation, how they sign in, and what they were let in with. Nothing here says who somebody is.
create table account (
  id uuid primary key,
  organisation_id uuid references organisation (id),
  role text not null check (role in
    ('operator', 'field', 'analyst', 'investigator', 'data_officer', 'dashboard', 'partner')),
  vault_permission boolean not null default false,
  -- Drawn by the hub: it says nothing of the person.
  sign_in_name text not null unique check (sign_in_name ~ '^[a-z0-9]{4}(-[a-z0-9]{4}){2}$'),
  -- Of what is sealed of this account; destroyed when it is forgotten.
  key_id uuid not null,
  sealed_name bytea,
  version integer not null default 1 check (version >= 1),
  made_at timestamptz not null,
  disabled_at timestamptz,
  forgotten_at timestamptz,
  check ((role = 'operator') = (organisation_id is null)),
  check (not vault_permission or role in ('investigator', 'data_officer')),
  check (forgotten_at is null or (disabled_at is not null and sealed_name is null))
);
comment on table account is 'A person of an organisation with a role, as a key has one. What the person is called is sealed, for data officers to tell accounts apart.';
create index account_organisation on account (organisation_id);

create table account_secret (
  account_id uuid primary key references account (id),
  salt bytea not null check (length(salt) = 16),
  -- scrypt over a keyed digest of the passphrase: without the key folder it cannot be guessed at.
  hash bytea not null check (length(hash) = 32),
  cost integer not null check (cost >= 16384),
  sealed_totp bytea not null,
  -- Of the code that was used last: none is taken twice.
  totp_step bigint not null,
  set_at timestamptz not null
);
comment on table account_secret is 'What a person signs in with where there is no identity provider: a passphrase, and the sealed secret of one-time codes (RFC 6238).';

create table account_recovery_code (
  account_id uuid not null references account (id),
  digest bytea not null check (length(digest) = 32),
  primary key (account_id, digest)
);
comment on table account_recovery_code is 'Keyed digests of codes that stand in for a one-time code; each goes when it is used.';

create table account_identity (
  account_id uuid primary key references account (id),
  digest bytea not null unique check (length(digest) = 32),
  linked_at timestamptz not null
);
comment on table account_identity is 'Who an account is at the identity provider: a keyed digest of issuer and subject.';

create table account_invitation (
  id uuid primary key,
  account_id uuid not null references account (id),
  prefix text not null unique,
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  made_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table account_invitation is 'Lets a person take an account into use, once; it goes when it is used or another one is made.';
create index account_invitation_account on account_invitation (account_id);

create table account_session (
  id uuid primary key,
  account_id uuid not null references account (id),
  prefix text not null unique,
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  way text not null check (way in ('local', 'oidc')),
  began_at timestamptz not null,
  -- To the minute.
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (began_at < expires_at)
);
comment on table account_session is 'Somebody who is signed in: 192 random bits of which only the SHA-256 is stored.';
create index account_session_account on account_session (account_id, began_at desc);

create table sign_in_attempt (
  digest bytea primary key check (length(digest) = 32),
  attempts integer not null check (attempts >= 0),
  since timestamptz not null
);
comment on table sign_in_attempt is 'How often it was tried to sign in under a name, there or not, and from an address: keyed digests, forgotten after a quarter of an hour.';
create index sign_in_attempt_since on sign_in_attempt (since);

grant select, insert, update on account to headwater_system;
grant select, insert, update, delete on account_secret, account_recovery_code, account_identity, account_invitation,
  account_session, sign_in_attempt to headwater_system;
