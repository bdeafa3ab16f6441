/** Asking: a question to one expert with the context that was chosen and nothing else. Refuses to ask oneself, our own addresses, the customer, and whoever is gone. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { mostInOneMail } from '../../../contract/writing.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import {
  type Conversation,
  isBlank,
  openConversation,
  refuseIfPutAway,
  save,
  staysAsItIs,
  type Written,
} from '../../conversations/index.ts'
import { addressOf, findOrMakePeople, readAddress } from '../../people/index.ts'
import { mailExpert, senderOf } from '../mail.ts'
import { toGet, wordsOf } from '../rules.ts'
import { changeAsk, type FreshAskMessage, insertAsk, insertAskMessage } from '../tables.ts'
import { promiseView } from '../views.ts'
import { tellExpert } from './told.ts'

export type Asking = {
  conversationId: string
  memberId?: string | undefined
  address?: string | undefined
  name?: string | undefined
  body: Written
  context: readonly string[]
  files?: readonly string[] | undefined
  dueAt: string
}

type FreshFile = FreshAskMessage['files'][number]

export async function makeAsk(tx: Tx, baseUrl: URL, actor: Member, input: Asking, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (conversation.customerId === actor.personId) throw absent()
  refuseIfPutAway(conversation)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  if (isBlank(input.body) || !input.body.text) throw new Refusal('nothing-written', 400)
  const expert = await expertFor(tx, actor, conversation, input, now)
  const sender = await senderOf(tx, conversation)
  if (!sender && !expert.member) throw new Refusal('no-mailbox', 409)
  const context = await contextOf(tx, conversation.id, input.context)
  const files = await filesOf(
    tx,
    context.map(each => each.id),
    input.files ?? [],
  )

  const [askId, messageId] = [randomUUIDv7(), randomUUIDv7()]
  const words = wordsOf(input.body.text)
  const rfcId = sender ? newRfcId(sender) : null
  await insertAsk(
    tx,
    {
      id: askId,
      conversationId: conversation.id,
      byId: actor.personId,
      expertId: expert.personId,
      addressId: expert.addressId,
      words,
      context: context.map(each => each.id),
      sample: await isSample(tx, conversation.id),
    },
    now,
  )
  await insertAskMessage(tx, {
    ...{ id: messageId, askId, kind: 'question', authorId: actor.personId, authorRaw: null, elsewhere: false, at: now },
    ...{ text: input.body.text, trimmed: null, html: input.body.html, trimmedHtml: null, rfcId, files },
  })
  const saved = await save(tx, conversation, {
    kind: 'ask.made',
    change: {
      ...staysAsItIs(conversation),
      moves: { ends: [], makes: [toGet({ askerId: actor.personId, expertId: expert.personId, words }, dueAt)] },
    },
    actor,
    now,
    facts: { askId, expertId: expert.personId, conversationId: conversation.id },
  })
  const promiseId = saved.made[0]!
  await changeAsk(tx, askId, { promiseId })
  await tellExpert(tx, { askId, expertId: expert.personId, actorId: actor.personId, what: 'made' }, now)
  const told = context.map(({ name, at, text }) => ({ name, at: at.toISOString(), text }))
  if (rfcId)
    await mailExpert(tx, baseUrl, {
      ...{ askId, conversation, messageId, author: actor.name, about: 'question', dueAt, rfcId, now },
      context: told,
    })
  return { askId, promise: await promiseView(tx, promiseId, now) }
}

async function isSample(tx: Tx, conversationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('conversation')
    .select('sample')
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow()
  return row.sample
}

type Expert = { personId: string; addressId: string | null; member: boolean }

async function expertFor(tx: Tx, actor: Member, conversation: Conversation, input: Asking, now: Date): Promise<Expert> {
  if ((input.memberId === undefined) === (input.address === undefined))
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'memberId', says: 'or an address, one of the two' }] })
  const found = input.memberId
    ? { personId: input.memberId, addressId: (await addressOf(tx, input.memberId))?.id ?? null }
    : await behind(tx, input.address!, input.name, now)
  const { rows } = await sql<{ gone: boolean }>`
    select (disabled_at is not null or coalesce(expires_at <= ${now}, false)) as gone from member where person_id = ${found.personId}::uuid`.execute(
    tx,
  )
  const member = rows[0]
  if (input.memberId && !member) throw absent()
  if (member?.gone) throw new Refusal('expert-gone', 409)
  if (found.personId === actor.personId) throw new Refusal('ask-yourself', 409)
  if (found.personId === conversation.customerId) throw new Refusal('ask-customer', 409)
  return { ...found, member: member !== undefined }
}

async function behind(tx: Tx, address: string, name: string | undefined, now: Date) {
  const normal = readAddress(address)?.normal
  if (!normal) throw new Refusal('bad-shape', 400, { fields: [{ path: 'address', says: 'is no address' }] })
  const own =
    await sql`select from mailbox where removed_at is null and (normal = ${normal} or ${normal} = any(select lower(a) from unnest(aliases) a)
    or ${normal} like replace(replace(split_part(normal, '@', 1), '_', '\\_'), '%', '\\%') || '+%@' || split_part(normal, '@', 2))`.execute(
      tx,
    )
  if (own.rows.length > 0) throw new Refusal('ask-ourselves', 409)
  const person = [...(await findOrMakePeople(tx, [{ address, name }], now)).values()][0]!
  return { personId: person.personId, addressId: person.addressId }
}

/** Only what was said there; what is no message of this conversation is absent. */
async function contextOf(tx: Tx, conversationId: string, ids: readonly string[]) {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  const { rows } = await sql<{ id: string; name: string; at: Date; text: string }>`
    select m.id, coalesce(p.name, m.author_raw, '') as name, m.at, coalesce(m.trimmed, m.body_text) as text from message m left join person p on p.id = m.author_id
    where m.conversation_id = ${conversationId}::uuid and m.id = any(${wanted}::uuid[]) and m.taken_back_at is null and m.kind in ('message', 'reply', 'follow-up', 'call', 'note')
    order by m.at, m.id`.execute(tx)
  if (rows.length !== wanted.length) throw absent()
  return rows.map(row => ({ ...row, text: row.text.slice(0, 6000) }))
}

/** Files of the messages that go along, and of no other: what is chosen stands in the question itself, and leaves the house with it. */
async function filesOf(tx: Tx, context: readonly string[], ids: readonly string[]): Promise<FreshFile[]> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  const { rows } = await sql<Omit<FreshFile, 'id'>>`
    select sha256, name, media_type, bytes::float8 as bytes from attachment where id = any(${wanted}::uuid[]) and message_id = any(${context}::uuid[]) order by message_id, position`.execute(
    tx,
  )
  if (rows.length !== wanted.length) throw absent()
  if (rows.reduce((sum, { bytes }) => sum + bytes, 0) > mostInOneMail) throw new Refusal('too-large', 413)
  return rows.map(row => ({ id: randomUUIDv7(), ...row }))
}
