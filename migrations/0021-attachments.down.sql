drop trigger legal_case_attachment_follows on legal_case;
drop trigger report_attachment_follows on report;
drop function attachment_follows();
drop table attachment_content;
drop table attachment;
