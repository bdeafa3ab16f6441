-- Saved views: a filter with a name, an order and columns; of one member, or of a team and then for all who serve in it.
create table saved_view (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  -- as contract/filter-text writes it
  q text not null check (length(q) <= 500),
  sort text not null check (sort in ('due', 'latest', 'oldest', 'priority', 'waiting')),
  columns text[] not null default '{}',
  team_id uuid references team on delete cascade,
  maker_id uuid not null references member,
  position integer not null,
  created_at timestamptz not null,
  -- for as long as deleting can be taken back
  deleted_at timestamptz
);
create index saved_view_of_maker on saved_view (maker_id, position, id);
create index saved_view_of_team on saved_view (team_id, position, id) where team_id is not null;
