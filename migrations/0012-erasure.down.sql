drop table doomed_key;
drop table erasure;
alter table entity drop column erased_at;
alter table subject drop column erased_at;
