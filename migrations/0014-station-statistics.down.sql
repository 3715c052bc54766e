drop table station_month;
