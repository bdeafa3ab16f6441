/** How asks are read: whole for their page and the conversation, as rows for lists. Says nothing of the conversation to an expert who may not read it. */
import { sql } from 'kysely'
import type { AskMessage, AskView } from '../../contract/asks.ts'
import type { PromiseView } from '../../contract/promises.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Member, mayRead, mayWrite } from '../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../promises/index.ts'
import { stateOf } from './rules.ts'
import { latestPromise, rootOf } from './tables.ts'

export async function promiseView(on: Db | Tx, promiseId: string, now: Date): Promise<PromiseView> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.id = ${promiseId}::uuid`.execute(
      on,
    )
  return viewOfPromise(rows[0]!, now)
}

type Head = {
  id: string
  words: string
  byId: string
  byName: string
  expertId: string
  expertName: string
  expertAddress: string | null
  member: boolean
  gone: boolean
  askedAt: Date
  answeredAt: Date | null
  relayedAt: Date | null
  closedAt: Date | null
  verdict: AskView['verdict']
  thanks: string | null
  thankedAt: Date | null
  thankedById: string | null
  thankedByName: string | null
  bouncedAt: Date | null
  promiseId: string | null
  conversationId: string
  number: number
  subject: string
  customerId: string
  customerName: string
  ownerId: string | null
  teamId: string
}

/** Which of them the actor may see, whole; `which` speaks of `ask a`. Oldest first. */
export async function askViews(db: Db, actor: Member, which: ReturnType<typeof sql>, now: Date): Promise<AskView[]> {
  const heads = (await headsOf(db, which, now)).filter(head => isSeen(actor, head))
  if (heads.length === 0) return []
  const ids = heads.map(({ id }) => id)
  const [messages, context, promises] = await Promise.all([
    messagesOf(db, ids, new Map(heads.map(({ id, closedAt }) => [id, closedAt]))),
    contextOf(db, ids),
    promisesOf(db, heads, now),
  ])
  return heads.map(head => viewOf(actor, head, messages.get(head.id) ?? [], context.get(head.id) ?? [], promises))
}

const isSeen = (actor: Member, head: Head) =>
  actor.personId !== head.customerId && (actor.personId === head.expertId || mayRead(actor, head))

async function headsOf(db: Db, which: ReturnType<typeof sql>, now: Date): Promise<Head[]> {
  const { rows } = await sql<Head>`
    select a.id, a.words, a.by_id, b.name as by_name, a.expert_id, e.name as expert_name, d.written as expert_address, m.person_id is not null as member,
      coalesce(m.disabled_at is not null or m.expires_at <= ${now}, false) as gone, a.asked_at, a.answered_at, a.relayed_at, a.closed_at, a.verdict,
      a.thanks, a.thanked_at, a.thanked_by as thanked_by_id, tp.name as thanked_by_name, a.bounced_at, ${latestPromise} as promise_id,
      c.id as conversation_id, c.number, c.subject, c.customer_id, cu.name as customer_name, c.owner_id, c.team_id
    from ask a join person b on b.id = a.by_id join person e on e.id = a.expert_id left join address d on d.id = a.address_id
      left join member m on m.person_id = a.expert_id left join person tp on tp.id = a.thanked_by
      join conversation c on c.id = ${rootOf(sql`a.conversation_id`)} join person cu on cu.id = c.customer_id
    where ${which} order by a.asked_at, a.id limit 100`.execute(db)
  return rows
}

function viewOf(
  actor: Member,
  head: Head,
  messages: AskView['messages'],
  context: AskView['context'],
  promises: Map<string, PromiseView>,
): AskView {
  const reads = mayRead(actor, head)
  const state = stateOf(head)
  const expert = actor.personId === head.expertId
  const asker = mayWrite(actor, head)
  const promise = head.promiseId ? (promises.get(head.promiseId) ?? null) : null
  return {
    id: head.id,
    state,
    words: head.words,
    by: { id: head.byId, name: head.byName },
    expert: {
      id: head.expertId,
      name: head.expertName,
      address: head.expertAddress,
      member: head.member,
      gone: head.gone,
    },
    askedAt: head.askedAt.toISOString(),
    answeredAt: head.answeredAt?.toISOString() ?? null,
    relayedAt: head.relayedAt?.toISOString() ?? null,
    closedAt: head.closedAt?.toISOString() ?? null,
    promise: promise && !reads ? { ...promise, conversationId: null } : promise,
    context,
    messages,
    verdict: head.verdict,
    thanks: head.thanks
      ? {
          words: head.thanks,
          by: { id: head.thankedById!, name: head.thankedByName ?? '' },
          at: head.thankedAt!.toISOString(),
        }
      : null,
    bounced: head.bouncedAt !== null,
    may: {
      answer: expert,
      nameTime: state === 'open' && (expert || asker),
      relay: asker && (state === 'answered' || state === 'relayed'),
      tend: asker,
    },
    conversation: reads
      ? {
          id: head.conversationId,
          number: head.number,
          subject: head.subject,
          customer: { id: head.customerId, name: head.customerName },
        }
      : null,
  }
}

async function promisesOf(db: Db, heads: Head[], now: Date) {
  const ids = heads.flatMap(({ promiseId }) => promiseId ?? [])
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.id = any(${ids}::uuid[])`.execute(
      db,
    )
  return new Map(rows.map(row => [row.id, viewOfPromise(row, now)]))
}

