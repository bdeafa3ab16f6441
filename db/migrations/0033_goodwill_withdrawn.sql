-- Goodwill that is taken back, by whom, why, and whether it had been used; and news of decisions about causes.
alter table goodwill add column withdrawn_at timestamptz;
alter table goodwill add column withdrawn_by uuid references member(person_id);
alter table goodwill add column withdrawn_words text check (length(withdrawn_words) between 1 and 2000);
alter table goodwill add column was_used boolean;
alter table goodwill drop constraint goodwill_state_check, add constraint goodwill_state_check
  check (state in ('granted', 'asked', 'declined', 'withdrawn'));
-- What was granted once keeps the moment of it, also when it was taken back; what was only asked for never had one.
alter table goodwill drop constraint goodwill_check, add constraint goodwill_granted_at
  check (case state when 'granted' then granted_at is not null when 'withdrawn' then true else granted_at is null end);
alter table goodwill add constraint goodwill_withdrawn
  check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_by is not null and withdrawn_words is not null and was_used is not null));

-- A lead is told that a decision is asked of them, and whoever asked what was decided.
do $$
declare
  was text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notification_kind_check' and conrelid = 'notification'::regclass);
begin
  execute 'alter table notification drop constraint notification_kind_check, add constraint notification_kind_check '
    || replace(was, '''message''::text', '''message''::text, ''decision-asked''::text, ''decision-made''::text');
end $$;
