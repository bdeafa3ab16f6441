-- Old mail being brought in from the desk: how far each import is. Its files lie in a folder of its own until it has ended.
create table mail_import (
  id uuid primary key,
  mailbox_id uuid not null references mailbox on delete cascade,
  asked_by uuid not null references person,
  asked_at timestamptz not null,
  state text not null default 'receiving' check (state in ('receiving', 'waiting', 'running', 'done', 'failed')),
  -- of the files that came, and of the mails that were taken in
  bytes bigint not null default 0,
  bytes_read bigint not null default 0,
  mails integer not null default 0,
  messages integer not null default 0,
  reports integer not null default 0,
  quarantined integer not null default 0,
  known integer not null default 0,
  -- why it failed
  trouble text,
  ended_at timestamptz,
  check ((ended_at is null) = (state in ('receiving', 'waiting', 'running'))),
  check ((trouble is null) = (state <> 'failed'))
);
create index mail_import_by_time on mail_import (asked_at desc, id desc);
