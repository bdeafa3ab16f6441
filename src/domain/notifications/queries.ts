/** What somebody is told of in the app. Asked at the time of reading: what they may not see any more is not there. */
import { type RawBuilder, sql } from 'kysely'
import type { NotificationKind, NotificationView } from '../../contract/notifications.ts'
import type { PromiseKind } from '../../contract/promises.ts'
import type { Db } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { inSightOf, type Member, readsKnowledge } from '../access/index.ts'
import { aboutTopic, ofTopic, topicAuthor, topicStands } from './about-topic.ts'

type Row = {
  id: string
  kind: NotificationKind
  count: number
  at: Date
  readAt: Date | null
  actorId: string | null
  actorName: string | null
  conversationId: string | null
  number: number
  subject: string
  customerId: string
  customerName: string
  preview: string | null
  promiseId: string | null
  promiseKind: PromiseKind
  words: string
  dueAt: Date
  mailboxId: string | null
  mailbox: string
  askId: string | null
  askWords: string
  verdict: string | null
  thanked: boolean
  promisedTo: string | null
  goodwillId: string | null
  what: string
  whom: string | null
  goodwillState: 'granted' | 'asked' | 'declined' | 'withdrawn'
  questionId: string | null
  asked: string
  outcome: 'fixed' | 'taught' | 'stays' | null
  outcomeWords: string | null
  topicId: string | null
  topicTitle: string
  topicBy: string | null
  topicPreview: string | null
}

/** Parts of a query over `notification n`: what it stands beside, and that the actor may see it. */
export const aboutGoodwill: RawBuilder<unknown> = sql`left join goodwill g on n.kind in ('goodwill-asked', 'goodwill-decided') and g.id = n.about_id
  left join person gp on gp.id = g.person_id left join organisation go on go.id = g.organisation_id`
export const aboutQuestion: RawBuilder<unknown> = sql`left join recurring_question q on n.kind in ('decision-asked', 'decision-made') and q.id = n.about_id`
const beside = sql`left join conversation c on c.id = n.conversation_id left join mailbox b on b.id = n.mailbox_id ${aboutTopic}`
function visible(actor: Member) {
  const led = [...actor.roles].filter(([, role]) => role === 'lead').map(([teamId]) => teamId)
  return sql`n.person_id = ${actor.personId}::uuid and n.in_app and (n.conversation_id is null or ${inSightOf(actor, 'c')})
    and (n.mailbox_id is null or (b.removed_at is null and (${actor.administrator} or b.team_id = any(${led}::uuid[]))))
    and (not ${ofTopic} or (${readsKnowledge(actor)} and ${topicStands}))`
}

export type Asked = {
  after?: string | undefined
  show: 'unread' | 'read'
  kind?: NotificationKind | undefined
  limit: number
}

export async function listNotifications(db: Db, actor: Member, asked: Asked) {
  const cursor = asked.after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(asked.after) : null
  if (asked.after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const beyond = cursor
    ? sql`and (n.at, n.id) < (${new Date(Number(cursor[1]))}::timestamptz, ${cursor[2]}::uuid)`
    : sql``
  const { rows } = await sql<Row>`
    select n.id, n.kind, n.count, n.at, n.read_at, n.actor_id, a.name as actor_name, c.id as conversation_id, c.number, c.subject, c.customer_id,
      cu.name as customer_name, case when n.kind in ('message', 'mention') then left(coalesce(m.trimmed, m.body_text), 200) end as preview,
      p.id as promise_id, p.kind as promise_kind, p.words, p.due_at, b.id as mailbox_id, b.address as mailbox,
      k.id as ask_id, k.words as ask_words, k.verdict, k.thanked_at is not null as thanked, coalesce(tp.name, tt.name) as promised_to,
      g.id as goodwill_id, g.what, g.state as goodwill_state, coalesce(gp.name, go.name) as whom, q.id as question_id, q.outcome, q.outcome_words,
      tc.id as topic_id, tc.title as topic_title, ${topicAuthor} as topic_by, left(tpo.words, 200) as topic_preview,
      coalesce((select x.subject from question y join conversation x on x.id = y.conversation_id where y.recurring_id = q.id and x.team_id = q.team_id order by y.at desc limit 1), '') as asked
    from notification n ${beside} left join person a on a.id = n.actor_id left join person cu on cu.id = c.customer_id
      left join promise p on p.id = n.promise_id left join message m on m.id = n.message_id left join ask k on k.id = n.ask_id
      left join person tp on tp.id = p.to_person_id left join team tt on tt.id = p.to_team_id ${aboutGoodwill} ${aboutQuestion}
    where ${visible(actor)} and n.read_at is ${asked.show === 'unread' ? sql`null` : sql`not null`}
      and ${asked.kind ? sql`n.kind = ${asked.kind}` : sql`true`} ${beyond}
    order by n.at desc, n.id desc limit ${asked.limit + 1}`.execute(db)
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    notifications: shown.map(viewOf),
    next: rows.length > asked.limit && last ? `${last.at.getTime()}.${last.id}` : null,
  }
}

const most = 100

export async function unreadCount(db: Db, actor: Member) {
  const { rows } = await sql<{ conversationId: string | null; topicId: string | null }>`
    select n.conversation_id, tc.id as topic_id from notification n ${beside} where ${visible(actor)} and n.read_at is null
    order by n.at desc limit ${most + 1}`.execute(db)
  const conversations = new Set(rows.flatMap(row => row.conversationId ?? []))
  const topics = new Set(rows.flatMap(row => row.topicId ?? []))
  return {
    ...{ count: Math.min(most, rows.length), more: rows.length > most },
    ...{ conversations: [...conversations], topics: [...topics] },
  }
}

function viewOf(row: Row): NotificationView {
  return {
    id: row.id,
    kind: row.kind,
    count: row.count,
    at: row.at.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    actor: row.actorId ? { id: row.actorId, name: row.actorName ?? '' } : null,
    conversation: row.conversationId
      ? {
          id: row.conversationId,
          number: row.number,
          subject: row.subject,
          customer: { id: row.customerId, name: row.customerName },
          preview: row.preview?.replace(/\s+/g, ' ').trim() ?? null,
        }
      : null,
    promise: row.promiseId
      ? {
          id: row.promiseId,
          kind: row.promiseKind,
          words: row.words,
          dueAt: row.dueAt.toISOString(),
          to: row.promisedTo,
        }
      : null,
    mailbox: row.mailboxId ? { id: row.mailboxId, address: row.mailbox } : null,
    ask: row.askId ? { id: row.askId, words: row.askWords, verdict: row.verdict, thanked: row.thanked } : null,
    goodwill: row.goodwillId
      ? { id: row.goodwillId, what: row.what, whom: row.whom ?? '', state: row.goodwillState }
      : null,
    question: row.questionId
      ? {
          id: row.questionId,
          subject: row.asked,
          words: (row.kind === 'decision-made' ? row.outcomeWords : row.words) ?? '',
          outcome: row.kind === 'decision-made' ? row.outcome : null,
        }
      : null,
    topic: row.topicId
      ? {
          ...{ id: row.topicId, title: row.topicTitle, by: row.topicBy },
          preview: row.topicPreview?.replace(/\s+/g, ' ').trim() ?? '',
        }
      : null,
  }
}
