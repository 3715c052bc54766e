-- How many records an act put into a target; what a correction or an erasure does to them is nobody's decision, and stands in no step.
alter table target_step add column added integer not null default 0 check (added >= 0);
update target_step s set added = cardinality(t.entity_ids) from target t where t.id = s.target_id and s.number = 1;
