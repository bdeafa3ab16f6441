/** The outbox's states: claiming, the mark before the final dot, settling, and what a dead process left behind. Every change names the claim it belongs to, so that a late process changes nothing. */

import { CompiledQuery } from 'kysely'
import type { Pool } from '../../../platform/db/index.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { type Happened, record } from '../../../platform/events/index.ts'
import type { Content } from '../outgoing.ts'

export type Claim = {
  id: string
  /** The claim's mark: whoever claims the row later has another. */
  claimedAt: Date
  mailboxId: string
  conversationId: string | null
  messageId: string | null
  purpose: string
  automatic: boolean
  recipient: string
  recipientNormal: string
  addressId: string | null
  rfcId: string
  content: Content
  tries: number
}

export type Settled = {
  claim: Pick<Claim, 'id' | 'claimedAt'>
  state: 'sent' | 'uncertain' | 'failed' | 'waiting'
  error: string | null
  /** For `waiting`. */
  notBefore: Date | null
  /** False: the try does not count. */
  counts: boolean
}

/** A claim that was not renewed for so long belongs to a process that is gone. */
const claimHoldsSeconds = 15
export const renewEveryMs = 4000

/** For each mailbox as many as it can take: replies before automatic mail, the longest due first. */
export async function claimRows(
  pool: Pool,
  options: { now: Date; mailboxes: readonly { id: string; atMost: number }[] },
): Promise<Claim[]> {
  const { rows } = await pool.query({
    name: 'outbox-claim',
    text: `update outbox set state = 'sending', claimed_at = date_trunc('milliseconds', clock_timestamp()), committed_at = null,
        tries = least(tries + 1, 30000)
      where id in (select due.id from unnest($2::uuid[], $3::int[]) as m(id, at_most) cross join lateral (
        select id from outbox where mailbox_id = m.id and state = 'waiting' and not_before <= $1
          order by automatic, not_before, id limit m.at_most for update skip locked) due)
      returning id, claimed_at as "claimedAt", mailbox_id as "mailboxId", conversation_id as "conversationId", message_id as "messageId",
        purpose, automatic, recipient, recipient_normal as "recipientNormal", address_id as "addressId", rfc_id as "rfcId", content, tries`,
    values: [options.now, options.mailboxes.map(each => each.id), options.mailboxes.map(each => each.atMost)],
  })
  return rows.sort((a: Claim, b: Claim) => Number(a.automatic) - Number(b.automatic))
}

/** Returns the ids that may go on: the rest was claimed by somebody else meanwhile. */
export async function markCommitted(
  pool: Pool,
  claims: readonly Pick<Claim, 'id' | 'claimedAt'>[],
): Promise<Set<string>> {
  const { rows } = await pool.query({
    name: 'outbox-commit',
    text: `update outbox o set committed_at = clock_timestamp() from unnest($1::uuid[], $2::timestamptz[]) as c(id, claimed_at)
      where o.id = c.id and o.claimed_at = c.claimed_at and o.state = 'sending' returning o.id`,
    values: [claims.map(claim => claim.id), claims.map(claim => claim.claimedAt)],
  })
  return new Set(rows.map(row => row.id))
}

/** New marks by id. What is missing is no longer ours. */
export async function renewClaims(
  pool: Pool,
  claims: readonly Pick<Claim, 'id' | 'claimedAt'>[],
): Promise<Map<string, Date>> {
  if (claims.length === 0) return new Map()
  const { rows } = await pool.query({
    name: 'outbox-renew',
    text: `update outbox o set claimed_at = date_trunc('milliseconds', clock_timestamp()) from unnest($1::uuid[], $2::timestamptz[]) as c(id, claimed_at)
      where o.id = c.id and o.claimed_at = c.claimed_at and o.state = 'sending' returning o.id, o.claimed_at`,
    values: [claims.map(claim => claim.id), claims.map(claim => claim.claimedAt)],
  })
  return new Map(rows.map(row => [row.id, row.claimed_at]))
}

type Changed = {
  id: string
  state: string
  conversation_id: string | null
  message_id: string | null
  team_id: string
  owner_id: string | null
}

