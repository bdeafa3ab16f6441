/**
 * What somebody wrote on a page of ours becomes a message like one that came by mail: it goes the way of all mail, with the
 * same threading, sorting, promises and acknowledgement. Pressed twice it is one message.
 */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { compose } from '../../platform/mail/composing/compose.ts'
import { type TakeIn, tokenAddress } from '../channels/index.ts'

export type Written = {
  /** of the page it was written on: the same for a second press */
  press: string
  from: { name: string; address: string }
  signedIn: boolean
  mailbox: { id: string; address: string }
  /** null: it begins a conversation */
  into: { id: string; number: number; recipient: string; addressNumber: number } | null
  subject: string
  text: string
  files: readonly { name: string; mediaType: string; content: Buffer }[]
}

export type Came = { conversationId: string | null }
type Parts = { db: Db; takeIn: TakeIn; keys: readonly Buffer[] }

const oneLine = (text: string) => text.replace(/[\r\n\0]+/g, ' ').trim()
/** Another process that holds the same press either ends within this, or has died. */
const patience = 60_000

export async function takeWritten({ db, takeIn, keys }: Parts, it: Written, now: Date): Promise<Came> {
  const { rows } = await sql<{ press: string }>`
    insert into form_sent (press, at) values (${it.press}::uuid, ${now})
    on conflict (press) do update set at = ${now} where form_sent.conversation_id is null and form_sent.at < ${new Date(now.getTime() - patience)}
    returning press`.execute(db)
  if (rows.length === 0) return pressedBefore(db, it.press)
  try {
    const [taken] = await takeIn([
      {
        ...{ mailboxId: it.mailbox.id, source: 'portal', raw: await rawOf(db, it, keys, now), arrivedAt: now },
        ...{ backlog: false, signedIn: it.signedIn },
      },
    ])
    const conversationId = taken?.conversationId ?? null
    await sql`update form_sent set conversation_id = ${conversationId}::uuid where press = ${it.press}::uuid`.execute(
      db,
    )
    return { conversationId }
  } catch (problem) {
    await sql`delete from form_sent where press = ${it.press}::uuid and conversation_id is null`.execute(db)
    throw problem
  }
}

/** The first press may be at work still. */
async function pressedBefore(db: Db, press: string): Promise<Came> {
  for (let tries = 0; ; tries++) {
    const { rows } = await sql<Came>`select conversation_id from form_sent where press = ${press}::uuid`.execute(db)
    if (rows[0]?.conversationId || tries >= 20) return { conversationId: rows[0]?.conversationId ?? null }
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}

/** Where a form that was sent came to be; null for one that was not, or a while ago. */
export async function sentTo(db: Db, press: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ conversationId: string | null }>`
    select conversation_id from form_sent where press = ${press}::uuid and at > ${now}::timestamptz - interval '1 day'`.execute(
    db,
  )
  return rows[0]?.conversationId ?? null
}

async function rawOf(db: Db, it: Written, keys: readonly Buffer[], now: Date): Promise<Buffer> {
  const { into, mailbox } = it
  const host = mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1)
  const claim = into && {
    ...{ purpose: 'reply' as const, conversationId: into.id, conversationNumber: into.number },
    ...{ recipient: into.recipient, addressNumber: into.addressNumber },
  }
  const to = (claim && tokenAddress(mailbox.address, claim, keys)) ?? mailbox.address
  const before = into ? await latestIdOf(db, into.id) : null
  return compose({
    from: { name: it.from.name.includes('@') ? '' : oneLine(it.from.name), address: it.from.address },
    to: [{ address: to }],
    subject: oneLine(it.subject).slice(0, 300),
    messageId: `<${it.press}.portal@${host}>`,
    ...(before ? { inReplyTo: `<${before}>` } : {}),
    date: now,
    text: it.text,
    attachments: [...it.files],
  })
}

async function latestIdOf(db: Db, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ rfcId: string }>`
    select rfc_id from message where conversation_id = ${conversationId}::uuid and rfc_id is not null and taken_back_at is null and rfc_id !~ '[\\r\\n<>]'
    order by at desc limit 1`.execute(db)
  return rows[0]?.rfcId ?? null
}
