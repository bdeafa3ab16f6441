-- Relationships: organisations and who belongs to them, who keeps a relationship and how often, touches, and one budget for all we send unasked (I7).
create extension if not exists btree_gist;

create table organisation (
  id uuid primary key,
  name text not null check (length(name) between 1 and 300),
  -- what it is, in a line: "Rotterdam, a customer since March 2019"
  about text not null default '' check (length(about) <= 2000),
  -- its own reply target, in working minutes; null: the team's
  reply_within integer check (reply_within between 1 and 100000),
  sample boolean not null default false,
  created_at timestamptz not null,
  archived_at timestamptz
);
create index organisation_by_name on organisation (lower(name) text_pattern_ops);
-- Mail from there suggests the organisation; it never grants sight of anything.
create table organisation_domain (
  domain text primary key check (domain = lower(domain) and length(domain) between 3 and 253),
  organisation_id uuid not null references organisation on delete cascade
);
create index organisation_domain_of on organisation_domain (organisation_id);
-- A person can belong to several. Members of one see nothing of each other unless `sees_all` says so.
create table membership (
  person_id uuid not null references person on delete cascade,
  organisation_id uuid not null references organisation on delete cascade,
  role text not null default '' check (length(role) <= 200),
  -- null: a person said so; else suggested by a mail domain and not yet confirmed
  suggested_at timestamptz,
  sees_all boolean not null default false,
  since timestamptz not null,
  left_at timestamptz,
  primary key (person_id, organisation_id)
);
create index membership_of_organisation on membership (organisation_id);

-- A person or an organisation as we know it over time. Made by the first real contact, or by hand.
create table relationship (
  id uuid primary key,
  person_id uuid unique references person on delete cascade,
  organisation_id uuid unique references organisation on delete cascade,
  keeper_id uuid references member(person_id),
  -- we are in touch at least every so many days; null: no check-ins
  rhythm_days integer check (rhythm_days between 1 and 730),
  -- the latest contact with a human on both sides, and what it was
  last_contact_at timestamptz,
  last_contact_kind text check (last_contact_kind in ('message', 'reply', 'call', 'visit', 'meeting', 'check-in')),
  since timestamptz not null,
  sample boolean not null default false,
  check (num_nonnulls(person_id, organisation_id) = 1),
  check (rhythm_days is null or keeper_id is not null)
);
create index relationship_by_contact on relationship (last_contact_at, id);
create index relationship_of_keeper on relationship (keeper_id) where keeper_id is not null;

-- A human contact outside the desk, written down in seconds.
create table touch (
  id uuid primary key,
  person_id uuid references person on delete cascade,
  organisation_id uuid references organisation on delete cascade,
  by_id uuid not null references member(person_id),
  kind text not null check (kind in ('call', 'visit', 'meeting')),
  at timestamptz not null,
  minutes integer check (minutes between 1 and 1440),
  words text not null default '' check (length(words) <= 20000),
  made_at timestamptz not null,
  sample boolean not null default false,
  check (num_nonnulls(person_id, organisation_id) >= 1)
);
create index touch_of_person on touch (person_id, at desc) where person_id is not null;
create index touch_of_organisation on touch (organisation_id, at desc) where organisation_id is not null;

-- I7: what we said to somebody unasked. Two of them never lie nearer than the limit that stood when the first was sent.
create table unasked_contact (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('follow-up', 'check-in', 'pulse')),
  at timestamptz not null,
  until timestamptz not null check (until > at),
  conversation_id uuid references conversation on delete cascade,
  constraint unasked_contact_within_limit exclude using gist (person_id with =, tstzrange(at, until) with &&)
);

-- What a person wants of us: the channel they prefer, and whether they may be contacted unasked.
alter table person add column preferred_channel text check (preferred_channel in ('mail', 'phone', 'visit', 'chat'));
alter table person add column preferred_words text check (length(preferred_words) <= 500);
alter table person add column no_unasked_since timestamptz;
alter table person add column merged_into uuid references person;
alter table person add column about text not null default '' check (length(about) <= 2000);

-- Promises may stand outside a conversation: check-ins, decisions, what was said on a visit. They name the relationship.
alter table promise add column relationship_id uuid references relationship on delete cascade;
create index promise_of_relationship on promise (relationship_id, made_at) where relationship_id is not null;
create index promise_open_to_person on promise (to_person_id, due_at, id) where ended_at is null and to_person_id is not null;
