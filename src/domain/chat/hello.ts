/** What an opened widget begins with: who is there, who they are if the site says so, and which of their conversations are open. Stores nobody. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { ChatPromise, chatHello } from '../../contract/chat.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { systemActor } from '../access/index.ts'
import { openConversation } from '../conversations/index.ts'
import { addressOwner, sessionFor } from './begin.ts'
import { faceOf } from './face.ts'
import { identityFrom } from './identity.ts'
import type { Signed } from './identity-rules.ts'
import { standingOf } from './lines.ts'
import type { ChatParts } from './parts.ts'
import { beginChat, type Channel, type Session, sessionOf, takeSeat } from './tables.ts'

type Asked = { token?: string | undefined; identity?: string | undefined; origin: string }

export async function hello(
  parts: ChatParts,
  channel: Channel,
  asked: Asked,
  now: Date,
): Promise<z.output<(typeof chatHello)['output']>> {
  const { db } = parts
  const identity = await identityFrom(parts, channel, asked.identity, asked.origin, now)
  const owner = identity ? await addressOwner(db, identity) : null
  const found = asked.token ? await sessionOf(db, channel, asked.token, now) : null
  // The site says somebody else sits there, or nobody any more.
  const session = found && (identity ? found.known && found.personId === owner : !found.known) ? found : null
  const personId = session?.personId ?? owner
  const current = session ? await currentOf(db, session) : null
  const open = identity && owner ? await openOf(db, owner, now) : []
  return {
    at: now.toISOString(),
    face: await faceOf(db, channel, personId, now),
    person: identity ? { name: identity.name, address: identity.address } : null,
    forget: asked.token !== undefined && session === null,
    open: open.filter(each => each.conversationId !== current),
    current,
    finds: parts.findArticles !== null,
  }
}

/** The latest conversation of this browser that still goes on. */
async function currentOf(db: Db, session: Session): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select c.id from chat_seat s join conversation c on c.id = s.conversation_id
    where s.session_id = ${session.id}::uuid and s.over_seq is null and c.state in ('open', 'pending', 'solved') order by c.last_at desc limit 1`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

const mostOpen = 3

async function openOf(
  db: Db,
  personId: string,
  now: Date,
): Promise<{ conversationId: string; subject: string; promise: ChatPromise | null }[]> {
  const { rows } = await sql<{ id: string; subject: string }>`
    select id, subject from conversation where customer_id = ${personId}::uuid and state in ('open', 'pending') order by last_at desc limit ${mostOpen}`.execute(
    db,
  )
  const stands = await standingOf(
    db,
    rows.map(row => row.id),
    now,
  )
  return rows.map(({ id, subject }) => ({
    conversationId: id,
    subject,
    promise: stands.get(id)?.standing.promise ?? null,
  }))
}

type Opening = { channel: Channel; token: string; identity: Signed | null; origin: string; conversationId: string }

/** Only one's own, and only whom the site has signed for: what they wrote by mail is theirs to read here. */
export async function openTheirs(tx: Tx, it: Opening, now: Date): Promise<void> {
  if (!it.identity) throw absent()
  const owner = await addressOwner(tx, it.identity)
  const conversation = await openConversation(tx, systemActor('chat'), it.conversationId)
  const mine = owner !== null && conversation.customerId === owner
  if (!mine || !['open', 'pending', 'solved', 'closed'].includes(conversation.state)) throw absent()
  const session = await sessionFor(tx, { ...it, language: null, zone: null }, now)
  await beginChat(tx, conversation.id, now)
  await takeSeat(tx, session.id, conversation.id, now)
}
