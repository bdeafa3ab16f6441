-- Mail of the community: who follows gets what is said, each or gathered, and an answer to such a mail stands in its topic.
-- What somebody has not been told yet. Asked again as it goes out: who lost sight of it meanwhile is told nothing.
create table community_waiting (
  person_id uuid not null references person on delete cascade,
  post_id uuid not null references post on delete cascade,
  mode text not null check (mode in ('each', 'digest')),
  -- what they follow
  topic_id uuid not null references topic on delete cascade,
  via text not null check (via in ('topic', 'category')),
  at timestamptz not null,
  primary key (person_id, post_id)
);
create index community_waiting_each on community_waiting (at) where mode = 'each';
create index community_waiting_of_post on community_waiting (post_id);
create index community_waiting_of_topic on community_waiting (topic_id);

-- A mail can become a post (I4).
alter table delivery add column post_id uuid references post on delete set null;
create index delivery_of_post on delivery (post_id) where post_id is not null;

-- Each of these lists grows by what is new here, whatever else was added to it before.
do $$
declare
  grows record;
begin
  for grows in select * from (values
    ('delivery', 'delivery_became_check', 'message', array['post']),
    ('outbox', 'outbox_purpose_check', 'reply', array['community'])
  ) as g(relation, name, beside, adds) loop
    execute format('alter table %I drop constraint %I, add constraint %I %s', grows.relation, grows.name, grows.name,
      replace((select pg_get_constraintdef(oid) from pg_constraint where conname = grows.name and conrelid = grows.relation::regclass),
        quote_literal(grows.beside) || '::text',
        quote_literal(grows.beside) || '::text, ' || (select string_agg(quote_literal(one) || '::text', ', ') from unnest(grows.adds) one)));
  end loop;
end $$;
