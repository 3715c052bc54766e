-- What may be done with a report, beside who may be told of it.
-- squawk-ignore adding-field-with-default
alter table report add column pap text not null default 'amber';
-- squawk-ignore constraint-missing-not-valid
alter table report add constraint report_pap_check check (pap in ('clear', 'green', 'amber', 'red'));
comment on column report.pap is 'Permissible actions protocol: what recipients may do with it. It rises as the handling does, and what is made from it inherits it.';
