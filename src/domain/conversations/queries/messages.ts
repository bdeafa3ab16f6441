/** Messages of a conversation, newest page first, each with its attachments, how its sending stands, and what it promised. */
import { sql } from 'kysely'
import type { MessageView, NextStep } from '../../../contract/conversations.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { offersOf } from './offers.ts'

const page = 50

type MessageRow = {
  id: string
  kind: MessageView['kind']
  authorId: string | null
  authorName: string | null
  authorRaw: string | null
  recipients: { role: 'to' | 'cc'; address: string; name: string }[]
  at: Date
  subject: string | null
  bodyText: string
  trimmed: string | null
  bodyHtml: string | null
  trimmedHtml: string | null
  language: string | null
  nextStep: NextStep | null
  undoUntil: Date | null
  takenBackAt: Date | null
  fromAddress: string | null
  hasRaw: boolean
}

export async function newestMessages(
  db: Db,
  conversationId: string,
  before: string | null,
  now: Date,
): Promise<{ messages: MessageView[]; earlier: string | null }> {
  const cursor = before ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(before) : null
  if (before && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'before', says: 'is no place in this conversation' }] })
  const bound = cursor
    ? sql`and (m.at, m.id) < (${new Date(Number(cursor[1]))}::timestamptz, ${cursor[2]}::uuid)`
    : sql``
  const { rows } = await sql<MessageRow>`
    select m.id, m.kind, m.author_id, p.name as author_name, m.author_raw, m.recipients, m.at, m.subject, m.body_text, m.trimmed, m.body_html, m.trimmed_html, m.language, m.next_step, m.undo_until, m.taken_back_at,
      case when m.kind in ('reply', 'follow-up', 'acknowledgement', 'forward') then (select mb.address from outbox o join mailbox mb on mb.id = o.mailbox_id where o.message_id = m.id limit 1) end as from_address,
      exists (select from delivery d where d.message_id = m.id) as has_raw
    from message m left join person p on p.id = m.author_id where m.conversation_id = ${conversationId}::uuid and m.taken_back_at is null ${bound} order by m.at desc, m.id desc limit ${page + 1}`.execute(
    db,
  )
  const more = rows.length > page
  const shown = rows.slice(0, page).reverse()
  const first = shown[0]
  return {
    messages: await messagesOf(db, shown, now),
    earlier: more && first ? `${first.at.getTime()}.${first.id}` : null,
  }
}

export async function messagesOf(db: Db, rows: MessageRow[], now: Date): Promise<MessageView[]> {
  const ids = rows.map(row => row.id)
  if (ids.length === 0) return []
  const [attachments, sending, promises, offers] = await Promise.all([
    attachmentsOf(db, ids),
    sendingOf(db, ids, now),
    promisesToldBy(db, ids, now),
    offersOf(db, ids),
  ])
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    author: row.authorId ? { id: row.authorId, name: row.authorName ?? '' } : null,
    authorRaw: row.authorRaw,
    ours: row.kind !== 'message' && row.kind !== 'automatic',
    recipients: row.recipients.map(each => ({ ...each, personId: null })),
    from: row.fromAddress,
    at: row.at.toISOString(),
    subject: row.subject,
    html: row.bodyHtml,
    trimmedHtml: row.trimmedHtml,
    text: row.bodyText,
    trimmed: row.trimmed,
    language: row.language,
    attachments: attachments.get(row.id) ?? [],
    hasRaw: row.hasRaw,
    nextStep: row.nextStep,
    sending: sending.get(row.id) ?? [],
    undoUntil: row.undoUntil && row.undoUntil > now ? row.undoUntil.toISOString() : null,
    takenBackAt: row.takenBackAt?.toISOString() ?? null,
    promises: promises.get(row.id) ?? [],
    offer: offers.get(row.id) ?? null,
  }))
}

async function attachmentsOf(db: Db, ids: string[]) {
  const { rows } = await sql<{
    id: string
    messageId: string
    name: string
    mediaType: string
    bytes: number
    inline: boolean
    contentId: string | null
  }>`
    select id, message_id, name, media_type, bytes, inline, content_id from attachment where message_id = any(${ids}::uuid[]) order by position`.execute(
    db,
  )
  return Map.groupBy(
    rows.map(row => ({ ...row, address: `/files/${row.id}` })),
    row => row.messageId,
  )
}

async function sendingOf(db: Db, ids: string[], now: Date): Promise<Map<string, MessageView['sending']>> {
  const { rows } = await sql<{
    messageId: string
    outboxId: string
    recipient: string
    state: 'waiting' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'cancelled'
    error: string | null
    settledAt: Date | null
    notBefore: Date
    bouncedAt: Date | null
    report: string | null
  }>`
    select o.message_id, o.id as outbox_id, o.recipient, o.state, o.error, o.settled_at, o.not_before, o.bounced_at, (select r.reason from delivery_report r where r.outbox_id = o.id order by r.at desc limit 1) as report
    from outbox o where o.message_id = any(${ids}::uuid[]) order by o.recipient limit 2000`.execute(db)
  return Map.groupBy(
    rows.map(row => ({
      messageId: row.messageId,
      outboxId: row.outboxId,
      recipient: row.recipient,
      error: row.bouncedAt ? row.report : row.error,
      state: row.bouncedAt
        ? ('bounced' as const)
        : row.state === 'waiting' && row.notBefore > now
          ? ('held' as const)
          : row.state,
      at: (row.bouncedAt ?? row.settledAt)?.toISOString() ?? null,
    })),
    row => row.messageId,
  )
}

async function promisesToldBy(db: Db, ids: string[], now: Date) {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = (select conversation_id from message where id = ${ids[0]}::uuid) and p.told_by = any(${ids}::uuid[]) order by p.due_at`.execute(
      db,
    )
  return new Map(
    [...Map.groupBy(rows, row => row.toldBy!)].map(([id, list]) => [id, list.map(row => viewOfPromise(row, now))]),
  )
}
