comment on table same_incident_link is 'A graded, reversible judgement that two organisations'' reports describe one event; a viewer''s count uses it only when both ends are visible to that viewer.';
drop index same_incident_link_a;
-- One row a pair again: the latest decision stays.
delete from same_incident_link k using same_incident_link o
  where o.incident_a = k.incident_a and o.incident_b = k.incident_b
    and (coalesce(o.decided_at, '-infinity'), o.id) > (coalesce(k.decided_at, '-infinity'), k.id);
alter table same_incident_link drop constraint same_incident_link_pair;
alter table same_incident_link add constraint same_incident_link_incident_a_incident_b_key unique (incident_a, incident_b);