/** What is sent stays sent even when another process had given it up as uncertain: this one knows. A link that opens an account is not kept once it went out (S10). */
export async function settleRows(db: Db, settled: readonly Settled[], at: Date): Promise<void> {
  if (settled.length === 0) return
  await inTransaction(db, async tx => {
    const { rows } = await tx.executeQuery<Changed>(
      CompiledQuery.raw(
        `update outbox o set state = c.state, error = c.error, not_before = coalesce(c.not_before, o.not_before),
            committed_at = case when c.state = 'waiting' then null else o.committed_at end,
            claimed_at = case when c.state = 'waiting' then null else o.claimed_at end,
            settled_at = case when c.state = 'waiting' then null else $7::timestamptz end,
            tries = case when c.counts then o.tries else greatest(o.tries - 1, 0) end,
            content = case when c.state = 'sent' and o.purpose = 'account' then o.content - 'link' else o.content end
          from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::timestamptz[], $6::bool[])
            as c(id, claimed_at, state, error, not_before, counts), mailbox b
          where o.id = c.id and b.id = o.mailbox_id
            and ((o.state = 'sending' and o.claimed_at = c.claimed_at) or (o.state = 'uncertain' and c.state = 'sent'))
          returning o.id, o.state, o.conversation_id, o.message_id,
            coalesce((select team_id from conversation where id = o.conversation_id), b.team_id) as team_id,
            (select owner_id from conversation where id = o.conversation_id) as owner_id`,
        [
          settled.map(each => each.claim.id),
          settled.map(each => each.claim.claimedAt),
          settled.map(each => each.state),
          settled.map(each => each.error),
          settled.map(each => each.notBefore),
          settled.map(each => each.counts),
          at,
        ],
      ),
    )
    await record(tx, ...rows.flatMap(row => happenedTo(row, at)))
  })
}

/** Nothing is left to say to its recipient: it is no trouble, and nobody is told. */
export async function cancelRow(pool: Pool, claim: Pick<Claim, 'id' | 'claimedAt'>, at: Date): Promise<void> {
  await pool.query({
    name: 'outbox-cancel',
    text: `update outbox set state = 'cancelled', settled_at = $3 where id = $1 and claimed_at = $2 and state = 'sending'`,
    values: [claim.id, claim.claimedAt, at],
  })
}

/** Mail of the sample organisation never leaves: when its time has come it counts as sent, at that time. Returns how many. */
export async function settleSampleRows(db: Db, now: Date): Promise<number> {
  return inTransaction(db, async tx => {
    const { rows } = await tx.executeQuery<Changed>(
      CompiledQuery.raw(
        `update outbox o set state = 'sent', error = null, settled_at = o.not_before from mailbox b
          where o.mailbox_id in (select id from mailbox where sample) and o.state = 'waiting' and o.not_before <= $1 and b.id = o.mailbox_id
          returning o.id, o.state, o.conversation_id, o.message_id,
            coalesce((select team_id from conversation where id = o.conversation_id), b.team_id) as team_id,
            (select owner_id from conversation where id = o.conversation_id) as owner_id`,
        [now],
      ),
    )
    await record(tx, ...rows.flatMap(row => happenedTo(row, now)))
    return rows.length
  })
}

/** What processes left behind that are gone: sent or not is known by the mark before the final dot. Returns how many. */
export async function recoverRows(db: Db, at: Date): Promise<number> {
  return inTransaction(db, async tx => {
    const { rows } = await tx.executeQuery<Changed>(
      CompiledQuery.raw(
        `update outbox o set state = case when committed_at is null then 'waiting' else 'uncertain' end, claimed_at = null,
            error = case when committed_at is null then error else 'pond:stopped' end,
            settled_at = case when committed_at is null then null else $1::timestamptz end
          from mailbox b
          where o.id in (select id from outbox where state = 'sending' and claimed_at < clock_timestamp() - interval '${claimHoldsSeconds} seconds'
            for update skip locked) and b.id = o.mailbox_id
          returning o.id, o.state, o.conversation_id, o.message_id,
            coalesce((select team_id from conversation where id = o.conversation_id), b.team_id) as team_id,
            (select owner_id from conversation where id = o.conversation_id) as owner_id`,
        [at],
      ),
    )
    await record(tx, ...rows.flatMap(row => happenedTo(row, at)))
    return rows.length
  })
}

function happenedTo(row: Changed, at: Date): Happened[] {
  if (row.state === 'waiting') return []
  return [
    {
      kind: row.state === 'sent' ? 'message.sent' : 'message.troubled',
      subjectId: row.conversation_id,
      actorId: null,
      scopes: row.owner_id ? [row.team_id, row.owner_id] : [row.team_id],
      facts: { outboxId: row.id, messageId: row.message_id, conversationId: row.conversation_id, state: row.state },
      at,
    },
  ]
}
