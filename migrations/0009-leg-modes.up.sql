-- Older case forms tell each leg of a journey apart: its means of transport stands with the place at which it ends.

alter table waypoint add column mode text check (mode in
  ('bus', 'train', 'private_vehicle', 'air', 'sea', 'foot', 'mixed', 'unknown'));
comment on column waypoint.mode is 'Mode of the leg that ends here; null where the source does not tell legs apart.';
