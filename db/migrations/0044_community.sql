-- Community: what people tell each other where others can read it: topics in categories, what was said in them, practices that others tried. No points, no ranks.
create table community_setting (
  one boolean primary key default true check (one),
  -- nobody outside meets a community, whatever there is
  off boolean not null default false,
  approve text not null default 'when-odd' check (approve in ('all-new', 'when-odd', 'never')),
  flags_to_hide integer not null default 3 check (flags_to_hide between 2 and 20),
  guidelines text not null default '' check (length(guidelines) <= 2000)
);

create table community_category (
  id uuid primary key,
  position integer not null default 0,
  audience text not null check (audience in ('public', 'signed-in', 'organisation', 'inside')),
  begins text not null default 'everybody' check (begins in ('everybody', 'us')),
  made_at timestamptz not null,
  -- stays to be read; nothing new is said there
  archived_at timestamptz
);
create table community_category_name (
  category_id uuid not null references community_category on delete cascade,
  language text not null check (length(language) between 2 and 20),
  name text not null check (length(name) between 1 and 100),
  about text not null default '' check (length(about) <= 300),
  primary key (category_id, language)
);
-- Every address a category ever had leads to it; one is its address now.
create table community_category_slug (
  slug text primary key check (length(slug) between 1 and 100),
  category_id uuid not null references community_category on delete cascade,
  current boolean not null
);
create unique index community_category_slug_current on community_category_slug (category_id) where current;
create index community_category_slug_of on community_category_slug (category_id);
-- For whom it is, where it is for some organisations.
create table community_category_organisation (
  category_id uuid not null references community_category on delete cascade,
  organisation_id uuid not null references organisation on delete cascade,
  primary key (category_id, organisation_id)
);
create index community_category_organisation_of on community_category_organisation (organisation_id);

create table topic (
  id uuid primary key,
  -- stands in its address, whatever its title becomes
  number bigint not null generated always as identity unique,
  category_id uuid not null references community_category,
  kind text not null check (kind in ('question', 'discussion', 'practice')),
  title text not null check (length(title) between 1 and 150),
  slug text not null check (length(slug) between 1 and 100),
  -- its title without case and accents, for spellings that are nearly right
  likeness text not null,
  language text not null check (length(language) between 2 and 20),
  -- waiting and hidden as its first post is; a merged one leads to where it went on
  state text not null check (state in ('standing', 'waiting', 'hidden', 'removed', 'merged')),
  removed_by text check (removed_by in ('author', 'moderator')),
  merged_into uuid references topic,
  -- the first of its posts in the other one
  merged_number integer,
  accepted_id uuid,
  accepted_at timestamptz,
  answers integer not null default 0 check (answers >= 0),
  last_number integer not null default 1 check (last_number > 0),
  worked integer not null default 0 check (worked >= 0),
  not_worked integer not null default 0 check (not_worked >= 0),
  -- a practice is looked at again, so that it does not go stale
  review_due_at timestamptz,
  checked_at timestamptz,
  pinned_at timestamptz,
  locked_at timestamptz,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  check ((state = 'removed') = (removed_by is not null)),
  check ((state = 'merged') = (merged_into is not null)),
  check ((accepted_id is null) = (accepted_at is null)),
  check (merged_into is distinct from id)
);
create index topic_by_last on topic (last_at desc, id desc) where state = 'standing';
create index topic_of_category on topic (category_id, last_at desc, id desc) where state = 'standing';
create index topic_by_kind on topic (kind, last_at desc, id desc) where state = 'standing';
create index topic_unanswered on topic (last_at desc, id desc) where state = 'standing' and kind = 'question' and answers = 0;
create index topic_review on topic (review_due_at) where state = 'standing' and review_due_at is not null;
create index topic_aside on topic (state) where state in ('waiting', 'hidden');
create index topic_pinned on topic (category_id, pinned_at desc) where pinned_at is not null;
create index topic_by_likeness on topic using gin (likeness gin_trgm_ops);
create index topic_merged on topic (merged_into) where merged_into is not null;

create table post (
  id uuid primary key,
  topic_id uuid not null references topic,
  -- 1 begins the topic; of a practice it says where it works and what one does
  number integer not null check (number > 0),
  -- null: somebody who is with us no more
  author_id uuid references person on delete set null,
  -- written at the desk: marked as ours
  by_us boolean not null default false,
  -- as it was typed, as it is shown, as it is searched and mailed
  source text not null check (length(source) <= 30000),
  html text not null,
  words text not null,
  steps jsonb not null default '[]',
  answers_to integer check (answers_to < number),
  state text not null check (state in ('standing', 'waiting', 'hidden', 'removed')),
  waits_for text check (waits_for in ('links', 'many', 'flood', 'same', 'first', 'asked')),
  removed_by text check (removed_by in ('author', 'moderator')),
  removed_because text not null default '' check (length(removed_because) <= 500),
  -- of its words without case and space: the same said again is seen
  alike bytea not null,
  likes integer not null default 0 check (likes >= 0),
  revision integer not null default 1,
  came_by text not null check (came_by in ('page', 'desk', 'mail')),
  -- pressed twice it is one
  press uuid unique,
  at timestamptz not null,
  edited_at timestamptz,
  unique (topic_id, number),
  check ((state = 'removed') = (removed_by is not null)),
  check (waits_for is null or state = 'waiting')
);
create index post_of_author on post (author_id, at desc) where author_id is not null;
create index post_by_time on post (at);
create index post_aside on post (at, id) where state in ('waiting', 'hidden');
create index post_alike on post (alike, at desc);
alter table topic add foreign key (accepted_id) references post on delete set null;
create index topic_accepted on topic (accepted_id) where accepted_id is not null;

