-- What customers meet: they sign in by a mailed link, write through forms, and ask for their data.
-- A link that signs in, or confirms that one's data is to be erased. Used once.
create table customer_link (
  id uuid primary key,
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('sign-in', 'erase')),
  address_id uuid not null references address on delete cascade,
  -- where they wanted to go
  next text check (length(next) <= 500),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index customer_link_of_address on customer_link (address_id);

create table customer_session (
  id uuid primary key,
  address_id uuid not null references address on delete cascade,
  token_hash bytea not null unique,
  agent text,
  network text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index customer_session_of_address on customer_session (address_id) where ended_at is null;

-- What one fills in to write to us; its answers come through a mailbox and belong to that mailbox's team.
create table form (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  intro text not null default '' check (length(intro) <= 500),
  mailbox_id uuid not null references mailbox,
  fields jsonb not null default '[]',
  asks_needed_by boolean not null default true,
  takes_files boolean not null default true,
  position integer not null,
  changed_at timestamptz not null,
  archived_at timestamptz
);

-- Files of a form that was not sent yet, until it is; a day at most.
create table kept_file (
  id uuid primary key,
  sha256 bytea not null references file(sha256),
  name text not null,
  media_type text not null,
  bytes bigint not null,
  created_at timestamptz not null
);
create index kept_file_by_age on kept_file (created_at);

-- A form that was sent: pressed twice it is the same message.
create table form_sent (
  press uuid primary key,
  conversation_id uuid references conversation on delete cascade,
  at timestamptz not null
);

alter table conversation drop constraint conversation_channel_check;
alter table conversation add constraint conversation_channel_check check (channel in ('mail', 'phone', 'written', 'portal', 'chat'));
alter table delivery drop constraint delivery_source_check;
alter table delivery add constraint delivery_source_check check (source in ('imap', 'listener', 'import', 'portal', 'chat'));
