-- Check-ins, touches and goodwill: what a check-in counts from, pulses within their own limit, and what is given away within an allowance.

-- The last contact after which the open check-in was made: when contact has moved on, the check-in begins anew.
alter table relationship add column check_in_from timestamptz;
-- A promise to check in is open once for each relationship, when a transaction ends: one may replace another.
alter table promise add constraint check_in_open_once exclude using btree (relationship_id with =)
  where (kind = 'check-in' and ended_at is null) deferrable initially deferred;
create index relationship_without_keeper on relationship (last_contact_at, id) where keeper_id is null;

-- I7: a pulse lies within the limit of everything unasked, and within one of its own.
alter table unasked_contact add column pulse_until timestamptz check (pulse_until > at);
alter table unasked_contact add constraint pulse_has_its_limit check ((kind = 'pulse') = (pulse_until is not null));
alter table unasked_contact add constraint pulse_within_limit exclude using gist (person_id with =, tstzrange(at, pulse_until) with &&) where (kind = 'pulse');

-- A touch that was a check-in says so.
alter table touch add column check_in_id uuid references promise on delete set null;

-- What is given away: a credit, a replacement, an extension or an exception, with its reason. Amounts are minor units of the currency.
-- Bookkeeping outlives who and what it was for.
create table goodwill (
  id uuid primary key,
  kind text not null check (kind in ('credit', 'replacement', 'extension', 'exception')),
  state text not null check (state in ('granted', 'asked', 'declined')),
  minor bigint not null check (minor between 0 and 100000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  person_id uuid references person on delete set null,
  organisation_id uuid references organisation on delete set null,
  conversation_id uuid references conversation on delete set null,
  -- whose conversation it was: who may not see that team's knows nothing of it, also when the conversation is gone
  team_id uuid references team on delete set null,
  by_id uuid not null references member(person_id),
  what text not null check (length(what) between 1 and 500),
  reason text not null check (length(reason) between 1 and 2000),
  asked_at timestamptz not null,
  -- beyond the allowance: the lead's promise to decide, and what became of it
  promise_id uuid references promise on delete set null,
  decided_by uuid references member(person_id),
  decided_words text check (length(decided_words) <= 2000),
  granted_at timestamptz,
  sample boolean not null default false,
  check ((state = 'granted') = (granted_at is not null)),
  check (state <> 'declined' or (decided_by is not null and length(decided_words) > 0)),
  check (kind not in ('credit', 'replacement') or minor > 0)
);
create index goodwill_in_order on goodwill (asked_at desc, id desc);
create index goodwill_of_member on goodwill (by_id, granted_at) where state = 'granted';
create index goodwill_of_conversation on goodwill (conversation_id) where conversation_id is not null;
create index goodwill_of_person on goodwill (person_id) where person_id is not null;
create index goodwill_of_organisation on goodwill (organisation_id) where organisation_id is not null;

-- What one member may give in a period, where it differs from what their role may.
create table goodwill_allowance (
  member_id uuid primary key references member(person_id),
  minor bigint not null check (minor between 0 and 100000000000)
);

-- A lead is told that somebody asks them, and whoever asked what the answer is.
do $$
declare
  was text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notification_kind_check' and conrelid = 'notification'::regclass);
begin
  execute 'alter table notification drop constraint notification_kind_check, add constraint notification_kind_check '
    || replace(was, '''message''::text', '''message''::text, ''goodwill-asked''::text, ''goodwill-decided''::text');
end $$;
