drop table shared_view_feature;
alter table shared_view drop column layer;
