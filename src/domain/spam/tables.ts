/** Spam that was taught, blocked senders, and why mail arrived in spam: the only place that writes them. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import type { Blockable } from './block-rules.ts'
import type { Lesson, Seen } from './rules.ts'
import { type Piece, piecesOf } from './token-rules.ts'

/** Teaching goes one after the other: two lessons count the same pieces, in whichever order. */
export async function takeTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pond:teach-spam', 0))`.execute(tx)
}

/** The pieces of the mail a conversation began with, and who wrote it; null where nobody wrote to us, and of the sample: it teaches nothing. */
export async function firstMail(tx: Tx, conversationId: string): Promise<Piece[] | null> {
  const { rows } = await sql<{ subject: string | null; text: string; html: string | null; from: string | null }>`
    select m.subject, left(coalesce(m.trimmed, m.body_text), 20000) as text, left(m.body_html, 60000) as html, m.author_raw as "from"
    from message m join conversation c on c.id = m.conversation_id
    where m.conversation_id = ${conversationId}::uuid and m.kind in ('message', 'automatic') and not c.sample order by m.at, m.id limit 1`.execute(
    tx,
  )
  const mail = rows[0]
  if (!mail) return null
  const from = /[^\s<>"]+@[^\s<>"]+/.exec(mail.from ?? '')?.[0] ?? ''
  return piecesOf({ subject: mail.subject ?? '', text: mail.text, html: mail.html, from })
}

export async function lessonBefore(
  tx: Tx,
  conversationId: string,
): Promise<{ taught: Lesson; tokens: string[]; byId: string | null } | null> {
  const { rows } = await sql<{
    taught: Lesson
    tokens: string[]
    byId: string | null
  }>`select taught, tokens, by_id from spam_lesson
    where conversation_id = ${conversationId}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function learn(
  tx: Tx,
  lesson: { conversationId: string; taught: Lesson; byId: string | null; pieces: readonly Piece[] },
  now: Date,
): Promise<void> {
  const isSpam = lesson.taught === 'spam'
  await sql`insert into spam_lesson (conversation_id, taught, by_id, at, tokens)
    values (${lesson.conversationId}, ${lesson.taught}, ${lesson.byId}, ${now}, ${lesson.pieces}::text[])`.execute(tx)
  await sql`insert into spam_token (token, spam, ham) select t, ${isSpam ? 1 : 0}, ${isSpam ? 0 : 1} from unnest(${['', ...lesson.pieces].sort()}::text[]) t
    on conflict (token) do update set spam = spam_token.spam + excluded.spam, ham = spam_token.ham + excluded.ham`.execute(
    tx,
  )
}

export async function forget(tx: Tx, conversationId: string, lesson: { taught: Lesson; tokens: readonly string[] }) {
  const [spam, ham] = lesson.taught === 'spam' ? [1, 0] : [0, 1]
  await sql`update spam_token set spam = greatest(spam - ${spam}, 0), ham = greatest(ham - ${ham}, 0)
    where token = any(${['', ...lesson.tokens]}::text[])`.execute(tx)
  await sql`delete from spam_token where token = any(${lesson.tokens}::text[]) and spam = 0 and ham = 0`.execute(tx)
  await sql`delete from spam_lesson where conversation_id = ${conversationId}::uuid`.execute(tx)
}

export async function forgetAll(tx: Tx): Promise<void> {
  await takeTurn(tx)
  await sql`delete from spam_lesson`.execute(tx)
  await sql`delete from spam_token`.execute(tx)
}

/** Of all mails of a batch with one question. */
export async function seenOf(on: Db | Tx, pieces: readonly Piece[]): Promise<Map<Piece, Seen>> {
  if (pieces.length === 0) return new Map()
  const { rows } = await sql<
    { token: Piece } & Seen
  >`select token, spam, ham from spam_token where token = any(${pieces}::text[])`.execute(on)
  return new Map(rows.map(row => [row.token, { spam: row.spam, ham: row.ham }]))
}

/** Those to whom one of us has written before, and members: their mail is never taken for spam. */
export async function knownPeople(on: Db | Tx, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select p.id from unnest(${[...new Set(personIds)]}::uuid[]) as p(id)
    where exists (select from member m where m.person_id = p.id) or exists (select from participant a join message m on m.conversation_id = a.conversation_id
      where a.person_id = p.id and a.role in ('customer', 'taking-part', 'copied') and m.kind in ('reply', 'follow-up', 'call') and m.taken_back_at is null)`.execute(
    on,
  )
  return new Set(rows.map(row => row.id))
}

