/** What there is to talk about at a check-in: facts only, and of conversations only what the one who asks may read. */
import { type RawBuilder, sql } from 'kysely'
import type { CheckInView } from '../../../contract/care.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { mayContact } from '../budget.ts'
import { checkInRow } from './tended.ts'
import { touchesOf } from './touches.ts'

const most = { people: 12, promises: 8, answers: 5, touches: 5, said: 600 }

export async function materialFor(db: Db, actor: Member, checkInId: string, now: Date): Promise<CheckInView> {
  const row = await checkInRow(db, checkInId)
  if (!row) throw absent()
  const who =
    row.party.is === 'person'
      ? sql`array[${row.party.id}::uuid]`
      : sql`array(select person_id from membership where organisation_id = ${row.party.id}::uuid and left_at is null and suggested_at is null)`
  const [people, promises, answers, touches, said] = await Promise.all([
    peopleIn(db, row.party, now),
    promisesWith(db, actor, row.relationshipId, who, now),
    answersTo(db, actor, who),
    touchesOf(db, actor, row.party, most.touches),
    lastSaid(db, actor, who),
  ])
  return { ...row, people, promises, answers, touches, said }
}

type Person = {
  id: string
  name: string
  role: string
  address: string | null
  prefers: string | null
  prefersWords: string | null
}

async function peopleIn(db: Db, party: CheckInView['party'], now: Date): Promise<CheckInView['people']> {
  const address = sql`(select a.written from address a where a.person_id = p.id and a.kind = 'mail' and a.suspended_at is null order by a.verified_at is null, a.number limit 1)`
  const from =
    party.is === 'person'
      ? sql`(select ${party.id}::uuid as person_id, '' as role, null::timestamptz as last_contact_at) b`
      : sql`(select m.person_id, m.role, r.last_contact_at from membership m left join relationship r on r.person_id = m.person_id
          where m.organisation_id = ${party.id}::uuid and m.left_at is null and m.suggested_at is null) b`
  const { rows } =
    await sql<Person>`select p.id, p.name, b.role, ${address} as address, p.preferred_channel as prefers, p.preferred_words as prefers_words
    from ${from} join person p on p.id = b.person_id order by b.last_contact_at desc nulls last, p.id limit ${most.people}`.execute(
      db,
    )
  return Promise.all(
    rows.map(async ({ id, name, ...row }) => {
      const claim = await mayContact(db, { personId: id, kind: 'check-in', at: now })
      const refused = claim.is === 'refused' ? claim : null
      return {
        ...row,
        person: { id, name },
        mayWrite: row.address !== null && refused === null,
        because: refused?.because ?? null,
        freeAt: refused?.freeAt?.toISOString() ?? null,
      }
    }),
  )
}

/** Both ways: what stands, and what was kept or not of late. What is only inside is not to be talked about. */
async function promisesWith(
  db: Db,
  actor: Member,
  relationshipId: string,
  who: RawBuilder<unknown>,
  now: Date,
): Promise<CheckInView['promises']> {
  const { rows } = await sql<PromiseRow & { subject: string | null }>`
    select ${promiseColumns}, c.subject from promise p ${promiseJoins} left join conversation c on c.id = p.conversation_id
    where p.id in (
        select id from promise where to_person_id = any(${who}) and direction = 'ours' union select id from promise where by_person_id = any(${who}) and direction = 'theirs'
        union select id from promise where relationship_id = ${relationshipId}::uuid)
      and p.direction <> 'inside' and not p.automatic and p.words <> '' and p.kind in ('action', 'reply', 'renewal') and (c.id is null or ${inSightOf(actor, 'c')})
    order by p.ended_at is not null, coalesce(p.ended_at, p.due_at) desc, p.id limit ${most.promises}`.execute(db)
  return rows.map(row => ({ promise: viewOfPromise(row, now), subject: row.subject }))
}

type Answer = {
  conversationId: string
  number: number
  subject: string
  at: Date
  outcome: CheckInView['answers'][number]['outcome']
  because: string | null
}

/** How what they asked came out. */
async function answersTo(db: Db, actor: Member, who: RawBuilder<unknown>): Promise<CheckInView['answers']> {
  const { rows } =
    await sql<Answer>`select c.id as conversation_id, c.number, c.subject, coalesce(c.closed_at, c.last_at) as at, c.outcome, c.closed_because as because
    from conversation c where c.customer_id = any(${who}) and c.state in ('solved', 'closed') and ${inSightOf(actor, 'c')} order by c.last_at desc limit ${most.answers}`.execute(
      db,
    )
  return rows.map(row => ({ ...row, at: row.at.toISOString() }))
}

async function lastSaid(db: Db, actor: Member, who: RawBuilder<unknown>): Promise<CheckInView['said']> {
  const { rows } = await sql<{ conversationId: string; by: string; at: Date; text: string }>`
    select c.id as conversation_id, a.name as by, m.at, left(coalesce(m.trimmed, m.body_text), ${most.said}) as text
    from (select * from conversation c where c.customer_id = any(${who}) and c.state not in ('spam', 'trash', 'aside') and ${inSightOf(actor, 'c')} order by c.last_at desc limit 10) c
      cross join lateral (select * from message m where m.conversation_id = c.id and m.kind = 'message' and m.taken_back_at is null order by m.at desc limit 1) m
      join person a on a.id = m.author_id order by m.at desc limit 1`.execute(db)
  const row = rows[0]
  return row ? { ...row, at: row.at.toISOString() } : null
}
