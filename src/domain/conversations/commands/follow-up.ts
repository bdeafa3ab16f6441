/** Follow-ups: the prepared mail, and sending it with a link for every answer. Several that fall together go in one mail. Asks nobody whose budget is used up (I7). */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { mailLanguage } from '../../../words/mail.ts'
import { wordsFor } from '../../../words/outside.ts'
import { type Member, mayWrite } from '../../access/index.ts'
import { careSettingsOf, claimContact, mayContact } from '../../care/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { type OutwardLink, resolveRecipients, sendOut } from '../outward.ts'
import { afterFollowUpSent, afterSilence } from '../rules.ts'
import { type Conversation, insertMessages, lockConversations, openConversation } from '../tables.ts'
import { escaped, isBlank, type Written, written } from '../text.ts'
import { addressesOf, customerAddresses, wayToCustomer } from '../way-out.ts'
import { ours } from './ours.ts'
import { refuseIfStale, save } from './save.ts'

const day = 86_400_000
const daysUntilSilent = 14
/** Somebody who answers after a year is heard. */
const linkDays = 400
const mostAlso = 5

/** Words to begin with, in the customer's language; the owner changes them as they like. */
export async function preparedFollowUp(tx: Tx, actor: Member, conversationId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  // Whoever gave no address is asked in the chat.
  const to = await (conversation.channel === 'chat' ? addressesOf : customerAddresses)(tx, conversation.id)
  const recipients = to.length > 0 ? await resolveRecipients(tx, { to, cc: [] }, now) : []
  const also = await fallingTogether(tx, actor, conversation, now)
  const language = conversation.language ?? 'en'
  const t = wordsFor('follow-up', language)
  const name = recipients[0]?.name.split(' ')[0] ?? ''
  const subjects = [conversation, ...also].map(({ subject }) => `“${subject}”`)
  const lines = [
    name ? t('prepared.greeting', { name }) : t('prepared.greetingNobody'),
    also.length === 0
      ? t('prepared.asks', { subject: conversation.subject })
      : t('prepared.asksSeveral', { subjects: new Intl.ListFormat(mailLanguage(language)).format(subjects) }),
    t('prepared.reply'),
    t('prepared.closing', { author: actor.name.split(' ')[0] ?? actor.name }),
  ]
  const wanted = await wants(tx, conversation.id)
  const contact = wanted
    ? { is: 'granted' as const }
    : await mayContact(tx, { personId: conversation.customerId, kind: 'follow-up', at: now })
  return {
    body: lines.map(line => `<p>${escaped(line)}</p>`).join(''),
    recipients: recipients.map(({ role, address, name: shown, found }) => ({
      role,
      address,
      name: shown,
      personId: found.personId,
    })),
    also: also.map(({ id, number, subject, dueAt }) => ({ id, number, subject, dueAt: dueAt.toISOString() })),
    refused:
      contact.is === 'refused' ? { because: contact.because, freeAt: contact.freeAt?.toISOString() ?? null } : null,
  }
}

type Together = { id: string; number: number; subject: string; teamId: string; ownerId: string | null; dueAt: Date }

/** Other answers to the same person whose follow-up falls due before anybody could be asked again. */
async function fallingTogether(tx: Tx, actor: Member, one: Conversation, now: Date): Promise<Together[]> {
  const { days } = await careSettingsOf(tx)
  const { rows } = await sql<Together>`
    select c.id, c.number, c.subject, c.team_id, c.owner_id, min(p.due_at) as due_at from conversation c join promise p on p.conversation_id = c.id
    where c.customer_id = ${one.customerId}::uuid and c.id <> ${one.id}::uuid and c.state = 'solved' and p.ended_at is null and p.kind = 'follow-up'
      and p.told_at is null and p.due_at <= ${new Date(now.getTime() + days * day)}
    group by c.id order by min(p.due_at) limit 50`.execute(tx)
  return rows.filter(row => mayWrite(actor, row)).slice(0, mostAlso)
}

/** They asked to be asked again: that is not unasked. */
async function wants(tx: Tx, conversationId: string): Promise<boolean> {
  const { rows } = await sql<{ verdict: string | null }>`
    select verdict from follow_up where conversation_id = ${conversationId}::uuid order by asked_at desc limit 1`.execute(
    tx,
  )
  return rows[0]?.verdict === 'later'
}

type Sending = { conversationId: string; seenVersion: number; body: string | Written; also?: readonly string[] }

