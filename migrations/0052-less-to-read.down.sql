drop index flow_rollup_pair;
drop trigger movement_noted_truncate on movement;
drop trigger incident_noted_update on incident;
do $$
declare
  noted text;
  change text;
begin
  foreach noted in array array['movement', 'waypoint', 'crossing', 'same_incident_link'] loop
    foreach change in array array['insert', 'update', 'delete'] loop
      execute format('drop trigger %I on %I', noted || '_noted_' || change, noted);
    end loop;
  end loop;
end
$$;
drop function movements_emptied_noted();
drop function incident_noted();
drop function same_incident_link_noted();
drop function note_movements_of(text, text);
drop function movement_part_noted();
drop function movement_noted();
drop function movement_change_of(uuid[]);
drop table movement_change;
