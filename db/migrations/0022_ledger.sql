-- The ledger, whole: why a promise ended in a person's words, whose target set its time, when the other side was reminded, and when a lead was told.
alter table promise add column ended_words text check (length(ended_words) <= 2000);
alter table promise add column target text check (target in ('team', 'organisation', 'service', 'agreement'));
-- who wrote it down: the member who said yes to it; null for what Pond promised by itself
alter table promise add column noted_by uuid references member(person_id);
-- theirs: the last kind word about it, and the message it stood in
alter table promise add column reminded_at timestamptz;
alter table promise add column reminded_by uuid references message deferrable initially deferred;
-- set once when those who lead were told that nothing happens
alter table promise add column lead_told_at timestamptz;
alter table promise add constraint promise_reminded_when_open check (reminded_by is null or reminded_at is not null);

create index promise_owned_open_of_team on promise (by_team_id, due_at, id) where ended_at is null and by_person_id is not null;
create index promise_ended_of_team on promise (by_team_id, ended_at desc, id desc) where ended_at is not null;
create index promise_to_team_open on promise (to_team_id, due_at, id) where ended_at is null and to_team_id is not null;
create index promise_to_team_ended on promise (to_team_id, ended_at desc, id desc) where ended_at is not null and to_team_id is not null;
-- The clock asks it every second: what somebody waits for is near or late, and no lead knows yet.
create index promise_for_leads on promise (due_at) where ended_at is null and lead_told_at is null and direction = 'ours' and kind in ('reply', 'action', 'decision');
-- what a waiting reply promises beside its next step
alter table later_reply add column promised jsonb not null default '[]';
alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
  check (kind in ('message', 'given', 'mention', 'due-soon', 'overdue', 'reminder', 'unsent', 'mailbox', 'unowned', 'unheeded', 'test'));
