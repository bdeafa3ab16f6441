-- Conversations: one matter with one customer. Who owes the next step is its state.
create table conversation (
  id uuid primary key,
  number bigint not null generated always as identity unique,
  customer_id uuid not null references person,
  owner_id uuid references member,
  team_id uuid not null references team,
  mailbox_id uuid references mailbox,
  channel text not null check (channel in ('mail', 'phone', 'written')),
  subject text not null,
  state text not null check (state in ('open', 'pending', 'solved', 'closed', 'aside', 'spam', 'trash', 'merged')),
  version integer not null default 1,
  closed_because text,
  outcome text check (outcome in ('answered', 'no', 'verified', 'unverified')),
  needed_by timestamptz,
  handovers integer not null default 0,
  -- due time of the earliest open promise of ours: what lists are ordered by
  due_at timestamptz,
  language text,
  -- for lists: the last message's time, side, and first words
  last_at timestamptz not null,
  last_ours boolean not null default false,
  preview text not null default '',
  -- what a closed one was before spam or trash, so that it can be taken back
  before jsonb,
  previous_id uuid references conversation,
  sample boolean not null default false,
  opened_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_because is not null))
);
create index conversation_by_due on conversation (team_id, due_at, id) where state = 'open';
create index conversation_of_owner_by_due on conversation (owner_id, due_at, id) where state = 'open';
create index conversation_by_state on conversation (team_id, state, last_at desc, id desc);
create index conversation_by_last on conversation (team_id, last_at desc, id desc);
create index conversation_of_owner_by_state on conversation (owner_id, state, last_at desc, id desc) where owner_id is not null;
create index conversation_of_customer on conversation (customer_id, last_at desc);
create index conversation_unowned on conversation (team_id, due_at, id) where state = 'open' and owner_id is null;

-- Who takes part. Copied people get new messages and no history; suggested ones wait for the owner's word.
create table participant (
  conversation_id uuid not null references conversation on delete cascade,
  address_id uuid not null references address,
  person_id uuid not null references person,
  role text not null check (role in ('customer', 'taking-part', 'copied', 'suggested', 'left')),
  since timestamptz not null,
  primary key (conversation_id, address_id)
);
create index participant_of_person on participant (person_id);

create table message (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  kind text not null check (kind in ('message', 'reply', 'note', 'acknowledgement', 'follow-up', 'call', 'automatic')),
  author_id uuid references person,
  -- the author exactly as the mail named them
  author_raw text,
  recipients jsonb not null default '[]',
  at timestamptz not null,
  subject text,
  body_text text not null,
  -- what is shown at once, where it differs from the whole; the rest is collapsed, one click away (R17)
  trimmed text,
  body_html text,
  trimmed_html text,
  language text,
  -- RFC 5322 Message-ID without brackets
  rfc_id text,
  next_step jsonb,
  -- what this reply changed, for as long as it can be taken back
  undo jsonb,
  undo_until timestamptz,
  taken_back_at timestamptz,
  bounced boolean not null default false
);
create index message_of_conversation on message (conversation_id, at, id);
create index message_by_rfc_id on message (rfc_id) where rfc_id is not null;

create table attachment (
  id uuid primary key,
  message_id uuid not null references message on delete cascade,
  sha256 bytea not null references file,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  content_id text,
  inline boolean not null default false,
  position smallint not null
);
create index attachment_of_message on attachment (message_id);
create index attachment_by_file on attachment (sha256);

-- What a member has written and not sent: saved here so that no crash loses it.
create table draft (
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid not null references member,
  kind text not null check (kind in ('reply', 'note')),
  body text not null,
  -- the recipients and next step as chosen so far
  choices jsonb not null default '{}',
  seen_version integer not null,
  saved_at timestamptz not null,
  primary key (conversation_id, person_id, kind)
);

-- Up to which version a member has seen a conversation.
create table sighting (
  person_id uuid not null references member,
  conversation_id uuid not null references conversation on delete cascade,
  version integer not null,
  primary key (person_id, conversation_id)
);

-- Who is looking or writing now; worthless after a crash.
create unlogged table presence (
  conversation_id uuid not null,
  person_id uuid not null,
  doing text not null check (doing in ('reading', 'writing')),
  seen_at timestamptz not null,
  primary key (conversation_id, person_id)
);

create table handover (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  from_id uuid references member,
  to_id uuid references member,
  to_team_id uuid not null references team,
  by_id uuid not null references member,
  reason text not null check (length(reason) > 0),
  -- the message that introduced the new owner to the customer (I6)
  introduction_id uuid not null references message,
  at timestamptz not null
);
create index handover_of_conversation on handover (conversation_id);

-- A file a member has uploaded and not yet attached to anything.
create table upload (
  id uuid primary key,
  person_id uuid not null references member on delete cascade,
  sha256 bytea not null references file,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  created_at timestamptz not null
);
