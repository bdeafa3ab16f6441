/** What is to be sent: the shape of an outbox row's content, putting rows there, and the budget of automatic mail (R8). Sends nothing and composes nothing. */
import { CompiledQuery } from 'kysely'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { Tx } from '../../platform/db/index.ts'
import { ToldItem } from './send/told.ts'

const Shown = z.object({ name: z.string(), address: z.string() })

/** A link made for each recipient alone when the mail is composed (links.ts); it opens a page that asks to confirm. */
export const LinkWanted = z.object({
  purpose: z.enum(['follow-up', 'options', 'ask', 'conversation', 'preferences', 'unfollow', 'mentions']),
  subjectId: z.uuid(),
  until: z.iso.datetime({ offset: true }),
  /** the row that is marked when its page opens */
  choice: z.string().max(60).nullable().default(null),
  label: z.string(),
  /** what follows from it, beneath the label */
  what: z.string().nullable().default(null),
  /** above the first of a group */
  heading: z.string().nullable().default(null),
  /** A row of its own below the words, or a few words in the foot. */
  at: z.enum(['row', 'foot']).default('row'),
})

/** What every mail has. To and Cc are what all recipients see; the row's `recipient` is the envelope's. */
const Frame = {
  /** Null: the words for the purpose make one (an acknowledgement to somebody unverified shows nothing of theirs, S14). */
  subject: z.string().nullable(),
  /** The name beside the mailbox's address, e.g. "Ana Kovačević, Lindqvist Espresso"; null: the mailbox's. */
  fromName: z.string().nullable(),
  to: z.array(Shown).min(1),
  cc: z.array(Shown).default([]),
  /** Message-IDs, with or without angle brackets; references oldest first. */
  inReplyTo: z.string().nullable().default(null),
  references: z.array(z.string()).default([]),
  /** A language tag like `en` or `pt-BR`, and an IANA zone: how times and our own words are written. */
  language: z.string(),
  zone: z.string(),
  links: z.array(LinkWanted).max(60).default([]),
  /** A line below the rows: what happens when one is opened. */
  linksNote: z.string().nullable().default(null),
}
/** A person's own words: text, HTML and attachments are the message row's. */
const Written = {
  ...Frame,
  author: z.string().nullable(),
  /** Earlier messages of ours that go along above the words, oldest first: what was said in a chat and not seen there. */
  before: z.array(z.uuid()).max(50).default([]),
  /** The customer's message quoted below; null for people who are only copied: they get no history. */
  quotes: z.uuid().nullable().default(null),
  /** Promises told in it, ours and theirs, shown below the words with their time. */
  told: z
    .array(
      z.object({
        words: z.string(),
        dueAt: z.iso.datetime({ offset: true }),
        ours: z.boolean(),
        /** when we ask again, if theirs does not come */
        againAt: z.iso.datetime({ offset: true }).nullable().default(null),
      }),
    )
    .default([]),
  /** A "no" carries a personal word, and an alternative or why there is none (I8); both stand in the mail. */
  no: z
    .object({
      personalWord: z.string(),
      alternative: z.object({ is: z.enum(['offer', 'none', 'options']), words: z.string() }),
    })
    .nullable()
    .default(null),
  /** What stands below; null: the author's name and whom they write for. Filled and safe. */
  signature: z.object({ html: z.string(), text: z.string() }).nullable().default(null),
}
export const Content = z.discriminatedUnion('is', [
  z.object({ is: z.literal('reply'), ...Written }),
  z.object({ is: z.literal('follow-up'), ...Written }),
  z.object({ is: z.literal('handover'), ...Written }),
  /** Somebody's message, passed on to somebody outside with words of one's own above it. */
  z.object({ is: z.literal('forward'), ...Written }),
  z.object({
    is: z.literal('acknowledgement'),
    ...Frame,
    number: z.number(),
    /** Who is greeted; null unless the address is verified. */
    greets: z.string().nullable(),
    /** The member who has it; null: the team. */
    owner: z.string().nullable(),
    team: z.string(),
    dueAt: z.iso.datetime({ offset: true }),
    wroteAt: z.iso.datetime({ offset: true }),
    /** Their first words, shown back; null unless the address is verified (S14). */
    said: z.string().nullable(),
  }),
  /** "Your mail was larger than what we take." `bytes` and `limit` in bytes. */
  z.object({
    is: z.literal('oversize'),
    ...Frame,
    number: z.number().nullable(),
    bytes: z.number(),
    limit: z.number(),
  }),
  z.object({
    is: z.literal('account'),
    ...Frame,
    about: z.enum([
      'invitation',
      'sign-in',
      'new-password',
      'factor-added',
      'factor-removed',
      'factors-reset',
      'customer-sign-in',
      'customer-erase',
    ]),
    link: z.url(),
    /** null: the link is no one-time link */
    until: z.iso.datetime({ offset: true }).nullable(),
    invitedBy: z.string().nullable().default(null),
  }),
  z.object({ is: z.literal('check'), ...Frame }),
  /** To the expert of an ask: a question, or what came of it. Its words are the ask's message; nothing else of the conversation goes along. */
  z.object({
    is: z.literal('ask'),
    ...Frame,
    /** null: Pond says it by itself */
    author: z.string().nullable(),
    about: z.enum(['question', 'closed', 'thanks', 'judged']),
    /** the first words of the question */
    title: z.string(),
    dueAt: z.iso.datetime({ offset: true }).nullable(),
    /** what was chosen of the customer's conversation, oldest first */
    context: z.array(z.object({ name: z.string(), at: z.iso.datetime({ offset: true }), text: z.string() })).max(50),
    verdict: z.enum(['worked', 'incomplete', 'wrong']).nullable(),
    words: z.string().nullable(),
    /** the ask in the desk, for who has an account */
    desk: z.url().nullable(),
  }),
  /** What a member is told of; several at once are a digest. Addresses of the desk. */
  z.object({
    is: z.literal('notification'),
    ...Frame,
    items: z.array(ToldItem).min(1).max(30),
    more: z.number(),
    list: z.url(),
    settings: z.url(),
  }),
  /** What was said in the community where somebody follows. The posts are read as it is made, as far as that person may read them then. */
  z.object({
    is: z.literal('community'),
    ...Frame,
    about: z.enum(['posts', 'digest']),
    personId: z.uuid(),
    postIds: z.array(z.uuid()).min(1).max(200),
    /** where an answer goes; null for a gathering */
    topic: z.object({ id: z.uuid(), number: z.number() }).nullable(),
    via: z.enum(['topic', 'category', 'mention']),
    rhythm: z.enum(['daily', 'weekly']).nullable(),
  }),
])
export type Content = z.infer<typeof Content>