export async function sendFollowUp(tx: Tx, actor: Member, input: Sending, now: Date) {
  const ids = [input.conversationId, ...(input.also ?? [])]
  // All at once and in the order of ids, before the first is looked at.
  await lockConversations(tx, ids)
  const conversation = await openConversation(tx, actor, input.conversationId)
  await refuseIfStale(tx, actor, conversation, input.seenVersion)
  if (conversation.state !== 'solved') throw new Refusal('no-follow-up', 409)
  const body = written(input.body)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const personId = conversation.customerId
  const claim = (await wants(tx, conversation.id))
    ? { is: 'granted' as const }
    : await claimContact(tx, { personId, kind: 'follow-up', at: now, conversationId: conversation.id })
  if (claim.is === 'refused') return closeUnasked(tx, actor, conversation, claim.because, now)
  const together = await fallingTogether(tx, actor, conversation, now)
  const also: Conversation[] = []
  // What fell together when it was prepared may have changed since: the rest goes all the same.
  for (const id of new Set(input.also)) {
    if (together.some(each => each.id === id)) also.push(await openConversation(tx, actor, id))
  }
  // Whoever gave no address is asked in the chat, and answers there.
  const { sender, shown } = await wayToCustomer(tx, conversation, now, { byMail: true, copied: false })
  const rfcId = sender && newRfcId(sender)
  const silentAt = new Date(now.getTime() + daysUntilSilent * day)
  const asked: { id: string; subject: string }[] = []
  let first: Awaited<ReturnType<typeof save>> | undefined
  let messageId = ''
  for (const each of [conversation, ...also]) {
    const id = randomUUIDv7()
    const message = {
      id,
      conversationId: each.id,
      kind: 'follow-up' as const,
      authorId: actor.personId,
      shown,
      at: now,
    }
    await insertMessages(tx, [
      // The mail itself is the first one's: an answer to it comes there.
      ours({ ...message, body, language: each.language, ...(first ? {} : { rfcId }) }),
    ])
    const saved = await save(tx, each, {
      kind: 'follow-up.sent',
      change: { ...afterFollowUpSent(each, silentAt), outcome: each.outcome },
      actor,
      now,
      toldBy: id,
      last: { at: now, ours: true, preview: body.preview },
      facts: { messageId: id, with: [conversation, ...also].filter(one => one.id !== each.id).map(one => one.id) },
    })
    const followUpId = randomUUIDv7()
    await sql`insert into follow_up (id, conversation_id, message_id, person_id, asked_by, asked_at, until)
      values (${followUpId}, ${each.id}, ${id}, ${personId}, ${actor.personId}, ${now}, ${new Date(now.getTime() + linkDays * day)})`.execute(
      tx,
    )
    asked.push({ id: followUpId, subject: each.subject })
    first ??= saved
    messageId ||= id
  }
  if (sender && rfcId)
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
      quotes: await answerIn(tx, conversation.id),
      links: language => followUpLinks(asked, personId, language, now),
      now,
      notBefore: now,
    })
  const { state, version, promises } = first!
  return { messageId, state, version, promises, undoUntil: null, notAsked: null }
}

/** Four rows for each answer that was asked about; a heading where there are several. */
function followUpLinks(asked: { id: string; subject: string }[], personId: string, language: string, now: Date) {
  const t = wordsFor('follow-up', language)
  const until = new Date(now.getTime() + linkDays * day).toISOString()
  const rows = asked.flatMap(({ id, subject }): OutwardLink[] =>
    (['worked', 'incomplete', 'wrong', 'later'] as const).map((choice, at) => ({
      purpose: 'follow-up',
      subjectId: id,
      until,
      choice,
      label: t(`row.${choice}`),
      heading: asked.length > 1 && at === 0 ? t('about', { subject }) : null,
    })),
  )
  const quiet: OutwardLink = {
    ...{ purpose: 'preferences', subjectId: personId, until, label: t('quiet') },
    ...{ choice: 'quiet', at: 'foot' },
  }
  return { links: [...rows, quiet], note: t('note') }
}

/** Below a follow-up stands the answer it asks about. */
async function answerIn(tx: Tx, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from message where conversation_id = ${conversationId}::uuid and kind = 'reply' and taken_back_at is null order by at desc, id desc limit 1`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

/** Nobody is asked: closed unverified, and the log says why. */
export async function closeUnasked(
  tx: Tx,
  actor: Parameters<typeof save>[2]['actor'],
  conversation: Conversation,
  because: 'limit' | 'opted-out',
  now: Date,
) {
  const change = afterSilence(conversation)
  const saved = await save(tx, conversation, {
    kind: 'follow-up.not-asked',
    change,
    actor,
    now,
    facts: { because },
  })
  const { state, version, promises } = saved
  return { messageId: null, state, version, promises, undoUntil: null, notAsked: because }
}
