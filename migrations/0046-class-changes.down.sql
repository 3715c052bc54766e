do $$
declare
  old record;
begin
  for old in
    select t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname in ('class_changed', 'gazetteer_changed') and not t.tgisinternal
  loop
    execute format('drop trigger %I on %I', old.tgname, old.relname);
  end loop;
end
$$;
drop function watch_class_changes(text);
drop function gazetteer_changed();
drop function class_changed();
drop table gazetteer_change;
drop table class_change;
