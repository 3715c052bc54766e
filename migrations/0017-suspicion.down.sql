drop table suspicion;
drop index entity_person;
alter table entity drop column person_id;
alter table outbox drop column recipient_id;
alter table organisation drop column suspicion_months;
