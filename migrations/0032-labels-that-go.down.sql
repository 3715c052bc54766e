-- A label that went does not come back: a figure stands in its place.

update exhibit set label = '0' where label is null;
alter table exhibit alter column label set not null;
