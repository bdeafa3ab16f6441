-- The community tells members at the desk and whoever was mentioned; what a teammate decided about a post can be taken back, and how well we know somebody can be said.
-- Others could read it once: whoever follows is told of it the first time, and of what was looked at again no second time.
alter table post add column stood boolean not null default true;
update post set stood = false where state = 'waiting';
-- What it was before it was looked at last, so that this can be taken back.
alter table post add column settled_at timestamptz;
alter table post add column settled_was text check (settled_was in ('standing', 'waiting', 'hidden', 'removed'));
alter table post add column settled_waited_for text check (settled_waited_for in ('links', 'many', 'flood', 'same', 'first', 'asked'));
alter table post add constraint post_settled check ((settled_at is null) = (settled_was is null));
create index post_settled_of on post (author_id, settled_at) where settled_at is not null;

-- When a mail told of it: who is mentioned hears of it once, and at most once a day in one topic.
alter table post_mention add column told_at timestamptz;
-- Null: by mail, unless they want nothing unasked.
alter table community_person add column mentions text check (mentions in ('each', 'digest', 'never'));
-- What a teammate said of how well we know them; null: what follows from what they did here.
alter table community_person add column trust_said text check (trust_said in ('new', 'trusted'));
alter table community_person add column trust_said_at timestamptz;
alter table community_person add constraint community_person_trust_said check ((trust_said is null) = (trust_said_at is null));

-- A member is told of a post in the community; what it is about is its topic.
alter table notification add column post_id uuid references post on delete cascade;
create index notification_of_post on notification (post_id) where post_id is not null;

-- Each of these lists grows by what is new here, whatever else was added to it before.
do $$
declare
  grows record;
begin
  for grows in select * from (values
    ('notification', 'notification_kind_check', 'message', array['topic-mention', 'topic-answered', 'topic-post', 'topic-begun']),
    ('community_waiting', 'community_waiting_via_check', 'topic', array['mention'])
  ) as g(relation, name, beside, adds) loop
    execute format('alter table %I drop constraint %I, add constraint %I %s', grows.relation, grows.name, grows.name,
      replace((select pg_get_constraintdef(oid) from pg_constraint where conname = grows.name and conrelid = grows.relation::regclass),
        quote_literal(grows.beside) || '::text',
        quote_literal(grows.beside) || '::text, ' || (select string_agg(quote_literal(one) || '::text', ', ') from unnest(grows.adds) one)));
  end loop;
end $$;

create or replace function is_audited(kind text) returns boolean language sql immutable parallel safe
  return split_part(kind, '.', 1) in ('member', 'team', 'calendar', 'mailbox', 'installation', 'permission', 'retention',
    'backup', 'export', 'sample', 'import', 'tag', 'field', 'rule', 'saved-reply', 'signature', 'sender', 'absence', 'view',
    'organisation', 'membership', 'sight')
    and kind not in ('rule.applied', 'backup.asked', 'membership.suggested')
    or kind in ('person.merged', 'person.unmerged', 'person.erased', 'person.exported', 'customer.erasure-asked',
      'community.changed', 'community-person.stopped', 'community-person.trusted');
reindex index event_audited;
