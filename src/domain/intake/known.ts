/**
 * What the database knows about a batch of mails, asked with one statement per question: which were here before, who
 * wrote them, which conversations they may belong to, and what came back of what we sent. Changes nothing but locks.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { answering, onDuty } from '../access/index.ts'
import { readToken, type TokenClaim, tokenHolds } from '../channels/index.ts'
import { readAddress } from '../people/index.ts'
import { organisationTarget } from '../promises/index.ts'
import { bare, type Mail } from './mail.ts'

export type TeamFacts = {
  teamId: string
  teamName: string
  calendarId: string
  replyWithin: number
  reopenDays: number
  /** who answers when nobody owns it: the member on duty, else null (the team is named) */
  onDuty: { id: string; name: string } | null
  /** how it gives out what is new */
  assigns: 'off' | 'duty' | 'least-loaded'
}

export type MailboxFacts = TeamFacts & {
  id: string
  address: string
  fromName: string
  canSend: boolean
  sample: boolean
}

const ofTeam = (
  now: Date,
) => sql`t.id as team_id, t.name as team_name, t.calendar_id, t.reply_within, t.reopen_days, t.assigns,
      (select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.id = ${onDuty('t.id', now)}) as on_duty`

export async function mailboxFacts(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, MailboxFacts>> {
  const { rows } = await sql<MailboxFacts>`
    select m.id, m.address, m.from_name, m.sample, (m.smtp is not null) as can_send, ${ofTeam(now)}
    from mailbox m join team t on t.id = m.team_id where m.id = any(${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** Teams to which rules move what comes in. */
export async function teamFacts(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, TeamFacts>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<TeamFacts>`select ${ofTeam(now)} from team t where t.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.teamId, row]))
}

/** Normalised addresses of our own channels: never a customer, never acknowledged. */
export async function ownAddresses(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{
    normal: string
  }>`select normal from mailbox where removed_at is null union select lower(unnest(aliases)) from mailbox where removed_at is null`.execute(
    tx,
  )
  return new Set(rows.map(row => row.normal))
}

export type Before = { deliveryId: string; became: string; conversationId: string | null }

/** Deliveries that were here before, keyed by mailbox, mail id and body. Tombstones count: deleted mail stays deleted (R3). */
export async function knownDeliveries(tx: Tx, mails: readonly Mail[]): Promise<Map<string, Before>> {
  const { rows } = await sql<Before & { mailboxId: string; mailId: string; bodyHash: Buffer }>`
    select d.id as delivery_id, d.became, d.mailbox_id, d.mail_id, d.body_hash, m.conversation_id
    from unnest(${mails.map(each => each.arrived.mailboxId)}::uuid[], ${mails.map(each => each.mailId)}::text[], ${mails.map(each => each.bodyHash)}::bytea[]) as w(mailbox_id, mail_id, body_hash)
    join delivery d using (mailbox_id, mail_id, body_hash) left join message m on m.id = d.message_id`.execute(tx)
  return new Map(rows.map(row => [sameMail(row.mailboxId, row.mailId, row.bodyHash), row]))
}

export function sameMail(mailboxId: string, mailId: string, bodyHash: Buffer): string {
  return `${mailboxId} ${bodyHash.toString('hex')} ${mailId}`
}

/** `signedFor` is the conversation the address was made for; `conversationId` where that lies now. */
export type Claimed = {
  claim: TokenClaim
  signedFor: string
  conversationId: string
  addressId: string
  recipient: string
}

