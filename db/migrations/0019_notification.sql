-- Notifications: what somebody should know of, in the app, by mail or by push. Unread ones of one kind about one thing are one row.
create table notification (
  id uuid primary key,
  person_id uuid not null references member on delete cascade,
  kind text not null check (kind in ('message', 'given', 'mention', 'due-soon', 'overdue', 'reminder', 'unsent', 'mailbox', 'unowned', 'test')),
  -- the conversation, promise or mailbox it is about: what is gathered under one row
  about_id uuid not null,
  conversation_id uuid references conversation on delete cascade,
  promise_id uuid references promise on delete cascade,
  mailbox_id uuid references mailbox on delete cascade,
  -- of the newest that is gathered here
  message_id uuid references message on delete set null,
  actor_id uuid references person on delete set null,
  count integer not null default 0,
  at timestamptz not null,
  read_at timestamptz,
  -- false: kept for the other ways only
  in_app boolean not null,
  -- when it may go out by each way at the earliest; null: not by that way, or not any more
  mail_at timestamptz,
  push_at timestamptz,
  -- the mail it stands in, so that one not sent yet can be held back when it was read elsewhere
  outbox_id uuid references outbox on delete set null
);
create unique index notification_gathers on notification (person_id, kind, about_id) where read_at is null;
create index notification_in_order on notification (person_id, at desc, id desc) where in_app;
create index notification_unread on notification (person_id, at desc) where in_app and read_at is null;
create index notification_to_mail on notification (mail_at) where mail_at is not null;
create index notification_to_push on notification (push_at) where push_at is not null;
create index notification_of_promise on notification (promise_id) where promise_id is not null;
create index notification_of_conversation on notification (conversation_id) where conversation_id is not null;
create index notification_of_mailbox on notification (mailbox_id) where mailbox_id is not null;
create index notification_of_outbox on notification (outbox_id) where outbox_id is not null;
create index notification_by_age on notification (at);

-- Which event made or joined which: none counts twice for one person.
create table notification_cause (
  person_id uuid not null,
  event_seq bigint not null,
  notification_id uuid not null references notification on delete cascade,
  primary key (person_id, event_seq)
);
create index notification_cause_of on notification_cause (notification_id);

-- How somebody wants to hear of things. No row: the usual way.
create table notification_choice (
  person_id uuid primary key references member on delete cascade,
  -- by kind, only what was chosen: {"message": {"app": true, "mail": "digest", "push": false}}
  kinds jsonb not null default '{}',
  digest_every text not null default 'day' check (digest_every in ('hour', 'day')),
  -- of a daily digest, in minutes since midnight of one's own zone
  digest_minute smallint not null default 480 check (digest_minute between 0 and 1439),
  -- every day between these minutes nothing but the app tells
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  -- and all day on every other day (1 = Monday)
  reached_on smallint[] not null default '{1,2,3,4,5,6,7}' check (cardinality(reached_on) > 0),
  paused_until timestamptz,
  -- subjects and first words leave the house only if chosen
  shows_words boolean not null default false,
  check ((quiet_from is null) = (quiet_to is null))
);

-- A browser that agreed to be pushed to; only as long as the session lives that is signed in there.
create table push_device (
  id uuid primary key,
  person_id uuid not null references member on delete cascade,
  session_id uuid not null references session on delete cascade,
  endpoint text not null unique check (length(endpoint) <= 2000),
  p256dh text not null,
  auth text not null,
  agent text,
  created_at timestamptz not null,
  last_good_at timestamptz
);
create index push_device_of_person on push_device (person_id);
create index push_device_of_session on push_device (session_id);

-- A push on its way to one device. It is gone when the push service has it, or when it is too late.
create table push (
  id uuid primary key,
  device_id uuid not null references push_device on delete cascade,
  -- null: several at once
  notification_id uuid references notification on delete cascade,
  made_at timestamptz not null,
  -- also how long somebody who took it may take
  not_before timestamptz not null,
  tries smallint not null default 0
);
create index push_due on push (not_before);
create index push_of_device on push (device_id);
create index push_of_notification on push (notification_id) where notification_id is not null;

-- Set once, with its event, when a promise will fall due soon.
alter table promise add column soon_at timestamptz;
create index promise_coming_due on promise (due_at) where ended_at is null and soon_at is null and fell_due_at is null;
-- What somebody kept and moved today.
create index promise_ended_of_person on promise (by_person_id, ended_at) where ended_at is not null;
-- What customers promised us, few among many.
create index promise_open_theirs on promise (due_at, id) where ended_at is null and direction = 'theirs';
create index draft_by_time on draft (person_id, saved_at desc);

alter table outbox drop constraint outbox_purpose_check;
alter table outbox add constraint outbox_purpose_check
  check (purpose in ('reply', 'acknowledgement', 'follow-up', 'handover', 'oversize', 'account', 'check', 'forward', 'notification'));

-- What happened before there were notifications is told to nobody.
insert into event_reader (name, transaction_id, seq)
  select 'notifications', transaction_id, seq from event order by transaction_id desc, seq desc limit 1;
