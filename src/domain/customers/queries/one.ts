/** One conversation as its customer sees it: what was written between us, what was promised both ways, what waits for an answer. Refuses notes, asks, and promises inside (I9). */
import { type RawBuilder, sql } from 'kysely'
import type { OfferView } from '../../../contract/options.ts'
import type { PromiseView } from '../../../contract/promises.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { offersOf } from '../../conversations/index.ts'
import { isInSight, isOwn, reached, seesWhole } from '../../relations/index.ts'
import { toldIn } from './list.ts'

export type File = { id: string; sha256: string; name: string; mediaType: string; bytes: number }
export type Said = {
  id: string
  at: Date
  ours: boolean
  author: string | null
  /** by whoever reads it */
  mine: boolean
  text: string
  files: File[]
  offer: (OfferView & { turns: number }) | null
}
export type One = {
  id: string
  number: number
  version: number
  subject: string
  state: 'open' | 'pending' | 'solved' | 'closed'
  language: string | null
  owner: string | null
  team: string
  customer: string
  own: boolean
  /** sees of it what was written to them, and nothing else */
  copied: boolean
  channel: string
  neededBy: Date | null
  messages: Said[]
  earlier: number
  promises: PromiseView[]
  followUp: { id: string; until: Date } | null
  /** where answers come in; null while nothing can */
  mailbox: { id: string; address: string; teamName: string } | null
}

const shown = 60

const isOut = (now: Date): RawBuilder<boolean> =>
  sql`m.kind in ('message', 'reply', 'follow-up') and m.taken_back_at is null and (m.undo_until is null or m.undo_until <= ${now})`

/** What was written to or by those on the customer's side, for whoever sees the whole; for whoever is copied what went to them or came from them. */
const isBetweenUs = (personId: string, copied: boolean | null): RawBuilder<boolean> => {
  const between = sql`((m.kind = 'message' and (m.author_id = c.customer_id or exists (select from participant mp where mp.conversation_id = c.id and mp.person_id = m.author_id and mp.role in ('customer', 'taking-part', 'copied'))))
    or (m.kind in ('reply', 'follow-up') and exists (select from jsonb_array_elements(m.recipients) r join address ra on ra.kind = 'mail' and ra.normal = lower(r->>'address')
      join participant rp on rp.address_id = ra.id and rp.conversation_id = c.id and rp.role in ('customer', 'taking-part'))))`
  if (copied === null) return sql`((${seesWhole(personId)} and ${between}) or ${reached(personId)})`
  return copied ? reached(personId) : (between as RawBuilder<boolean>)
}

/** `all`: every message, for taking them along. */
export function one(
  db: Db,
  personId: string,
  id: string,
  now: Date,
  { all }: { all?: boolean } = {},
): Promise<One | null> {
  return together(db, async on => {
    const { rows } = await sql<Omit<One, 'messages' | 'earlier' | 'promises' | 'followUp'>>`
      select c.id, c.number, c.version, c.subject, c.state, c.language, o.name as owner, t.name as team, cp.name as customer, ${isOwn(personId)} as own, not ${seesWhole(personId)} as copied, c.channel, c.needed_by,
        (select jsonb_build_object('id', b.id, 'address', b.address, 'teamName', t.name) from mailbox b where b.removed_at is null and (b.id = c.mailbox_id or b.team_id = c.team_id)
          order by b.id is not distinct from c.mailbox_id desc, b.created_at limit 1) as mailbox
      from conversation c join team t on t.id = c.team_id join person cp on cp.id = c.customer_id left join person o on o.id = c.owner_id
      where c.id = ${id}::uuid and ${isInSight(personId)}`.execute(on)
    const head = rows[0]
    if (!head) return null
    const [{ messages, earlier }, told, followUp] = await Promise.all([
      messagesOf(on, id, { personId, most: all ? null : shown, copied: head.copied }, now),
      toldIn(on, [id], now, head.copied ? personId : null),
      head.copied ? null : followUpOf(on, id, now),
    ])
    return {
      ...head,
      neededBy: head.copied ? null : head.neededBy,
      number: Number(head.number),
      ...{ messages, earlier },
      promises: told.get(id) ?? [],
      followUp: head.state === 'solved' ? followUp : null,
    }
  })
}

async function messagesOf(
  on: Db,
  id: string,
  { personId, most, copied }: { personId: string; most: number | null; copied: boolean },
  now: Date,
): Promise<{ messages: Said[]; earlier: number }> {
  const { rows } = await sql<
    Omit<Said, 'files' | 'offer'> & { files: File[] | null; inAll: number; turns: number | null }
  >`
    select m.id, m.at, m.kind <> 'message' as ours, m.kind = 'message' and m.author_id = ${personId}::uuid as mine, p.name as author, coalesce(m.trimmed, m.body_text) as text, count(*) over ()::int as in_all,
      (select jsonb_agg(jsonb_build_object('id', f.id, 'sha256', encode(f.sha256, 'hex'), 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes) order by f.position) from attachment f where f.message_id = m.id) as files,
      (select f.turns from offer f where f.message_id = m.id) as turns
    from message m join conversation c on c.id = m.conversation_id left join person p on p.id = m.author_id
    where m.conversation_id = ${id}::uuid and ${isOut(now)} and ${isBetweenUs(personId, copied)} order by m.at desc, m.id desc limit ${most}`.execute(
    on,
  )
  const offers = await offersOf(
    on,
    rows.flatMap(row => (row.turns === null ? [] : [row.id])),
  )
  const messages = rows.reverse().map(({ inAll: _, turns, files, ...row }): Said => {
    const offer = offers.get(row.id)
    return { ...row, files: files ?? [], offer: offer ? { ...offer, turns: turns ?? 0 } : null }
  })
  return { messages, earlier: Math.max(0, (rows[0]?.inAll ?? 0) - messages.length) }
}

async function followUpOf(on: Db, id: string, now: Date): Promise<One['followUp']> {
  const { rows } = await sql<{ id: string; until: Date }>`
    select f.id, f.until from follow_up f join message m on m.id = f.message_id
    where m.conversation_id = ${id}::uuid and m.taken_back_at is null and f.verdict is null and f.until > ${now} order by f.asked_at desc limit 1`.execute(
    on,
  )
  return rows[0] ?? null
}

/** Of a message that this person may see; null for every other. */
export async function fileOf(
  db: Db,
  personId: string,
  ids: { conversationId: string; fileId: string },
  now: Date,
): Promise<{ sha256: Buffer; name: string; mediaType: string; bytes: number } | null> {
  const { rows } = await sql<{ sha256: Buffer; name: string; mediaType: string; bytes: number }>`
    select f.sha256, f.name, f.media_type, f.bytes from attachment f join message m on m.id = f.message_id join conversation c on c.id = m.conversation_id
    where f.id = ${ids.fileId}::uuid and c.id = ${ids.conversationId}::uuid and ${isInSight(personId)} and ${isOut(now)} and ${isBetweenUs(personId, null)}`.execute(
    db,
  )
  return rows[0] ?? null
}
