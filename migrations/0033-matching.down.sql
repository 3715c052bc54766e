drop table talk_notice;
drop table planned_event;
drop table matching_alert;
drop table matching_ask;
drop table matching_exclusion;
drop table matching_token;
drop table matching_arrangement;
