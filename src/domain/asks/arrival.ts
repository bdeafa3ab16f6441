/**
 * What comes back by mail: the expert's answer, which needs the signed address alone, and mail that did not arrive. Whoever
 * writes there is kept as who they are; a machine settles nothing; what comes late or twice is kept, too, and told.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { systemActor } from '../access/index.ts'
import { type TokenClaim, tokenHolds } from '../channels/index.ts'
import { findOrMakePeople, verifyAddress } from '../people/index.ts'
import { answered } from './commands/write.ts'
import { kindOf } from './rules.ts'
import { changeAsk, insertAskMessage, openAsk } from './tables.ts'

export type ToAsk = {
  askId: string
  /** the address the ask was sent to, where the mail came to one that was signed for it */
  signedFor: { addressId: string; normal: string } | null
  /** it came to where only machines write: the return path */
  returned: boolean
}

/** Which of these signed addresses are an ask's, by their place in the list. */
export async function asksSigned(
  tx: Tx,
  claims: readonly TokenClaim[],
  keys: readonly Buffer[],
): Promise<Map<number, ToAsk>> {
  const found = new Map<number, ToAsk>()
  const wanted = claims
    .map((claim, place) => ({ claim, place }))
    .filter(({ claim }) => claim.purpose === 'ask' || claim.purpose === 'return')
  if (wanted.length === 0) return found
  const { rows } = await sql<{ place: number; askId: string; addressId: string; normal: string }>`
    select w.place::int as place, a.id as ask_id, d.id as address_id, d.normal
    from unnest(${wanted.map(each => each.place)}::int[], ${wanted.map(each => each.claim.conversationNumber)}::bigint[], ${wanted.map(each => each.claim.addressNumber)}::bigint[]) as w(place, ask, address)
    join ask a on a.number = w.ask join address d on d.number = w.address`.execute(tx)
  for (const { place, askId, addressId, normal } of rows) {
    const claim = claims[place]!
    if (!tokenHolds(claim, { conversationId: askId, recipient: normal }, keys)) continue
    found.set(place, { askId, signedFor: { addressId, normal }, returned: claim.purpose === 'return' })
  }
  return found
}

/** Asks whose mails had these Message-IDs, with the address each was sent to: where mailboxes can't be signed, the expert is known by it. */
export async function asksByReference(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { askId: string; recipient: string }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ rfcId: string; askId: string; recipient: string }>`
    select o.rfc_id, m.ask_id, o.recipient_normal as recipient from outbox o join ask_message m on m.id = o.ask_message_id where o.rfc_id = any(${ids}::text[])`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.rfcId, { askId: row.askId, recipient: row.recipient }]))
}

export type AnswerMail = {
  to: ToAsk
  /** a person wrote it, as far as anybody can tell */
  byPerson: boolean
  from: { address: string; name: string; raw: string } | null
  at: Date
  text: string
  trimmed: string | null
  html: string | null
  trimmedHtml: string | null
  rfcId: string | null
  files: readonly { sha256: Buffer; name: string; mediaType: string; bytes: number }[]
}

/** Returns what it became, and where the customer's conversation lies now. */
export async function takeAnswer(tx: Tx, mail: AnswerMail, now: Date) {
  const opened = await openAsk(tx, systemActor('intake'), mail.to.askId)
  const { ask, conversation } = opened
  const author = mail.from
    ? ([...(await findOrMakePeople(tx, [{ address: mail.from.address, name: mail.from.name }], now)).values()][0] ??
      null)
    : null
  const kind = mail.to.returned ? 'automatic' : kindOf({ ...mail, files: mail.files.length })
  if (author && author.addressId === mail.to.signedFor?.addressId) await verifyAddress(tx, author.addressId, now)
  const messageId = randomUUIDv7()
  await insertAskMessage(tx, {
    ...{ id: messageId, askId: ask.id, kind, authorId: author?.personId ?? null, at: mail.at },
    authorRaw: mail.from?.raw.slice(0, 1000) ?? null,
    elsewhere: author === null || author.personId !== ask.expertId,
    ...{ text: mail.text, trimmed: mail.trimmed, html: mail.html, trimmedHtml: mail.trimmedHtml },
    rfcId: mail.rfcId?.slice(0, 900) ?? null,
    files: mail.files.map(file => ({ ...file, id: randomUUIDv7() })),
  })
  if (kind === 'answer') await answered(tx, opened, { messageId, authorId: author?.personId ?? null, back: false }, now)
  return { askMessageId: messageId, conversationId: conversation.id }
}

/** The question did not reach its expert: whoever asked sees it, because nothing will come. Returns the mail it was. */
export async function askBounced(
  tx: Tx,
  it: { to: ToAsk; rfcId: string | null; hard: boolean },
  now: Date,
): Promise<{ outboxId: string; addressId: string | null } | null> {
  const { ask, conversation } = await openAsk(tx, systemActor('intake'), it.to.askId)
  const { rows } = await sql<{ outboxId: string; addressId: string | null }>`
    select o.id as outbox_id, o.address_id from outbox o join ask_message m on m.id = o.ask_message_id
    where m.ask_id = ${ask.id}::uuid and o.state in ('sent', 'uncertain', 'sending', 'failed') order by o.rfc_id is not distinct from ${it.rfcId} desc, o.created_at desc limit 1`.execute(
    tx,
  )
  if (it.hard && ask.answeredAt === null) {
    await changeAsk(tx, ask.id, { bouncedAt: now })
    const scopes = conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]
    const facts = { askId: ask.id, conversationId: conversation.id }
    await record(tx, { kind: 'ask.bounced', subjectId: conversation.id, actorId: null, scopes, facts, at: now })
  }
  return rows[0] ?? null
}
