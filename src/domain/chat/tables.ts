/** All SQL that changes sessions, seats and lines of chats, and the doors to them. Keeps hashes of tokens only. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, gatherOn, type Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { nameFiles } from '../conversations/index.ts'

export type Channel = {
  id: string
  key: string
  name: string
  teamId: string
  origins: string[]
  accent: string | null
  phone: string | null
  phoneWords: string
  secretSealed: Buffer | null
}

/** Whoever comes alone waits for nobody; where many ask, they are looked up some at a time. */
export const atTheDoor = { withinMs: 0, apartMs: 5 }

/** Whoever asks at the same moment is answered together: every request of every chat begins with it. */
export const channelByKey = gatherOn(async (db: Db, keys: string[]): Promise<(Channel | null)[]> => {
  const { rows } = await sql<Channel>`
    select c.id, c.key, c.name, c.team_id, c.origins, c.accent, c.phone, c.phone_words, c.secret_sealed
    from chat_channel c join team t on t.id = c.team_id where c.key = any(${[...new Set(keys)]}::text[]) and c.removed_at is null and t.archived_at is null`.execute(
    db,
  )
  return keys.map(key => rows.find(row => row.key === key) ?? null)
}, atTheDoor)

export type Session = {
  id: string
  channelId: string
  /** whoever they are now, if they were merged since */
  personId: string
  known: boolean
}

/** Some weeks without a word: the browser that had it is a stranger's for all we know. */
const idleDays = 60

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Null: speaks for nobody (any more). Whom the site signed for speaks only as long as it says so. */
export function sessionOf(on: Db | Tx, channel: Channel, token: string, now: Date): Promise<Session | null> {
  return sessions(on, { hash: hashOf(token), channelId: channel.id, now })
}

type Showing = { hash: Buffer; channelId: string; now: Date }
const sessions = gatherOn(async (on: Db | Tx, shown: Showing[]): Promise<(Session | null)[]> => {
  const now = shown[0]!.now
  const { rows } = await sql<Session & { hash: string }>`
    select encode(s.token_hash, 'hex') as hash, s.id, s.channel_id, s.known, coalesce(p.merged_into, p.id) as person_id from chat_session s join person p on p.id = s.person_id
    where s.token_hash = any(${shown.map(each => each.hash)}::bytea[]) and s.ended_at is null
      and (s.known_until is null or s.known_until > ${now}) and s.seen_at > ${new Date(now.getTime() - idleDays * 86_400_000)}`.execute(
    on,
  )
  const found = new Map(rows.map(({ hash, ...session }) => [`${hash} ${session.channelId}`, session]))
  return shown.map(each => found.get(`${each.hash.toString('hex')} ${each.channelId}`) ?? null)
}, atTheDoor)

export async function needSession(on: Db | Tx, channel: Channel, token: string, now: Date): Promise<Session> {
  const session = await sessionOf(on, channel, token, now)
  if (!session) throw new Refusal('chat-unknown', 401)
  return session
}

type Fresh = {
  token: string
  channel: Channel
  personId: string
  knownUntil: Date | null
  origin: string
  language: string | null
  zone: string | null
}

/** Two first words at once from one browser: one session, and the second waits for the first. */
export async function beginSession(tx: Tx, it: Fresh, now: Date): Promise<void> {
  await sql`insert into chat_session (id, channel_id, token_hash, person_id, known, known_until, origin, language, zone, begun_at, seen_at)
    values (${randomUUIDv7()}, ${it.channel.id}, ${hashOf(it.token)}, ${it.personId}, ${it.knownUntil !== null}, ${it.knownUntil}, ${it.origin}, ${it.language}, ${it.zone}, ${now}, ${now})`.execute(
    tx,
  )
}

export async function renewSession(on: Db | Tx, sessionId: string, knownUntil: Date | null, now: Date): Promise<void> {
  await sql`update chat_session set seen_at = ${now}, known_until = case when known then coalesce(${knownUntil}::timestamptz, known_until) end where id = ${sessionId}::uuid`.execute(
    on,
  )
}

export async function endSession(on: Db | Tx, sessionId: string, now: Date): Promise<void> {
  await sql`update chat_session set ended_at = coalesce(ended_at, ${now}) where id = ${sessionId}::uuid`.execute(on)
}

