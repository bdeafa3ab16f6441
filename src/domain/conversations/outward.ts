/**
 * A message of ours on its way out: one outbox row per recipient, each with the chain of Message-IDs that keeps the
 * conversation together. Copied people get this message and no history. Sends nothing itself.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { wordsFor } from '../../words/outside.ts'
import { enqueue, momentIn, type Outgoing, oneMail } from '../channels/index.ts'
import { type Found, findOrMakePeople, readAddress } from '../people/index.ts'
import { type Signed, signatureFor, standsThere } from '../signatures/index.ts'
import type { Sender } from './reach.ts'
import { insertParticipants } from './tables.ts'

export type To = { to: readonly string[]; cc: readonly string[] }
export type Shown = { role: 'to' | 'cc'; address: string; name: string; found: Found }

/** Who will get it: normalised, each once, never one of our own channels; somebody new becomes copied. */
export async function resolveRecipients(tx: Tx, recipients: To, now: Date): Promise<Shown[]> {
  const wanted = [
    ...recipients.to.map(address => ({ role: 'to' as const, address })),
    ...recipients.cc.map(address => ({ role: 'cc' as const, address })),
  ]
  const wrong = wanted.filter(each => !readAddress(each.address))
  if (wrong.length > 0)
    throw new Refusal('bad-shape', 400, {
      fields: wrong.map(each => ({ path: 'recipients', says: `${each.address} is no address` })),
    })
  const own = await sql<{
    normal: string
  }>`select normal from mailbox where removed_at is null union select lower(unnest(aliases)) from mailbox where removed_at is null`.execute(
    tx,
  )
  const ours = new Set(own.rows.map(row => row.normal))
  const people = await findOrMakePeople(tx, wanted, now)
  const seen = new Set<string>()
  const shown: Shown[] = []
  for (const each of wanted) {
    const found = people.get(readAddress(each.address)!.normal)
    if (!found || ours.has(found.normal) || seen.has(found.normal)) continue
    seen.add(found.normal)
    shown.push({ role: each.role, address: found.written, name: found.name.includes('@') ? '' : found.name, found })
  }
  if (shown.length === 0) throw new Refusal('no-recipients', 400)
  return shown
}

export type Outward = {
  purpose: 'reply' | 'follow-up' | 'handover' | 'forward'
  conversation: { id: string; subject: string; language: string | null; customerId: string }
  messageId: string
  rfcId: string
  sender: Sender
  author: string
  shown: Shown[]
  /** promises told in it, in the order in which they are made */
  told: { words: string; dueAt: Date; ours: boolean; againAt: string | null }[]
  /** a "no" and what is offered instead (I8) */
  no: { personalWord: string; alternative: { is: 'offer' | 'none' | 'options'; words: string } } | null
  /** messages of ours that go along above it, oldest first */
  before?: readonly string[]
  /** our own message that is quoted below instead of theirs */
  quotes?: string | null
  /** for those who take part, in the language of the mail: rows that open a page */
  links?: (language: string, when: (at: Date) => string) => { links: OutwardLink[]; note: string }
  now: Date
  notBefore: Date
}

export type OutwardLink = NonNullable<Outgoing['content']['links']>[number]

/** How long one's own page of a conversation can be looked at from a mail. */
const seenDays = 180

export async function sendOut(tx: Tx, it: Outward): Promise<void> {
  // What is passed on begins a chain of its own: nothing of the customer's side is told by it.
  const aside = it.purpose === 'forward'
  const chain = aside ? noChain : await chainOf(tx, it.conversation.id, it.messageId)
  const roles = await rolesOf(tx, it.conversation.id)
  const installation = (
    await sql<{ language: string; zone: string; name: string }>`select language, zone, name from installation`.execute(
      tx,
    )
  ).rows[0] ?? { language: 'en', zone: 'UTC', name: 'Pond' }
  const customer = (
    await sql<{
      language: string | null
      zone: string | null
    }>`select language, zone from person where id = ${it.conversation.customerId}::uuid`.execute(tx)
  ).rows[0]
  const language = aside
    ? installation.language
    : (it.conversation.language ?? customer?.language ?? installation.language)
  const zone = aside ? installation.zone : (customer?.zone ?? installation.zone)
  const signature = await signed(tx, it, { installation: installation.name, language, zone })
  const rows = it.links?.(language, at => momentIn(at, it.now, language, zone))
  const see: OutwardLink = {
    ...{ purpose: 'conversation', subjectId: it.conversation.id, at: 'foot' },
    until: new Date(it.now.getTime() + seenDays * 86_400_000).toISOString(),
    label: wordsFor('follow-up', language)('see'),
  }
  const mails = it.shown.map(({ found }) => {
    const role = roles.get(found.addressId)
    const takesPart = role === 'customer' || role === 'taking-part'
    return oneMail({
      from: it.sender,
      // Without an address its mail carries no signed one: an answer to a forward is a conversation of its own.
      to: { ...found, id: aside ? null : found.addressId },
      conversationId: it.conversation.id,
      messageId: it.messageId,
      automatic: false,
      rfcId: it.rfcId,
      now: it.now,
      notBefore: it.notBefore,
      content: {
        is: it.purpose,
        subject: aside
          ? passedOn(it.conversation.subject)
          : chain.latest === null
            ? it.conversation.subject
            : again(it.conversation.subject),
        fromName: `${it.author}, ${it.sender.fromName}`,
        to: shownAs(it.shown, 'to'),
        cc: shownAs(it.shown, 'cc'),
        inReplyTo: chain.latest,
        references: chain.references,
        language,
        zone,
        author: it.author,
        before: [...(it.before ?? [])],
        quotes: takesPart ? (it.quotes ?? chain.quoted) : null,
        links: takesPart && !aside ? [...(rows?.links ?? []), see] : [],
        linksNote: takesPart ? (rows?.note ?? null) : null,
        told: it.told.map(each => ({ ...each, dueAt: each.dueAt.toISOString() })),
        no: it.no,
        signature,
      },
    })
  })
  if (!aside) await joinCopied(tx, it, roles)
  await enqueue(tx, mails)
}

