-- squawk-ignore-file require-concurrent-index-creation
-- One transaction makes the change whole or not at all, and no index is made concurrently inside one.
-- Suspicion of a person is a status with a basis, a day and a reviewer, and it ends by itself unless somebody looks at it again.

alter table organisation add column suspicion_months integer not null default 24
  check (suspicion_months between 1 and 60);
comment on column organisation.suspicion_months is 'How long a suspicion stands that nobody reviews; for persons that come in, and reviews that are made, from then on.';

alter table outbox add column recipient_id uuid;
comment on column outbox.recipient_id is 'The organisation that is to be told; null: whoever picks it up.';

alter table entity add column person_id uuid;
comment on column entity.person_id is 'The suspected person, the same in every version of its report; null: no person, or nobody who is suspected.';
create index entity_person on entity (person_id) where person_id is not null;

create table suspicion (
  id uuid primary key,
  owner_id uuid not null references organisation (id),
  visibility_class_id integer not null references visibility_class (id),
  person_id uuid not null,
  status text not null check (status in ('suspect', 'charged', 'convicted', 'cleared', 'witness')),
  -- No free text, which could name somebody.
  basis text not null check (basis in
    ('report', 'police', 'charge_sheet', 'court', 'investigation', 'partner', 'mistaken_identity', 'other')),
  basis_on date,
  reviewer_id uuid references api_key (id),
  due_at timestamptz,
  batch_id uuid references import_batch (id),
  version integer not null default 1 check (version >= 1),
  -- A superseded version is kept as a row of its own that points at the living one.
  version_of uuid,
  known_from timestamptz not null,
  known_to timestamptz,
  check (known_from < known_to),
  check ((status = 'cleared') = (due_at is null)),
  check ((reviewer_id is null) = (version = 1)),
  check (due_at at time zone 'UTC' <= known_from at time zone 'UTC' + interval '60 months')
);
comment on table suspicion is 'What an organisation holds a person for, by which basis, as decided by whom: version 1 is what the report says and nobody reviewed. Once for each visibility class the person''s entities have had.';
comment on column suspicion.status is 'As decided. Nobody reads it but through the projection, which says lapsed where it fell due unreviewed.';
comment on column suspicion.due_at is 'When it lapses unless it is reviewed, 60 months after at the latest; null: cleared, which nothing takes back but a review.';
create unique index suspicion_person on suspicion (person_id, visibility_class_id) where known_to is null;
create index suspicion_history on suspicion (person_id);
create index suspicion_batch on suspicion (batch_id);

-- Row security is forced upon the owner of the tables too, for whom there is no policy: lifted while this reads and changes rows of everybody.
alter table entity no force row level security;
alter table report no force row level security;
update entity set person_id = id where kind = 'individual' and erased_at is null
  and (label !~* 'victim|survivor|pvot|witness|informant|contact|beneficiar|client|child|minor|famil|relative|guardian|parent|complainant'
    or label ~* 'witness|informant|complainant');
insert into suspicion (id, owner_id, visibility_class_id, person_id, status, basis, due_at, batch_id, known_from)
select gen_random_uuid(), p.owner_id, p.visibility_class_id, p.person_id,
  case when p.label ~* 'witness|informant|complainant' then 'witness' else 'suspect' end, 'report',
  (p.since at time zone 'UTC' + interval '24 months') at time zone 'UTC', p.batch_id, p.since
from (select e.*, least(e.known_from, (select min(h.known_from) from report h where h.version_of = coalesce(r.version_of, r.id))) as since
  from entity e join report r on r.id = e.report_id where e.person_id is not null) p;
alter table entity force row level security;
alter table report force row level security;

alter table suspicion enable row level security;
alter table suspicion force row level security;
create policy suspicion_viewer on suspicion for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy suspicion_system on suspicion to headwater_system using (true) with check (true);
grant select on suspicion to headwater_app;
grant select, insert, update, delete on suspicion to headwater_system;
