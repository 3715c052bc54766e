create index flow_rollup_unfolded on flow_rollup (visibility_class_id) where not folded;
drop index flow_rollup_fresh;
