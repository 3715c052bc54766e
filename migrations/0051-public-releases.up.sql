-- Counts that anybody may have: noise drawn once, and a budget of how much may ever be told of a year.

create table public_budget (
  year integer primary key,
  -- Thousandths of ε.
  granted integer not null check (granted >= 0),
  spent integer not null default 0 check (spent between 0 and granted)
);
comment on table public_budget is 'How much of the privacy of a year''s events has been told; at its end nothing more is.';

create table public_release (
  id uuid primary key,
  view_id uuid not null references shared_view (id),
  title text not null,
  epsilon integer not null check (epsilon > 0),
  -- Persons of one event that count at most.
  bound integer not null check (bound > 0),
  year integer not null references public_budget (year),
  released_by uuid not null references organisation (id),
  released_at timestamptz not null,
  cells jsonb not null
);
comment on table public_release is 'Noisy counts as they were told once and for all; reading them again costs nothing.';

do $$
declare
  made text;
begin
  foreach made in array array['public_budget', 'public_release'] loop
    execute format('alter table %I enable row level security', made);
    execute format('alter table %I force row level security', made);
    execute format('create policy %I on %I to headwater_system using (true) with check (true)', made || '_system', made);
    execute format('grant select, insert, update on %I to headwater_system', made);
  end loop;
end
$$;
