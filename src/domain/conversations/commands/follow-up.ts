/** Follow-ups: the prepared mail, sending it, judging what came of it, and what silence means. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { catalogue } from '../../../words/catalogue.ts'
import { type Member, systemActor } from '../../access/index.ts'
import { newRfcId, resolveRecipients, sendOut } from '../outward.ts'
import { needSender, timesFor } from '../reach.ts'
import { afterFollowUpSent, afterSilence, afterVerdict } from '../rules.ts'
import { insertMessages, openConversation } from '../tables.ts'
import { escaped, isBlank, type Written, written } from '../text.ts'
import { ours } from './ours.ts'
import { customerAddresses } from './ownership.ts'
import { refuseIfStale, save } from './save.ts'

const daysUntilSilent = 14

/** Words to begin with, in the customer's language; the owner changes them as they like. */
export async function preparedFollowUp(tx: Tx, actor: Member, conversationId: string) {
  const conversation = await openConversation(tx, actor, conversationId)
  const recipients = await resolveRecipients(
    tx,
    { to: await customerAddresses(tx, conversation.id), cc: [] },
    new Date(),
  )
  const name = recipients[0]?.name.split(' ')[0] ?? ''
  const words = {
    name,
    subject: conversation.subject,
    author: actor.name.split(' ')[0] ?? actor.name,
    lng: conversation.language ?? 'en',
  }
  const lines = ['greeting', 'asks', 'reply', 'closing'].map(key => catalogue.t(`follow-up:prepared.${key}`, words))
  return {
    body: lines.map(line => `<p>${escaped(String(line))}</p>`).join(''),
    recipients: recipients.map(({ role, address, name: shown, found }) => ({
      role,
      address,
      name: shown,
      personId: found.personId,
    })),
  }
}

export async function sendFollowUp(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; seenVersion: number; body: string | Written },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  await refuseIfStale(tx, actor, conversation, input.seenVersion)
  if (conversation.state !== 'solved') throw new Refusal('no-follow-up', 409)
  const body = written(input.body)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const sender = await needSender(tx, conversation)
  const shown = await resolveRecipients(tx, { to: await customerAddresses(tx, conversation.id), cc: [] }, now)
  const messageId = randomUUIDv7()
  const rfcId = newRfcId(sender)
  await insertMessages(tx, [
    ours({
      id: messageId,
      conversationId: conversation.id,
      kind: 'follow-up',
      authorId: actor.personId,
      shown,
      at: now,
      body,
      language: conversation.language,
      rfcId,
    }),
  ])
  const change = {
    ...afterFollowUpSent(conversation, new Date(now.getTime() + daysUntilSilent * 86_400_000)),
    outcome: conversation.outcome,
  }
  const saved = await save(tx, conversation, {
    kind: 'follow-up.sent',
    change,
    actor,
    now,
    toldBy: messageId,
    last: { at: now, ours: true, preview: body.preview },
    facts: { messageId },
  })
  await sendOut(tx, {
    purpose: 'follow-up',
    conversation,
    messageId,
    rfcId,
    sender,
    author: actor.name,
    shown,
    told: [],
    no: null,
    now,
    notBefore: now,
  })
  return { messageId, state: saved.state, version: saved.version, promises: saved.promises, undoUntil: null }
}

export type Verdict = { conversationId: string; verdict: 'worked' | 'incomplete' | 'wrong'; said: string }

/** What they said is kept as a note beside it. A verdict may come after they wrote again: then the conversation is open. */
export async function judgeFollowUp(tx: Tx, actor: Member, input: Verdict, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (conversation.state !== 'solved') throw new Refusal('no-follow-up', 409)
  if (input.said.trim()) {
    const body = written(input.said)
    await insertMessages(tx, [
      ours({
        id: randomUUIDv7(),
        conversationId: conversation.id,
        kind: 'note',
        authorId: actor.personId,
        at: now,
        body,
      }),
    ])
  }
  const change = afterVerdict(conversation, input.verdict, await timesFor(tx, conversation.teamId, now))
  const saved = await save(tx, conversation, {
    kind: 'follow-up.judged',
    change,
    actor,
    now,
    facts: { verdict: input.verdict },
  })
  return { messageId: null, state: saved.state, version: saved.version, promises: saved.promises, undoUntil: null }
}

/** Nobody answered for two weeks after we asked: closed, unverified. Returns how many. */
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
  return rows.length
}
