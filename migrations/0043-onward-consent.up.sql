-- What is made from others' reports may be released once every originator consents: a third sensitivity, which grants of a case by case
-- agreement reach and no other grant does.
alter table visibility_class drop constraint visibility_class_sensitivity_check;
-- squawk-ignore constraint-missing-not-valid
alter table visibility_class add constraint visibility_class_sensitivity_check check (sensitivity in ('routine', 'sensitive', 'consented'));
comment on column visibility_class.sensitivity is 'routine: any grant may reach it; sensitive: none; consented: made from others'' reports, and released under the agreements it names with every originator''s consent.';
-- squawk-ignore constraint-missing-not-valid
alter table visibility_class add constraint visibility_class_consented check (sensitivity <> 'consented' or (released_under <> '{}' and record_class not in ('personal', 'effort')));

create table onward_request (
  id uuid primary key,
  agreement_id uuid not null references agreement (id),
  report_id uuid not null references report (id),
  -- Whose report it is.
  asker_id uuid not null references organisation (id),
  originator_id uuid not null references organisation (id),
  -- Of the originator's own, those that it was asked about: consent is to these.
  source_ids uuid[] not null check (cardinality(source_ids) > 0),
  state text not null check (state in ('open', 'consented', 'refused', 'withdrawn')),
  version integer not null check (version >= 1),
  asked_at timestamptz not null,
  -- A key, or the account of somebody who signed in.
  asked_by uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  check (asker_id <> originator_id),
  check ((state = 'open') = (answered_at is null)),
  check ((answered_at is null) = (answered_by is null)),
  check (answered_at >= asked_at)
);
comment on table onward_request is 'Whether an organisation consents that a report, made from its own along some chain, is released under an agreement of others; one for each originator.';
create unique index onward_request_one on onward_request (agreement_id, report_id, originator_id);
create index onward_request_report on onward_request (report_id);
create index onward_request_originator on onward_request (originator_id, asked_at desc, id desc);
create index onward_request_asker on onward_request (asker_id, asked_at desc, id desc);

grant select, insert, update, delete on onward_request to headwater_system;
