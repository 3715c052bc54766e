drop table land_border;
drop table place_alias;
drop table place;
