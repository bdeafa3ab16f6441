-- Sorting what comes in: rules, blocked senders, spam that was taught, how teams give out new matters, and absences.
-- No row stands for the defaults.
create table sorting (
  only_one boolean primary key default true check (only_one),
  -- grows with every change of a rule: whoever holds rules in memory reads them again
  version integer not null default 0,
  spam_filter boolean not null default true,
  -- how sure the filter must be
  spam_above text not null default 'careful' check (spam_above in ('careful', 'usual', 'strict')),
  -- believe what the mail server before us wrote of a mail
  spam_upstream boolean not null default false
);

-- "When it comes in … then …", in order; of the installation, or of one team for what arrives there.
create table rule (
  id uuid primary key,
  team_id uuid references team on delete cascade,
  name text not null check (length(name) between 1 and 100),
  position integer not null,
  enabled boolean not null default true,
  -- later rules are not asked when this one matched
  stops boolean not null default false,
  conditions jsonb not null,
  actions jsonb not null,
  by_id uuid references member,
  created_at timestamptz not null,
  -- a deleted one can be taken back, and history still names it
  deleted_at timestamptz
);
create index rule_in_order on rule (position, id) where deleted_at is null;

create table rule_match (
  rule_id uuid not null references rule on delete cascade,
  conversation_id uuid not null references conversation on delete cascade,
  at timestamptz not null,
  primary key (rule_id, conversation_id)
);
create index rule_match_by_time on rule_match (rule_id, at);
create index rule_match_of_conversation on rule_match (conversation_id);

-- Whose new mail goes to spam: an address, or everybody at a domain; for one team, or for all (null).
create table blocked_sender (
  id uuid primary key,
  kind text not null check (kind in ('address', 'domain')),
  normal text not null check (length(normal) between 1 and 320),
  team_id uuid references team on delete cascade,
  by_id uuid references member,
  at timestamptz not null,
  unique nulls not distinct (kind, normal, team_id)
);
create index blocked_sender_by_name on blocked_sender (normal);

-- How often a piece of mail was seen in spam and in mail that was not. The row of the empty token counts the mails.
create table spam_token (
  token text primary key check (length(token) <= 60),
  spam integer not null default 0 check (spam >= 0),
  ham integer not null default 0 check (ham >= 0)
) with (fillfactor = 80);

-- What was taught, so that it can be forgotten exactly.
create table spam_lesson (
  conversation_id uuid primary key references conversation on delete cascade,
  taught text not null check (taught in ('spam', 'ham')),
  -- by a member's act, or (null) because we answered it
  by_id uuid references member,
  at timestamptz not null,
  tokens text[] not null
);

-- Why a conversation arrived in spam.
create table spam_verdict (
  conversation_id uuid primary key references conversation on delete cascade,
  why text not null check (why in ('blocked', 'taught', 'upstream')),
  score real,
  words text[] not null default '{}',
  blocked_id uuid references blocked_sender on delete set null,
  at timestamptz not null
);

-- How a team gives out what is new, and how much one member gets by itself.
alter table team add column assigns text not null default 'off' check (assigns in ('off', 'duty', 'least-loaded'));
alter table team_member add column load_limit integer check (load_limit between 1 and 10000);

-- Times in which a member is away, and who answers meanwhile.
create table absence (
  id uuid primary key,
  person_id uuid not null references member,
  deputy_id uuid references member,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  by_id uuid references member,
  created_at timestamptz not null,
  check (deputy_id <> person_id)
);
create index absence_of_person on absence (person_id, upper(during));
