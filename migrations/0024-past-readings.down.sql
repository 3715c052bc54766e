drop table place_reference_reading;
drop table flow_observation_reading;
drop table crossing_reading;
drop table movement_reading;
drop table waypoint_reading;
drop table incident_reading;
