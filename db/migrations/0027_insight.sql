-- Insight: what was kept, answered, handed on and said by people, counted by day and team, never by person; and the pond's way to what is owed.
create table insight_day (
  -- null: a promise outside every team
  team_id uuid,
  -- in the installation's zone
  day date not null,
  measure text not null,
  n bigint not null
);
create unique index insight_day_once on insight_day (team_id, measure, day) nulls not distinct;

-- What each conversation, or promise outside one, has added to the days: taken away again when it is counted anew, so that
-- counting twice changes nothing. What retention has removed stays counted.
create table insight_part (
  about_id uuid primary key,
  sample boolean not null,
  -- [{"t": team, "d": day, "m": measure, "n": how many}]
  parts jsonb not null
);
create index insight_part_sample on insight_part (about_id) where sample;

-- The zone in which days were counted; in another one they begin at other times.
create table insight_zone (
  only_one boolean primary key default true check (only_one),
  zone text not null
);

-- What waits to be counted anew, beside what the log says: everything there is at first, and whenever the zone changes.
create table insight_due (
  about_id uuid primary key
);
insert into insight_due select id from conversation;
insert into insight_due select id from promise where conversation_id is null;
insert into event_reader (name, transaction_id, seq)
  select 'insight', transaction_id, seq from event order by transaction_id desc, seq desc limit 1;

-- What somebody waits for: what the pond colours. What Pond reminds us of by itself is owed to nobody.
create index promise_owed on promise (conversation_id) include (direction, due_at)
  where ended_at is null and kind in ('reply', 'action', 'decision', 'renewal');
create index handover_by_conversation on handover (conversation_id, at);
drop index handover_of_conversation;
