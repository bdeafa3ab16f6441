-- Asks: a question from a conversation to one expert, a small internal conversation beside the customer's; and what makes a handover warm.
create table ask (
  id uuid primary key,
  -- short and never reused: stands in signed answer addresses
  number bigint not null generated always as identity unique,
  -- where it was asked; a conversation that went up in another is followed when it is read
  conversation_id uuid not null references conversation on delete cascade,
  by_id uuid not null references member,
  expert_id uuid not null references person,
  address_id uuid references address,
  -- the first words of the question: what lists and the promise say
  words text not null check (length(words) between 1 and 400),
  -- the promise as it was made last; one that was moved since is found through what replaced it
  promise_id uuid references promise on delete set null,
  asked_at timestamptz not null,
  last_at timestamptz not null,
  answered_at timestamptz,
  -- who is putting the answer into a reply, and the reply it went out in
  relaying_id uuid references member,
  relayed_at timestamptz,
  relayed_by uuid references message on delete set null,
  introduced_at timestamptz,
  closed_at timestamptz,
  -- what the customer said of it, later
  verdict text check (verdict in ('worked', 'incomplete', 'wrong')),
  judged_at timestamptz,
  thanked_at timestamptz,
  thanked_by uuid references member,
  thanks text check (length(thanks) between 1 and 2000),
  -- the mail to the expert came back
  bounced_at timestamptz,
  sample boolean not null default false,
  check (relayed_at is null or answered_at is not null),
  check ((verdict is null) = (judged_at is null)),
  check ((thanks is null) = (thanked_at is null))
);
create index ask_of_conversation on ask (conversation_id, asked_at);
create index ask_to_relay on ask (last_at) where answered_at is not null and relayed_at is null and closed_at is null;
create index ask_of_expert on ask (expert_id, last_at desc, id desc);

create table ask_message (
  id uuid primary key,
  ask_id uuid not null references ask on delete cascade,
  -- question: of who asks; answer, and back (a question in return): of the expert; automatic: of a machine, settles nothing
  kind text not null check (kind in ('question', 'answer', 'back', 'automatic')),
  author_id uuid references person,
  author_raw text,
  -- came from another address than the one that was asked
  elsewhere boolean not null default false,
  at timestamptz not null,
  body_text text not null,
  trimmed text,
  body_html text,
  trimmed_html text,
  rfc_id text
);
create index ask_message_of_ask on ask_message (ask_id, at, id);
create index ask_message_by_rfc_id on ask_message (rfc_id) where rfc_id is not null;

-- What the expert sees of the customer's conversation: these messages and nothing else.
create table ask_context (
  ask_id uuid not null references ask on delete cascade,
  message_id uuid not null references message on delete cascade,
  primary key (ask_id, message_id)
);
create index ask_context_of_message on ask_context (message_id);

create table ask_file (
  id uuid primary key,
  ask_message_id uuid not null references ask_message on delete cascade,
  sha256 bytea not null references file,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  position smallint not null
);
create index ask_file_of_message on ask_file (ask_message_id);
create index ask_file_by_file on ask_file (sha256);

-- A mail can become an answer, and an answer is told like everything else (I4).
alter table delivery add column ask_message_id uuid references ask_message on delete set null;
create index delivery_of_ask_message on delivery (ask_message_id) where ask_message_id is not null;
alter table outbox add column ask_message_id uuid references ask_message on delete cascade;
create index outbox_of_ask_message on outbox (ask_message_id) where ask_message_id is not null;
alter table notification add column ask_id uuid references ask on delete cascade;
create index notification_of_ask on notification (ask_id) where ask_id is not null;

-- Each of these lists grows by what is new here, whatever else was added to it before.
do $$
declare
  grows record;
begin
  for grows in select * from (values
    ('delivery', 'delivery_became_check', 'message', array['answer']),
    ('outbox', 'outbox_purpose_check', 'reply', array['ask']),
    ('notification', 'notification_kind_check', 'message', array['asked', 'ask-answered', 'ask-judged', 'handed-again'])
  ) as g(relation, name, beside, adds) loop
    execute format('alter table %I drop constraint %I, add constraint %I %s', grows.relation, grows.name, grows.name,
      replace((select pg_get_constraintdef(oid) from pg_constraint where conname = grows.name and conrelid = grows.relation::regclass),
        quote_literal(grows.beside) || '::text',
        quote_literal(grows.beside) || '::text, ' || (select string_agg(quote_literal(one) || '::text', ', ') from unnest(grows.adds) one)));
  end loop;
end $$;

-- A handover tells its new owner how things stand, and says when somebody gets back what they had before.
alter table handover add column summary text check (length(summary) between 1 and 4000);
alter table handover add column back boolean not null default false;

-- What happened before there were asks is nothing to follow.
insert into event_reader (name, transaction_id, seq)
  select 'asks', transaction_id, seq from event order by transaction_id desc, seq desc limit 1;
