/**
 * Passing a message on to somebody outside. The customer is not told, nobody joins the conversation, nothing that is owed
 * changes. Refuses notes, which stay inside.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { mostInOneMail } from '../../../contract/writing.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { mailWords } from '../../../words/mail.ts'
import { actorId, installation, type Member } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { resolveRecipients, sendOut } from '../outward.ts'
import { needSender } from '../reach.ts'
import { type Conversation, insertAttachments, insertMessages, openConversation } from '../tables.ts'
import { escaped, isBlank, type Written, withUploads, written } from '../text.ts'
import { ours } from './ours.ts'
import { refuseIfPutAway } from './save.ts'
import { giveUploadsBack, takeUploads } from './uploads.ts'

export type Forward = {
  conversationId: string
  messageId: string
  to: readonly string[]
  cc: readonly string[]
  body: string | Written
  /** of the message; what stands between its words goes along in any case */
  files: readonly string[]
  attachments: readonly string[]
}

type Passed = {
  kind: string
  name: string | null
  raw: string | null
  at: Date
  subject: string | null
  recipients: { address: string; name: string }[]
  text: string
  html: string | null
}

export async function forward(tx: Tx, actor: Member, input: Forward, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  const passed = await passedMessage(tx, conversation, input.messageId)
  const own = written(input.body)
  const sender = await needSender(tx, conversation)
  const shown = await resolveRecipients(tx, { to: input.to, cc: input.cc }, now)
  const messageId = randomUUIDv7()
  const undoUntil = await undoUntilOf(tx, actor, now)
  const body = await whole(tx, conversation, own, passed)
  const rfcId = newRfcId(sender)
  await insertMessages(tx, [
    ours({
      id: messageId,
      conversationId: conversation.id,
      kind: 'forward',
      authorId: actor.personId,
      shown,
      at: now,
      body,
      own,
      rfcId,
      undoUntil,
    }),
  ])
  await takeUploads(tx, actor, messageId, input.attachments, own.html)
  await takeAlong(tx, input, messageId, body.html)
  await record(tx, {
    kind: 'message.forwarded',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: scopesOf(conversation),
    facts: { messageId, passedId: input.messageId, version: conversation.version },
    at: now,
  })
  await sendOut(tx, {
    purpose: 'forward',
    conversation,
    messageId,
    rfcId,
    sender,
    author: actor.name,
    shown,
    told: [],
    no: null,
    now,
    notBefore: undoUntil,
  })
  return { messageId, undoUntil: undoUntil > now ? undoUntil.toISOString() : null }
}

/** While it is held. Answers the words, to be written on. */
export async function takeForwardBack(tx: Tx, actor: Member, conversation: Conversation, messageId: string, now: Date) {
  const { rows } = await sql<{ own: string }>`
    select coalesce(trimmed_html, '') as own from message where id = ${messageId}::uuid and taken_back_at is null and undo_until > ${now}`.execute(
    tx,
  )
  await sql`update outbox set state = 'cancelled', settled_at = ${now} where message_id = ${messageId}::uuid and state = 'waiting'`.execute(
    tx,
  )
  const left = await sql`select from outbox where message_id = ${messageId}::uuid and state <> 'cancelled'`.execute(tx)
  if (!rows[0] || left.rows.length > 0) throw new Refusal('too-late-to-undo', 409)
  await sql`update message set taken_back_at = ${now} where id = ${messageId}::uuid`.execute(tx)
  // What came along from the other message lies with that one still.
  await sql`delete from attachment a using attachment b join message m on m.id = b.message_id
    where a.message_id = ${messageId}::uuid and m.conversation_id = ${conversation.id}::uuid and m.id <> ${messageId}::uuid and b.sha256 = a.sha256`.execute(
    tx,
  )
  await giveUploadsBack(tx, actor, messageId, now)
  const { version, state } = conversation
  await record(tx, {
    kind: 'message.taken-back',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: scopesOf(conversation),
    facts: { messageId, state, version },
    at: now,
  })
  return { body: withUploads(rows[0].own), state, version }
}

const scopesOf = ({ teamId, ownerId }: Conversation) => (ownerId ? [teamId, ownerId] : [teamId])

async function undoUntilOf(tx: Tx, actor: Member, now: Date): Promise<Date> {
  const row = await tx
    .selectFrom('member')
    .select('undoSeconds')
    .where('personId', '=', actor.personId)
    .executeTakeFirst()
  return new Date(now.getTime() + (row?.undoSeconds ?? 0) * 1000)
}

async function passedMessage(tx: Tx, conversation: Conversation, messageId: string): Promise<Passed> {
  const { rows } = await sql<Passed>`
    select m.kind, p.name, m.author_raw as raw, m.at, m.subject, m.recipients, m.body_text as text, m.body_html as html
    from message m left join person p on p.id = m.author_id
    where m.id = ${messageId}::uuid and m.conversation_id = ${conversation.id}::uuid and m.taken_back_at is null`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  if (rows[0].kind === 'note') throw new Refusal('no-forward', 409)
  return rows[0]
}

/** One's own words, then whose message this is, then the message as it was. */
async function whole(tx: Tx, conversation: Conversation, own: Written, passed: Passed): Promise<Written> {
  const { language, zone } = await installation(tx)
  const t = mailWords(language)
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: zone })
  const names = passed.recipients.slice(0, 20).map(({ name, address }) => (name ? `${name} <${address}>` : address))
  const head = [
    t('forwarded.from', { name: passed.raw || passed.name || '' }),
    t('forwarded.at', { when: when.format(passed.at) }),
    t('forwarded.subject', { subject: passed.subject || conversation.subject }),
    ...(names.length > 0 ? [t('forwarded.to', { names: names.join(', ') })] : []),
  ]
  const line = `---------- ${t('forwarded.head')} ----------`
  const html = passed.html ?? passed.text.split('\n').map(escaped).join('<br>')
  return {
    html: `${isBlank(own) ? '' : own.html}<p>${[line, ...head].map(escaped).join('<br>')}</p><div>${html}</div>`,
    text: [...(own.text ? [own.text, ''] : []), line, ...head, '', passed.text].join('\n'),
    preview: own.preview,
  }
}

/** The chosen files of the message, and what its words show between them. */
async function takeAlong(tx: Tx, input: Forward, messageId: string, html: string) {
  const { rows } = await sql<{
    id: string
    sha256: Buffer
    name: string
    mediaType: string
    bytes: number
    contentId: string | null
    inline: boolean
  }>`select id, sha256, name, media_type, bytes::float8 as bytes, content_id, inline from attachment where message_id = ${input.messageId}::uuid order by position`.execute(
    tx,
  )
  const chosen = new Set(input.files)
  if (input.files.some(id => !rows.some(row => row.id === id))) throw absent()
  const along = rows.filter(
    row => chosen.has(row.id) || (row.inline && row.contentId && html.includes(`data-cid="${row.contentId}"`)),
  )
  if (along.reduce((sum, each) => sum + each.bytes, 0) > mostInOneMail) throw new Refusal('mail-too-large', 413)
  await insertAttachments(
    tx,
    along.map((each, at) => ({ ...each, id: randomUUIDv7(), messageId, position: 100 + at })),
  )
}
