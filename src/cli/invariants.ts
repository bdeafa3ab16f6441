/** What must always be true (docs/glossary.md, I1 to I6), as queries that list what breaks it. The database enforces most; a restore and `doctor` ask again. */
import type { Invariant } from '../platform/backup/index.ts'

const openPromise = (kinds: string) =>
  `exists (select from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' and p.kind in (${kinds}))`

export const invariants: readonly Invariant[] = [
  {
    says: 'every open conversation has an owner, or its team has a fallback person who can sign in',
    broken: `select c.number from conversation c join team t on t.id = c.team_id left join member m on m.person_id = t.fallback_id
      where c.state = 'open' and c.owner_id is null and (m.person_id is null or m.disabled_at is not null)`,
  },
  {
    says: 'every open conversation is owed a reply or an action',
    broken: `select c.number from conversation c where c.state = 'open' and not ${openPromise("'reply', 'action'")}`,
  },
  {
    says: 'every pending conversation is asked again',
    broken: `select c.number from conversation c where c.state = 'pending' and not ${openPromise("'ask-again'")}`,
  },
  {
    says: 'every solved conversation is followed up',
    broken: `select c.number from conversation c where c.state = 'solved' and not ${openPromise("'follow-up'")}`,
  },
  {
    says: 'every closed conversation has a reason',
    broken: `select c.number from conversation c where c.state = 'closed' and c.closed_because is null`,
  },
  {
    says: 'every delivery became exactly one message, report or quarantined mail',
    broken: `select d.id from delivery d where (d.became = 'message' and d.message_id is null)
      or (d.became = 'answer' and d.ask_message_id is null)
      or (d.became = 'post' and d.post_id is null)
      or (d.became = 'quarantined' and d.reason is null)
      or (d.became = 'report' and not exists (select from delivery_report r where r.delivery_id = d.id))`,
  },
  {
    says: 'no mail to a person is in the outbox twice',
    broken: `select rfc_id from outbox group by rfc_id, recipient_normal having count(*) > 1`,
  },
  {
    says: 'the number of handovers a conversation shows is the number it had',
    broken: `select c.number from conversation c
      where c.handovers <> (select count(*) from handover h where h.conversation_id = c.id)`,
  },
]
