-- Layers for partner apps: corridors, hotspots and the like, drawn of the counts of a view instead of telling the counts themselves.

alter table shared_view add column layer text;
comment on column shared_view.layer is 'What is drawn of the counts and told in their stead; null: the counts are told.';

create table shared_view_feature (
  view_id uuid not null,
  epoch integer not null,
  feature text not null,
  -- As it is told: bands, words and places of the fixed grids.
  body jsonb not null,
  primary key (view_id, epoch, feature),
  foreign key (view_id, epoch) references shared_view_epoch (view_id, epoch)
);
comment on table shared_view_feature is 'The features of a layer at an epoch: functions of told counts, never of records.';

alter table shared_view_feature enable row level security;
alter table shared_view_feature force row level security;
create policy shared_view_feature_system on shared_view_feature to headwater_system using (true) with check (true);
grant select, insert, update, delete on shared_view_feature to headwater_system;
