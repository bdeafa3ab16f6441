/** All SQL that changes asks, and the only doors to one for writing. Refuses whoever is the conversation's customer, whatever else they may be. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { type Actor, mayWrite } from '../access/index.ts'
import { type Conversation, nameFiles, openConversation } from '../conversations/index.ts'

export type Ask = {
  id: string
  number: number
  byId: string
  expertId: string
  addressId: string | null
  words: string
  promiseId: string | null
  answeredAt: Date | null
  relayedAt: Date | null
  closedAt: Date | null
  thankedAt: Date | null
}

export type Opened = {
  ask: Ask
  /** where it lies now; locked */
  conversation: Conversation
  /** the promise of it that stands, if one does */
  openPromise: { id: string; dueAt: Date } | null
  /** what the actor is to it; somebody can be both */
  is: { expert: boolean; asker: boolean }
}

/** Where a conversation lies now that may have gone up in another. */
export const rootOf = (column: ReturnType<typeof sql>) => sql<string>`(with recursive up(id, goes) as (
    select id, merged_into from conversation where id = ${column} union select c.id, c.merged_into from up join conversation c on c.id = up.goes)
  select id from up where goes is null)`

/** The latest promise of the ask named `a` in the query: renegotiating gives it another. */
export const latestPromise = sql<string>`(with recursive chain(id, next) as (
    select id, replaced_by from promise where id = a.promise_id union select p.id, p.replaced_by from chain join promise p on p.id = chain.next)
  select id from chain where next is null)`

/** The door: for whoever may not see it there is none. The conversation is locked before the ask, as everywhere. */
export async function openAsk(tx: Tx, actor: Actor, askId: string): Promise<Opened> {
  const place = await sql<{ rootId: string; expertId: string }>`
    select ${rootOf(sql`a.conversation_id`)} as root_id, a.expert_id from ask a where a.id = ${askId}::uuid`.execute(tx)
  const found = place.rows[0]
  if (!found) throw absent()
  const conversation = await openConversation(tx, { is: 'system', name: 'asks' }, found.rootId)
  const personId = actor.is === 'member' ? actor.personId : null
  if (personId === conversation.customerId) throw absent()
  const is = { expert: personId === found.expertId, asker: mayWrite(actor, conversation) }
  if (!is.expert && !is.asker) throw absent()
  const { rows } = await sql<Ask>`
    select id, number, by_id, expert_id, address_id, words, promise_id, answered_at, relayed_at, closed_at, thanked_at from ask where id = ${askId}::uuid for update`.execute(
    tx,
  )
  const ask = rows[0]
  if (!ask) throw absent()
  if (ask.answeredAt === null && ask.closedAt === null) await promisedAgain(tx, sql`a.id = ${askId}::uuid`)
  return { ask, conversation, openPromise: await openPromiseOf(tx, askId), is }
}

async function openPromiseOf(tx: Tx, askId: string) {
  const { rows } = await sql<{ id: string; dueAt: Date }>`
    select p.id, p.due_at from ask a join promise p on p.id = ${latestPromise} where a.id = ${askId}::uuid and p.ended_at is null`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Taken back from spam or trash, promises are made anew: those of asks find theirs. `which` speaks of `ask a`. */
export async function promisedAgain(tx: Tx, which: ReturnType<typeof sql>): Promise<void> {
  await sql`update ask a set promise_id = n.id
    from promise was, promise n where ${which} and a.answered_at is null and a.closed_at is null
      and was.id = ${latestPromise} and was.ended_how = 'released'
      and n.conversation_id = was.conversation_id and n.kind = 'ask' and n.ended_at is null and n.words = was.words and n.by_person_id = was.by_person_id and n.due_at = was.due_at
      and not exists (select from ask other where other.promise_id = n.id)`.execute(tx)
}

export type FreshAsk = {
  id: string
  conversationId: string
  byId: string
  expertId: string
  addressId: string | null
  words: string
  context: readonly string[]
  sample: boolean
}

export async function insertAsk(tx: Tx, fresh: FreshAsk, now: Date): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into ask (id, conversation_id, by_id, expert_id, address_id, words, asked_at, last_at, sample)
    values (${fresh.id}, ${fresh.conversationId}, ${fresh.byId}, ${fresh.expertId}, ${fresh.addressId}, ${fresh.words}, ${now}, ${now}, ${fresh.sample}) returning number`.execute(
    tx,
  )
  await sql`insert into ask_context (ask_id, message_id) select ${fresh.id}::uuid, m from unnest(${[...new Set(fresh.context)]}::uuid[]) m`.execute(
    tx,
  )
  return rows[0]!.number
}

export type FreshAskMessage = {
  id: string
  askId: string
  kind: 'question' | 'answer' | 'back' | 'automatic'
  authorId: string | null
  authorRaw: string | null
  elsewhere: boolean
  at: Date
  text: string
  trimmed: string | null
  html: string | null
  trimmedHtml: string | null
  rfcId: string | null
  files: readonly { id: string; sha256: Buffer; name: string; mediaType: string; bytes: number }[]
}

/** The files lie on disk already. */
export async function insertAskMessage(tx: Tx, it: FreshAskMessage): Promise<void> {
  await sql`insert into ask_message (id, ask_id, kind, author_id, author_raw, elsewhere, at, body_text, trimmed, body_html, trimmed_html, rfc_id)
    values (${it.id}, ${it.askId}, ${it.kind}, ${it.authorId}, ${it.authorRaw}, ${it.elsewhere}, ${it.at}, ${it.text}, ${it.trimmed}, ${it.html}, ${it.trimmedHtml}, ${it.rfcId})`.execute(
    tx,
  )
  await sql`update ask set last_at = greatest(last_at, ${it.at}::timestamptz) where id = ${it.askId}::uuid`.execute(tx)
  if (it.files.length === 0) return
  await nameFiles(tx, it.files)
  for (const [position, file] of it.files.entries())
    await sql`insert into ask_file (id, ask_message_id, sha256, name, media_type, bytes, position)
      values (${file.id}, ${it.id}, ${file.sha256}, ${file.name}, ${file.mediaType}, ${file.bytes}, ${position})`.execute(
      tx,
    )
}

export type AskChange = Partial<{
  promiseId: string | null
  answeredAt: Date | null
  closedAt: Date | null
  relayingId: string | null
  relayedAt: Date | null
  relayedBy: string | null
  thankedAt: Date
  thankedBy: string
  thanks: string
  bouncedAt: Date | null
}>

export async function changeAsk(tx: Tx, askId: string, change: AskChange): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx.updateTable('ask').set(change).where('id', '=', askId).execute()
}
