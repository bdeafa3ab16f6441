-- What writing needs: saved replies in several languages, signatures of people and teams, forwards, and where a customer wants answers to go.
create table saved_reply (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- what one types after "/"; lower case, no blanks
  shortcut text check (shortcut ~ '^[^[:space:]/]{1,30}$' and shortcut = lower(shortcut)),
  -- of one person, of one team, or of everybody
  owner_id uuid references member,
  team_id uuid references team,
  next_step text check (next_step in ('we-get-back', 'your-turn', 'answered', 'we-cannot', 'nothing-owed')),
  -- how often it was taken, by whomever: never counted per person
  used integer not null default 0,
  archived_at timestamptz,
  changed_at timestamptz not null,
  check (owner_id is null or team_id is null)
);
create unique index saved_reply_by_shortcut on saved_reply (shortcut, coalesce(owner_id, team_id, '00000000-0000-0000-0000-000000000000'))
  where shortcut is not null and archived_at is null;
create index saved_reply_of_owner on saved_reply (owner_id) where owner_id is not null;
create index saved_reply_of_team on saved_reply (team_id) where team_id is not null;

-- The words in each language; variables stand in them as {{customer.firstName|there}}.
create table saved_reply_text (
  saved_reply_id uuid not null references saved_reply on delete cascade,
  language text not null check (length(language) between 2 and 20),
  body text not null,
  -- the one taken for languages that have none
  position smallint not null,
  primary key (saved_reply_id, language)
);

-- Stands below what is sent. A person's own takes the place of the team's.
create table signature (
  id uuid primary key,
  person_id uuid unique references member on delete cascade,
  team_id uuid unique references team on delete cascade,
  html text not null,
  changed_at timestamptz not null,
  check ((person_id is null) <> (team_id is null))
);

-- A message passed on to somebody outside: the customer is not told, and nobody joins by it.
alter table message drop constraint message_kind_check;
alter table message add constraint message_kind_check
  check (kind in ('message', 'reply', 'note', 'acknowledgement', 'follow-up', 'call', 'automatic', 'forward'));
alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check
  check (purpose in ('reply', 'acknowledgement', 'follow-up', 'handover', 'oversize', 'account', 'check', 'forward'));

-- Where the sender of a mail wants answers to go, when that is not where it came from.
alter table message add column reply_to text;

-- Uploads are counted against their member's room.
create index upload_of_person on upload (person_id);
