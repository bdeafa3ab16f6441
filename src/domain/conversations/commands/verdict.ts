/** What came of an answer: judged by the customer's link, by hand, or by silence. A verdict by a link is given once; it reaches the owner, everyone who wrote, and the words that were used. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { wordsFor } from '../../../words/outside.ts'
import { type Member, systemActor } from '../../access/index.ts'
import { learn } from '../../saved-replies/index.ts'
import { timesFor } from '../reach.ts'
import { afterPutOff, afterSilence, afterVerdict, type Verdict } from '../rules.ts'
import type { Times } from '../standing.ts'
import { type Conversation, insertMessages, openConversation } from '../tables.ts'
import { written } from '../text.ts'
import { beginAgain } from './again.ts'
import { closeUnasked } from './follow-up.ts'
import { ours } from './ours.ts'
import { save, staysAsItIs } from './save.ts'
import { theirs } from './theirs.ts'

const day = 86_400_000
const askedAgainDays = 7

type ByHand = { conversationId: string; verdict: Verdict; said: string }

/** What they said is kept as a note beside it. They may have answered by a plain mail: then the conversation is open already. */
export async function judgeFollowUp(tx: Tx, actor: Member, input: ByHand, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const waiting = await waitingFor(tx, conversation.id)
  if (conversation.state !== 'solved' && !(waiting && conversation.state === 'open'))
    throw new Refusal('no-follow-up', 409)
  if (input.said.trim()) {
    const body = written(input.said)
    const note = { id: randomUUIDv7(), conversationId: conversation.id, kind: 'note' as const, at: now }
    await insertMessages(tx, [ours({ ...note, authorId: actor.personId, body })])
  }
  const id = waiting ?? randomUUIDv7()
  const said = input.said.slice(0, 5000)
  if (waiting)
    await sql`update follow_up set verdict = ${input.verdict}, said = ${said}, way = 'hand', answered_at = ${now} where id = ${waiting}::uuid`.execute(
      tx,
    )
  else
    await sql`insert into follow_up (id, conversation_id, person_id, asked_at, until, verdict, said, way, answered_at)
      values (${id}, ${conversation.id}, ${conversation.customerId}, ${now}, ${now}, ${input.verdict}, ${said}, 'hand', ${now})`.execute(
      tx,
    )
  const helped = await whoHelped(tx, conversation.id)
  const saved = await save(tx, conversation, {
    kind: 'follow-up.judged',
    change: afterVerdict(conversation, input.verdict, await timesFor(tx, conversation, now), false),
    actor,
    now,
    facts: { verdict: input.verdict, followUpId: id, way: 'hand', helpers: helped.people, messages: helped.messages },
  })
  await learn(tx, { messageIds: helped.messages, followUpId: id, held: input.verdict === 'worked' }, now)
  return { messageId: null, state: saved.state, version: saved.version, promises: saved.promises, undoUntil: null }
}

/** The latest that was asked and not answered. */
async function waitingFor(tx: Tx, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string; verdict: string | null }>`
    select f.id, f.verdict from follow_up f left join message m on m.id = f.message_id
    where coalesce(m.conversation_id, f.conversation_id) = ${conversationId}::uuid order by f.asked_at desc limit 1`.execute(
    tx,
  )
  return rows[0]?.verdict === null ? rows[0].id : null
}

export type ByLink = { followUpId: string; verdict: Verdict | 'later'; said: string }

/** Who opened the link answers. Refuses a second answer: what was said stands, and a person reads everything else. */
export async function answerFollowUp(tx: Tx, input: ByLink, now: Date): Promise<void> {
  const { conversation, personId } = await openFollowUp(tx, input.followUpId)
  const said = input.said.trim().slice(0, 5000)
  await sql`update follow_up set verdict = ${input.verdict}, said = ${said}, way = 'link', answered_at = ${now} where id = ${input.followUpId}::uuid`.execute(
    tx,
  )
  const times = await timesFor(tx, conversation, now)
  const actor = systemActor('link')
  if (input.verdict === 'later') {
    const change = afterPutOff(conversation, new Date(now.getTime() + askedAgainDays * day))
    const facts = { followUpId: input.followUpId }
    await save(tx, conversation, { kind: 'follow-up.put-off', change, actor, now, facts })
    return
  }
  const helped = await whoHelped(tx, conversation.id)
  const facts = {
    verdict: input.verdict,
    followUpId: input.followUpId,
    way: 'link',
    helpers: helped.people,
    messages: helped.messages,
  }
  if (input.verdict !== 'worked' && isLongClosed(conversation, times)) {
    // Without words of their own they said what the row says.
    const words = said || wordsFor('follow-up', conversation.language ?? 'en')(`row.${input.verdict}`)
    const { id } = await beginAgain(tx, conversation, { personId, said: words, times }, now)
    const change = staysAsItIs(conversation)
    await save(tx, conversation, { kind: 'follow-up.judged', change, actor, now, facts: { ...facts, againId: id } })
  } else {
    const messageId = said ? randomUUIDv7() : null
    if (messageId) {
      const words = { text: said, language: conversation.language, at: now }
      await insertMessages(tx, [theirs({ id: messageId, conversationId: conversation.id, personId, ...words })])
    }
    await save(tx, conversation, {
      kind: 'follow-up.judged',
      change: afterVerdict(conversation, input.verdict, times, true),
      actor,
      now,
      last: messageId ? { at: now, ours: false, preview: said.replace(/\s+/g, ' ').slice(0, 200) } : null,
      facts: { ...facts, ...(messageId ? { messageId } : {}) },
    })
  }
  await learn(tx, { messageIds: helped.messages, followUpId: input.followUpId, held: input.verdict === 'worked' }, now)
}

