-- Marks on conversations: tags, typed fields, priority, who follows, and who was mentioned where.
create table tag (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  -- lower case, NFKC: two spellings of one word are one tag
  normal text not null unique,
  -- one of the named tints of the desk, never free text
  tint text not null default 'stone' check (tint in ('water', 'leaf', 'sand', 'rose', 'violet', 'stone')),
  archived_at timestamptz,
  -- merged into another one: its name still leads there, from views that were saved and from history
  merged_into uuid references tag,
  created_at timestamptz not null default now(),
  check (merged_into is null or archived_at is not null)
);
-- Typed ahead, by beginning and by any part: ten thousand tags are never loaded.
create extension if not exists pg_trgm;
create index tag_by_beginning on tag (normal text_pattern_ops) where archived_at is null;
create index tag_by_part on tag using gin (normal gin_trgm_ops);
create index tag_merged on tag (merged_into) where merged_into is not null;
create table conversation_tag (
  conversation_id uuid not null references conversation on delete cascade,
  tag_id uuid not null references tag on delete cascade,
  by_id uuid references person,
  since timestamptz not null,
  primary key (conversation_id, tag_id)
);
create index conversation_tag_by_tag on conversation_tag (tag_id, conversation_id);

-- Fields that an installation adds to its conversations; of one team, or of all.
create table custom_field (
  id uuid primary key,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('text', 'number', 'date', 'yes-no', 'choice', 'choices', 'link')),
  -- of a choice: what is offered, in order, as [{id, words, archived}]; values name the id, so that words can change
  choices jsonb not null default '[]',
  team_id uuid references team,
  position integer not null,
  archived_at timestamptz,
  created_at timestamptz not null default now()
);
create table conversation_field (
  conversation_id uuid not null references conversation on delete cascade,
  field_id uuid not null references custom_field on delete cascade,
  value jsonb not null,
  primary key (conversation_id, field_id)
);
create index conversation_field_by_value on conversation_field (field_id, value, conversation_id);

-- -1 can wait, 0 as usual, 1 soon, 2 at once.
alter table conversation add column priority smallint not null default 0 check (priority between -1 and 2);

create table follower (
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid not null references member on delete cascade,
  since timestamptz not null,
  primary key (conversation_id, person_id)
);
create index follower_of_person on follower (person_id, conversation_id);

create table mention (
  message_id uuid not null references message on delete cascade,
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid not null references member on delete cascade,
  at timestamptz not null,
  -- the one mentioned has seen it
  seen_at timestamptz,
  primary key (message_id, person_id)
);
create index mention_unseen on mention (person_id, at desc) where seen_at is null;
