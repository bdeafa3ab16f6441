-- Lists of any order and counts are walked along indexes alone, however many conversations there are; filters by who
-- wrote, who was mentioned and what is snoozed begin with the few they leave.
drop index conversation_of_owner_by_due;
create index conversation_of_owner_by_due on conversation (owner_id, due_at, id) include (team_id) where state = 'open';
drop index conversation_of_owner_by_state;
create index conversation_of_owner_by_state on conversation (owner_id, state, last_at desc, id desc) include (team_id) where owner_id is not null;
-- As lists of everything ask: then whatever else lies in a row need not be looked at.
drop index conversation_by_last;
create index conversation_by_last on conversation (team_id, last_at desc, id desc) where state not in ('spam', 'trash', 'merged');
create index conversation_by_priority on conversation (team_id, (-priority), due_at, id) include (priority, owner_id) where state = 'open';
create index conversation_by_waiting on conversation (team_id, last_ours, last_at, id) include (owner_id) where state = 'open';
create index conversation_pending_by_due on conversation (team_id, due_at, id) where state = 'pending';
create index message_of_member on message (author_id, conversation_id) where kind in ('reply', 'note', 'call');
create index mention_of_person on mention (person_id, conversation_id);
create index draft_of_person on draft (person_id, conversation_id);
create index promise_reminder on promise (by_person_id, due_at) include (conversation_id) where kind = 'reminder' and ended_at is null;
create index address_by_domain on address (split_part(normal, '@', 2)) where kind = 'mail';
