drop table public_release;
drop table public_budget;
