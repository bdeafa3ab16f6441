/** Browsers that agreed to be pushed to. Refuses an address that the world's push services cannot have: it would make us call into our own network (S6). */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import type { Egress } from '../../../platform/egress/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'

/** More than anybody carries; the oldest goes. */
const most = 20

export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } }

export async function subscribe(
  parts: { db: Db; egress: Egress },
  actor: Member,
  { endpoint, keys }: Subscription,
  agent: string | null,
  now: Date,
) {
  const point = Buffer.from(keys.p256dh, 'base64url')
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(keys.auth, 'base64url').length !== 16)
    throw new Refusal('push-keys', 422)
  // Before the transaction: a name is looked up. The address is checked again at every push.
  if (!(await parts.egress.mayReach(endpoint, { httpsOnly: true }))) throw new Refusal('push-address', 422)
  return inTransaction(parts.db, async tx => {
    // A browser is one person's at a time: whoever is signed in there now.
    const { rows } = await sql<{ id: string }>`
      insert into push_device (id, person_id, session_id, endpoint, p256dh, auth, agent, created_at)
      values (${randomUUIDv7()}, ${actor.personId}, ${actor.sessionId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${agent?.slice(0, 300) ?? null}, ${now})
      on conflict (endpoint) do update set person_id = excluded.person_id, session_id = excluded.session_id, p256dh = excluded.p256dh,
        auth = excluded.auth, agent = excluded.agent
      returning id`.execute(tx)
    await sql`delete from push_device where id in (
      select id from push_device where person_id = ${actor.personId}::uuid order by created_at desc, id desc offset ${most})`.execute(
      tx,
    )
    return { deviceId: rows[0]!.id }
  })
}

export async function forgetDevice(tx: Tx, actor: Member, deviceId: string) {
  const gone = await tx
    .deleteFrom('pushDevice')
    .where('id', '=', deviceId)
    .where('personId', '=', actor.personId)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw absent()
  return { done: true as const }
}

/** A device is reached while somebody is signed in there: `push_device d` joined with its living session. */
export const signedInThere = (now: Date) => sql`join session s on s.id = d.session_id and s.person_id = d.person_id
  and s.ended_at is null and s.expires_at > ${now}`

export async function listDevices(db: Db, actor: Member, now: Date) {
  const { rows } = await sql<{
    id: string
    agent: string | null
    createdAt: Date
    lastGoodAt: Date | null
    sessionId: string
  }>`
    select d.id, d.agent, d.created_at, d.last_good_at, d.session_id from push_device d ${signedInThere(now)}
    where d.person_id = ${actor.personId}::uuid order by d.created_at desc`.execute(db)
  return rows.map(({ sessionId, createdAt, lastGoodAt, ...device }) => ({
    ...device,
    createdAt: createdAt.toISOString(),
    lastGoodAt: lastGoodAt?.toISOString() ?? null,
    current: sessionId === actor.sessionId,
  }))
}
