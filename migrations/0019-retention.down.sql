alter table erasure drop constraint erasure_kind_check;
alter table erasure add constraint erasure_kind_check check (kind in ('subject', 'entity', 'report')) not valid;
drop table stale_batch;
drop table legal_hold;
drop table retention_decision;
drop table retention_policy;
