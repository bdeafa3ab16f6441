-- The event log: what happened, in the order in which it was committed. Every consequence follows it by cursor.
-- A sequence number is handed out before commit, so readers order by (transaction, sequence) and stop below the
-- oldest transaction still running: no late commit is skipped. Facts carry ids and figures, never text of people.
create table event (
  seq bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  kind text not null,
  subject_id uuid,
  actor_id uuid,
  -- who may learn of it live: ids of teams and people; empty means administrators of the installation only
  scopes uuid[] not null default '{}',
  facts jsonb not null default '{}',
  at timestamptz not null
);
create index event_in_order on event (transaction_id, seq);
create index event_of_subject on event (subject_id, seq) where subject_id is not null;

-- How far each reader of the log has come; moved in the transaction that writes what the reader did.
create table event_reader (
  name text primary key,
  transaction_id xid8 not null default '0',
  seq bigint not null default 0,
  moved_at timestamptz not null default now()
);

-- Secrets of this installation that must be the same in every process (signing of reply addresses and links).
create table installation (
  only_one boolean primary key default true check (only_one),
  id uuid not null,
  name text not null,
  language text not null default 'en',
  zone text not null default 'UTC',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

-- Files are content-addressed: what no row names is collected later.
create table file (
  sha256 bytea primary key check (length(sha256) = 32),
  bytes bigint not null check (bytes >= 0),
  created_at timestamptz not null default now()
);
