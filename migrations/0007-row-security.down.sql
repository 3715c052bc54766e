revoke all on key_folder from headwater_system;
revoke all on import_batch from headwater_app, headwater_system;
drop policy import_batch_system on import_batch;
drop policy import_batch_viewer on import_batch;
alter table import_batch no force row level security;
alter table import_batch disable row level security;

revoke all on import_row from headwater_app, headwater_system;
drop policy import_row_system on import_row;
drop policy import_row_viewer on import_row;
alter table import_row no force row level security;
alter table import_row disable row level security;

revoke all on source_origin from headwater_app, headwater_system;
drop policy source_origin_system on source_origin;
drop policy source_origin_viewer on source_origin;
alter table source_origin no force row level security;
alter table source_origin disable row level security;

revoke all on report from headwater_app, headwater_system;
drop policy report_system on report;
drop policy report_viewer on report;
alter table report no force row level security;
alter table report disable row level security;

revoke all on station from headwater_app, headwater_system;
drop policy station_system on station;
drop policy station_viewer on station;
alter table station no force row level security;
alter table station disable row level security;

revoke all on effort from headwater_app, headwater_system;
drop policy effort_system on effort;
drop policy effort_viewer on effort;
alter table effort no force row level security;
alter table effort disable row level security;

revoke all on place_reference from headwater_app, headwater_system;
drop policy place_reference_system on place_reference;
drop policy place_reference_viewer on place_reference;
alter table place_reference no force row level security;
alter table place_reference disable row level security;

revoke all on place_candidate from headwater_app, headwater_system;
drop policy place_candidate_system on place_candidate;
drop policy place_candidate_viewer on place_candidate;
alter table place_candidate no force row level security;
alter table place_candidate disable row level security;

revoke all on incident from headwater_app, headwater_system;
drop policy incident_system on incident;
drop policy incident_viewer on incident;
alter table incident no force row level security;
alter table incident disable row level security;

revoke all on same_incident_link from headwater_app, headwater_system;
drop policy same_incident_link_system on same_incident_link;
drop policy same_incident_link_viewer on same_incident_link;
alter table same_incident_link no force row level security;
alter table same_incident_link disable row level security;

revoke all on subject from headwater_app, headwater_system;
drop policy subject_system on subject;
drop policy subject_viewer on subject;
alter table subject no force row level security;
alter table subject disable row level security;

revoke all on entity from headwater_app, headwater_system;
drop policy entity_system on entity;
drop policy entity_viewer on entity;
alter table entity no force row level security;
alter table entity disable row level security;

revoke all on selector from headwater_app, headwater_system;
drop policy selector_system on selector;
drop policy selector_viewer on selector;
alter table selector no force row level security;
alter table selector disable row level security;

revoke all on participation from headwater_app, headwater_system;
drop policy participation_system on participation;
drop policy participation_viewer on participation;
alter table participation no force row level security;
alter table participation disable row level security;

revoke all on entity_link from headwater_app, headwater_system;
drop policy entity_link_system on entity_link;
drop policy entity_link_viewer on entity_link;
alter table entity_link no force row level security;
alter table entity_link disable row level security;

revoke all on movement from headwater_app, headwater_system;
drop policy movement_system on movement;
drop policy movement_viewer on movement;
alter table movement no force row level security;
alter table movement disable row level security;

revoke all on party_member from headwater_app, headwater_system;
drop policy party_member_system on party_member;
drop policy party_member_viewer on party_member;
alter table party_member no force row level security;
alter table party_member disable row level security;

revoke all on waypoint from headwater_app, headwater_system;
drop policy waypoint_system on waypoint;
drop policy waypoint_viewer on waypoint;
alter table waypoint no force row level security;
alter table waypoint disable row level security;

revoke all on crossing from headwater_app, headwater_system;
drop policy crossing_system on crossing;
drop policy crossing_viewer on crossing;
alter table crossing no force row level security;
alter table crossing disable row level security;

revoke all on statement from headwater_app, headwater_system;
drop policy statement_system on statement;
drop policy statement_viewer on statement;
alter table statement no force row level security;
alter table statement disable row level security;

revoke all on indicator from headwater_app, headwater_system;
drop policy indicator_system on indicator;
drop policy indicator_viewer on indicator;
alter table indicator no force row level security;
alter table indicator disable row level security;

revoke all on interdiction from headwater_app, headwater_system;
drop policy interdiction_system on interdiction;
drop policy interdiction_viewer on interdiction;
alter table interdiction no force row level security;
alter table interdiction disable row level security;

revoke all on outcome from headwater_app, headwater_system;
drop policy outcome_system on outcome;
drop policy outcome_viewer on outcome;
alter table outcome no force row level security;
alter table outcome disable row level security;

revoke all on flow_observation from headwater_app, headwater_system;
drop policy flow_observation_system on flow_observation;
drop policy flow_observation_viewer on flow_observation;
alter table flow_observation no force row level security;
alter table flow_observation disable row level security;

revoke all on vault_item from headwater_app, headwater_system;
drop policy vault_item_system on vault_item;
drop policy vault_item_viewer on vault_item;
alter table vault_item no force row level security;
alter table vault_item disable row level security;