/** Valid signed addresses among all recipients, by mail. */
export async function claimsOf(tx: Tx, mails: readonly Mail[], keys: readonly Buffer[]): Promise<Map<Mail, Claimed>> {
  const wanted: { mail: Mail; claim: TokenClaim }[] = []
  for (const mail of mails) {
    for (const address of recipientsOf(mail)) {
      const claim = readToken(address)
      if (claim) wanted.push({ mail, claim })
    }
  }
  const found = new Map<Mail, Claimed>()
  if (wanted.length === 0) return found
  const { rows } = await sql<{ place: number; conversationId: string; addressId: string; normal: string }>`
    select w.place::int as place, c.id as conversation_id, a.id as address_id, a.normal
    from unnest(${wanted.map(each => each.claim.conversationNumber)}::bigint[], ${wanted.map(each => each.claim.addressNumber)}::bigint[]) with ordinality as w(conversation, address, place)
    join conversation c on c.number = w.conversation join address a on a.number = w.address`.execute(tx)
  for (const row of rows) {
    const { mail, claim } = wanted[row.place - 1]!
    if (found.has(mail) || !tokenHolds(claim, { conversationId: row.conversationId, recipient: row.normal }, keys))
      continue
    const { conversationId, addressId, normal: recipient } = row
    found.set(mail, { claim, signedFor: conversationId, conversationId, addressId, recipient })
  }
  return found
}

/** Everywhere a signed address of ours may stand. */
export function recipientsOf({ arrived, reading }: Mail): string[] {
  const { deliveredTo, originalTo } = reading.signals
  return [
    ...(arrived.envelope?.to ?? []),
    ...deliveredTo,
    ...originalTo,
    ...reading.to.map(each => each.address),
    ...reading.cc.map(each => each.address),
  ].slice(0, 200)
}

/** Message-IDs a mail refers to, the nearest first. */
export function referencesOf({ reading }: Mail): string[] {
  const ids = [...reading.inReplyTo, ...reading.references.toReversed()].map(bare).filter(id => id !== null)
  return [...new Set(ids)].slice(0, 30)
}

/** Which conversations hold those Message-IDs. A message may have been moved since it was sent; an acknowledgement is no message. */
export async function conversationsByReference(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (ids.length === 0) return found
  const { rows } = await sql<{ rfcId: string; conversationId: string }>`
    select rfc_id, conversation_id from message where rfc_id = any(${ids}::text[])
    union select rfc_id, conversation_id from outbox where rfc_id = any(${ids}::text[]) and conversation_id is not null and message_id is null`.execute(
    tx,
  )
  for (const row of rows) found.set(row.rfcId, [...(found.get(row.rfcId) ?? []), row.conversationId])
  return found
}

export type Regrouped = {
  /** merged conversations, and the one each went up in */
  survivors: Map<string, string>
  /** parts, and the conversation each was split from */
  wholes: Map<string, string>
}

