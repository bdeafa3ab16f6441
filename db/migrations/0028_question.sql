-- Questions: what somebody came with first, in features that are matched and not read; which of them are the same, what was written to teach, and who decides about the cause.
create table recurring_question (
  id uuid primary key,
  team_id uuid not null references team on delete cascade,
  made_at timestamptz not null,
  -- what was written to teach whoever asks it
  saved_reply_id uuid references saved_reply on delete set null,
  -- the latest promise to decide about its cause, and what came of it
  decision_id uuid references promise on delete set null,
  outcome text check (outcome in ('fixed', 'taught', 'stays')),
  outcome_words text check (length(outcome_words) between 1 and 2000),
  answered_at timestamptz,
  check (num_nulls(outcome, outcome_words, answered_at) in (0, 3))
);
create index recurring_question_of_team on recurring_question (team_id);
create unique index recurring_question_by_decision on recurring_question (decision_id) where decision_id is not null;

create table question (
  conversation_id uuid primary key references conversation on delete cascade,
  message_id uuid not null references message on delete cascade,
  team_id uuid not null references team on delete cascade,
  at timestamptz not null,
  -- numbers made of its words; the words can't be read out of them
  features integer[] not null,
  recurring_id uuid references recurring_question on delete set null,
  -- when it was compared with earlier ones; null: not yet
  sorted_at timestamptz
);
create index question_by_feature on question using gin (features) with (fastupdate = off);
create index question_of_recurring on question (recurring_id, at desc) where recurring_id is not null;
create index question_of_team on question (team_id, at desc);
create index question_of_message on question (message_id);
create index question_unsorted on question (at, conversation_id) where sorted_at is null;

-- How many questions have a feature, and what people said about questions that share it.
create table question_feature (
  feature integer primary key,
  seen integer not null default 0,
  same integer not null default 0 check (same >= 0),
  apart integer not null default 0 check (apart >= 0)
);
create table question_count (one boolean primary key default true check (one), questions integer not null default 0);
insert into question_count default values;

-- Two questions that somebody said are the same, or are not. Not who: it is about the questions.
create table question_judgement (
  conversation_id uuid not null references conversation on delete cascade,
  other_id uuid not null references conversation on delete cascade,
  same boolean not null,
  at timestamptz not null,
  primary key (conversation_id, other_id),
  check (conversation_id < other_id)
);
create index question_judgement_of_other on question_judgement (other_id);

-- What is gone is counted no more, and a feature that nobody's question has is forgotten.
create function questions_forgotten() returns trigger language plpgsql as $$
begin
  perform from question_feature where feature in (select unnest(features) from gone) order by feature for update;
  update question_feature f set seen = f.seen - g.n
    from (select feature, count(*)::integer as n from gone, unnest(gone.features) as feature group by feature) g where f.feature = g.feature;
  delete from question_feature f using (select distinct unnest(features) as feature from gone) g where f.feature = g.feature and f.seen <= 0;
  update question_count set questions = greatest(0, questions - (select count(*) from gone));
  return null;
end $$;
create trigger questions_forgotten after delete on question referencing old table as gone
  for each statement execute function questions_forgotten();
