drop table legal_case_event;
drop table legal_case;
