-- How many records an act put into a target; null of acts before this was noted. What a correction or an erasure does to them is nobody's decision, and stands in no step.
alter table target_step add column added integer check (added >= 0);
