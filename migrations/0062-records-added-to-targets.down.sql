alter table target_step drop column added;
