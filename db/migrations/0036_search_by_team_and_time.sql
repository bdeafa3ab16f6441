-- Search looks common words up among the newest mail of some teams: a row of its index now names its team and its time together, so
-- that mail of other teams is not even looked at. All rows are derived: they are made anew by the job that fills in what is missing.
create function search_places(team uuid, at timestamptz) returns text[] language sql stable parallel safe as $$
  select array[lexeme, '@0' || floor(day / 2) || lexeme, '@1' || floor(day / 8) || lexeme, '@2' || floor(day / 32) || lexeme, '@3' || floor(day / 128) || lexeme]
  from team_lexeme(team) as lexeme, floor(extract(epoch from at) / 86400) as day
$$;

create or replace function message_search_follows() returns trigger language plpgsql as $$
begin
  if new.taken_back_at is not null then
    delete from message_search where message_id = new.id;
  elsif new.conversation_id <> old.conversation_id then
    update message_search s set conversation_id = new.conversation_id,
      words = ts_delete(s.words, search_places(was.team_id, s.at)) || array_to_tsvector(search_places(is_.team_id, s.at))
    from conversation was, conversation is_ where was.id = old.conversation_id and is_.id = new.conversation_id and s.message_id = new.id;
  end if;
  return null;
end $$;

create or replace function message_search_moves() returns trigger language plpgsql as $$
begin
  update message_search set words = ts_delete(words, search_places(old.team_id, at)) || array_to_tsvector(search_places(new.team_id, at))
    where conversation_id = new.id;
  return null;
end $$;

truncate message_search;
update search_progress set fill_before = null, filled = false;
