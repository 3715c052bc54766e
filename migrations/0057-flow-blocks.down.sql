create or replace function movements_emptied() returns trigger language plpgsql as $$
begin
  truncate flow_rollup, movement_apart;
  return null;
end
$$;
drop function flow_blocks_sum(integer[]);
drop table flow_block_cell;
drop table flow_block;