/** Where conversations lie now that were merged or split since. */
export async function regrouped(tx: Tx, ids: readonly string[]): Promise<Regrouped> {
  if (ids.length === 0) return { survivors: new Map(), wholes: new Map() }
  const { rows } = await sql<{ id: string; goes: string; is: 'survivor' | 'whole' }>`
    with recursive up(id, goes) as (
      select id, merged_into from conversation where id = any(${ids}::uuid[]) and merged_into is not null
      union select up.id, c.merged_into from up join conversation c on c.id = up.goes where c.merged_into is not null)
    select up.id, up.goes, 'survivor' as is from up join conversation c on c.id = up.goes where c.merged_into is null
    union all select to_id, from_id, 'whole' from conversation_link where kind = 'part' and to_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  const of = (is: string) => new Map(rows.filter(row => row.is === is).map(row => [row.id, row.goes]))
  return { survivors: of('survivor'), wholes: of('whole') }
}

/** Normalised addresses that take part in conversations; suggested ones and those who left do not. */
export async function participantsOf(
  tx: Tx,
  conversationIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>()
  if (conversationIds.length === 0) return found
  const { rows } = await sql<{ conversationId: string; normal: string; role: string }>`
    select p.conversation_id, a.normal, p.role from participant p join address a on a.id = p.address_id where p.conversation_id = any(${conversationIds}::uuid[])`.execute(
    tx,
  )
  for (const row of rows) {
    const people = found.get(row.conversationId) ?? new Map<string, string>()
    people.set(row.normal, row.role)
    found.set(row.conversationId, people)
  }
  return found
}

export type SentMail = {
  outboxId: string
  rfcId: string
  recipientNormal: string
  /** where its message lies now */
  conversationId: string | null
  /** from which it was sent */
  sentFrom: string | null
  messageId: string | null
  addressId: string | null
}

/** What we sent that a report may speak of: by Message-ID, or the latest to a recipient in a conversation (signed return address). */
export async function sentMails(
  tx: Tx,
  byId: readonly string[],
  byPlace: readonly { signedFor: string; addressId: string }[],
): Promise<SentMail[]> {
  if (byId.length === 0 && byPlace.length === 0) return []
  const columns = sql`o.id as outbox_id, o.rfc_id, o.recipient_normal, coalesce(m.conversation_id, o.conversation_id) as conversation_id, o.conversation_id as sent_from, o.message_id, o.address_id`
  const { rows } = await sql<SentMail>`
    select ${columns} from outbox o left join message m on m.id = o.message_id where o.rfc_id = any(${byId}::text[])
    union
    select l.* from unnest(${byPlace.map(each => each.signedFor)}::uuid[], ${byPlace.map(each => each.addressId)}::uuid[]) as w(conversation_id, address_id)
    cross join lateral (select ${columns} from outbox o left join message m on m.id = o.message_id
      where o.conversation_id = w.conversation_id and o.address_id = w.address_id and o.state in ('sent', 'uncertain', 'sending', 'failed') order by o.created_at desc limit 1) l`.execute(
    tx,
  )
  return rows
}

/** For looking somebody up; null for what is no address. */
export function normalOf(address: string | undefined): string | null {
  return address ? (readAddress(address)?.normal ?? null) : null
}

export type PersonFacts = {
  id: string
  name: string
  zone: string | null
  language: string | null
  /** the shortest reply target of the organisations they belong to; working minutes */
  replyWithin?: number | null
}

/** Names of owners, and the zones and languages of those who wrote. */
export async function personFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonFacts>> {
  if (ids.length === 0) return new Map()
  const { rows } =
    await sql<PersonFacts>`select id, name, zone, language, ${organisationTarget('person.id')} as reply_within from person where id = any(${[...new Set(ids)]}::uuid[])`.execute(
      tx,
    )
  return new Map(rows.map(row => [row.id, row]))
}

/** Who answers for owners who are away, by name, in each of their teams: "owner team" → name. */
export async function standInsFor(tx: Tx, ownerIds: readonly string[], now: Date): Promise<Map<string, string>> {
  if (ownerIds.length === 0) return new Map()
  const { rows } = await sql<{ ownerId: string; teamId: string; name: string }>`
    select away.owner_id, t.id as team_id, p.name
    from (select distinct person_id as owner_id from absence where person_id = any(${ownerIds}::uuid[]) and during @> ${now}::timestamptz) away
    join team_member r on r.person_id = away.owner_id join team t on t.id = r.team_id
    join person p on p.id = ${answering({ owner: 'away.ownerId', team: 't.id', fallback: 't.fallbackId' }, now)}`.execute(
    tx,
  )
  return new Map(rows.map(row => [`${row.ownerId} ${row.teamId}`, row.name]))
}

/** Which of these people serve (lead or teammate) in which teams, now. */
export async function servingMembers(tx: Tx, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ personId: string; teamId: string }>`
    select t.person_id, t.team_id from team_member t join member m using (person_id)
    where t.person_id = any(${[...new Set(ids)]}::uuid[]) and t.role in ('lead', 'teammate') and m.disabled_at is null and (m.expires_at is null or m.expires_at > now())`.execute(
    tx,
  )
  const found = new Map<string, Set<string>>()
  for (const row of rows) found.set(row.personId, (found.get(row.personId) ?? new Set()).add(row.teamId))
  return found
}
