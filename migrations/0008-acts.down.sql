drop table act_receipt;
drop table retraction_acknowledgement;
drop table verification;
drop table act;
alter table movement drop column content_id;
alter table incident drop column content_id;
alter table report drop column content_id;