/** As for mail: too long closed, so a new, linked conversation begins. */
function isLongClosed({ state, closedAt }: Conversation, { now, reopenDays }: Times): boolean {
  return state === 'closed' && closedAt !== null && now.getTime() - closedAt.getTime() > reopenDays * day
}

async function openFollowUp(tx: Tx, id: string) {
  type Row = { conversationId: string; personId: string; verdict: string | null }
  const ask = (end: ReturnType<typeof sql>) =>
    sql<Row>`select m.conversation_id, (select coalesce(merged_into, id) from person where id = f.person_id) as person_id, f.verdict from follow_up f join message m on m.id = f.message_id
      where f.id = ${id}::uuid and m.taken_back_at is null ${end}`.execute(tx)
  const known = (await ask(sql``)).rows[0]
  if (!known) throw absent()
  const conversation = await openConversation(tx, systemActor('link'), known.conversationId)
  const row = (await ask(sql`for update of f`)).rows[0]
  if (!row || row.conversationId !== conversation.id) throw absent()
  if (['spam', 'trash', 'merged', 'aside'].includes(conversation.state)) throw absent()
  if (row.verdict !== null) throw new Refusal('answered-already', 409)
  return { conversation, personId: row.personId }
}

/** Who wrote the answer, and the messages it stood in: since the last verdict. */
async function whoHelped(tx: Tx, conversationId: string): Promise<{ people: string[]; messages: string[] }> {
  const { rows } = await sql<{ id: string; authorId: string }>`
    select id, author_id from message where conversation_id = ${conversationId}::uuid and kind in ('reply', 'call') and taken_back_at is null and author_id is not null
      and exists (select from member where person_id = author_id)
      and at > coalesce((select max(asked_at) from follow_up f where f.conversation_id = ${conversationId}::uuid and f.verdict in ('worked', 'incomplete', 'wrong')
        and f.asked_at < (select max(asked_at) from follow_up l where l.conversation_id = f.conversation_id)), '-infinity')
    order by at desc limit 200`.execute(tx)
  return { people: [...new Set(rows.map(row => row.authorId))], messages: rows.map(row => row.id) }
}

/** Nobody answered for two weeks after we asked, or they want to be asked nothing: closed, unverified. Returns how many. */
export async function closeSilent(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ conversationId: string }>`
    select p.conversation_id from promise p join conversation c on c.id = p.conversation_id
    where p.ended_at is null and p.kind = 'follow-up' and p.automatic and p.told_at is not null and p.due_at <= ${now} and c.state = 'solved' order by p.due_at limit 200`.execute(
    db,
  )
  for (const { conversationId } of rows) {
    await inTransaction(db, async tx => {
      const conversation = await openConversation(tx, systemActor('clock'), conversationId)
      const waits = conversation.open.some(
        each => each.kind === 'follow-up' && each.automatic && each.toldAt !== null && each.dueAt <= now,
      )
      if (conversation.state !== 'solved' || !waits) return
      await save(tx, conversation, {
        kind: 'follow-up.silent',
        change: afterSilence(conversation),
        actor: systemActor('clock'),
        now,
      })
    })
  }
  return rows.length + (await closeUnwanted(db, now))
}

/** When it is time to ask somebody who wants to be asked nothing. */
async function closeUnwanted(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ conversationId: string }>`
    select c.id as conversation_id from promise p join conversation c on c.id = p.conversation_id join person u on u.id = c.customer_id and u.no_unasked_since is not null
    where p.ended_at is null and p.kind = 'follow-up' and p.told_at is null and p.due_at <= ${now} and c.state = 'solved' order by p.due_at limit 200`.execute(
    db,
  )
  for (const { conversationId } of rows) {
    await inTransaction(db, async tx => {
      const conversation = await openConversation(tx, systemActor('clock'), conversationId)
      if (conversation.state === 'solved') await closeUnasked(tx, systemActor('clock'), conversation, 'opted-out', now)
    })
  }
  return rows.length
}