export type Blocked = { id: string; normal: string; teamId: string | null }

export async function blockedAmong(on: Db | Tx, names: readonly string[]): Promise<Blocked[]> {
  if (names.length === 0) return []
  const { rows } =
    await sql<Blocked>`select id, normal, team_id from blocked_sender where normal = any(${names}::text[])`.execute(on)
  return rows
}

/** Blocking again what is blocked changes nothing. */
export async function addBlocked(
  tx: Tx,
  it: Blockable & { teamId: string | null; byId: string },
  now: Date,
): Promise<{ id: string; fresh: boolean }> {
  const { rows } = await sql<{ id: string }>`insert into blocked_sender (id, kind, normal, team_id, by_id, at)
    values (${randomUUIDv7()}, ${it.kind}, ${it.normal}, ${it.teamId}::uuid, ${it.byId}, ${now}) on conflict (kind, normal, team_id) do nothing returning id`.execute(
    tx,
  )
  if (rows[0]) return { id: rows[0].id, fresh: true }
  const there = await sql<{
    id: string
  }>`select id from blocked_sender where kind = ${it.kind} and normal = ${it.normal}
    and team_id is not distinct from ${it.teamId}::uuid`.execute(tx)
  return { id: there.rows[0]!.id, fresh: false }
}

export async function openBlocked(tx: Tx, id: string): Promise<{ id: string; teamId: string | null } | null> {
  const { rows } = await sql<{
    id: string
    teamId: string | null
  }>`select id, team_id from blocked_sender where id = ${id}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function removeBlocked(tx: Tx, id: string): Promise<void> {
  await sql`delete from blocked_sender where id = ${id}::uuid`.execute(tx)
}

/** Of members or our own channels: mail among us is never blocked. */
export async function isOurs(tx: Tx, it: Blockable): Promise<boolean> {
  const fits = (column: string) =>
    it.kind === 'address'
      ? sql`${sql.ref(column)} = ${it.normal}`
      : sql`split_part(${sql.ref(column)}, '@', 2) = ${it.normal} or split_part(${sql.ref(column)}, '@', 2) like ${`%.${it.normal.replace(/[\\%_]/g, '\\$&')}`}`
  const { rows } = await sql<{
    ours: boolean
  }>`select exists (select from mailbox where removed_at is null and (${fits('mailbox.normal')}))
    or exists (select from address join member m on m.person_id = address.person_id where address.kind = 'mail' and m.disabled_at is null and (${fits('address.normal')})) as ours`.execute(
    tx,
  )
  return rows[0]!.ours
}

export type Verdict = {
  conversationId: string
  why: 'blocked' | 'taught' | 'upstream'
  score: number | null
  words: readonly string[]
  blockedId: string | null
  at: Date
}

export async function writeVerdicts(tx: Tx, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const rows = verdicts.map(each => ({
    conversation_id: each.conversationId,
    why: each.why,
    score: each.score,
    words: each.words.map(word => word.toWellFormed()),
    blocked_id: each.blockedId,
    at: each.at.toISOString(),
  }))
  await sql`insert into spam_verdict (conversation_id, why, score, words, blocked_id, at)
    select conversation_id, why, score, array(select jsonb_array_elements_text(words)), blocked_id, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(conversation_id uuid, why text, score real, words jsonb, blocked_id uuid, at timestamptz)`.execute(
    tx,
  )
}
