drop table audit_epoch;
drop index audit_event_about_owners;
drop index audit_event_of_organisation;
drop index access_grant_agreement;
alter table audit_event drop column about_owner_ids;
alter table access_grant drop column sight;
alter table access_grant drop column agreement_id;
