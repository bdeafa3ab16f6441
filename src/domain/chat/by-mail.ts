/**
 * A chat goes on by mail when its customer has left: each answer of ours they have not seen, and else by when they are answered.
 * Within the limits of automatic mail, and nothing of their text goes to an address they only typed (S14).
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { chatWords } from '../../words/widget.ts'
import { installation } from '../access/index.ts'
import { automaticBudget, enqueue, newRfcId, oneMail } from '../channels/index.ts'
import { type Conversation, resolveRecipients, type Sender, senderFor, sendOut } from '../conversations/index.ts'

type Address = { id: string; written: string; normal: string; verifiedAt: Date | null; name: string }

/** Where their mail goes; null: they gave no address, or it bounces. */
export async function addressIn(tx: Tx, conversationId: string): Promise<Address | null> {
  const { rows } =
    await sql<Address>`select a.id, a.written, a.normal, a.verified_at, p.name from participant x join address a on a.id = x.address_id join person p on p.id = x.person_id
    where x.conversation_id = ${conversationId}::uuid and x.role = 'customer' and a.kind = 'mail' and a.suspended_at is null order by x.since desc limit 1`.execute(
      tx,
    )
  return rows[0] ?? null
}

type Unseen = { id: string; seq: number; author: string | null }

/** Returns whether anything went out. */
export async function mailUnseen(tx: Tx, conversation: Conversation, now: Date): Promise<boolean> {
  const { rows } = await sql<Unseen>`
    select m.id, l.seq, p.name as author from chat c join chat_line l on l.conversation_id = c.conversation_id join message m on m.id = l.message_id left join person p on p.id = m.author_id
    where c.conversation_id = ${conversation.id}::uuid and m.kind = 'reply' and m.recipients = '[]' and m.taken_back_at is null and not l.moved
      and l.seq > c.mailed_seq and l.seq > coalesce((select max(s.seen_seq) from chat_seat s where s.conversation_id = c.conversation_id), 0)
    order by l.seq limit 50`.execute(tx)
  if (rows.length === 0) return false
  const address = await addressIn(tx, conversation.id)
  const sender = address && (await senderFor(tx, conversation))
  if (!address || !sender) return false
  // Somebody else's inbox shall not show what a stranger typed: the subject is ours until the address is proven.
  const subject = address.verifiedAt ? conversation.subject : chatWords(conversation.language ?? 'en').subject
  const shown = { ...conversation, subject }
  await mailTogether(tx, shown, rows, { to: address.written, sender }, now)
  await sql`update chat set mailed_seq = ${rows.at(-1)!.seq} where conversation_id = ${conversation.id}::uuid`.execute(
    tx,
  )
  return true
}

/** One mail, however many they have not seen: the latest with those before it. */
async function mailTogether(
  tx: Tx,
  conversation: Conversation,
  unseen: readonly Unseen[],
  { to, sender }: { to: string; sender: Sender },
  now: Date,
) {
  const last = unseen.at(-1)!
  const shown = await resolveRecipients(tx, { to: [to], cc: [] }, now)
  const rfcId = newRfcId(sender)
  const recipients = JSON.stringify(shown.map(({ role, address, name }) => ({ role, address, name })))
  await sql`update message set rfc_id = case when id = ${last.id}::uuid then ${rfcId} end, recipients = ${recipients}::jsonb
    where id = any(${unseen.map(each => each.id)}::uuid[])`.execute(tx)
  await sendOut(tx, {
    ...{ purpose: 'reply', conversation, messageId: last.id, rfcId, sender, shown },
    before: unseen.slice(0, -1).map(each => each.id),
    author: last.author ?? sender.fromName,
    ...{ told: [], no: null, now, notBefore: now },
  })
}

/** Who has it and by when: once for each promise that was told, and only while they wait for an answer of ours. */
export async function acknowledgeLeft(tx: Tx, conversation: Conversation, now: Date): Promise<void> {
  const owed = conversation.open.find(
    each => each.direction === 'ours' && each.kind === 'reply' && each.automatic && each.toldAt !== null,
  )
  if (!owed || owed.dueAt <= now) return
  const { rows } = await sql<{
    text: string
    at: Date
    theirs: boolean
    told: boolean
    owner: string | null
    team: string
  }>`
    select coalesce(m.trimmed, m.body_text) as text, m.at, m.kind = 'message' as theirs, o.name as owner, t.name as team,
      exists (select from outbox b join promise p on p.id = ${owed.id}::uuid where b.conversation_id = c.id and b.purpose = 'acknowledgement' and b.created_at >= p.made_at) as told
    from conversation c join team t on t.id = c.team_id left join person o on o.id = c.owner_id
    join lateral (select * from message where conversation_id = c.id and kind in ('message', 'reply') and taken_back_at is null order by at desc, id desc limit 1) m on true
    where c.id = ${conversation.id}::uuid`.execute(tx)
  const last = rows[0]
  if (!last?.theirs || last.told) return
  const address = await addressIn(tx, conversation.id)
  const sender = address && (await senderFor(tx, conversation))
  if (!address || !sender) return
  if (((await automaticBudget(tx, [address.normal], now)).get(address.normal) ?? 0) <= 0) return
  const house = await installation(tx)
  const person = await sql<{
    language: string | null
    zone: string | null
  }>`select language, zone from person where id = ${conversation.customerId}::uuid`.execute(tx)
  const proven = address.verifiedAt !== null
  const name = address.name.includes('@') ? '' : address.name
  await enqueue(tx, [
    oneMail({
      ...{ from: sender, to: address, now, conversationId: conversation.id, automatic: true },
      content: {
        is: 'acknowledgement',
        subject: proven ? conversation.subject : null,
        fromName: null,
        to: [{ name: proven ? name : '', address: address.written }],
        cc: [],
        language: conversation.language ?? person.rows[0]?.language ?? house.language,
        zone: person.rows[0]?.zone ?? house.zone,
        number: conversation.number,
        greets: proven && name ? name : null,
        owner: last.owner,
        team: last.team,
        dueAt: owed.dueAt.toISOString(),
        wroteAt: last.at.toISOString(),
        said: proven ? last.text.slice(0, 600).toWellFormed() : null,
      },
    }),
  ])
}
