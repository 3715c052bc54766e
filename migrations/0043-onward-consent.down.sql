drop table onward_request;

alter table report no force row level security;
-- What was released by consent is its author's alone again, and its releases end.
update case_release k set ended_at = greatest(now(), k.released_at), ended_by = k.released_by
from report r join visibility_class c on c.id = r.visibility_class_id
where r.id = k.report_id and c.sensitivity = 'consented' and k.ended_at is null;
alter table report force row level security;
insert into visibility_class (owner_id, record_class, handling, sensitivity)
select distinct owner_id, record_class, handling, 'sensitive' from visibility_class where sensitivity = 'consented'
on conflict (owner_id, record_class, handling, sensitivity, released_under) do nothing;
do $$
declare
  holder regclass;
  forced boolean;
begin
  for holder, forced in
    select a.attrelid::regclass, t.relforcerowsecurity from pg_attribute a join pg_class t on t.oid = a.attrelid
    where a.attname = 'visibility_class_id' and not a.attisdropped and t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
  loop
    -- Forced upon the owner too, for whom there is no policy: lifted while everybody's rows are changed.
    if forced then execute format('alter table %s no force row level security', holder); end if;
    execute format('update %s a set visibility_class_id = b.id from visibility_class c join visibility_class b
      using (owner_id, record_class, handling)
      where a.visibility_class_id = c.id and c.sensitivity = ''consented'' and b.sensitivity = ''sensitive'' and b.released_under = ''{}''', holder);
    if forced then execute format('alter table %s force row level security', holder); end if;
  end loop;
end
$$;
delete from visibility_class where sensitivity = 'consented';
alter table visibility_class drop constraint visibility_class_consented;
comment on column visibility_class.sensitivity is null;
alter table visibility_class drop constraint visibility_class_sensitivity_check;
alter table visibility_class add constraint visibility_class_sensitivity_check check (sensitivity in ('routine', 'sensitive'));
