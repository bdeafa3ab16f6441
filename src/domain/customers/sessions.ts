/** Customers' sessions and links, apart from members': made, seen, used, ended. Keeps hashes of tokens only; a link is used by one statement, so that of two at once one gets nothing. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { linkLives, sessionLimits } from './rules.ts'

export type Customer = {
  sessionId: string
  personId: string
  addressId: string
  written: string
  normal: string
  number: number
  name: string
  language: string | null
  zone: string | null
  /** wants to be asked nothing */
  quiet: boolean
}

export type LinkPurpose = 'sign-in' | 'erase'
export type Behind = { purpose: LinkPurpose; addressId: string; personId: string; written: string; next: string | null }

const hashOf = (token: string) => createHash('sha256').update(token).digest()
const looksLikeToken = (token: string) => /^[A-Za-z0-9_-]{43}$/.test(token)
const freshToken = () => randomBytes(32).toString('base64url')

/** Those that were not used yet stop working: the newest mail counts. */
export async function makeLink(
  tx: Tx,
  link: { addressId: string; purpose: LinkPurpose; next: string | null },
  now: Date,
): Promise<{ token: string; until: Date }> {
  const token = freshToken()
  const until = new Date(now.getTime() + linkLives)
  await sql`delete from customer_link where address_id = ${link.addressId}::uuid and purpose = ${link.purpose} and used_at is null`.execute(
    tx,
  )
  await tx
    .insertInto('customerLink')
    .values({ id: randomUUIDv7(), tokenHash: hashOf(token), ...link, createdAt: now, expiresAt: until })
    .execute()
  return { token, until }
}

const behind = sql`l.purpose, l.next, a.id as address_id, a.written, a.person_id from customer_link l join address a on a.id = l.address_id`

/** What a link is for; leaves it as it is, because programs that look at mails open it, too. */
export async function linkBehind(on: Db | Tx, token: string, now: Date): Promise<Behind | null> {
  if (!looksLikeToken(token)) return null
  const { rows } = await sql<Behind>`
    select ${behind} where l.token_hash = ${hashOf(token)} and l.used_at is null and l.expires_at > ${now}`.execute(on)
  return rows[0] ?? null
}

/** Null when it is unknown, over or used; also when somebody else is using it right now. */
export async function takeLink(tx: Tx, token: string, purpose: LinkPurpose, now: Date): Promise<Behind | null> {
  if (!looksLikeToken(token)) return null
  const { rows } = await sql<Behind>`
    with taken as (update customer_link set used_at = ${now} where token_hash = ${hashOf(token)} and purpose = ${purpose} and used_at is null and expires_at > ${now} returning *)
    select l.purpose, l.next, a.id as address_id, a.written, a.person_id from taken l join address a on a.id = l.address_id`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function beginSession(
  tx: Tx,
  addressId: string,
  visit: { agent: string | null; network: string | null },
  now: Date,
): Promise<{ token: string; sessionId: string }> {
  const token = freshToken()
  const sessionId = randomUUIDv7()
  await tx
    .insertInto('customerSession')
    .values({
      ...{ id: sessionId, addressId, tokenHash: hashOf(token), ...visit, createdAt: now, lastSeenAt: now },
      expiresAt: new Date(now.getTime() + sessionLimits.absolute),
    })
    .execute()
  return { token, sessionId }
}

const living = (now: Date) =>
  sql`s.ended_at is null and s.expires_at > ${now} and s.last_seen_at > ${new Date(now.getTime() - sessionLimits.idle)}`

/** Who is behind a token; null for a session that is over, or an address that was taken away. */
export async function customerBehind(db: Db, token: string | undefined, now: Date): Promise<Customer | null> {
  if (!token || !looksLikeToken(token)) return null
  const { rows } = await sql<Customer & { lastSeenAt: Date }>`
    select s.id as session_id, s.last_seen_at, a.id as address_id, a.written, a.normal, a.number, p.id as person_id, p.name, p.language, p.zone,
      p.no_unasked_since is not null as quiet
    from customer_session s join address a on a.id = s.address_id join person p on p.id = a.person_id
    where s.token_hash = ${hashOf(token)} and a.kind = 'mail' and ${living(now)}`.execute(db)
  const row = rows[0]
  if (!row) return null
  const { lastSeenAt, ...customer } = row
  if (now.getTime() - lastSeenAt.getTime() >= 60_000)
    await sql`update customer_session set last_seen_at = ${now} where id = ${customer.sessionId}::uuid`.execute(db)
  return { ...customer, number: Number(customer.number) }
}

export type SessionView = { id: string; agent: string | null; network: string | null; since: Date; lastSeenAt: Date }

/** Of the person, through whichever of their addresses. */
export async function sessionsOf(db: Db, personId: string, now: Date): Promise<SessionView[]> {
  const { rows } = await sql<SessionView>`
    select s.id, s.agent, s.network, s.created_at as since, s.last_seen_at from customer_session s join address a on a.id = s.address_id
    where a.person_id = ${personId}::uuid and ${living(now)} order by s.last_seen_at desc, s.id limit 50`.execute(db)
  return rows
}

/** One of theirs, or all. Returns the ids of those that ended. */
export async function endSessions(
  tx: Tx,
  which: { personId: string; sessionId?: string },
  now: Date,
): Promise<string[]> {
  const only = which.sessionId === undefined ? sql`` : sql`and s.id = ${which.sessionId}::uuid`
  const { rows } = await sql<{ id: string }>`
    update customer_session s set ended_at = ${now} from address a
    where a.id = s.address_id and a.person_id = ${which.personId}::uuid and s.ended_at is null ${only} returning s.id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** What nobody needs any more; called once a day. */
export async function sweepCustomers(tx: Tx, now: Date): Promise<void> {
  await sql`delete from customer_session where coalesce(ended_at, expires_at) < ${now}::timestamptz - interval '30 days'`.execute(
    tx,
  )
  await sql`delete from customer_link where expires_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
  await sql`delete from kept_file where created_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
  await sql`delete from kept_words where created_at < ${now}::timestamptz - interval '2 days'`.execute(tx)
  await sql`delete from form_sent where at < ${now}::timestamptz - interval '30 days'`.execute(tx)
}
