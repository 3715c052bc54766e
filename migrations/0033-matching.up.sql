create table matching_arrangement (
  id uuid primary key,
  agreement_id uuid not null references agreement (id),
  owner_id uuid not null references organisation (id),
  asker_id uuid not null references organisation (id),
  kinds text[] not null check (cardinality(kinds) >= 1),
  minimum_batch integer not null check (minimum_batch >= 20),
  daily_quota integer not null check (daily_quota >= minimum_batch),
  daily_single integer not null check (daily_single >= 0),
  -- Whom to call, sealed under the arrangement's key.
  contact bytea not null,
  key_id uuid not null,
  public_key bytea not null check (length(public_key) = 32),
  version integer not null check (version >= 1),
  opened_at timestamptz not null,
  closed_at timestamptz,
  check (owner_id <> asker_id)
);
comment on table matching_arrangement is 'That one party of an agreement lets another ask whether both hold the same selectors: which kinds, how many a day, and whom a hit tells to call. Its key lies in the key folder and is destroyed when it is closed.';
create unique index matching_arrangement_open on matching_arrangement (agreement_id, owner_id, asker_id) where closed_at is null;
create index matching_arrangement_owner on matching_arrangement (owner_id);
create index matching_arrangement_asker on matching_arrangement (asker_id);

create table matching_token (
  arrangement_id uuid not null references matching_arrangement (id) on delete cascade,
  selector_id uuid not null references selector (id) on delete cascade,
  -- Of a single look-up: a keyed digest under the arrangement's key.
  lookup bytea not null check (length(lookup) = 32),
  -- Of the oblivious function, once it was evaluated; and what asks whom to call.
  output bytea check (length(output) = 64),
  contact bytea check (length(contact) = 16),
  primary key (arrangement_id, selector_id),
  check ((output is null) = (contact is null))
);
comment on table matching_token is 'What of an owner''s selectors can be matched under an arrangement, as keyed tokens of that arrangement alone; it goes with the selector, with its exclusion and with the arrangement.';
create index matching_token_selector on matching_token (selector_id);
create index matching_token_lookup on matching_token (arrangement_id, lookup);
create index matching_token_contact on matching_token (arrangement_id, contact) where contact is not null;

create table matching_exclusion (
  entity_id uuid primary key references entity (id) on delete cascade,
  owner_id uuid not null references organisation (id),
  key_id uuid not null,
  excluded_at timestamptz not null
);
comment on table matching_exclusion is 'Entities whose identifiers their owner lets nobody match, wherever else in its records the same identifiers stand.';
create index matching_exclusion_owner on matching_exclusion (owner_id);

create table matching_ask (
  id uuid primary key,
  arrangement_id uuid references matching_arrangement (id),
  owner_id uuid references organisation (id),
  asker_id uuid not null references organisation (id),
  key_id uuid not null,
  kind text not null check (kind in ('single', 'batch', 'follow_up')),
  asked_at timestamptz not null,
  selectors integer not null check (selectors >= 1),
  purpose text not null,
  tell text not null,
  -- Null: it was answered.
  refusal text check (refusal in ('not_open', 'purpose', 'kind', 'quota', 'below_minimum')),
  hits integer check (hits >= 0),
  -- Of a single look-up for a month, so that the same value asked again is seen.
  fingerprint bytea check (length(fingerprint) = 8)
);
comment on table matching_ask is 'Who asked whom for hit or no hit, for what, and how much: never what was asked. What was refused is kept here and shown to nobody but the owner.';
create index matching_ask_arrangement on matching_ask (arrangement_id, asked_at) where arrangement_id is not null;
create index matching_ask_asker on matching_ask (asker_id, asked_at);

create table matching_alert (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  asker_id uuid not null references organisation (id),
  arrangement_id uuid references matching_arrangement (id),
  kind text not null check (kind in
    ('hit', 'follow_up', 'not_open', 'quota', 'below_minimum', 'same_value', 'barely_minimum', 'mostly_misses', 'follow_up_missed')),
  day date not null,
  at timestamptz not null,
  purpose text not null,
  tell text not null
);
comment on table matching_alert is 'What an owner is told of askers: that one of them hit, and whoever looks as if it were probing, once a day of each kind.';
create unique index matching_alert_once on matching_alert (owner_id, asker_id, kind, day) where kind not in ('hit', 'follow_up');
create index matching_alert_owner on matching_alert (owner_id, at);
create index matching_alert_arrangement on matching_alert (arrangement_id) where arrangement_id is not null;

create table planned_event (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  kind text not null check (kind in ('surveillance', 'raid', 'recovery', 'arrest', 'interview', 'outreach', 'other')),
  longitude double precision not null check (longitude between -180 and 180),
  latitude double precision not null check (latitude between -90 and 90),
  radius_km double precision not null check (radius_km between 0 and 50),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reference bytea,
  reference_key uuid,
  key_id uuid not null,
  version integer not null check (version >= 1),
  planned_at timestamptz not null,
  withdrawn_at timestamptz,
  check (starts_at < ends_at),
  check ((reference is null) = (reference_key is null))
);
comment on table planned_event is 'What an organisation plans to do, where and when, compared with the plans of those it opened matching to and who opened it in turn; shown to nobody else.';
create index planned_event_owner on planned_event (owner_id, ends_at);

create table talk_notice (
  plan_id uuid not null references planned_event (id) on delete cascade,
  other_id uuid not null references organisation (id),
  agreement_id uuid not null references agreement (id),
  noticed_at timestamptz not null,
  primary key (plan_id, other_id)
);
comment on table talk_notice is 'That another organisation plans something near the same place and time as a plan: talk to it. Not what, where or when.';
create index talk_notice_agreement on talk_notice (agreement_id);

grant select, insert, update, delete on matching_arrangement, matching_token, matching_exclusion, matching_ask, matching_alert, planned_event, talk_notice to headwater_system;
