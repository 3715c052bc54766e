drop index report_retracted;
drop index statement_derived_report;
alter table statement drop column derived_report_id;