async function joinCopied(tx: Tx, it: Outward, roles: Map<string, string>) {
  await insertParticipants(
    tx,
    it.shown
      .filter(({ found }) => !roles.has(found.addressId) || roles.get(found.addressId) === 'suggested')
      .map(({ found }) => ({
        conversationId: it.conversation.id,
        addressId: found.addressId,
        personId: found.personId,
        role: 'copied' as const,
        since: it.now,
      })),
  )
}

const noChain = { latest: null, references: [], quoted: null }

async function signed(tx: Tx, it: Outward, where: { installation: string; language: string; zone: string }) {
  const { rows } = await sql<{
    authorId: string | null
    text: string
    number: number
    teamId: string
    teamName: string
    customer: string
  }>`select m.author_id, coalesce(m.trimmed, m.body_text) as text, c.number, t.id as team_id, t.name as team_name, p.name as customer
    from message m join conversation c on c.id = m.conversation_id join team t on t.id = c.team_id join person p on p.id = c.customer_id where m.id = ${it.messageId}::uuid`.execute(
    tx,
  )
  const row = rows[0]
  if (!row?.authorId) return null
  const signature: Signed | null = await signatureFor(tx, {
    ...where,
    author: { id: row.authorId, name: it.author },
    team: { id: row.teamId, name: row.teamName },
    customer: row.customer,
    conversation: { number: row.number, subject: it.conversation.subject },
    dueAt: it.told.find(each => each.ours)?.dueAt ?? null,
  })
  // Nothing below, not even the plain one: it stands in the words already.
  return signature && standsThere(row.text, signature) ? { html: '', text: '' } : signature
}

function shownAs(shown: Shown[], role: 'to' | 'cc') {
  const list = shown.filter(each => each.role === role)
  // A mail needs somebody in To: when all stand in Cc, the first moves up.
  const wanted = role === 'to' && list.length === 0 ? shown.slice(0, 1) : list
  return wanted.map(({ name, address }) => ({ name, address }))
}

function passedOn(subject: string): string {
  return /^\s*fwd?\s*:/i.test(subject) ? subject : `Fwd: ${subject}`
}

function again(subject: string): string {
  return /^\s*re\s*:/i.test(subject) ? subject : `Re: ${subject}`
}

/** Message-IDs of the conversation, oldest first, and what is quoted below: the latest of the customer's side. What somebody copied wrote may have been for us alone (S3). */
async function chainOf(tx: Tx, conversationId: string, except: string) {
  const { rows } = await sql<{ id: string; rfcId: string; kind: string; takesPart: boolean }>`
    select id, rfc_id, kind, exists (select from participant p where p.conversation_id = m.conversation_id and p.person_id = m.author_id and p.role in ('customer', 'taking-part')) as takes_part
    from message m where conversation_id = ${conversationId}::uuid and id <> ${except}::uuid and rfc_id is not null and kind not in ('note', 'forward') and taken_back_at is null
    order by at desc, id desc limit 20`.execute(tx)
  return {
    latest: rows[0]?.rfcId ?? null,
    references: rows.map(row => row.rfcId).reverse(),
    quoted: rows.find(row => row.kind === 'message' && row.takesPart)?.id ?? null,
  }
}

async function rolesOf(tx: Tx, conversationId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{
    addressId: string
    role: string
  }>`select address_id, role from participant where conversation_id = ${conversationId}::uuid`.execute(tx)
  return new Map(rows.map(row => [row.addressId, row.role]))
}
