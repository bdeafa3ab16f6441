/** What a page of results shows of each: its subject, its customer, and the stretch of the message that has the words. */
import { sql } from 'kysely'
import type { Found } from '../../../contract/search.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import {
  excerptOf,
  marked,
  queryOf,
  type SharesStem,
  type Statistics,
  stemSharing,
  type Unit,
} from '../../search/index.ts'
import { rowOf, rowsIn } from '../queries/list.ts'
import { type Match, withoutOwnNotes } from './matches.ts'

export type Sought = { units: readonly Unit[]; statistics: Statistics }

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
async function withBestMessage(
  db: Db,
  actor: Member,
  matches: readonly Match[],
  { units, statistics }: Sought,
): Promise<Match[]> {
  const whole = matches.filter(each => each.whole).map(each => each.id)
  if (whole.length === 0 || units.length === 0) return [...matches]
  const query = units.map(unit => queryOf(unit, statistics)).join(' & ')
  const { rows } = await sql<{ id: string; messageId: string }>`
    with theirs as materialized (select * from message_search where conversation_id = any(${whole}::uuid[]))
    select distinct on (s.conversation_id) s.conversation_id as id, s.message_id from theirs s
    where s.words @@ ${query}::tsquery and ${withoutOwnNotes(actor, 's')}
    order by s.conversation_id, ts_rank('{0.3,0.3,0.3,0}', s.words, ${query}::tsquery) desc, s.at desc`.execute(db)
  const best = new Map(rows.map(row => [row.id, row.messageId]))
  return matches.map(each => ({ ...each, messageId: best.get(each.id) ?? each.messageId }))
}

export async function shownOf(
  db: Db,
  actor: Member,
  found: readonly Match[],
  sought: Sought,
  now: Date,
): Promise<Found[]> {
  if (found.length === 0) return []
  const ids = found.map(each => each.id)
  const { units, statistics } = sought
  // What the rows show and what the messages say are asked for at the same time.
  const [rows, [matches, said]] = await Promise.all([
    rowsIn(db, actor, sql`select unnest(${ids}::uuid[]) as id`, sql`array_position(${ids}::uuid[], c.id)`),
    withBestMessage(db, actor, found, sought).then(
      async best =>
        [
          best,
          await saidIn(
            db,
            best.flatMap(each => each.messageId ?? []),
          ),
        ] as const,
    ),
  ])
  const texts = [...said.values()].flatMap(each => [each.trimmed ?? '', each.text, ...(each.files ?? [])])
  const shares = await stemSharing(db, statistics, units, [...texts, ...rows.flatMap(row => row.subject)])
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

async function saidIn(db: Db, ids: string[]): Promise<Map<string, Said>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Said>`
    select m.id, m.kind, m.author_id, p.name as author_name, m.at, left(m.body_text, ${longestText}) as text, left(m.trimmed, ${longestText}) as trimmed,
      (select array_agg(a.name order by a.position) from attachment a where a.message_id = m.id and not a.inline) as files
    from message m left join person p on p.id = m.author_id where m.id = any(${ids}::uuid[])`.execute(db)
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
