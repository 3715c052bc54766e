drop table shared_view_cell;
drop table shared_view_epoch;
drop table shared_atom_member;
drop table shared_atom;
drop table shared_epoch;
drop table shared_view_approval;
drop table shared_view;
