-- Chat: a channel that stands on somebody's pages, the sessions of those who write there, and the lines of a conversation in one order.
alter table conversation drop constraint conversation_channel_check;
alter table conversation add constraint conversation_channel_check check (channel in ('mail', 'phone', 'written', 'portal', 'chat'));

create table chat_channel (
  id uuid primary key,
  -- stands in the pages that carry it: names the channel, opens nothing
  key text not null unique check (key ~ '^[a-z0-9]{20}$'),
  name text not null check (length(name) between 1 and 100),
  team_id uuid not null references team,
  -- where it may be carried: scheme, host and port, nothing else
  origins text[] not null check (cardinality(origins) <= 50),
  -- null: the installation's own
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  phone text check (length(phone) <= 40),
  -- when it is answered, in one's own words
  phone_words text not null default '' check (length(phone_words) <= 120),
  -- with which the site signs who its visitors are
  secret_sealed bytea,
  secret_made_at timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz,
  check ((secret_sealed is null) = (secret_made_at is null))
);

-- What went wrong where it is carried, counted: shown to administrators. Names nobody.
create table chat_trouble (
  channel_id uuid not null references chat_channel on delete cascade,
  kind text not null check (kind in ('identity-altered', 'identity-old', 'identity-broken', 'no-secret', 'foreign-origin')),
  origin text not null check (length(origin) <= 300),
  times integer not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (channel_id, kind, origin)
);

-- A browser in which somebody has written. It has the token; here is its hash.
create table chat_session (
  id uuid primary key,
  channel_id uuid not null references chat_channel,
  token_hash bytea not null unique,
  person_id uuid not null references person,
  -- the site has signed who they are; until then an unnamed person, or one who only says so
  known boolean not null,
  known_until timestamptz,
  origin text not null,
  language text,
  zone text,
  begun_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  check (known = (known_until is not null))
);
create index chat_session_of_person on chat_session (person_id);
create index chat_session_by_seen on chat_session (seen_at);

-- A conversation that is shown to its customer line by line; `seq` is the last line's.
create table chat (
  conversation_id uuid primary key references conversation on delete cascade,
  seq bigint not null default 0,
  -- the last one of ours that was brought to them by mail, because they had left
  mailed_seq bigint not null default 0,
  -- they are here while this is null and a session of theirs is
  left_at timestamptz,
  came_at timestamptz not null
);
create index chat_here on chat (conversation_id) where left_at is null;

create table chat_line (
  conversation_id uuid not null references chat on delete cascade,
  seq bigint not null,
  is_what text not null check (is_what in ('message', 'left')),
  message_id uuid references message on delete cascade,
  -- it came here from another conversation: for whom the site has signed alone
  moved boolean not null default false,
  at timestamptz not null,
  primary key (conversation_id, seq),
  check ((is_what = 'message') = (message_id is not null))
);
create unique index chat_line_of_message on chat_line (message_id, conversation_id) where message_id is not null;

-- Which session may read which conversation, and how far it has.
create table chat_seat (
  session_id uuid not null references chat_session on delete cascade,
  conversation_id uuid not null references chat on delete cascade,
  seen_seq bigint not null default 0,
  since timestamptz not null,
  -- the last line of it: the conversation was joined with another that is not this session's to read
  over_seq bigint,
  primary key (session_id, conversation_id)
);
create index chat_seat_of_conversation on chat_seat (conversation_id);

-- A file somebody has uploaded and not yet sent.
create table chat_upload (
  id uuid primary key,
  session_id uuid not null references chat_session on delete cascade,
  sha256 bytea not null references file,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  created_at timestamptz not null
);
create index chat_upload_by_file on chat_upload (sha256);

-- Which sessions are open in some process now; worthless after a crash.
create unlogged table chat_presence (
  session_id uuid primary key,
  conversation_id uuid not null,
  doing text not null check (doing in ('reading', 'writing')),
  seen_at timestamptz not null
);
create index chat_presence_of_conversation on chat_presence (conversation_id);

-- Whatever writes a message into such a conversation gives it the next line: no writer can forget it, and none is doubled.
create function chat_line_of_messages() returns trigger language plpgsql as $$
begin
  with fresh as (
    select w.id, w.conversation_id, w.at, row_number() over (partition by w.conversation_id order by w.at, w.id) as place
    from written w where w.kind in ('message', 'reply', 'follow-up') and exists (select from chat c where c.conversation_id = w.conversation_id)
  ), counted as (
    update chat c set seq = c.seq + f.many from (select conversation_id, count(*) as many from fresh group by conversation_id) f
    where c.conversation_id = f.conversation_id returning c.conversation_id, c.seq - f.many as before
  )
  insert into chat_line (conversation_id, seq, is_what, message_id, at)
  select f.conversation_id, c.before + f.place, 'message', f.id, f.at from fresh f join counted c using (conversation_id);
  return null;
end $$;
create trigger chat_line_of_messages after insert on message
  referencing new table as written for each statement execute function chat_line_of_messages();

-- Messages that move: joined conversations, and taken apart again. Who only says who they are reads on in neither.
create function chat_line_of_moved() returns trigger language plpgsql as $$
declare next bigint;
begin
  update chat_seat s set over_seq = c.seq from chat_session t, chat c
    where t.id = s.session_id and c.conversation_id = s.conversation_id and not t.known and s.over_seq is null and s.conversation_id in (old.conversation_id, new.conversation_id);
  if new.kind in ('message', 'reply', 'follow-up') and exists (select from chat where conversation_id = new.conversation_id)
    and not exists (select from chat_line where conversation_id = new.conversation_id and message_id = new.id) then
    update chat set seq = seq + 1 where conversation_id = new.conversation_id returning seq into next;
    insert into chat_line (conversation_id, seq, is_what, message_id, moved, at) values (new.conversation_id, next, 'message', new.id, true, new.at);
  end if;
  return null;
end $$;
create trigger chat_line_of_moved after update of conversation_id on message
  for each row when (old.conversation_id <> new.conversation_id) execute function chat_line_of_moved();
