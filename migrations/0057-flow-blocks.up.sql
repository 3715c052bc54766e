-- Sums by country pair over neighbouring classes: whoever sees all of them whole reads one sum of each pair, not one a class.

create table flow_block (
  -- The first class of the upper half: no two spans halve at the same one.
  middle integer primary key,
  span int4range not null,
  -- Runs of ids: whether a viewer sees them all is a walk along two lists, not each against each.
  classes int4multirange not null
);
comment on table flow_block is 'Spans of visibility classes, as many as a power of two and beginning at a multiple of it, whose rows of flow_rollup are added up in flow_block_cell. classes: those that had folded rows by country pair, some in either half. Of use to whoever sees all of them whole.';

create table flow_block_cell (
  block integer not null,
  origin_country text,
  destination_country text,
  verification text not null,
  movements integer not null,
  persons_min bigint not null,
  persons_max bigint not null,
  unbounded integer not null
);
comment on table flow_block_cell is 'Folded rows of flow_rollup by country pair, summed over all classes of a block. Made anew in the transaction that folds any of them: never to be added to those rows.';
create index flow_block_cell_block on flow_block_cell (block);

-- Blocks of which a class was folded. From the smallest up: each is the sum of its halves, which are a block of their own, or one class.
create function flow_blocks_sum(refolded integer[]) returns void language plpgsql as $$
declare
  folded integer[];
begin
  if cardinality(refolded) = 0 then
    return;
  end if;
  -- Of two who fold at once, each would leave out what the other folds.
  perform pg_advisory_xact_lock(57, 1);
  with gone as (
    delete from flow_block b where exists (select 1 from unnest(refolded) c where b.span @> c) returning b.middle)
  delete from flow_block_cell s using gone g where s.block = g.middle;
  folded := array(
    select c.id from visibility_class c
    where exists (select 1 from flow_rollup r where r.grain = 'pair' and r.folded and r.visibility_class_id = c.id));
  for height in 1..30 loop
    exit when not exists (select 1 from unnest(folded) k where k >> (height - 1) > 0);
    with made as (
      insert into flow_block (middle, span, classes)
      select (2 * (k >> height) + 1) << (height - 1), int4range((k >> height) << height, ((k >> height) + 1) << height),
        range_agg(int4range(k, k, '[]'))
      from unnest(folded) k
      where k >> height in (select c >> height from unnest(refolded) c)
      group by k >> height having count(distinct k >> (height - 1)) = 2
      returning *),
    half as (
      select m.middle, m.classes * int4multirange(h.span) as classes
      from made m cross join lateral (values (int4range(lower(m.span), m.middle)), (int4range(m.middle, upper(m.span)))) h (span))
    insert into flow_block_cell (block, origin_country, destination_country, verification, movements, persons_min, persons_max, unbounded)
    select p.middle, p.origin_country, p.destination_country, p.verification,
      sum(p.movements), sum(p.persons_min), sum(p.persons_max), sum(p.unbounded)
    from (
      select h.middle, s.origin_country, s.destination_country, s.verification, s.movements, s.persons_min, s.persons_max, s.unbounded
      from half h join flow_block b on b.classes = h.classes join flow_block_cell s on s.block = b.middle
      union all
      select h.middle, r.origin_country, r.destination_country, r.verification, r.movements, r.persons_min, r.persons_max, r.unbounded
      from half h join flow_rollup r on r.grain = 'pair' and r.folded and r.visibility_class_id = lower(h.classes)
      where upper(h.classes) = lower(h.classes) + 1) p
    group by 1, 2, 3, 4;
  end loop;
end
$$;

create or replace function movements_emptied() returns trigger language plpgsql as $$
begin
  truncate flow_rollup, movement_apart, flow_block, flow_block_cell;
  return null;
end
$$;

-- What is folded already. Row security binds the tables' owner too, unless it may pass it.
alter table flow_rollup no force row level security;
select flow_blocks_sum(array(select id from visibility_class));
alter table flow_rollup force row level security;

alter table flow_block enable row level security;
alter table flow_block force row level security;
create policy flow_block_viewer on flow_block for select to headwater_app
  using (classes <@ (
    select range_agg(int4range(c, c, '[]')) from unnest(nullif(current_setting('headwater.classes', true), '')::integer[]) c));
create policy flow_block_system on flow_block to headwater_system using (true) with check (true);
grant select on flow_block to headwater_app;
grant select, insert, update, delete on flow_block to headwater_system;

alter table flow_block_cell enable row level security;
alter table flow_block_cell force row level security;
-- Of the blocks that the policy above lets this session see.
create policy flow_block_cell_viewer on flow_block_cell for select to headwater_app
  using (block = any (array(select b.middle from flow_block b)));
create policy flow_block_cell_system on flow_block_cell to headwater_system using (true) with check (true);
grant select on flow_block_cell to headwater_app;
grant select, insert, update, delete on flow_block_cell to headwater_system;
