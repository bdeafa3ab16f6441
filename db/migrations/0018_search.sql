-- Search: the words of each message as an index row, written in the transaction that writes the message; a table of words for
-- "did you mean"; and what each member searched for last. The words are made by the app (src/domain/search); the rows are all
-- derived: a backup leaves them out, and a job fills in what is missing, newest first.
do $$
begin
  create extension if not exists pg_trgm;
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise exception 'search needs the extension pg_trgm, and this account may not create it or the server does not have it. '
    'Install the contrib package of your PostgreSQL if it is missing, then let an administrator of the database run: create extension pg_trgm (%)', sqlerrm;
end $$;

-- Besides the words of a message the vector holds, each behind a sign no word has: the team (@t), and when it was: in which day, and
-- in which stretch of 8 and of 64 days (@0, @1, @2). So a common word is looked up among the newest mail of some teams without reading
-- all its matches.
create table message_search (
  message_id uuid primary key references message on delete cascade,
  -- follows the message, see below: a foreign key of its own would only cost
  conversation_id uuid not null,
  -- a note: only for those who may read notes
  inside boolean not null default false,
  at timestamptz not null,
  words tsvector not null
) with (toast_tuple_target = 8160);
-- Ranking reads thousands of vectors: they lie beside their row, and nobody unpacks them.
alter table message_search alter column words set storage external;
alter table message_search alter column words set statistics 200;
-- A short pending list: every search reads all of it.
create index message_search_by_words on message_search using gin (words) with (fastupdate = on, gin_pending_list_limit = 1024);
create index message_search_of_conversation on message_search (conversation_id);

-- The lexeme of a team. The app knows it, too.
create function team_lexeme(team uuid) returns text language sql immutable parallel safe as $$ select '@t' || substr(md5(team::text), 1, 10) $$;

-- A message that moves to another conversation is found there; one that was taken back is not found.
create function message_search_follows() returns trigger language plpgsql as $$
begin
  if new.taken_back_at is not null then
    delete from message_search where message_id = new.id;
  elsif new.conversation_id <> old.conversation_id then
    update message_search s set conversation_id = new.conversation_id,
      words = ts_delete(s.words, team_lexeme(was.team_id)) || array_to_tsvector(array[team_lexeme(is_.team_id)])
    from conversation was, conversation is_ where was.id = old.conversation_id and is_.id = new.conversation_id and s.message_id = new.id;
  end if;
  return null;
end $$;
create trigger message_search_follows after update of conversation_id, taken_back_at on message for each row
  when (old.conversation_id is distinct from new.conversation_id or old.taken_back_at is distinct from new.taken_back_at)
  execute function message_search_follows();

-- A conversation that moves to another team is found there, and no longer here.
create function message_search_moves() returns trigger language plpgsql as $$
begin
  update message_search set words = ts_delete(words, team_lexeme(old.team_id)) || array_to_tsvector(array[team_lexeme(new.team_id)])
    where conversation_id = new.id;
  return null;
end $$;
create trigger message_search_moves after update of team_id on conversation for each row
  when (old.team_id is distinct from new.team_id) execute function message_search_moves();

-- How far the job has come: older messages than these have no row yet, younger words are not counted yet.
create table search_progress (
  only_one boolean primary key default true check (only_one),
  -- null: not begun; then the youngest message id that may be without a row
  fill_before uuid,
  filled boolean not null default false,
  -- words of messages up to this one are in search_word
  words_to uuid not null default '00000000-0000-0000-0000-000000000000'
);
insert into search_progress default values;

-- Words people wrote, for guessing what was meant. Nothing is suggested from here that whoever asks could not find.
create table search_word (
  word text primary key check (length(word) between 3 and 40),
  messages integer not null
);
create index search_word_by_likeness on search_word using gin (word gin_trgm_ops);

create table recent_search (
  id uuid primary key,
  person_id uuid not null references member(person_id) on delete cascade,
  text text not null check (length(text) between 1 and 500),
  at timestamptz not null,
  unique (person_id, text)
);
create index recent_search_of_person on recent_search (person_id, at desc);

-- Names as they are searched: without case, accents and invisible signs.
create function folded(written text) returns text language sql immutable strict parallel safe as $$
  select replace(replace(translate(
    regexp_replace(normalize(lower(written), NFKD), '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060-\u2069]', '', 'g'),
    'øłđðıħ', 'olddih'), 'ß', 'ss'), 'æ', 'ae')
$$;
alter table person add column folded_name text generated always as (folded(name)) stored;
create index person_by_likeness on person using gin (folded_name gin_trgm_ops);
create index address_by_likeness on address using gin (normal gin_trgm_ops);
