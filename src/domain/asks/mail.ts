/** Mails of an ask to its expert: the question with the chosen context, and what came of it. Puts them into the outbox; sends nothing itself. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { wordsFor } from '../../words/outside.ts'
import { enqueue, type Outgoing, oneMail, ownSender } from '../channels/index.ts'
import { type Conversation, type Sender, senderFor } from '../conversations/index.ts'

type Content = Extract<Outgoing['content'], { is: 'ask' }>
export type AskMail = {
  askId: string
  conversation: Pick<Conversation, 'id' | 'mailboxId' | 'teamId'>
  /** the message it is, or the latest of the ask where it is none of its own */
  messageId: string
  /** null: Pond says it by itself */
  author: string | null
  about: Content['about']
  dueAt: Date | null
  rfcId: string
  now: Date
} & Partial<Pick<Content, 'context' | 'verdict' | 'words'>>

/** The conversation's mailbox, else any of ours; null where none sends. */
export async function senderOf(
  tx: Tx,
  conversation: Pick<Conversation, 'mailboxId' | 'teamId'>,
): Promise<Sender | null> {
  const sender = await senderFor(tx, conversation)
  if (sender) return sender
  const own = await ownSender(tx)
  return own && { ...own, fromName: '' }
}

type Expert = {
  name: string
  written: string
  normal: string
  addressId: string
  language: string
  zone: string
  member: boolean
  words: string
}

/** Nothing goes out where no mailbox sends, or where the expert has no address: then the desk alone tells them. */
export async function mailExpert(tx: Tx, baseUrl: URL, it: AskMail): Promise<void> {
  const sender = await senderOf(tx, it.conversation)
  const expert = await expertOf(tx, it.askId)
  if (!sender || !expert) return
  const chain = await chainOf(tx, it.askId, it.rfcId)
  const content: Content = {
    is: 'ask',
    subject: null,
    fromName: it.author && sender.fromName ? `${it.author}, ${sender.fromName}` : null,
    to: [{ name: expert.name.includes('@') ? '' : expert.name, address: expert.written }],
    inReplyTo: chain.at(-1) ?? null,
    references: chain,
    language: expert.language,
    zone: expert.zone,
    author: it.author,
    about: it.about,
    title: expert.words,
    dueAt: it.dueAt?.toISOString() ?? null,
    context: it.context ?? [],
    verdict: it.verdict ?? null,
    words: it.words ?? null,
    desk: expert.member ? new URL(`/asks/${it.askId}`, baseUrl).href : null,
    // Who has no account says by when on a page of its own; answering by mail works all the same.
    links: expert.member || it.about !== 'question' ? [] : [sayWhen(it, expert.language)],
  }
  await enqueue(tx, [
    oneMail({
      ...{ from: sender, to: { ...expert, id: expert.addressId }, now: it.now },
      askMessageId: it.messageId,
      automatic: it.author === null,
      rfcId: it.rfcId,
      content,
    }),
  ])
}

const linkDays = 60

function sayWhen({ askId, now }: AskMail, language: string): NonNullable<Content['links']>[number] {
  const until = new Date(now.getTime() + linkDays * 86_400_000).toISOString()
  const shown = { label: wordsFor('outside', language)('ask.link'), what: null, heading: null, at: 'row' as const }
  return { purpose: 'ask', subjectId: askId, until, choice: null, ...shown }
}

async function expertOf(tx: Tx, askId: string): Promise<Expert | null> {
  const { rows } = await sql<Expert>`
    select p.name, d.written, d.normal, d.id as address_id, coalesce(p.language, i.language, 'en') as language, coalesce(p.zone, i.zone, 'UTC') as zone, a.words,
      exists (select from member m where m.person_id = p.id and m.disabled_at is null) as member
    from ask a join person p on p.id = a.expert_id join address d on d.id = a.address_id left join installation i on true where a.id = ${askId}::uuid`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** What was said between the two, oldest first; nothing of the customer's conversation. */
async function chainOf(tx: Tx, askId: string, except: string): Promise<string[]> {
  const { rows } = await sql<{ rfcId: string }>`
    select rfc_id from ask_message where ask_id = ${askId}::uuid and rfc_id is not null and rfc_id <> ${except} order by at desc, id desc limit 20`.execute(
    tx,
  )
  return rows.map(row => row.rfcId).reverse()
}