type MessageRow = {
  id: string
  askId: string
  kind: AskMessage['kind']
  authorId: string | null
  authorName: string | null
  authorRaw: string | null
  elsewhere: boolean
  at: Date
  bodyHtml: string | null
  trimmedHtml: string | null
  bodyText: string
  trimmed: string | null
  sending: AskMessage['sending']
  files: { id: string; name: string; mediaType: string; bytes: number }[]
}

async function messagesOf(db: Db, ids: string[], closed: Map<string, Date | null>) {
  const { rows } = await sql<MessageRow>`
    select m.id, m.ask_id, m.kind, m.author_id, p.name as author_name, m.author_raw, m.elsewhere, m.at, m.body_html, m.trimmed_html, m.body_text, m.trimmed,
      (select case when o.bounced_at is not null then 'bounced' else o.state end from outbox o where o.ask_message_id = m.id and o.content->>'about' = 'question' order by o.created_at desc limit 1) as sending,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes) order by f.position) from ask_file f where f.ask_message_id = m.id), '[]') as files
    from ask_message m left join person p on p.id = m.author_id where m.ask_id = any(${ids}::uuid[]) order by m.at, m.id limit 1000`.execute(
    db,
  )
  const views = rows.map(row => {
    const closedAt = closed.get(row.askId)
    return {
      askId: row.askId,
      id: row.id,
      kind: row.kind,
      author: row.authorId ? { id: row.authorId, name: row.authorName ?? '' } : null,
      from: row.elsewhere ? row.authorRaw : null,
      at: row.at.toISOString(),
      html: row.bodyHtml,
      trimmedHtml: row.trimmedHtml,
      text: row.bodyText,
      trimmed: row.trimmed,
      files: row.files.map(file => ({ ...file, address: `/ask-files/${file.id}` })),
      late: closedAt != null && row.at > closedAt && row.kind !== 'question',
      sending: row.sending,
    }
  })
  return Map.groupBy(views, ({ askId }) => askId)
}

async function contextOf(db: Db, ids: string[]) {
  const { rows } = await sql<{
    askId: string
    id: string
    author: string
    ours: boolean
    at: Date
    html: string | null
    text: string
  }>`
    select x.ask_id, m.id, coalesce(p.name, m.author_raw, '') as author, m.kind not in ('message', 'automatic') as ours, m.at,
      coalesce(m.trimmed_html, m.body_html) as html, coalesce(m.trimmed, m.body_text) as text
    from ask_context x join message m on m.id = x.message_id left join person p on p.id = m.author_id
    where x.ask_id = any(${ids}::uuid[]) and m.taken_back_at is null order by m.at, m.id`.execute(db)
  return Map.groupBy(
    rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    ({ askId }) => askId,
  )
}
