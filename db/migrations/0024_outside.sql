-- What mails lead to outside: follow-ups that are judged by a link, options that are picked, and which saved replies stood in an answer.

-- One answer that was asked about. Several to one person can go in one mail: each has its own row, and its own answer.
create table follow_up (
  id uuid primary key,
  -- where it was asked; a message that moved is followed to where it lies now
  conversation_id uuid not null references conversation on delete cascade,
  -- the mail that asked, as it stands in this conversation; null: judged without having been asked
  message_id uuid references message on delete cascade,
  person_id uuid not null references person,
  asked_by uuid references member,
  asked_at timestamptz not null,
  -- the last moment of its links
  until timestamptz not null,
  -- later: asked again in a week, as they wanted
  verdict text check (verdict in ('worked', 'incomplete', 'wrong', 'later')),
  -- what would have been right, in their words
  said text not null default '' check (length(said) <= 5000),
  way text check (way in ('link', 'hand')),
  answered_at timestamptz,
  check ((verdict is null) = (answered_at is null) and (verdict is null) = (way is null))
);
create index follow_up_of_conversation on follow_up (conversation_id, asked_at);
create index follow_up_of_message on follow_up (message_id) where message_id is not null;
create index follow_up_of_person on follow_up (person_id);

-- Two to four alternatives that a reply offers.
create table offer (
  id uuid primary key,
  message_id uuid not null unique references message on delete cascade,
  made_by uuid not null references member,
  made_at timestamptz not null,
  until timestamptz not null check (until > made_at),
  settled_how text check (settled_how in ('picked', 'none', 'withdrawn', 'replaced')),
  settled_at timestamptz,
  -- the customer by a link, or a member for them
  settled_by uuid references person,
  picked_id uuid,
  said text not null default '' check (length(said) <= 5000),
  -- the promise that the choice made
  promise_id uuid references promise on delete set null,
  -- how often it was settled or changed: a page that was opened before is out of date
  turns integer not null default 0,
  check ((settled_how is null) = (settled_at is null)),
  check ((settled_how is not distinct from 'picked') = (picked_id is not null))
);
create table offer_option (
  id uuid primary key,
  offer_id uuid not null references offer on delete cascade,
  position smallint not null check (position between 1 and 4),
  words text not null check (length(words) between 1 and 200),
  -- what follows from it, and what it costs them
  consequence text not null check (length(consequence) between 1 and 500),
  cost text not null default '' check (length(cost) <= 60),
  -- "we do X by D": made when it is picked
  promise_words text check (length(promise_words) between 1 and 2000),
  promise_due_at timestamptz,
  check ((promise_words is null) = (promise_due_at is null)),
  unique (offer_id, position)
);
alter table offer add constraint offer_picked foreign key (picked_id) references offer_option deferrable initially deferred;

-- Which saved replies stood in a reply: counted for the words, never for the person.
create table saved_reply_use (
  message_id uuid not null references message on delete cascade,
  saved_reply_id uuid not null references saved_reply on delete cascade,
  primary key (message_id, saved_reply_id)
);
create index saved_reply_use_of on saved_reply_use (saved_reply_id);
alter table saved_reply add column verified integer not null default 0;
-- It was used and did not hold: an edit is proposed, with the customer's words where one may read them.
create table saved_reply_flag (
  id uuid primary key,
  saved_reply_id uuid not null references saved_reply on delete cascade,
  follow_up_id uuid not null references follow_up on delete cascade,
  made_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid references member,
  unique (saved_reply_id, follow_up_id)
);
create index saved_reply_flag_open on saved_reply_flag (saved_reply_id) where settled_at is null;

-- A reply that waits for its time keeps its options and what was used in it.
alter table later_reply add column options jsonb;
alter table later_reply add column used uuid[] not null default '{}';

-- What is told to members grows by what customers answer outside.
do $$
declare
  was text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notification_kind_check' and conrelid = 'notification'::regclass);
begin
  execute 'alter table notification drop constraint notification_kind_check, add constraint notification_kind_check '
    || replace(was, '''message''::text', '''message''::text, ''verdict''::text, ''choice''::text');
end $$;
