-- 0046_kept_words.sql: what somebody wrote outside before they signed in. The mailed link leads back to it; after two days it is gone.
create table kept_words (
  id uuid primary key,
  -- the page with the form it was written in
  path text not null check (path like '/help/%' and length(path) <= 300),
  fields jsonb not null,
  bytes integer not null,
  created_at timestamptz not null
);
create index kept_words_by_age on kept_words (created_at);
