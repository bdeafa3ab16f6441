/**
 * What a customer is shown of a conversation: its lines in their order, and how it stands. Refuses notes, colleagues' words,
 * untold promises, what others wrote to us alone, and replies that can still be taken back.
 */
import { sql } from 'kysely'
import type { ChatLine, ChatPromise, ChatStanding } from '../../contract/chat.ts'
import type { Db } from '../../platform/db/index.ts'

type Row = {
  conversationId: string
  seq: string | number
  isWhat: 'message' | 'left'
  moved: boolean
  at: Date
  id: string | null
  kind: string | null
  authorId: string | null
  author: string | null
  text: string | null
  mail: boolean
  customerId: string
  people: string[]
  shown: boolean
  held: boolean
  takenBack: boolean
  afterMail: boolean
  files: { id: string; name: string; bytes: number }[]
}

export type Line = ChatLine & { moved: boolean; shown: boolean; afterMail: boolean }
const most = 2000

/**
 * Lines after a place in each conversation, by conversation. What is held for its writer to take back holds what comes after
 * it, too: so no line is ever passed over. The inner limit keeps each to its own few: joined freely, all there are may be read.
 */
export async function linesAfter(
  db: Db,
  wanted: ReadonlyMap<string, number>,
  now: Date,
): Promise<{ lines: Map<string, Line[]>; more: boolean }> {
  const { rows } = await sql<Row>`
    select l.conversation_id, l.seq, l.is_what, l.moved, l.at, m.id, m.kind, m.author_id, p.name as author, coalesce(m.trimmed, m.body_text) as text,
      m.rfc_id is not null or (m.kind <> 'message' and m.recipients <> '[]') as mail, c.customer_id,
      m.undo_until is not null and m.undo_until > ${now} as held, m.taken_back_at is not null as taken_back,
      case when m.kind <> 'message' and (m.rfc_id is not null or m.recipients <> '[]') then exists (select from chat_line e join message em on em.id = e.message_id
        where e.conversation_id = l.conversation_id and e.seq < l.seq and em.kind = 'message' and em.rfc_id is not null) else false end as after_mail,
      case when m.kind = 'message' then exists (select from participant x where x.conversation_id = l.conversation_id and x.person_id = m.author_id and x.role in ('customer', 'taking-part')) or m.author_id = c.customer_id
        else m.recipients = '[]' or exists (select from jsonb_array_elements(m.recipients) r join address a on a.written = r->>'address' and a.kind = 'mail' where a.person_id = c.customer_id) end as shown,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.position) from attachment f where f.message_id = m.id and not f.inline), '[]') as files
    from unnest(${[...wanted.keys()]}::uuid[], ${[...wanted.values()]}::bigint[]) as w(conversation_id, after)
    cross join lateral (select * from chat_line where conversation_id = w.conversation_id and seq > w.after order by seq limit ${most}) l
    join conversation c on c.id = l.conversation_id
    left join message m on m.id = l.message_id left join person p on p.id = m.author_id
    order by l.conversation_id, l.seq limit ${most}`.execute(db)
  const found = new Map<string, Line[]>()
  const held = new Set<string>()
  for (const row of rows) {
    if (row.held && !row.takenBack) held.add(row.conversationId)
    if (held.has(row.conversationId)) continue
    const lines = found.get(row.conversationId) ?? []
    lines.push(lineOf(row))
    found.set(row.conversationId, lines)
  }
  return { lines: found, more: rows.length === most }
}

function lineOf(row: Row): Line {
  const ours = row.kind !== 'message'
  return {
    seq: Number(row.seq),
    is: row.isWhat,
    id: row.id,
    ours,
    by: ours ? (row.author ?? '') : '',
    at: row.at.toISOString(),
    text: row.text,
    mail: row.mail === true,
    files: row.files.map(each => ({ ...each, bytes: Number(each.bytes) })),
    moved: row.moved,
    afterMail: row.afterMail,
    shown: row.isWhat === 'left' || (row.shown && !row.takenBack),
  }
}

/** As this session may see it: whoever only says who they are sees what was written here, and not what that customer wrote by mail, nor what answered it there. */
export function lineFor(known: boolean, { moved, shown, afterMail, ...line }: Line): ChatLine | null {
  if (!shown || (moved && !known)) return null
  return !known && line.mail && (!line.ours || afterMail) ? { ...line, text: null, files: [] } : line
}

type Standing = Omit<ChatStanding, 'promise' | 'writing'> & {
  version: number
  writing: string[] | null
  promises: Promised[] | null
}
type Promised = Omit<ChatPromise, 'late'>

const shownKinds = ['reply', 'action', 'renewal', 'decision']

/** The promise that matters most: ours by its time, what a person said before what was said for them. */
export async function standingOf(
  db: Db,
  conversationIds: readonly string[],
  now: Date,
): Promise<Map<string, { version: number; standing: ChatStanding }>> {
  const { rows } = await sql<Standing>`
    select c.id as conversation_id, c.version, c.number, c.subject, o.name as owner, c.state in ('trash', 'merged') as over,
      (select a.normal from participant x join address a on a.id = x.address_id where x.conversation_id = c.id and x.role = 'customer' and a.kind = 'mail' order by x.since desc limit 1) as address,
      (select array_agg(p.name order by p.name) from presence s join person p on p.id = s.person_id where s.conversation_id = c.id and s.doing = 'writing' and s.seen_at > ${new Date(now.getTime() - 45_000)}) as writing,
      (select jsonb_agg(jsonb_build_object('by', coalesce(bp.name, bt.name), 'words', p.words, 'automatic', p.automatic, 'ours', p.direction = 'ours', 'dueAt', p.due_at) order by p.direction = 'theirs', p.automatic, p.due_at)
        from promise p left join person bp on bp.id = p.by_person_id left join team bt on bt.id = p.by_team_id
        where p.conversation_id = c.id and p.ended_at is null and p.told_at is not null and p.direction in ('ours', 'theirs') and p.kind = any(${shownKinds}::text[])) as promises
    from conversation c left join person o on o.id = c.owner_id where c.id = any(${[...conversationIds]}::uuid[])`.execute(
    db,
  )
  return new Map(
    rows.map(({ promises, writing, version, ...row }) => {
      const first = promises?.[0]
      const promise = first
        ? { ...first, dueAt: new Date(first.dueAt).toISOString(), late: new Date(first.dueAt) <= now }
        : null
      const names = (writing ?? []).map(name => name.split(/\s+/)[0] ?? name)
      return [row.conversationId, { version, standing: { ...row, promise, writing: names } }]
    }),
  )
}
