drop table case_release;
delete from access_grant where case_by_case;
alter table access_grant drop constraint access_grant_case;
alter table access_grant drop column case_by_case;

-- What was released goes back to the class of its kind.
insert into visibility_class (owner_id, record_class, handling, sensitivity)
select distinct owner_id, record_class, handling, sensitivity from visibility_class r
where released_under <> '{}' and not exists (select 1 from visibility_class b where b.owner_id = r.owner_id and b.record_class = r.record_class
  and b.handling = r.handling and b.sensitivity = r.sensitivity and b.released_under = '{}');
do $$
declare
  holder regclass;
begin
  for holder in
    select a.attrelid::regclass from pg_attribute a join pg_class t on t.oid = a.attrelid
    where a.attname = 'visibility_class_id' and not a.attisdropped and t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
  loop
    execute format('update %s a set visibility_class_id = b.id from visibility_class r join visibility_class b
      using (owner_id, record_class, handling, sensitivity)
      where a.visibility_class_id = r.id and r.released_under <> ''{}'' and b.released_under = ''{}''', holder);
  end loop;
end
$$;
delete from visibility_class where released_under <> '{}';
drop index visibility_class_kind;
alter table visibility_class drop column released_under;
alter table visibility_class add constraint visibility_class_owner_id_record_class_handling_sensitivity_key unique (owner_id, record_class, handling, sensitivity);
