-- Deliveries: every mail that reached us, raw, and the one thing it became (I4).
create table delivery (
  id uuid primary key,
  mailbox_id uuid not null references mailbox,
  source text not null check (source in ('imap', 'listener', 'import')),
  -- what makes it the same mail: its Message-ID (or a hash of all of it) and a hash of its body
  mail_id text not null,
  body_hash bytea not null,
  arrived_at timestamptz not null,
  bytes bigint not null,
  raw bytea,
  raw_file bytea references file,
  became text not null check (became in ('message', 'report', 'quarantined', 'removed')),
  message_id uuid references message on delete set null,
  -- a quarantined mail says why, how often it was tried, and can be tried again
  reason text,
  detail text,
  tries smallint not null default 1,
  reading jsonb,
  unique (mailbox_id, mail_id, body_hash),
  check ((became = 'quarantined') = (reason is not null))
);
-- raw mail is incompressible enough for the time it costs
alter table delivery alter column raw set storage external;
create index delivery_quarantined on delivery (arrived_at desc, id) where became = 'quarantined';
create index delivery_of_message on delivery (message_id) where message_id is not null;

-- Which delivery each UID of a mailbox became: written in the transaction that keeps the mail, before any flag.
create table delivery_uid (
  mailbox_id uuid not null references mailbox on delete cascade,
  folder text not null,
  uidvalidity bigint not null,
  uid bigint not null,
  delivery_id uuid not null references delivery,
  primary key (mailbox_id, folder, uidvalidity, uid)
);

-- Delivery reports about what we sent: bounces, delays, complaints.
create table delivery_report (
  id uuid primary key,
  delivery_id uuid not null references delivery,
  outbox_id uuid,
  message_id uuid references message on delete cascade,
  recipient text,
  status text,
  reply_code text,
  reason text,
  hard boolean not null,
  at timestamptz not null
);
create index delivery_report_of_message on delivery_report (message_id) where message_id is not null;
create index delivery_report_by_time on delivery_report (at desc, id);