/** Who holds it cannot say the same first word twice at once. */
export async function lockToken(tx: Tx, token: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${hashOf(token).toString('hex')}, 32))`.execute(tx)
}

/** A chat for this conversation: lines for what was said so far, in its order. Its row is locked by the caller. */
export async function beginChat(tx: Tx, conversationId: string, now: Date): Promise<void> {
  const made =
    await sql`insert into chat (conversation_id, came_at) values (${conversationId}, ${now}) on conflict do nothing returning conversation_id`.execute(
      tx,
    )
  if (made.rows.length === 0) return
  await sql`with said as (select id, at, row_number() over (order by at, id) as place from message
      where conversation_id = ${conversationId}::uuid and kind in ('message', 'reply', 'follow-up')),
    counted as (update chat set seq = (select count(*) from said), mailed_seq = (select count(*) from said) where conversation_id = ${conversationId}::uuid)
    insert into chat_line (conversation_id, seq, is_what, message_id, at) select ${conversationId}::uuid, place, 'message', id, at from said`.execute(
    tx,
  )
}

export async function takeSeat(tx: Tx, sessionId: string, conversationId: string, now: Date): Promise<void> {
  await sql`insert into chat_seat (session_id, conversation_id, since) values (${sessionId}, ${conversationId}, ${now}) on conflict do nothing`.execute(
    tx,
  )
}

/** A seat that can be spoken from; absent for everybody else's conversation. */
export async function needSeat(
  on: Db | Tx,
  session: Session,
  conversationId: string,
): Promise<{ overSeq: number | null }> {
  const seat = await seats(on, { session, conversationId })
  if (!seat) throw absent()
  return seat
}

type Asked = { session: Session; conversationId: string }
const seats = gatherOn(async (on: Db | Tx, asked: Asked[]): Promise<({ overSeq: number | null } | null)[]> => {
  const [sessions_, places] = [asked.map(each => each.session.id), asked.map(each => each.conversationId)]
  const { rows } = await sql<{ seat: string; overSeq: number | null; personId: string }>`
    select s.session_id || ' ' || s.conversation_id as seat, s.over_seq, coalesce(p.merged_into, p.id) as person_id
    from unnest(${sessions_}::uuid[], ${places}::uuid[]) as w(session_id, conversation_id)
      join chat_seat s using (session_id, conversation_id) join conversation c on c.id = s.conversation_id join person p on p.id = c.customer_id`.execute(
    on,
  )
  const found = new Map(rows.map(row => [row.seat, row]))
  return asked.map(({ session, conversationId }) => {
    const seat = found.get(`${session.id} ${conversationId}`)
    return seat?.personId === session.personId ? { overSeq: seat.overSeq } : null
  })
}, atTheDoor)

export type Upload = { id: string; sha256: Buffer; name: string; mediaType: string; bytes: number }

/** Only one's own, each once. */
export async function takeUploads(tx: Tx, sessionId: string, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return []
  const { rows } =
    await sql<Upload>`delete from chat_upload where id = any(${ids}::uuid[]) and session_id = ${sessionId}::uuid
    returning id, sha256, name, media_type, bytes`.execute(tx)
  if (rows.length !== new Set(ids).size) throw new Refusal('upload-gone', 409)
  return rows
}

const mostWaitingBytes = 40 * 1024 * 1024
const mostWaiting = 20

export async function keepUpload(tx: Tx, session: Session, file: Omit<Upload, 'id'>, now: Date): Promise<Upload> {
  await sql`select from chat_session where id = ${session.id}::uuid for update`.execute(tx)
  const { rows } = await sql<{ bytes: number; files: number }>`
    select coalesce(sum(bytes), 0)::float8 as bytes, count(*)::int as files from chat_upload where session_id = ${session.id}::uuid`.execute(
    tx,
  )
  const held = rows[0]!
  if (held.files >= mostWaiting || held.bytes + file.bytes > mostWaitingBytes) throw new Refusal('uploads-full', 413)
  await nameFiles(tx, [file])
  const id = randomUUIDv7()
  await sql`insert into chat_upload (id, session_id, sha256, name, media_type, bytes, created_at)
    values (${id}, ${session.id}, ${file.sha256}, ${file.name}, ${file.mediaType}, ${file.bytes}, ${now})`.execute(tx)
  return { id, ...file }
}

/** More different ones than this are somebody trying: they are not listed one by one. */
const mostTroubles = 20

/** Counted for the settings of the channel; a sentence there says what to do. */
export async function noteTrouble(db: Db, channelId: string, kind: string, origin: string, now: Date): Promise<void> {
  const where = origin.slice(0, 300).replace(/[^\x21-\x7e]/g, '?')
  await sql`insert into chat_trouble as t (channel_id, kind, origin, first_at, last_at)
    select ${channelId}::uuid, ${kind}, ${where}, ${now}, ${now}
    where exists (select from chat_trouble where channel_id = ${channelId}::uuid and kind = ${kind} and origin = ${where})
      or (select count(*) from chat_trouble where channel_id = ${channelId}::uuid) < ${mostTroubles}
    on conflict (channel_id, kind, origin) do update set times = least(t.times + 1, 1000000), last_at = excluded.last_at`.execute(
    db,
  )
}
