drop table target_step;
drop table target;
