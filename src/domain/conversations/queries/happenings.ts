/** What happened in a conversation besides what was said: events as lines of its history, with the names they speak of. */
import { sql } from 'kysely'
import type { ConversationView } from '../../../contract/conversations.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'

/** Messages tell of themselves; these are the lines between them. */
const told = [
  'conversation.owned',
  'conversation.handed-over',
  'conversation.put-away',
  'conversation.taken-back',
  'conversation.closed',
  'conversation.needed-by-set',
  'conversation.customer-changed',
  'conversation.took-in',
  'conversation.unmerged',
  'conversation.split',
  'conversation.linked',
  'conversation.unlinked',
  'conversation.moved',
  'conversation.snoozed',
  'conversation.act-undone',
  'reply.scheduled',
  'reply.rescheduled',
  'reply.unscheduled',
  'reply.stopped',
  'conversation.tagged',
  'conversation.field-set',
  'conversation.prioritised',
  'conversation.followed',
  'participant.settled',
  'follow-up.judged',
  'follow-up.silent',
  'follow-up.not-asked',
  'follow-up.put-off',
  'options.picked',
  'options.refused',
  'options.withdrawn',
  'promise.renegotiated',
  'promise.kept',
  'promise.fell-due',
  'message.bounced',
  'message.received',
  'rule.applied',
  'spam.suspected',
  'chat.left',
  'goodwill.granted',
  'goodwill.asked',
  'goodwill.declined',
  'goodwill.withdrawn',
]

/** With those of the conversations that were merged into it. What somebody put off for themself is theirs to know. */
export async function happeningsIn(db: Db, actor: Member, id: string): Promise<ConversationView['happenings']> {
  const { rows } = await sql<{
    seq: number
    kind: string
    at: Date
    actorId: string | null
    name: string | null
    facts: Record<string, unknown>
    toName: string | null
    reason: string | null
    introduction: string | null
    summary: string | null
    back: boolean
    tags: Record<string, string> | null
    field: string | null
    sorting: Record<string, unknown> | null
    toTeam: string | null
    movedBecause: string | null
  }>`
    with recursive here(id) as (select ${id}::uuid union select c.id from conversation c join here on c.merged_into = here.id)
    select e.seq, e.kind, e.at, e.actor_id, p.name, e.facts, tp.name as to_name, h.reason, hm.body_text as introduction, h.summary, coalesce(h.back, false) as back, mt.name as to_team, m.reason as moved_because,
      (select jsonb_object_agg(t.id, t.name) from tag t where e.kind = 'conversation.tagged'
        and t.id in (select x::uuid from jsonb_array_elements_text((e.facts->'added') || (e.facts->'removed')) x)) as tags,
      (select f.name from custom_field f where e.kind = 'conversation.field-set' and f.id = (e.facts->>'fieldId')::uuid) as field,
      case e.kind
        when 'rule.applied' then (select jsonb_build_object('rule', r.name, 'teamName', (select t.name from team t where t.id = (e.facts->>'teamId')::uuid),
          'tagNames', (select coalesce(jsonb_agg(t.name order by t.name), '[]') from tag t where t.id in (select x::uuid from jsonb_array_elements_text(e.facts->'tagIds') x)))
          from rule r where r.id = (e.facts->>'ruleId')::uuid)
        when 'spam.suspected' then (select jsonb_build_object('words', to_jsonb(v.words), 'sender', b.normal) from spam_verdict v left join blocked_sender b on b.id = v.blocked_id where v.conversation_id = e.subject_id)
      end as sorting
    from event e left join person p on p.id = e.actor_id
      left join person tp on tp.id = (e.facts->>'toId')::uuid or tp.id = (e.facts->>'ownerId')::uuid
      left join handover h on e.kind = 'conversation.handed-over' and h.introduction_id = (e.facts->>'messageId')::uuid left join message hm on hm.id = h.introduction_id
      left join team_move m on e.kind = 'conversation.moved' and m.id = (e.facts->>'moveId')::uuid left join team mt on mt.id = m.to_team_id
    where e.subject_id in (select id from here) and e.kind = any(${told}::text[]) and (e.kind <> 'message.received' or (e.facts->>'acknowledged')::boolean)
      and (e.kind <> 'conversation.owned' or not e.facts ? 'byRule')
      and (e.kind <> 'conversation.snoozed' or e.actor_id = ${actor.personId}::uuid) and (e.kind <> 'promise.fell-due' or e.facts->>'kind' <> 'reminder')
    order by e.seq desc limit 300`.execute(db)
  return rows.reverse().map(row => ({
    seq: row.seq,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: row.actorId ? { id: row.actorId, name: row.name ?? '' } : null,
    facts: {
      ...row.facts,
      ...(row.toName ? { toName: row.toName } : {}),
      ...(row.toTeam ? { toTeam: row.toTeam, movedBecause: row.movedBecause } : {}),
      ...(row.reason
        ? { reason: row.reason, introduction: row.introduction, summary: row.summary, back: row.back }
        : {}),
      ...(row.kind === 'conversation.tagged'
        ? { addedNames: named(row, 'added'), removedNames: named(row, 'removed') }
        : {}),
      ...row.sorting,
      ...(row.field === null ? {} : { field: row.field }),
    },
  }))
}

/** Tags as they are called now. */
function named(row: { facts: Record<string, unknown>; tags: Record<string, string> | null }, which: string): string[] {
  const ids = row.facts[which]
  return Array.isArray(ids) ? ids.flatMap(id => row.tags?.[String(id)] ?? []) : []
}
