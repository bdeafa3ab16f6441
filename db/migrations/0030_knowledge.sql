-- Knowledge: what we know, written once for everybody who asks: articles in a tree of categories, in several languages, each with the versions it went through.
create table article_category (
  id uuid primary key,
  parent_id uuid references article_category,
  position integer not null default 0,
  made_at timestamptz not null,
  check (parent_id is distinct from id)
);
create index article_category_of_parent on article_category (parent_id);
create table article_category_name (
  category_id uuid not null references article_category on delete cascade,
  language text not null check (length(language) between 2 and 20),
  name text not null check (length(name) between 1 and 100),
  primary key (category_id, language)
);
-- Every address a category ever had leads to it; one is its address now.
create table article_category_slug (
  slug text primary key check (length(slug) between 1 and 100),
  category_id uuid not null references article_category on delete cascade,
  current boolean not null
);
create unique index article_category_slug_current on article_category_slug (category_id) where current;

create table article (
  id uuid primary key,
  category_id uuid not null references article_category,
  audience text not null check (audience in ('public', 'signed-in', 'organisation', 'inside')),
  -- who sees to it that it stays right
  owner_id uuid not null references member,
  -- how often it is looked at again, and the promise to do so next
  review_every_days integer check (review_every_days between 1 and 3650),
  review_id uuid references promise on delete set null,
  checked_at timestamptz,
  -- answers with it that were judged: it held, or it did not
  held integer not null default 0 check (held >= 0),
  failed integer not null default 0 check (failed >= 0),
  -- which it was drafted from; shown to those who may read that
  from_conversation_id uuid references conversation on delete set null,
  -- where it stood in what was imported: importing again changes it and makes no second one
  imported_from text check (length(imported_from) <= 500),
  made_by uuid references member,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create index article_of_category on article (category_id);
create index article_of_owner on article (owner_id);
-- What helped most goes first outside.
create index article_by_held on article (held desc, changed_at desc);
create unique index article_by_import on article (imported_from) where imported_from is not null;
create index article_of_review on article (review_id) where review_id is not null;
-- For whom it is, where it is for some organisations.
create table article_organisation (
  article_id uuid not null references article on delete cascade,
  organisation_id uuid not null references organisation on delete cascade,
  primary key (article_id, organisation_id)
);
create index article_organisation_of on article_organisation (organisation_id);

-- One language of an article at one time: being written, read by everybody, or what stood there before.
create table article_version (
  id uuid primary key,
  article_id uuid not null references article on delete cascade,
  language text not null check (length(language) between 2 and 20),
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'in-review', 'scheduled', 'published', 'withdrawn', 'replaced')),
  title text not null check (length(title) <= 200),
  summary text not null default '' check (length(summary) <= 500),
  body_html text not null,
  body_text text not null,
  -- counts every saving: whoever saves an older state is told
  revision integer not null default 1,
  author_id uuid references member,
  reviewer_id uuid references member,
  -- what whoever sent it back said
  remark text not null default '' check (length(remark) <= 2000),
  publish_at timestamptz,
  published_by uuid references member,
  published_at timestamptz,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  unique (article_id, language, number),
  check ((state = 'scheduled') = (publish_at is not null)),
  check ((state in ('published', 'withdrawn', 'replaced')) = (published_at is not null))
);
-- At most one is being written and one stands; a withdrawn one is the latest that stood.
create unique index article_version_in_work on article_version (article_id, language) where state in ('draft', 'in-review', 'scheduled');
create unique index article_version_standing on article_version (article_id, language) where state in ('published', 'withdrawn');
create index article_version_scheduled on article_version (publish_at) where state = 'scheduled';

-- Every address an article ever had in a language leads to it.
create table article_slug (
  slug text primary key check (length(slug) between 1 and 100),
  article_id uuid not null references article on delete cascade,
  language text not null,
  current boolean not null
);
create unique index article_slug_current on article_slug (article_id, language) where current;
create index article_slug_of on article_slug (article_id);

-- Pictures between the words of articles. They stay with the article: older versions show them, too.
create table article_picture (
  id uuid primary key,
  article_id uuid not null references article on delete cascade,
  sha256 bytea not null references file,
  name text not null,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
  bytes bigint not null,
  made_at timestamptz not null
);
create index article_picture_of on article_picture (article_id);
create index article_picture_by_file on article_picture (sha256);

-- What stands, as words to be found by: written in the transaction that publishes. Who may find it is asked of the article.
create table article_search (
  article_id uuid not null references article on delete cascade,
  language text not null,
  words tsvector not null,
  -- title, summary and headings without case and accents, for spellings that are nearly right
  likeness text not null,
  published_at timestamptz not null,
  primary key (article_id, language)
);
create index article_search_by_words on article_search using gin (words) with (fastupdate = off);
create index article_search_by_likeness on article_search using gin (likeness gin_trgm_ops);

-- What was looked for and not found. The words alone: nobody is in it.
create table article_search_miss (
  words text not null check (length(words) between 2 and 100),
  language text not null,
  times integer not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  settled_at timestamptz,
  primary key (words, language)
);
create index article_search_miss_open on article_search_miss (times desc, last_at desc) where settled_at is null;

-- What readers said of it. Nobody is named.
create table article_rating (
  id uuid primary key,
  article_id uuid not null references article on delete cascade,
  version_id uuid not null references article_version on delete cascade,
  answer text not null check (answer in ('yes', 'partly', 'no')),
  said text not null default '' check (length(said) <= 2000),
  at timestamptz not null,
  settled_at timestamptz
);
create index article_rating_of on article_rating (article_id, at desc);
create index article_rating_of_version on article_rating (version_id);

-- Which articles stood in a reply: counted for the words, never for the person.
create table article_use (
  message_id uuid not null references message on delete cascade,
  article_id uuid not null references article on delete cascade,
  primary key (message_id, article_id)
);
create index article_use_of on article_use (article_id);
-- It stood in an answer that did not hold.
create table article_flag (
  id uuid primary key,
  article_id uuid not null references article on delete cascade,
  follow_up_id uuid not null references follow_up on delete cascade,
  made_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid references member,
  unique (article_id, follow_up_id)
);
create index article_flag_open on article_flag (article_id) where settled_at is null;
create index article_flag_of_follow_up on article_flag (follow_up_id);
