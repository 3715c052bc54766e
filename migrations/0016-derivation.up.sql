-- squawk-ignore-file require-concurrent-index-creation
-- One transaction makes the change whole or not at all, and no index is made concurrently inside one.
-- A report may be made from another report: when that one is withdrawn, this one is to be looked at again.

-- No foreign key: it may not hold another owner up from taking that report back, nor tell that somebody drew on it.
alter table statement add column derived_report_id uuid;
comment on column statement.derived_report_id is 'The report this one was made from, whoever owns it; null: first-hand, or not known.';
create index statement_derived_report on statement (derived_report_id) where derived_report_id is not null;
create index report_retracted on report (id) where retracted_at is not null;
