drop table comment_text;
drop table record_comment;
