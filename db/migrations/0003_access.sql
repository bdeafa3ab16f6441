-- Access: members, how they sign in, and the teams in which they serve.
create table member (
  person_id uuid primary key references person,
  password_hash text,
  administrator boolean not null default false,
  disabled_at timestamptz,
  expires_at timestamptz,
  undo_seconds integer not null default 10 check (undo_seconds between 0 and 30),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Sessions: only the hash of the token is kept; ended ones stay visible for a while.
create table session (
  id uuid primary key,
  person_id uuid not null references member on delete cascade,
  token_hash bytea not null unique,
  agent text,
  network text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_of_person on session (person_id) where ended_at is null;

-- One-time links: random, hashed, used once, at most an hour. Without a person: the first administrator.
create table sign_in_link (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid references member on delete cascade,
  purpose text not null check (purpose in ('first-administrator', 'sign-in', 'invitation', 'new-password')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Throttling by account and by network address, shared by all processes.
create table throttle (
  bucket text primary key,
  taken integer not null,
  since timestamptz not null
);

-- Working calendars: a zone, hours per weekday (1 = Monday) in minutes since midnight, and holidays.
create table calendar (
  id uuid primary key,
  name text not null,
  zone text not null
);
create table calendar_hours (
  calendar_id uuid not null references calendar on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  from_minute smallint not null check (from_minute between 0 and 1439),
  to_minute smallint not null check (to_minute between 1 and 1440),
  primary key (calendar_id, weekday, from_minute),
  check (from_minute < to_minute)
);
create table holiday (
  calendar_id uuid not null references calendar on delete cascade,
  day date not null,
  name text not null,
  primary key (calendar_id, day)
);

-- Teams serve together and share an inbox. The fallback person always exists (I1).
create table team (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  fallback_id uuid not null references member,
  calendar_id uuid not null references calendar,
  -- the reply target, in working minutes
  reply_within integer not null default 240 check (reply_within between 1 and 100000),
  -- days until a follow-up, and within which a closed conversation opens again
  follow_up_days integer not null default 7 check (follow_up_days between 1 and 90),
  reopen_days integer not null default 30 check (reopen_days between 0 and 365),
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);
create table team_member (
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references member,
  role text not null check (role in ('lead', 'teammate', 'colleague', 'partner')),
  since timestamptz not null default now(),
  primary key (team_id, person_id)
);
create index team_member_of_person on team_member (person_id);

-- Who answers for a team at a given time.
create table duty (
  id uuid primary key,
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references member,
  during tstzrange not null check (not isempty(during))
);
create index duty_of_team on duty using gist (during);

-- Nobody who is a team's fallback may be disabled: a conversation would have nobody to answer for it.
create function fallback_stays_active() returns trigger language plpgsql as $$
begin
  if new.disabled_at is not null and exists (select from team where fallback_id = new.person_id and archived_at is null) then
    raise exception 'a fallback person cannot be disabled' using errcode = 'check_violation', constraint = 'fallback_stays_active';
  end if;
  return new;
end $$;
create trigger fallback_stays_active before update of disabled_at on member for each row execute function fallback_stays_active();
