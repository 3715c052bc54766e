-- Each organisation decides for itself: with one row a pair, the unique key would tell of a decision that the second one may not see.
alter table same_incident_link drop constraint same_incident_link_incident_a_incident_b_key;
alter table same_incident_link add constraint same_incident_link_pair unique (owner_id, incident_a, incident_b);
create index same_incident_link_a on same_incident_link (incident_a);
comment on table same_incident_link is 'One organisation''s graded, reversible judgement whether two reports describe one event; a viewer''s count uses it only when both ends are visible to that viewer.';
