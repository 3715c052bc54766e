drop table break_glass;
