-- People: anyone we serve or who serves, in one table, and the addresses that reach them.
create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 300),
  language text,
  zone text,
  sample boolean not null default false,
  created_at timestamptz not null default now()
);

create table address (
  id uuid primary key,
  -- short and never reused: stands in signed reply addresses
  number bigint not null generated always as identity unique,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('mail', 'phone', 'chat')),
  written text not null,
  normal text not null,
  -- the owner of the address proved it (aligned DMARC, a token of ours, a mailed link)
  verified_at timestamptz,
  -- a hard bounce stops automatic mail until somebody lifts it
  suspended_at timestamptz,
  suspended_because text,
  created_at timestamptz not null default now(),
  unique (kind, normal)
);
create index address_of_person on address (person_id);
