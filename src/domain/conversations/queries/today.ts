/** Today, in one question: everything travels together on one connection, and nothing is asked row by row. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { today as contract } from '../../../contract/today.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { type Day, dueFigures, keepingOf } from './due.ts'
import { minePage } from './mine.ts'

const most = 20

export async function today(db: Db, actor: Member, now: Date): Promise<z.input<typeof contract.output>> {
  return together(db, async on => {
    const keeping = await keepingOf(on, actor, now)
    const [{ promises: due, next }, theirs, figures, replies, mentions, drafts, summary] = await Promise.all([
      minePage(on, keeping, { direction: 'ours' }, now),
      minePage(on, keeping, { direction: 'theirs' }, now),
      dueFigures(on, keeping, now),
      repliesTo(on, actor),
      mentionsOf(on, actor),
      draftsOf(on, actor),
      summaryOf(on, actor, keeping.day, now),
    ])
    return { due, next, ...figures, theirs: theirs.promises.slice(0, most), replies, mentions, drafts, summary }
  })
}

type About = {
  id: string
  number: number
  subject: string
  customerId: string
  customerName: string
  at: Date
  preview: string
}
const about = sql`c.id, c.number, c.subject, c.customer_id, cu.name as customer_name`
const aboutOf = ({ id, number, subject, customerId, customerName }: About) => ({
  id,
  number,
  subject,
  customer: { id: customerId, name: customerName },
})
const customer = sql`join person cu on cu.id = c.customer_id`

/** What was written since by somebody of theirs and I have not seen. */
async function repliesTo(on: Db, actor: Member) {
  const { rows } = await sql<About>`
    select ${about}, c.last_at as at, c.preview from conversation c ${customer} left join sighting s on s.conversation_id = c.id and s.person_id = ${actor.personId}::uuid
    where c.owner_id = ${actor.personId}::uuid and c.state = 'open' and not c.last_ours and coalesce(s.version, 0) < c.version and ${inSightOf(actor, 'c')}
    order by c.last_at desc, c.id desc limit ${most}`.execute(on)
  return rows.map(row => ({ conversation: aboutOf(row), at: row.at.toISOString(), preview: row.preview }))
}

async function mentionsOf(on: Db, actor: Member) {
  type Mention = About & { messageId: string; byId: string | null; byName: string | null }
  const { rows } = await sql<Mention>`
    select ${about}, w.message_id, w.at, a.id as by_id, a.name as by_name, left(regexp_replace(m.body_text, '\\s+', ' ', 'g'), 200) as preview
    from mention w join message m on m.id = w.message_id join conversation c on c.id = w.conversation_id ${customer} left join person a on a.id = m.author_id
    where w.person_id = ${actor.personId}::uuid and w.seen_at is null and m.taken_back_at is null and ${inSightOf(actor, 'c')}
    order by w.at desc, w.message_id limit ${most}`.execute(on)
  return rows.map(row => ({
    messageId: row.messageId,
    conversation: aboutOf(row),
    by: row.byId ? { id: row.byId, name: row.byName ?? '' } : null,
    at: row.at.toISOString(),
    preview: row.preview,
  }))
}

async function draftsOf(on: Db, actor: Member) {
  type Draft = About & { kind: 'reply' | 'note' }
  const { rows } = await sql<Draft>`
    select ${about}, d.kind, d.saved_at as at, left(btrim(regexp_replace(regexp_replace(left(d.body, 4000), '</(p|div|li|h[1-6])>|<br[^>]*>|&nbsp;', ' ', 'g'), '<[^>]*>', '', 'g')), 160) as preview
    from draft d join conversation c on c.id = d.conversation_id ${customer}
    where d.person_id = ${actor.personId}::uuid and ${inSightOf(actor, 'c')} order by d.saved_at, c.id limit ${most}`.execute(
    on,
  )
  return rows.map(row => ({
    conversation: aboutOf(row),
    kind: row.kind,
    savedAt: row.at.toISOString(),
    preview: row.preview.replace(/\s+/g, ' '),
  }))
}

/** From the ledger alone. A time that was set automatically and replaced by a person's own word was not "told later". */
async function summaryOf(on: Db, actor: Member, day: Day, now: Date) {
  const own = sql`by_person_id = ${actor.personId}::uuid and direction <> 'theirs'`
  const { rows } = await sql<{ kept: number; keptLate: number; moved: number; standing: number; until: Date | null }>`
    select t.*, n.* from (
      select (count(*) filter (where ended_how = 'kept' and ended_at <= due_at))::int as kept, (count(*) filter (where ended_how = 'kept' and ended_at > due_at))::int as kept_late,
        (count(*) filter (where ended_how = 'replaced' and ended_at <= due_at and not automatic))::int as moved
      from (select * from promise where ${own} and kind <> 'reminder' and ended_at >= ${day.from} and ended_at <= ${now} limit 1000) e) t,
      (select count(*)::int as standing, max(due_at) as until from (
        select due_at from promise where ${own} and ended_at is null and due_at > ${now} and due_at < ${day.endOfWeek} order by due_at limit 1000) s) n`.execute(
    on,
  )
  const row = rows[0]!
  return { ...row, until: row.until?.toISOString() ?? null }
}
