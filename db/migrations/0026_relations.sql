-- The relationship page: notes about a relationship, merging of people, fields of people and organisations, and who else may see a conversation.
-- Who said that a person is not to be contacted unasked: the person, or a member who was told.
alter table person add column no_unasked_by uuid references person;
alter table person add column no_unasked_said text check (length(no_unasked_said) <= 500);
alter table person add constraint merged_into_somebody_else check (merged_into <> id);
create index person_merged_into on person (merged_into) where merged_into is not null;
-- Lists of people and organisations by name, page by page.
create index person_in_order on person (lower(name) text_pattern_ops, id) where merged_into is null;
create index organisation_in_order on organisation (lower(name) text_pattern_ops, id);
-- Times are named in the person's zone, else in their organisation's.
alter table organisation add column zone text;
alter table organisation add column language text;

create index membership_suggested on membership (person_id) where suggested_at is not null and left_at is null;
create index membership_seeing_all on membership (organisation_id, person_id) where sees_all and left_at is null and suggested_at is null;

-- What we want to remember about a relationship; stays inside.
create table relationship_note (
  id uuid primary key,
  person_id uuid references person on delete cascade,
  organisation_id uuid references organisation on delete cascade,
  by_id uuid not null references member(person_id),
  at timestamptz not null,
  words text not null check (length(words) between 1 and 20000),
  check (num_nonnulls(person_id, organisation_id) = 1)
);
create index relationship_note_of_person on relationship_note (person_id, at desc, id desc) where person_id is not null;
create index relationship_note_of_organisation on relationship_note (organisation_id, at desc, id desc) where organisation_id is not null;

-- Two records that were one person. `was` holds what undoing needs: what moved, and what the survivor was before.
create table person_merge (
  id uuid primary key,
  survivor_id uuid not null references person on delete cascade,
  absorbed_id uuid not null references person on delete cascade,
  by_id uuid references person,
  at timestamptz not null,
  was jsonb not null,
  undone_at timestamptz,
  undone_by uuid references person,
  check (survivor_id <> absorbed_id)
);
create index person_merge_of_survivor on person_merge (survivor_id, at desc, id desc);
create unique index person_merge_of_absorbed on person_merge (absorbed_id) where undone_at is null;
-- Somebody looked: these two are not the same person, and it is not suggested again.
create table not_same_person (
  one_id uuid not null references person on delete cascade,
  other_id uuid not null references person on delete cascade,
  by_id uuid not null references member(person_id),
  at timestamptz not null,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index not_same_person_other on not_same_person (other_id);
-- Whoever begins a conversation for somebody who is being merged waits for it, and begins it for the survivor.
create function conversation_is_for_survivor() returns trigger language plpgsql as $$
declare survivor uuid;
begin
  loop
    select merged_into into survivor from person where id = new.customer_id for key share;
    if survivor is null then return new; end if;
    new.customer_id := survivor;
  end loop;
end $$;
create trigger conversation_is_for_survivor before insert or update of customer_id on conversation for each row execute function conversation_is_for_survivor();

-- Fields are about a conversation, a person or an organisation; a team's own are about conversations.
alter table custom_field add column about text not null default 'conversation' check (about in ('conversation', 'person', 'organisation'));
alter table custom_field add constraint field_of_team_is_of_conversations check (team_id is null or about = 'conversation');
create table person_field (
  person_id uuid not null references person on delete cascade,
  field_id uuid not null references custom_field on delete cascade,
  value jsonb not null,
  primary key (person_id, field_id)
);
create index person_field_by_value on person_field (field_id, value);
create table organisation_field (
  organisation_id uuid not null references organisation on delete cascade,
  field_id uuid not null references custom_field on delete cascade,
  value jsonb not null,
  primary key (organisation_id, field_id)
);
create index organisation_field_by_value on organisation_field (field_id, value);

-- Who may see one conversation beside its customer: a person, or everybody of an organisation.
create table conversation_share (
  id uuid primary key,
  conversation_id uuid not null references conversation on delete cascade,
  person_id uuid references person on delete cascade,
  organisation_id uuid references organisation on delete cascade,
  by_id uuid not null references member(person_id),
  since timestamptz not null,
  check (num_nonnulls(person_id, organisation_id) = 1)
);
create unique index conversation_share_with_person on conversation_share (conversation_id, person_id) where person_id is not null;
create unique index conversation_share_with_organisation on conversation_share (conversation_id, organisation_id) where organisation_id is not null;
create index conversation_share_of_person on conversation_share (person_id) where person_id is not null;
create index conversation_share_of_organisation on conversation_share (organisation_id) where organisation_id is not null;

-- What became of what we promised somebody, and of what they promised us; newest first.
create index promise_ended_to_person on promise (to_person_id, ended_at desc, id desc) where direction = 'ours' and ended_at is not null and kind in ('reply', 'action', 'renewal', 'decision');
create index promise_ended_by_customer on promise (by_person_id, ended_at desc, id desc) where direction = 'theirs' and ended_at is not null;
create index promise_ended_of_relationship on promise (relationship_id, ended_at desc, id desc) where relationship_id is not null and ended_at is not null;
create index conversation_of_customer_in_order on conversation (customer_id, last_at desc, id desc);
drop index conversation_of_customer;
-- What became of answers, by customer.
create index event_of_verdict on event (subject_id, at desc) where kind = 'follow-up.judged';

-- The audit also shows who may see what beside the customer, and which people and organisations were made one, renamed or joined.
create or replace function is_audited(kind text) returns boolean language sql immutable parallel safe
  return split_part(kind, '.', 1) in ('member', 'team', 'calendar', 'mailbox', 'installation', 'permission', 'retention',
    'backup', 'export', 'sample', 'import', 'tag', 'field', 'rule', 'saved-reply', 'signature', 'sender', 'absence', 'view',
    'organisation', 'membership', 'sight')
    and kind not in ('rule.applied', 'backup.asked', 'membership.suggested')
    or kind in ('person.merged', 'person.unmerged');
