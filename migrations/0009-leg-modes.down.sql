alter table waypoint drop column mode;
