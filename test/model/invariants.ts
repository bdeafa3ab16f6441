/** I1 to I6 and I8 as questions that must find nothing, asked of the whole database after every step. */
import type { Pool } from '../../src/platform/db/index.ts'

// Planned once: it is asked thousands of times.
const broken = {
  name: 'what is broken',
  text: `
  with recursive up(id, root) as (select id, id from conversation where merged_into is null union all select c.id, up.root from conversation c join up on c.merged_into = up.id)
  select 'I1: nobody answers' as rule, c.id::text from conversation c join team t on t.id = c.team_id where c.state = 'open' and coalesce(c.owner_id, t.fallback_id) is null
  union all select 'I2: open and nothing promised', c.id::text from conversation c where c.state = 'open' and not exists
    (select from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' and p.kind in ('reply', 'action') and p.to_person_id = c.customer_id)
  union all select 'I2: pending and not asked again', c.id::text from conversation c where c.state = 'pending' and not exists (select from promise p where p.conversation_id = c.id and p.ended_at is null and p.kind = 'ask-again')
  union all select 'I3: solved and no follow-up', c.id::text from conversation c where c.state = 'solved' and not exists (select from promise p where p.conversation_id = c.id and p.ended_at is null and p.kind = 'follow-up')
  union all select 'I3: closed without a reason', c.id::text from conversation c where c.state = 'closed' and c.closed_because is null
  union all select 'a closed or put away one still promises', c.id::text from conversation c join promise p on p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' where c.state in ('closed', 'spam', 'trash')
  union all select 'lists would show another due time', c.id::text from conversation c where c.state in ('open', 'pending', 'solved') and c.due_at is distinct from
    (select min(due_at) from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours')
  union all select 'a merged one still holds something', c.id::text from conversation c where c.state = 'merged' and (c.merged_into is null or exists (select from message m where m.conversation_id = c.id)
    or exists (select from promise p where p.conversation_id = c.id and p.ended_at is null))
  union all select 'an ask that is over still promises', a.id::text from ask a where (a.answered_at is not null or a.closed_at is not null) and exists (
    with recursive chain(id, next, ended) as (select id, replaced_by, ended_at from promise where id = a.promise_id union select p.id, p.replaced_by, p.ended_at from chain join promise p on p.id = chain.next)
    select from chain where next is null and ended is null)
  union all select 'two reminders of one person', p.conversation_id::text from promise p where p.kind = 'reminder' and p.conversation_id is not null and p.ended_at is null group by p.conversation_id, p.by_person_id having count(*) > 1
  union all select 'a reply waits where nobody is answered', l.id::text from later_reply l join conversation c on c.id = l.conversation_id where l.ended_at is null and c.state in ('spam', 'trash', 'merged')
  union all select 'a reply that waits has promised or sent something', l.id::text from later_reply l where (l.ended_how = 'sent') <> (l.message_id is not null)
  union all select 'I4: a delivery became nothing or two things', d.id::text from delivery d where (d.became = 'message') <> (d.message_id is not null) or ((d.became = 'report') <> exists (select from delivery_report r where r.delivery_id = d.id))
  union all select 'I4: a mail of theirs without a delivery', m.id::text from message m where m.kind = 'message' and m.author_raw is not null and (select count(*) from delivery d where d.message_id = m.id) <> 1
  union all select 'I5: a reply is to be sent twice', o.message_id::text from outbox o where o.message_id is not null group by o.message_id, o.recipient_normal having count(*) > 1
  union all select 'I6: handovers and their count differ', c.id::text from conversation c where c.handovers <> (select count(*) from handover h where h.conversation_id = c.id)
  union all select 'I7: two contacts nearer than their limit', a.id::text from unasked_contact a join unasked_contact b on b.person_id = a.person_id and b.id <> a.id and b.at >= a.at where b.at < a.until
  union all select 'options: settled and not', o.id::text from offer o where (o.settled_how = 'picked') <> (o.picked_id is not null)
    or (o.picked_id is not null and not exists (select from offer_option x where x.id = o.picked_id and x.offer_id = o.id))
  union all select 'two open offers', m.conversation_id::text from offer o join message m on m.id = o.message_id where o.settled_how is null group by m.conversation_id having count(*) > 1 + (select count(*) from conversation c where c.merged_into = m.conversation_id)
  union all select 'a verdict without an end', f.id::text from follow_up f where (f.verdict is null) <> (f.answered_at is null)
  union all select 'I8: a no without a word', m.id::text from message m where m.next_step->>'is' = 'we-cannot' and (coalesce(m.next_step->>'personalWord', '') = '' or m.next_step->'alternative' is null)
  union all select 'told twice: two acknowledgements while one told promise was open', u.root::text from outbox o join up u on u.id = o.conversation_id where o.purpose = 'acknowledgement' group by u.root
    having count(*) > (select count(*) from promise p join up v on v.id = p.conversation_id where v.root = u.root and p.kind = 'reply' and p.automatic and p.told_at is not null)`,
}

export async function invariantsHold(pool: Pool): Promise<string[]> {
  return (await pool.query<{ rule: string; id: string }>(broken)).rows.map(row => `${row.rule}: ${row.id}`)
}
