/** Sessions: begun, seen, ended. Keeps hashes of tokens only; an ended session never comes back. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Grants } from '../../../contract/rights.ts'
import type { Role } from '../../../contract/session.ts'
import { type Db, gatherOn, type Pool, type Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'
import { minute, sessionLimits } from '../rules.ts'
import { newToken } from '../secrets.ts'

/** Where somebody signs in from, as they may later recognise it. */
export type Visit = { agent: string | null; network: string | null }

export async function beginSession(
  tx: Tx,
  personId: string,
  visit: Visit,
  now: Date,
  mustSetUp = false,
): Promise<{ token: string; sessionId: string }> {
  const { token, tokenHash } = newToken()
  const sessionId = randomUUIDv7()
  await tx
    .insertInto('session')
    .values({
      id: sessionId,
      personId,
      tokenHash,
      agent: visit.agent,
      network: visit.network,
      createdAt: now,
      lastSeenAt: now,
      provedAt: now,
      mustSetUp,
      expiresAt: new Date(now.getTime() + sessionLimits.absolute),
    })
    .execute()
  return { token, sessionId }
}

/** The session a browser brings to a new sign-in ends there: nobody else goes on with it. */
export async function endSessionOf(
  tx: Tx,
  tokenHash: Buffer,
  now: Date,
): Promise<{ id: string; personId: string } | null> {
  const ended = await tx
    .updateTable('session')
    .set({ endedAt: now })
    .where('tokenHash', '=', tokenHash)
    .where('endedAt', 'is', null)
    .returning(['id', 'personId'])
    .executeTakeFirst()
  return ended ?? null
}

/** One session, or all but one, or all. Returns the ids of those that ended. */
export async function endSessions(
  tx: Tx,
  which: { personId: string; sessionId?: string; except?: string },
  now: Date,
): Promise<string[]> {
  let query = tx
    .updateTable('session')
    .set({ endedAt: now })
    .where('personId', '=', which.personId)
    .where('endedAt', 'is', null)
  if (which.sessionId !== undefined) query = query.where('id', '=', which.sessionId)
  if (which.except !== undefined) query = query.where('id', '<>', which.except)
  return (await query.returning('id').execute()).map(row => row.id)
}

/** When this session last showed who it is. */
export async function provedAt(on: Db | Tx, sessionId: string): Promise<Date | null> {
  const row = await on.selectFrom('session').select('provedAt').where('id', '=', sessionId).executeTakeFirst()
  return row?.provedAt ?? null
}

export async function noteProof(tx: Db | Tx, sessionId: string, now: Date): Promise<void> {
  await tx.updateTable('session').set({ provedAt: now }).where('id', '=', sessionId).execute()
}

/** A second factor is there: what was held back for it opens. */
export async function openSessionsOf(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('session')
    .set({ mustSetUp: false })
    .where('personId', '=', personId)
    .where('mustSetUp', '=', true)
    .execute()
}

type ActorRow = {
  token: string
  session_id: string
  person_id: string
  name: string
  administrator: boolean
  last_seen_at: Date
  roles: Record<string, Role>
  grants: Grants | null
  must_set_up: boolean
}

/** The member behind a token, in one statement; null for a session or an account that is over. */
export function loadMember(pool: Pool, tokenHash: Buffer, now: Date): Promise<Member | null> {
  return loaded(pool, { tokenHash, now })
}

/** Nobody waits for others who might come. */
const alone = { withinMs: 0, atOnce: 2 }
type Shown = { tokenHash: Buffer; now: Date }

/** Who ask at the same moment are looked up together. */
const loaded = gatherOn(async (pool: Pool, shown: Shown[]): Promise<(Member | null)[]> => {
  const now = shown[0]!.now
  const hashes = new Map(shown.map(({ tokenHash }) => [tokenHash.toString('hex'), tokenHash]))
  const { rows } = await pool.query<ActorRow>({
    name: 'access-member',
    text: `select encode(s.token_hash, 'hex') as token, s.id as session_id, s.person_id, s.last_seen_at, s.must_set_up, p.name, m.administrator,
        (select i.settings->'grants' from installation i) as grants,
        coalesce((select json_object_agg(tm.team_id, tm.role) from team_member tm join team t on t.id = tm.team_id
          where tm.person_id = s.person_id and t.archived_at is null), '{}') as roles
      from session s join member m on m.person_id = s.person_id join person p on p.id = s.person_id
      where s.token_hash = any($1::bytea[]) and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3
        and m.disabled_at is null and (m.expires_at is null or m.expires_at > $2)`,
    values: [[...hashes.values()], now, new Date(now.getTime() - sessionLimits.idle)],
  })
  const late = rows.filter(row => now.getTime() - row.last_seen_at.getTime() >= minute)
  if (late.length > 0)
    await noteSeen(
      pool,
      late.map(row => row.session_id),
      now,
    )
  const members = new Map(rows.map(row => [row.token, memberOf(row)]))
  return shown.map(({ tokenHash }) => members.get(tokenHash.toString('hex')) ?? null)
}, alone)

function memberOf(row: ActorRow): Member {
  return {
    is: 'member',
    personId: row.person_id,
    name: row.name,
    administrator: row.administrator,
    sessionId: row.session_id,
    roles: new Map(Object.entries(row.roles)),
    grants: row.grants ?? {},
    mustSetUp: row.must_set_up,
  }
}

async function noteSeen(pool: Pool, sessionIds: readonly string[], now: Date) {
  await pool.query({
    name: 'access-seen',
    text: 'update session set last_seen_at = $2 where id = any($1::uuid[]) and last_seen_at <= $3',
    values: [sessionIds, now, new Date(now.getTime() - minute)],
  })
}

/** What nobody needs any more; called once a day. */
export async function sweepAccess(tx: Tx, now: Date): Promise<void> {
  await sql`delete from session where coalesce(ended_at, expires_at) < ${now}::timestamptz - interval '30 days'`.execute(
    tx,
  )
  await sql`delete from sign_in_link where expires_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
  await sql`delete from sign_in_step where expires_at < ${now}`.execute(tx)
  await sql`delete from throttle where since < ${now}::timestamptz - interval '1 day'`.execute(tx)
}
