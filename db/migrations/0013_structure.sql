-- How conversations hang together: merged, split, linked and moved; replies that wait for their time; and acts that can be taken back.
alter table conversation add column merged_into uuid references conversation;
alter table conversation add constraint merged_into_another check ((state = 'merged') = (merged_into is not null) and merged_into <> id);
create index conversation_merged_into on conversation (merged_into) where merged_into is not null;

-- One matter that lay in two conversations. `was` holds what undoing needs: both as they stood, and what moved.
create table merge (
  id uuid primary key,
  survivor_id uuid not null references conversation on delete cascade,
  absorbed_id uuid not null references conversation on delete cascade,
  by_id uuid references person,
  at timestamptz not null,
  was jsonb not null,
  undone_at timestamptz,
  undone_by uuid references person,
  check (survivor_id <> absorbed_id)
);
create index merge_of_survivor on merge (survivor_id) where undone_at is null;
create unique index merge_of_absorbed on merge (absorbed_id) where undone_at is null;

-- Conversations that belong together. A part came out of the other by splitting.
create table conversation_link (
  id uuid primary key,
  kind text not null check (kind in ('related', 'child', 'part')),
  -- the whole of a part, the parent of a child; of two related ones the one it was said in
  from_id uuid not null references conversation on delete cascade,
  to_id uuid not null references conversation on delete cascade,
  by_id uuid references person,
  since timestamptz not null,
  check (from_id <> to_id)
);
create unique index conversation_link_once on conversation_link (least(from_id, to_id), greatest(from_id, to_id));
create unique index conversation_link_one_parent on conversation_link (to_id) where kind = 'child';
create index conversation_link_from on conversation_link (from_id);
create index conversation_link_to on conversation_link (to_id);

-- From team to team where nobody is handed over; a handover has its own table.
create table team_move (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  from_team_id uuid not null references team,
  to_team_id uuid not null references team,
  by_id uuid references person,
  reason text not null,
  at timestamptz not null
);
create index team_move_of_conversation on team_move (conversation_id, at);

-- A reply that waits for its time. Its message, its outbox rows and what it promises are made when it goes.
create table later_reply (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid not null references member(person_id),
  body text not null,
  recipients jsonb not null,
  next_step jsonb not null,
  attachments uuid[] not null default '{}',
  -- as the composer kept it, to go on writing
  choices jsonb not null default '{}',
  send_at timestamptz not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('sent', 'taken-back', 'stopped', 'discarded')),
  ended_why text,
  message_id uuid references message on delete set null,
  check ((ended_at is null) = (ended_how is null))
);
create unique index later_reply_waiting on later_reply (conversation_id, person_id) where ended_at is null;
create index later_reply_due on later_reply (send_at) where ended_at is null;
create index later_reply_of_conversation on later_reply (conversation_id, made_at);

-- What an act changed, conversation by conversation, so that whoever did it can take it back for a day.
create table undoable (
  token uuid not null,
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid not null references member(person_id) on delete cascade,
  act text not null,
  was jsonb not null,
  -- the conversation's version after the act: another one now means that somebody changed it since
  version integer not null,
  at timestamptz not null,
  primary key (token, conversation_id)
);
create index undoable_by_age on undoable (at);
