drop index place_alias_begins;
drop table settled_row;
drop table saved_view;
