drop table red_flag_weight;