/** One mail to one envelope recipient. */
export type Outgoing = {
  id: string
  mailboxId: string
  conversationId: string | null
  messageId: string | null
  /** of an ask: then its expert's answer comes back there */
  askMessageId?: string | null
  automatic: boolean
  recipient: string
  /** Normalised: what limits and reports are counted by. */
  recipientNormal: string
  addressId: string | null
  /** Message-ID without angle brackets; the same on every try. */
  rfcId: string
  content: z.input<typeof Content>
  createdAt: Date
  /** Undo and send later: not before this. */
  notBefore: Date
}

/** A transaction of the query builder, or a client on which one was begun. */
type Within = Tx | Pick<PoolClient, 'query'>

const insertRows = `insert into outbox (id, mailbox_id, conversation_id, message_id, purpose, automatic, recipient, recipient_normal,
    address_id, rfc_id, content, created_at, not_before, ask_message_id)
  select id, mailbox_id, conversation_id, message_id, content->>'is', automatic, recipient, recipient_normal,
    address_id, rfc_id, content, created_at, not_before, ask_message_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bool[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::jsonb[],
    $11::timestamptz[], $12::timestamptz[], $13::uuid[])
    as o(id, mailbox_id, conversation_id, message_id, automatic, recipient, recipient_normal, address_id, rfc_id, content, created_at, not_before, ask_message_id)
  on conflict (rfc_id, recipient_normal) do nothing`

/** Part of the transaction that makes the mail necessary (R2). A second row for the same mail and recipient is not made. */
export async function enqueue(within: Within, mails: readonly Outgoing[]): Promise<void> {
  if (mails.length === 0) return
  await ask(within, 'outbox-enqueue', insertRows, [
    mails.map(mail => mail.id),
    mails.map(mail => mail.mailboxId),
    mails.map(mail => mail.conversationId),
    mails.map(mail => mail.messageId),
    mails.map(mail => mail.automatic),
    mails.map(mail => oneLine(mail.recipient)),
    mails.map(mail => mail.recipientNormal),
    mails.map(mail => mail.addressId),
    mails.map(mail => oneLine(mail.rfcId)),
    mails.map(mail => JSON.stringify(Content.parse(mail.content))),
    mails.map(mail => mail.createdAt),
    mails.map(mail => mail.notBefore),
    mails.map(mail => mail.askMessageId ?? null),
  ])
}

export const automaticPerHour = 5
export const automaticPerDay = 20

/** How many more automatic mails each normalised address may get now; 0 for suspended ones. Every recipient is answered. */
export async function automaticBudget(
  within: Within,
  recipients: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const wanted = [...new Set(recipients)]
  if (wanted.length === 0) return new Map()
  const rows = await ask(
    within,
    'outbox-automatic-budget',
    `select w.normal, (a.suspended_at is not null) as suspended, o.hour, o.day
      from unnest($1::text[]) as w(normal)
      left join address a on a.kind = 'mail' and a.normal = w.normal
      cross join lateral (
        select count(*)::int as day, (count(*) filter (where created_at > $2::timestamptz - interval '1 hour'))::int as hour
        from (select created_at from outbox where automatic and recipient_normal = w.normal and state <> 'cancelled'
          and created_at > $2::timestamptz - interval '1 day' order by created_at desc limit ${automaticPerDay}) recent
      ) o`,
    [wanted, now],
  )
  return new Map(
    rows.map(row => [
      String(row.normal),
      row.suspended ? 0 : Math.max(0, Math.min(automaticPerHour - Number(row.hour), automaticPerDay - Number(row.day))),
    ]),
  )
}

async function ask(within: Within, name: string, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  if ('executeQuery' in within) return (await within.executeQuery(CompiledQuery.raw(text, values))).rows as never
  return (await within.query({ name, text, values })).rows
}

/** S15: what becomes a header or an SMTP command holds no line end. */
function oneLine(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new RangeError('an address or id holds a line end')
  return text
}
