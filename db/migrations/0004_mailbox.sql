-- Channels: mailboxes through which mail comes and goes.
create table mailbox (
  id uuid primary key,
  team_id uuid not null references team,
  address text not null,
  normal text not null unique,
  from_name text not null,
  -- more addresses of ours that lead here; never a customer, never answered automatically
  aliases text[] not null default '{}',
  receive_by text not null check (receive_by in ('imap', 'listener', 'import')),
  imap jsonb,
  smtp jsonb,
  -- passwords and tokens, sealed with the installation's key
  sealed bytea,
  -- does the provider deliver name+anything@domain here? then replies carry a signed address
  plus_addressing boolean not null default false,
  -- the server whose Authentication-Results we believe
  trusted_server text,
  -- 'now': only mail that arrives from the connection on; 'all': the backlog is imported and nothing is sent for it
  start_from text not null default 'now' check (start_from in ('now', 'all')),
  last_good_poll_at timestamptz,
  alert text,
  alert_since timestamptz,
  alert_detail text,
  paused_at timestamptz,
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);

-- Where we are in a folder of a mailbox. A new UIDVALIDITY is a new row: the old one is kept for the reconciler.
create table mailbox_folder (
  mailbox_id uuid not null references mailbox on delete cascade,
  folder text not null,
  uidvalidity bigint not null,
  -- mail up to this UID was there when we were connected with "from now on"
  start_after bigint not null default 0,
  highest bigint not null default 0,
  seen_at timestamptz not null default now(),
  primary key (mailbox_id, folder, uidvalidity)
);
