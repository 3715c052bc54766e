drop table outbox;
drop table effort;
drop table station;
drop table report;
drop table source_origin;
drop table import_row;
drop table import_batch;
