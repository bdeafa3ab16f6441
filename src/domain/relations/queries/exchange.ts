/** What was promised between us and a person or an organisation, both ways, as the ledger has it; nothing of conversations the actor may not read, in counts neither (I9). */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Exchange } from '../../../contract/relations.ts'
import type { Db } from '../../../platform/db/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { peopleOf, relationshipOf, type Subject } from '../subject.ts'

type Direction = 'ours' | 'theirs'
const most = 12
const week = 7 * 86_400_000

/** Said outside a conversation it is known to all who may see the page. */
export function promiseInSight(actor: Member): RawBuilder<boolean> {
  return sql`(p.conversation_id is null or exists (select from conversation pc where pc.id = p.conversation_id and pc.state not in ('spam', 'trash') and ${inSightOf(actor, 'pc')}))`
}

/** Asking again and asking whether it held are how we work, not what we promised in words. */
const worthSaying = sql`p.kind in ('reply', 'action', 'renewal', 'decision', 'check-in')`

const between = (subject: Subject, direction: Direction) => {
  const who = direction === 'ours' ? sql.ref('p.toPersonId') : sql.ref('p.byPersonId')
  const kinds = direction === 'ours' ? sql`p.kind in ('reply', 'action', 'renewal', 'decision')` : sql`true`
  return { who, kinds, direction, people: peopleOf(subject), relationship: relationshipOf(subject) }
}

/** Ids of promises that fit: those to or by these people, and those the relationship itself names. */
const idsOf = (subject: Subject, direction: Direction, where: RawBuilder<unknown>) => {
  const { who, people, relationship } = between(subject, direction)
  return sql`(select p.id from ${people} s join promise p on ${who} = s.person_id where p.direction = ${sql.lit(direction)} and ${where}
    union select p.id from promise p where p.relationship_id = ${relationship} and p.direction = ${sql.lit(direction)} and ${where})`
}

async function shown(db: Db, actor: Member, subject: Subject, direction: Direction, now: Date) {
  const open = idsOf(subject, direction, sql`p.ended_at is null and ${worthSaying}`)
  const kept = idsOf(
    subject,
    direction,
    sql`p.ended_how = 'kept' and p.ended_at > ${new Date(now.getTime() - week)} and p.words <> '' and p.kind in ('reply', 'action', 'renewal', 'decision')`,
  )
  const { rows } = await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins}
    where (p.id in ${open} ${direction === 'theirs' ? sql`or p.id in ${kept}` : sql``}) and ${promiseInSight(actor)}
    order by p.ended_at is not null, p.due_at, p.id limit ${most + 1}`.execute(db)
  return rows
}

type Counted = { kept: number; made: number; since: Date | null }

async function counted(db: Db, actor: Member, subject: Subject, direction: Direction, now: Date): Promise<Counted> {
  const { kinds } = between(subject, direction)
  const over = sql`(p.ended_how in ('kept', 'given-up') or (p.ended_how = 'replaced' and p.ended_at > p.due_at) or (p.ended_at is null and p.due_at < ${now}))`
  const { rows } = await sql<Counted>`
    select (count(*) filter (where p.ended_how = 'kept' and p.ended_at <= p.due_at))::int as kept, count(*)::int as made, min(p.made_at) as since
    from promise p where p.id in ${idsOf(subject, direction, sql`${kinds} and ${over}`)} and ${promiseInSight(actor)}`.execute(
    db,
  )
  return rows[0]!
}

async function lastBroken(db: Db, actor: Member, subject: Subject, direction: Direction): Promise<PromiseRow | null> {
  const { kinds } = between(subject, direction)
  const broke = sql`p.ended_at is not null and (p.ended_how = 'given-up' or (p.ended_how in ('replaced', 'kept') and p.ended_at > p.due_at))`
  const { rows } = await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins}
    where p.id in ${idsOf(subject, direction, sql`${kinds} and ${broke}`)} and ${promiseInSight(actor)} order by p.ended_at desc, p.id desc limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function exchangeOf(
  db: Db,
  actor: Member,
  subject: Subject,
  now: Date,
): Promise<z.input<typeof Exchange>> {
  const one = async (direction: Direction) => {
    const [rows, counts, broken] = await Promise.all([
      shown(db, actor, subject, direction, now),
      counted(db, actor, subject, direction, now),
      lastBroken(db, actor, subject, direction),
    ])
    return {
      promises: rows.slice(0, most).map(row => viewOfPromise(row, now)),
      more: rows.length > most,
      ...counts,
      since: counts.since?.toISOString() ?? null,
      lastBroken: broken ? viewOfPromise(broken, now) : null,
    }
  }
  const [ours, theirs] = await Promise.all([one('ours'), one('theirs')])
  return { ours, theirs }
}
