-- The second wall: the viewer's classes are read once per statement (a sub-select), never by a function of a row's column.

alter table import_batch enable row level security;
alter table import_batch force row level security;
create policy import_batch_viewer on import_batch for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy import_batch_system on import_batch to headwater_system using (true) with check (true);
grant select on import_batch to headwater_app;
grant select, insert, update, delete on import_batch to headwater_system;

alter table import_row enable row level security;
alter table import_row force row level security;
create policy import_row_viewer on import_row for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy import_row_system on import_row to headwater_system using (true) with check (true);
grant select on import_row to headwater_app;
grant select, insert, update, delete on import_row to headwater_system;

alter table source_origin enable row level security;
alter table source_origin force row level security;
create policy source_origin_viewer on source_origin for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy source_origin_system on source_origin to headwater_system using (true) with check (true);
grant select on source_origin to headwater_app;
grant select, insert, update, delete on source_origin to headwater_system;

alter table report enable row level security;
alter table report force row level security;
create policy report_viewer on report for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy report_system on report to headwater_system using (true) with check (true);
grant select on report to headwater_app;
grant select, insert, update, delete on report to headwater_system;

alter table station enable row level security;
alter table station force row level security;
create policy station_viewer on station for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy station_system on station to headwater_system using (true) with check (true);
grant select on station to headwater_app;
grant select, insert, update, delete on station to headwater_system;

alter table effort enable row level security;
alter table effort force row level security;
create policy effort_viewer on effort for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy effort_system on effort to headwater_system using (true) with check (true);
grant select on effort to headwater_app;
grant select, insert, update, delete on effort to headwater_system;

alter table place_reference enable row level security;
alter table place_reference force row level security;
create policy place_reference_viewer on place_reference for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy place_reference_system on place_reference to headwater_system using (true) with check (true);
grant select on place_reference to headwater_app;
grant select, insert, update, delete on place_reference to headwater_system;

alter table place_candidate enable row level security;
alter table place_candidate force row level security;
create policy place_candidate_viewer on place_candidate for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy place_candidate_system on place_candidate to headwater_system using (true) with check (true);
grant select on place_candidate to headwater_app;
grant select, insert, update, delete on place_candidate to headwater_system;

alter table incident enable row level security;
alter table incident force row level security;
create policy incident_viewer on incident for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy incident_system on incident to headwater_system using (true) with check (true);
grant select on incident to headwater_app;
grant select, insert, update, delete on incident to headwater_system;

alter table same_incident_link enable row level security;
alter table same_incident_link force row level security;
create policy same_incident_link_viewer on same_incident_link for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy same_incident_link_system on same_incident_link to headwater_system using (true) with check (true);
grant select on same_incident_link to headwater_app;
grant select, insert, update, delete on same_incident_link to headwater_system;

alter table subject enable row level security;
alter table subject force row level security;
create policy subject_viewer on subject for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy subject_system on subject to headwater_system using (true) with check (true);
grant select on subject to headwater_app;
grant select, insert, update, delete on subject to headwater_system;

alter table entity enable row level security;
alter table entity force row level security;
create policy entity_viewer on entity for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy entity_system on entity to headwater_system using (true) with check (true);
grant select on entity to headwater_app;
grant select, insert, update, delete on entity to headwater_system;

alter table selector enable row level security;
alter table selector force row level security;
create policy selector_viewer on selector for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy selector_system on selector to headwater_system using (true) with check (true);
grant select on selector to headwater_app;
grant select, insert, update, delete on selector to headwater_system;

alter table participation enable row level security;
alter table participation force row level security;
create policy participation_viewer on participation for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy participation_system on participation to headwater_system using (true) with check (true);
grant select on participation to headwater_app;
grant select, insert, update, delete on participation to headwater_system;

alter table entity_link enable row level security;
alter table entity_link force row level security;
create policy entity_link_viewer on entity_link for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy entity_link_system on entity_link to headwater_system using (true) with check (true);
grant select on entity_link to headwater_app;
grant select, insert, update, delete on entity_link to headwater_system;

alter table movement enable row level security;
alter table movement force row level security;
create policy movement_viewer on movement for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy movement_system on movement to headwater_system using (true) with check (true);
grant select on movement to headwater_app;
grant select, insert, update, delete on movement to headwater_system;

alter table party_member enable row level security;
alter table party_member force row level security;
create policy party_member_viewer on party_member for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy party_member_system on party_member to headwater_system using (true) with check (true);
grant select on party_member to headwater_app;
grant select, insert, update, delete on party_member to headwater_system;

alter table waypoint enable row level security;
alter table waypoint force row level security;
create policy waypoint_viewer on waypoint for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy waypoint_system on waypoint to headwater_system using (true) with check (true);
grant select on waypoint to headwater_app;
grant select, insert, update, delete on waypoint to headwater_system;

alter table crossing enable row level security;
alter table crossing force row level security;
create policy crossing_viewer on crossing for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy crossing_system on crossing to headwater_system using (true) with check (true);
grant select on crossing to headwater_app;
grant select, insert, update, delete on crossing to headwater_system;

alter table statement enable row level security;
alter table statement force row level security;
create policy statement_viewer on statement for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy statement_system on statement to headwater_system using (true) with check (true);
grant select on statement to headwater_app;
grant select, insert, update, delete on statement to headwater_system;

alter table indicator enable row level security;
alter table indicator force row level security;
create policy indicator_viewer on indicator for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy indicator_system on indicator to headwater_system using (true) with check (true);
grant select on indicator to headwater_app;
grant select, insert, update, delete on indicator to headwater_system;

alter table interdiction enable row level security;
alter table interdiction force row level security;
create policy interdiction_viewer on interdiction for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy interdiction_system on interdiction to headwater_system using (true) with check (true);
grant select on interdiction to headwater_app;
grant select, insert, update, delete on interdiction to headwater_system;

alter table outcome enable row level security;
alter table outcome force row level security;
create policy outcome_viewer on outcome for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy outcome_system on outcome to headwater_system using (true) with check (true);
grant select on outcome to headwater_app;
grant select, insert, update, delete on outcome to headwater_system;

alter table flow_observation enable row level security;
alter table flow_observation force row level security;
create policy flow_observation_viewer on flow_observation for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy flow_observation_system on flow_observation to headwater_system using (true) with check (true);
grant select on flow_observation to headwater_app;
grant select, insert, update, delete on flow_observation to headwater_system;

alter table vault_item enable row level security;
alter table vault_item force row level security;
create policy vault_item_viewer on vault_item for select to headwater_app
  using (visibility_class_id = any ((select nullif(current_setting('headwater.classes', true), '')::integer[])::integer[]));
create policy vault_item_system on vault_item to headwater_system using (true) with check (true);
grant select on vault_item to headwater_app;
grant select, insert, update, delete on vault_item to headwater_system;

grant select, insert, update, delete on outbox to headwater_system;
grant select, insert on key_folder to headwater_system;
