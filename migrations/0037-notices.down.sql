drop table recipient_notice;
