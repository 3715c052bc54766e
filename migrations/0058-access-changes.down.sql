do $$
declare
  old record;
begin
  for old in
    select t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname = 'access_changed' and not t.tgisinternal
  loop
    execute format('drop trigger %I on %I', old.tgname, old.relname);
  end loop;
end
$$;
drop function access_changed();
drop table access_change;