-- What a post said before it was changed.
create table post_edit (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  title text,
  html text not null,
  steps jsonb not null default '[]',
  at timestamptz not null
);
create index post_edit_of on post_edit (post_id, at desc);

create table post_like (
  post_id uuid not null references post on delete cascade,
  person_id uuid not null references person on delete cascade,
  at timestamptz not null,
  primary key (post_id, person_id)
);
create index post_like_of on post_like (person_id);

-- Somebody says that it does not belong here. `counts`: we know them well enough that some of them together hide it.
create table post_flag (
  id uuid primary key,
  post_id uuid not null references post on delete cascade,
  person_id uuid references person on delete set null,
  reason text not null check (reason in ('spam', 'unkind', 'wrong', 'private', 'other')),
  words text not null default '' check (length(words) <= 1000),
  counts boolean not null,
  at timestamptz not null,
  settled_at timestamptz,
  unique (post_id, person_id)
);
create index post_flag_open on post_flag (post_id, at) where settled_at is null;
create index post_flag_of on post_flag (person_id);

create table post_mention (
  post_id uuid not null references post on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (post_id, person_id)
);
create index post_mention_of on post_mention (person_id);

-- Somebody tried a practice: it worked for them or not, and what was different with them.
create table practice_try (
  id uuid primary key,
  topic_id uuid not null references topic on delete cascade,
  person_id uuid references person on delete set null,
  by_us boolean not null default false,
  worked boolean not null,
  words text not null default '' check (length(words) <= 2000),
  at timestamptz not null,
  removed_at timestamptz,
  unique (topic_id, person_id)
);
create index practice_try_of_topic on practice_try (topic_id, at desc, id desc) where removed_at is null;
create index practice_try_of on practice_try (person_id);

create table topic_follow (
  topic_id uuid not null references topic on delete cascade,
  person_id uuid not null references person on delete cascade,
  mode text not null check (mode in ('each', 'digest')),
  since timestamptz not null,
  primary key (topic_id, person_id)
);
create index topic_follow_of on topic_follow (person_id);
create table category_follow (
  category_id uuid not null references community_category on delete cascade,
  person_id uuid not null references person on delete cascade,
  mode text not null check (mode in ('each', 'digest')),
  since timestamptz not null,
  primary key (category_id, person_id)
);
create index category_follow_of on category_follow (person_id);

-- Somebody as the community knows them: what they chose, and whether they are asked to stop writing.
create table community_person (
  id uuid primary key,
  person_id uuid not null unique references person on delete cascade,
  shown_name text check (length(shown_name) between 1 and 80),
  come_from text check (length(come_from) between 1 and 80),
  digest text not null default 'never' check (digest in ('daily', 'weekly', 'never')),
  digest_at timestamptz,
  stopped_at timestamptz,
  stopped_until timestamptz,
  stopped_because text check (length(stopped_because) between 1 and 500),
  check ((stopped_at is null) = (stopped_because is null))
);
create index community_person_digest on community_person (digest_at) where digest_at is not null;

-- What a topic came of, what came of it, and what it goes with.
create table topic_tie (
  id uuid primary key,
  topic_id uuid not null references topic on delete cascade,
  -- which of its posts
  post_id uuid references post on delete set null,
  kind text not null check (kind in ('from-conversation', 'to-conversation', 'article', 'goes-with')),
  conversation_id uuid references conversation on delete cascade,
  article_id uuid references article on delete cascade,
  made_at timestamptz not null,
  check ((conversation_id is null) <> (article_id is null)),
  check ((kind in ('from-conversation', 'to-conversation')) = (conversation_id is not null))
);
create unique index topic_tie_article on topic_tie (topic_id, article_id) where article_id is not null;
create unique index topic_tie_conversation on topic_tie (topic_id, conversation_id, kind) where conversation_id is not null;
create index topic_tie_of_article on topic_tie (article_id) where article_id is not null;
create index topic_tie_of_conversation on topic_tie (conversation_id) where conversation_id is not null;
create index topic_tie_of_post on topic_tie (post_id) where post_id is not null;

-- What stands, as words to be found by: written in the transaction that changes it. Who may find it is asked of its category.
create table post_search (
  post_id uuid primary key references post on delete cascade,
  topic_id uuid not null references topic,
  words tsvector not null,
  at timestamptz not null
);
create index post_search_by_words on post_search using gin (words) with (fastupdate = off);
create index post_search_by_time on post_search (at desc, post_id desc);
create index post_search_of_topic on post_search (topic_id);
