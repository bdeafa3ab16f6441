/**
 * Follows the log and writes down what each conversation began with, as features. Reads the log from its beginning, so what
 * was there before is found as well; the same event twice writes nothing twice. Compares nothing: that is done beside it,
 * because a reader's transaction must be short.
 */
import { sql } from 'kysely'
import type { EventKind } from '../../contract/events.ts'
import { builderOn, type Tx } from '../../platform/db/index.ts'
import type { Reader } from '../../platform/events/index.ts'
import { featuresOf } from './features.ts'
import { insertQuestions, moveQuestions } from './tables.ts'

const begins: readonly EventKind[] = [
  'conversation.begun',
  'message.received',
  'conversation.split',
  'conversation.unmerged',
  'conversation.taken-back',
  'conversation.act-undone',
]
const moves: readonly EventKind[] = ['conversation.moved', 'conversation.handed-over', 'conversation.act-undone']

export function questionReader(): Reader {
  return {
    name: 'questions',
    batch: 200,
    gatherMs: 500,
    kinds: [...begins, ...moves],
    async handle(client, events) {
      const tx = builderOn(client)
      const of = (kinds: readonly string[]) => [
        ...new Set(events.flatMap(each => (each.subjectId && kinds.includes(each.kind) ? [each.subjectId] : []))),
      ]
      const [begun, moved] = [of(begins), of(moves)]
      if (begun.length > 0) await noteQuestions(tx, begun)
      if (moved.length > 0) await moveQuestions(tx, moved)
    },
  }
}

type First = {
  conversationId: string
  messageId: string
  teamId: string
  at: Date
  subject: string
  text: string
  language: string | null
}

/** What a conversation began with, where the customer began it. What no person wrote asks nothing. */
export const firstQuestions = (conversationIds: readonly string[]) => sql<First>`
  select c.id as conversation_id, m.id as message_id, c.team_id, m.at, c.subject, left(coalesce(m.trimmed, m.body_text), 4000) as text,
    coalesce(m.language, c.language, (select language from installation)) as language
  from conversation c cross join lateral (select * from message m where m.conversation_id = c.id and m.kind in ('message', 'call', 'reply', 'automatic')
    and m.taken_back_at is null order by m.at, m.id limit 1) m
  where c.id = any(${conversationIds}::uuid[]) and c.state not in ('aside', 'spam', 'merged') and m.kind in ('message', 'call')`

export async function noteQuestions(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  const { rows: unknown } = await sql<{ id: string }>`select id from unnest(${conversationIds}::uuid[]) as c(id)
    where not exists (select from question q where q.conversation_id = c.id)`.execute(tx)
  if (unknown.length === 0) return
  const { rows } = await firstQuestions(unknown.map(each => each.id)).execute(tx)
  await insertQuestions(
    tx,
    rows.map(({ subject, text, language, ...row }) => ({ ...row, features: featuresOf({ subject, text, language }) })),
  )
}
