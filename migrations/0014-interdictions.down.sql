drop table station_month;
drop index report_reference;
drop index interdiction_history;
drop index interdiction_batch;
drop index interdiction_page;
drop index interdiction_identity;
alter table interdiction
  drop column retracted_at,
  drop column content_digest,
  drop column occurrence,
  drop column identity_digest,
  drop column entity_ids,
  drop column incident_ids,
  drop column reference,
  drop column station_id,
  drop column basis,
  add column note text;
