create table agreement (
  id uuid primary key,
  drafted_by uuid not null references organisation (id),
  -- Everything that is signed; the digest is of it, in one spelling.
  terms jsonb not null,
  digest bytea not null check (length(digest) = 32),
  version integer not null check (version >= 1),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  review_on date not null,
  -- The agreement that this one ends when it becomes active.
  replaces uuid references agreement (id),
  revoked_at timestamptz,
  created_at timestamptz not null,
  check (starts_at < ends_at)
);
comment on table agreement is 'What organisations share with each other, for what, how coarsely and until when, as data: active once every party signed one and the same digest. The grants that access reads are written from it.';
create index agreement_replaces on agreement (replaces) where replaces is not null;

create table agreement_party (
  agreement_id uuid not null references agreement (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  signed_at timestamptz,
  signed_key uuid,
  signed_digest bytea check (length(signed_digest) = 32),
  -- It runs while no party has stopped it.
  suspended_at timestamptz,
  primary key (agreement_id, organisation_id),
  check ((signed_at is null) = (signed_digest is null))
);
comment on table agreement_party is 'Who an agreement is between, and what each data officer signed.';
create index agreement_party_organisation on agreement_party (organisation_id);

create table agreement_act (
  agreement_id uuid not null references agreement (id) on delete cascade,
  ordinal integer not null check (ordinal >= 1),
  at timestamptz not null,
  organisation_id uuid not null references organisation (id),
  key_id uuid not null,
  act text not null check (act in ('drafted', 'amended', 'signed', 'activated', 'suspended', 'resumed', 'revoked', 'reviewed')),
  reason text check (reason in ('breach', 'misuse', 'legal_order', 'no_longer_needed', 'terms_changed', 'party_left', 'precaution', 'resolved')),
  digest bytea not null check (length(digest) = 32),
  primary key (agreement_id, ordinal)
);
comment on table agreement_act is 'What was done to an agreement, by whom, and what it said then.';

grant select, insert, update on agreement, agreement_party, agreement_act to headwater_system;
grant delete on agreement_party to headwater_system;
