-- The outbox: one row per mail and envelope recipient, written in the transaction that makes it necessary.
create table outbox (
  id uuid primary key,
  mailbox_id uuid not null references mailbox,
  conversation_id uuid references conversation on delete cascade,
  message_id uuid references message on delete cascade,
  purpose text not null check (purpose in ('reply', 'acknowledgement', 'follow-up', 'handover', 'oversize', 'account', 'check')),
  automatic boolean not null,
  recipient text not null,
  -- normalised: what limits and reports are counted by
  recipient_normal text not null,
  address_id uuid references address,
  rfc_id text not null,
  -- subject, shown recipients, references, language, variables: what composing needs beside the message
  content jsonb not null,
  created_at timestamptz not null,
  not_before timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'cancelled')),
  tries smallint not null default 0,
  claimed_at timestamptz,
  -- set when DATA's final dot is about to be sent: after that only "uncertain" can follow a cut line
  committed_at timestamptz,
  settled_at timestamptz,
  error text,
  bounced_at timestamptz,
  unique (rfc_id, recipient_normal)
);
create index outbox_waiting on outbox (automatic, not_before, id) where state = 'waiting';
create index outbox_sending on outbox (claimed_at) where state = 'sending';
create index outbox_troubled on outbox (created_at desc, id) where state in ('uncertain', 'failed');
create index outbox_of_message on outbox (message_id) where message_id is not null;
create index outbox_automatic_by_recipient on outbox (recipient_normal, created_at) where automatic;
create index outbox_of_conversation on outbox (conversation_id, created_at) where conversation_id is not null;
