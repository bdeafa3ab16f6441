/** What is old enough to go for good, by what was set; and taking it away in bounded portions. Refuses whatever is open, pending or solved, and whatever a promise still stands on. */
import { type RawBuilder, sql } from 'kysely'
import type { Going, Retention } from '../../../contract/keeping.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { removeConversations } from '../../conversations/index.ts'

const day = 86_400_000
const portion = { conversations: 50, rows: 2000 }

const nothing: Going = { spam: 0, trash: 0, closed: 0, raw: 0, audit: 0 }

/** Conversations that nobody waits for: no promise of theirs stands, and the last word was before the time. */
function oldIn(state: 'spam' | 'trash' | 'closed', before: Date): RawBuilder<unknown> {
  const since =
    state === 'closed'
      ? sql`coalesce(c.closed_at, c.last_at)`
      : sql`coalesce((select max(e.at) from event e where e.subject_id = c.id and e.kind = 'conversation.put-away'), c.last_at)`
  return sql`c.state = ${state} and c.last_at < ${before} and ${since} < ${before}
    and not exists (select from promise p where p.conversation_id = c.id and p.ended_at is null)`
}

const oldRaw = (before: Date) =>
  sql`became in ('message', 'answer', 'report') and arrived_at < ${before} and (raw is not null or raw_file is not null)`
const oldAudit = (before: Date) => sql`is_audited(kind) and at < ${before}`
const ago = (days: number, now: Date) => new Date(now.getTime() - days * day)

export async function goingNow(db: Db, wanted: Retention, now: Date): Promise<Going> {
  const count = async (days: number | null, of: (before: Date) => RawBuilder<unknown>) => {
    if (days === null) return 0
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${of(ago(days, now))}`.execute(db)
    return rows[0]!.count
  }
  const conversations = (state: 'spam' | 'trash' | 'closed') => (before: Date) =>
    sql`conversation c where ${oldIn(state, before)}`
  return {
    spam: await count(wanted.spamDays, conversations('spam')),
    trash: await count(wanted.trashDays, conversations('trash')),
    closed: await count(wanted.closedDays, conversations('closed')),
    raw: await count(wanted.rawDays, before => sql`delivery where ${oldRaw(before)}`),
    audit: await count(wanted.auditDays, before => sql`event where ${oldAudit(before)}`),
  }
}

/** A portion a transaction, so that nobody waits for it; ends early when Pond stops, and goes on the next day. */
export async function letGo(db: Db, wanted: Retention, now: Date, signal: AbortSignal): Promise<Going> {
  const gone = { ...nothing }
  for (const [name, state, days] of [
    ['spam', 'spam', wanted.spamDays],
    ['trash', 'trash', wanted.trashDays],
    ['closed', 'closed', wanted.closedDays],
  ] as const) {
    if (days !== null) gone[name] = await conversationsGo(db, state, ago(days, now), signal)
  }
  const { rawDays, auditDays } = wanted
  if (rawDays !== null) gone.raw = await inPortions(db, signal, tx => rawGoes(tx, ago(rawDays, now)))
  if (auditDays !== null) gone.audit = await inPortions(db, signal, tx => auditGoes(tx, ago(auditDays, now)))
  return gone
}

async function inPortions(db: Db, signal: AbortSignal, act: (tx: Tx) => Promise<number>): Promise<number> {
  let gone = 0
  while (!signal.aborted) {
    const some = await inTransaction(db, act)
    gone += some
    if (some === 0) break
  }
  return gone
}

async function conversationsGo(
  db: Db,
  state: 'spam' | 'trash' | 'closed',
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  let gone = 0
  // One that something else still names stays; the next portion begins behind it.
  let behind = '00000000-0000-0000-0000-000000000000'
  while (!signal.aborted) {
    const { rows } = await sql<{ id: string }>`select c.id from conversation c
      where c.id > ${behind}::uuid and ${oldIn(state, before)} order by c.id limit ${portion.conversations}`.execute(db)
    if (rows.length === 0) break
    behind = rows.at(-1)!.id
    gone += await inTransaction(db, async tx => {
      let some = 0
      for (const { id } of rows) if (await conversationGoes(tx, id, state, before)) some++
      return some
    })
  }
  return gone
}

async function conversationGoes(
  tx: Tx,
  id: string,
  state: 'spam' | 'trash' | 'closed',
  before: Date,
): Promise<boolean> {
  await sql`savepoint conversation`.execute(tx)
  try {
    // Looked at again with the row held: it may have been taken back this moment.
    const { rows } = await sql<{ id: string }>`select c.id from conversation c
      where c.id = ${id}::uuid and ${oldIn(state, before)} for update`.execute(tx)
    if (rows.length === 0) return false
    await removeConversations(tx, [id])
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    await sql`rollback to savepoint conversation`.execute(tx)
    return false
  } finally {
    await sql`release savepoint conversation`.execute(tx).catch(() => {})
  }
}

async function rawGoes(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql`update delivery set raw = null, raw_file = null where id in
    (select id from delivery where ${oldRaw(before)} order by id limit ${portion.rows} for update skip locked) returning 1`.execute(
    tx,
  )
  return rows.length
}

/** The database lets the oldest go to whoever says so, and only then. */
async function auditGoes(tx: Tx, before: Date): Promise<number> {
  await sql`select set_config('pond.forgets_audit', 'yes', true)`.execute(tx)
  const { rows } = await sql`delete from event where seq in
    (select seq from event where ${oldAudit(before)} order by seq limit ${portion.rows}) returning 1`.execute(tx)
  return rows.length
}
