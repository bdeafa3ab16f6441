/** What a page of results shows of each: its subject, its customer, and the stretch of the message that has the words. */
import { sql } from 'kysely'
import type { Found } from '../../../contract/search.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import { excerptOf, marked, type SharesStem, type Statistics, stemSharing, type Unit } from '../../search/index.ts'
import { rowOf, rowsIn } from '../queries/list.ts'
import { type Match, withoutOwnNotes } from './matches.ts'

type Said = {
  id: string
  kind: NonNullable<Found['message']>['kind']
  authorId: string | null
  authorName: string | null
  at: Date
  text: string
  trimmed: string | null
  files: string[] | null
}

/** No more of a long mail is read for its excerpt. */
const longestText = 60_000

/**
 * Every message of a conversation is found by its subject: shown is the one that says most of the words itself. Asked only
 * for what is on the page.
 */
export async function withBestMessage(
  on: Db | Tx,
  actor: Member,
  matches: readonly Match[],
  query: string,
): Promise<Match[]> {
  const whole = matches.filter(each => each.whole).map(each => each.id)
  if (whole.length === 0) return [...matches]
  const { rows } = await sql<{ id: string; messageId: string }>`
    with theirs as materialized (select * from message_search where conversation_id = any(${whole}::uuid[]))
    select distinct on (s.conversation_id) s.conversation_id as id, s.message_id from theirs s
    where s.words @@ ${query}::tsquery and ${withoutOwnNotes(actor, 's')}
    order by s.conversation_id, ts_rank('{0.3,0.3,0.3,0}', s.words, ${query}::tsquery) desc, s.at desc`.execute(on)
  const best = new Map(rows.map(row => [row.id, row.messageId]))
  return matches.map(each => ({ ...each, messageId: best.get(each.id) ?? each.messageId }))
}

export async function shownOf(
  on: Db | Tx,
  actor: Member,
  matches: readonly Match[],
  units: readonly Unit[],
  statistics: Statistics,
  now: Date,
): Promise<Found[]> {
  if (matches.length === 0) return []
  const ids = matches.map(each => each.id)
  const [rows, said] = await Promise.all([
    rowsIn(on, actor, sql`select unnest(${ids}::uuid[]) as id`, sql`array_position(${ids}::uuid[], c.id)`),
    saidIn(
      on,
      matches.flatMap(each => each.messageId ?? []),
    ),
  ])
  const texts = [...said.values()].flatMap(each => [each.trimmed ?? '', each.text, ...(each.files ?? [])])
  const shares = await stemSharing(on, statistics, units, [...texts, ...rows.flatMap(row => row.subject)])
  const byId = new Map(rows.map(row => [row.id, row]))
  return matches.flatMap((match): Found[] => {
    const row = byId.get(match.id)
    if (!row) return []
    const message = match.messageId ? said.get(match.messageId) : undefined
    return [
      {
        conversation: rowOf(row, now),
        subject: marked(row.subject, units, shares),
        customer: marked(row.customerName, units, shares),
        message: message ? messageOf(message, units, shares) : null,
        matches: match.matches,
        whole: match.whole,
      },
    ]
  })
}

async function saidIn(on: Db | Tx, ids: string[]): Promise<Map<string, Said>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Said>`
    select m.id, m.kind, m.author_id, p.name as author_name, m.at, left(m.body_text, ${longestText}) as text, left(m.trimmed, ${longestText}) as trimmed,
      (select array_agg(a.name order by a.position) from attachment a where a.message_id = m.id and not a.inline) as files
    from message m left join person p on p.id = m.author_id where m.id = any(${ids}::uuid[])`.execute(on)
  return new Map(rows.map(row => [row.id, row]))
}

/** What is shown at once, unless the words stand in what is folded away there. */
function messageOf(said: Said, units: readonly Unit[], shares: SharesStem): NonNullable<Found['message']> {
  const shown = excerptOf(said.trimmed ?? said.text, units, shares)
  const whole = said.trimmed !== null && shown.marks.length === 0 ? excerptOf(said.text, units, shares) : shown
  const file = (said.files ?? []).map(name => marked(name, units, shares)).find(each => each.marks.length > 0)
  return {
    id: said.id,
    kind: said.kind,
    author: said.authorId ? { id: said.authorId, name: said.authorName ?? '' } : null,
    at: said.at.toISOString(),
    excerpt: whole.marks.length > 0 ? whole : shown,
    file: file ?? null,
  }
}
