-- The promise ledger: made to a person, by a person (a team until owned), in words, due at a time, told by a message.
-- Its state is derived, never stored: open, due soon, overdue, kept, kept late, renegotiated, broken, released.
create table promise (
  id uuid primary key,
  conversation_id uuid references conversation on delete cascade,
  kind text not null check (kind in ('reply', 'action', 'ask-again', 'follow-up', 'check-in', 'ask', 'renewal', 'decision', 'reminder')),
  direction text not null check (direction in ('ours', 'theirs', 'inside')),
  by_person_id uuid references person,
  by_team_id uuid references team,
  to_person_id uuid references person,
  to_team_id uuid references team,
  words text not null,
  automatic boolean not null default false,
  made_at timestamptz not null,
  due_at timestamptz not null,
  told_at timestamptz,
  told_by uuid references message deferrable initially deferred,
  ended_at timestamptz,
  ended_how text check (ended_how in ('kept', 'released', 'replaced', 'given-up')),
  ended_why text,
  replaced_by uuid references promise deferrable initially deferred,
  -- set once when it falls due, with its event
  fell_due_at timestamptz,
  check (by_person_id is not null or by_team_id is not null),
  check ((ended_at is null) = (ended_how is null)),
  check ((replaced_by is not null) = (ended_how is not distinct from 'replaced'))
);
create index promise_of_conversation on promise (conversation_id, made_at);
create index promise_open_of_conversation on promise (conversation_id) where ended_at is null;
create index promise_open_of_person on promise (by_person_id, due_at, id) where ended_at is null;
create index promise_open_of_team on promise (by_team_id, due_at, id) where ended_at is null and by_person_id is null;
create index promise_falling_due on promise (due_at) where ended_at is null and fell_due_at is null;

-- I2 and I3, checked when a transaction ends: no open, pending or solved conversation without what it is owed.
create function conversation_is_owed(conversation_id uuid) returns void language plpgsql as $$
declare now_state text;
begin
  select state into now_state from conversation where id = conversation_id;
  if now_state not in ('open', 'pending', 'solved') then return; end if;
  if not exists (
    select from promise p where p.conversation_id = conversation_is_owed.conversation_id and p.ended_at is null and p.direction = 'ours'
      and p.kind = any (case now_state when 'open' then array['reply', 'action'] when 'pending' then array['ask-again'] else array['follow-up'] end)
  ) then
    raise exception 'conversation % is % and nothing is promised', conversation_id, now_state
      using errcode = 'check_violation', constraint = 'conversation_is_owed';
  end if;
end $$;
create function conversation_is_owed_after_conversation() returns trigger language plpgsql as $$
begin perform conversation_is_owed(new.id); return null; end $$;
create function conversation_is_owed_after_promise() returns trigger language plpgsql as $$
begin perform conversation_is_owed(new.conversation_id); return null; end $$;
create constraint trigger conversation_is_owed after insert or update of state on conversation
  deferrable initially deferred for each row when (new.state in ('open', 'pending', 'solved')) execute function conversation_is_owed_after_conversation();
create constraint trigger conversation_is_owed after update of ended_at, kind, conversation_id on promise
  deferrable initially deferred for each row when (new.conversation_id is not null and new.ended_at is not null) execute function conversation_is_owed_after_promise();
