-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- What was written since the last fold is of five grains, and a question reads one.
create index flow_rollup_fresh on flow_rollup (grain, visibility_class_id) where not folded;
drop index flow_rollup_unfolded;
