/**
 * Who of the customers is here, and what happens when they have left: what of ours they have not seen goes to them by mail, and if
 * we owe them an answer a mail says by when. Presence lives in a table, so that any process may notice that somebody is gone.
 */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { type Happened, record } from '../../platform/events/index.ts'
import { systemActor } from '../access/index.ts'
import { type Conversation, openConversation } from '../conversations/index.ts'
import { acknowledgeLeft, mailUnseen } from './by-mail.ts'

export type Doing = 'reading' | 'writing'
export type Here = { sessionId: string; conversationId: string }

/** Without a word from their browser for so long they have left: a reload takes less. */
export const goneMs = 40_000

/** Said by the process that holds their streams, for all of them at once. What they do they say themselves: `doing` writes it. */
export async function beHere(db: Db | Tx, here: readonly Here[], now: Date): Promise<void> {
  if (here.length === 0) return
  const conversations = here.map(each => each.conversationId)
  await sql`insert into chat_presence (session_id, conversation_id, doing, seen_at)
    select distinct on (session_id) session_id, conversation_id, 'reading', ${now}::timestamptz
    from unnest(${here.map(each => each.sessionId)}::uuid[], ${conversations}::uuid[]) as h(session_id, conversation_id)
    order by session_id
    on conflict (session_id) do update set conversation_id = excluded.conversation_id, seen_at = excluded.seen_at`.execute(
    db,
  )
}

/** They came back, or opened it for the first time since they left; whether somebody had. */
export async function come(tx: Tx, conversationIds: readonly string[], now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string; teamId: string; ownerId: string | null }>`
    with gone as materialized (select conversation_id from chat where conversation_id = any(${conversationIds}::uuid[]) and left_at is not null order by 1 for no key update)
    update chat set left_at = null, came_at = ${now} from gone join conversation c on c.id = gone.conversation_id
    where chat.conversation_id = gone.conversation_id and chat.left_at is not null returning c.id, c.team_id, c.owner_id`.execute(
    tx,
  )
  await record(tx, ...rows.map(row => toldOf('chat.came', row, {}, now)))
  return rows.length > 0
}

/** What they do, told to the desk when it changes. */
export async function doing(
  tx: Tx,
  it: { sessionId: string; conversationId: string; doing: Doing | 'gone'; seen: number },
  now: Date,
): Promise<void> {
  const before = await sql<{
    doing: string
  }>`select doing from chat_presence where session_id = ${it.sessionId}::uuid`.execute(tx)
  if (it.doing === 'gone') return goSoon(tx, it.sessionId, now)
  const seen =
    await sql`update chat_seat set seen_seq = ${it.seen} where session_id = ${it.sessionId}::uuid and conversation_id = ${it.conversationId}::uuid
    and seen_seq < ${it.seen} and ${it.seen} <= (select seq from chat where conversation_id = ${it.conversationId}::uuid) returning 1`.execute(
      tx,
    )
  const changed = (before.rows[0]?.doing ?? 'reading') !== it.doing
  if (changed)
    await sql`insert into chat_presence (session_id, conversation_id, doing, seen_at) values (${it.sessionId}, ${it.conversationId}, ${it.doing}, ${now})
      on conflict (session_id) do update set doing = excluded.doing, conversation_id = excluded.conversation_id, seen_at = excluded.seen_at`.execute(
      tx,
    )
  if (!changed && seen.rows.length === 0) return
  const { rows } = await sql<{ teamId: string; ownerId: string | null }>`
    select team_id, owner_id from conversation where id = ${it.conversationId}::uuid`.execute(tx)
  const place = { id: it.conversationId, ...rows[0]! }
  if (changed) await tell(tx, 'chat.writing', place, { writing: it.doing === 'writing' }, now)
  else await tell(tx, 'chat.seen', place, { seq: it.seen }, now)
}

/** They said that their page closes: a reload comes back within this time, and everybody else has left after it. */
const reloadMs = 8000

async function goSoon(tx: Tx, sessionId: string, now: Date): Promise<void> {
  const seenAt = new Date(now.getTime() - goneMs + reloadMs)
  await sql`update chat_presence set seen_at = least(seen_at, ${seenAt}) where session_id = ${sessionId}::uuid`.execute(
    tx,
  )
}

type Place = { id: string; teamId: string; ownerId: string | null }
type Kind = 'chat.came' | 'chat.left' | 'chat.writing' | 'chat.seen'

function toldOf(kind: Kind, { id, teamId, ownerId }: Place, facts: Record<string, unknown>, at: Date): Happened {
  return { kind, subjectId: id, actorId: null, scopes: [teamId, ownerId].filter(each => each !== null), facts, at }
}

const tell = (tx: Tx, kind: Kind, place: Place, facts: Record<string, unknown>, at: Date) =>
  record(tx, toldOf(kind, place, facts, at))

const most = 200

/** Chats whose customer has left since, each in a transaction of its own; any number of processes may look. Returns how many. */
export async function leaveGone(db: Db, now: Date): Promise<number> {
  const gone = new Date(now.getTime() - goneMs)
  const { rows } = await sql<{ id: string }>`
    select c.conversation_id as id from chat c where c.left_at is null
      and coalesce((select max(p.seen_at) from chat_presence p where p.conversation_id = c.conversation_id), c.came_at) < ${gone} limit ${most}`.execute(
    db,
  )
  for (const { id } of rows) await inTransaction(db, tx => leave(tx, id, now))
  return rows.length
}

export async function leave(tx: Tx, conversationId: string, now: Date): Promise<void> {
  const conversation: Conversation = await openConversation(tx, systemActor('chat'), conversationId)
  const { rows } = await sql<{ seq: number }>`update chat set left_at = ${now}, seq = seq + 1
    where conversation_id = ${conversationId}::uuid and left_at is null returning seq`.execute(tx)
  if (!rows[0]) return
  await sql`insert into chat_line (conversation_id, seq, is_what, at) values (${conversationId}, ${rows[0].seq}, 'left', ${now})`.execute(
    tx,
  )
  await sql`delete from chat_presence where conversation_id = ${conversationId}::uuid`.execute(tx)
  await tell(tx, 'chat.left', conversation, { seq: Number(rows[0].seq) }, now)
  if (['spam', 'trash', 'merged'].includes(conversation.state)) return
  if (!(await mailUnseen(tx, conversation, now))) await acknowledgeLeft(tx, conversation, now)
}
