/**
 * What happened between us, newest first: one question a page, a branch for each kind along an index of its own, never a
 * question a row. Nothing of conversations the actor may not read (I9); asks stay inside their matter and are not here.
 */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { type TimelineEntry, TimelineKind } from '../../../contract/relations.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member, visibleTeams } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { peopleOf, relationshipOf, type Subject } from '../subject.ts'
import { promiseInSight } from './exchange.ts'

type Place = { at: string; kind: string; id: string }
type Asked = { kinds?: readonly TimelineKind[] | undefined; after?: string | undefined; limit: number }
type Branch = (about: {
  actor: Member
  subject: Subject
  people: RawBuilder<unknown>
  /** before the place one came from, by this column; and so many at most */
  page: (at: RawBuilder<unknown>) => RawBuilder<unknown>
  first: (at: RawBuilder<unknown>) => RawBuilder<unknown>
}) => RawBuilder<unknown>

/** Every branch gives: kind, id, at, person_id, by_id, organisation_id, conversation_id, promise_id, is_, minutes, words. */
const branches: Record<TimelineKind, Branch> = {
  conversation: ({ actor, people, page, first }) => sql`
    select 'conversation', c.id, c.last_at, c.customer_id, null::uuid, null::uuid, c.id, null::uuid, '', null::int, '' from ${people} s
    cross join lateral (select c.id, c.last_at, c.customer_id from conversation c where c.customer_id = s.person_id
      and c.state not in ('spam', 'trash', 'merged', 'aside') and ${inSightOf(actor, 'c')} and ${page(sql`c.last_at`)} ${first(sql`c.last_at`)}) c`,
  touch: ({ subject, people, page, first }) => sql`
    select 'touch', t.id, t.at, t.person_id, t.by_id, t.organisation_id, null::uuid, null::uuid, t.kind, t.minutes, t.words from (
      (select t.* from ${people} s cross join lateral (select t.* from touch t where t.person_id = s.person_id and ${page(sql`t.at`)} ${first(sql`t.at`)}) t)
      ${subject.is === 'organisation' ? sql`union (select t.* from touch t where t.organisation_id = ${subject.id}::uuid and ${page(sql`t.at`)} ${first(sql`t.at`)})` : sql``}) t`,
  promise: ({ actor, subject, people, page, first }) => {
    const said = sql`(p.ended_how = 'given-up' or p.ended_how in ('kept', 'replaced') and p.ended_at > p.due_at or p.ended_how = 'kept' and not p.automatic and p.words <> '')`
    const columns = sql`p.id, p.ended_at, p.direction, p.to_person_id, p.by_person_id, p.conversation_id`
    const walk = (where: RawBuilder<unknown>) =>
      sql`select ${columns} from promise p where ${where} and ${said} and ${promiseInSight(actor)} and ${page(sql`p.ended_at`)} ${first(sql`p.ended_at`)}`
    return sql`
      select 'promise', p.id, p.ended_at, case when p.direction = 'ours' then p.to_person_id else p.by_person_id end, null::uuid, null::uuid, p.conversation_id, p.id, '', null::int, '' from (
        (select p.* from ${people} s cross join lateral (${walk(sql`p.to_person_id = s.person_id and p.direction = 'ours' and p.ended_at is not null and p.kind in ('reply', 'action', 'renewal', 'decision')`)}) p)
        union (select p.* from ${people} s cross join lateral (${walk(sql`p.by_person_id = s.person_id and p.direction = 'theirs' and p.ended_at is not null`)}) p)
        union (${walk(sql`p.relationship_id = ${relationshipOf(subject)} and p.ended_at is not null and p.kind in ('action', 'renewal', 'decision')`)})) p`
  },
  verdict: ({ actor, people, page, first }) => sql`
    select 'verdict', c.id, e.at, c.customer_id, null::uuid, null::uuid, c.id, null::uuid, coalesce(e.facts->>'verdict', 'worked'), null::int, '' from ${people} s
      join conversation c on c.customer_id = s.person_id join event e on e.subject_id = c.id and e.kind = 'follow-up.judged'
    where c.state not in ('spam', 'trash', 'merged') and ${inSightOf(actor, 'c')} and ${page(sql`e.at`)} ${first(sql`e.at`)}`,
  note: ({ subject, page, first }) => sql`
    select 'note', n.id, n.at, n.person_id, n.by_id, n.organisation_id, null::uuid, null::uuid, '', null::int, n.words from relationship_note n
    where ${subject.is === 'person' ? sql`n.person_id = ${subject.id}::uuid` : sql`n.organisation_id = ${subject.id}::uuid`} and ${page(sql`n.at`)} ${first(sql`n.at`)}`,
  membership: ({ subject, page, first }) => {
    const of =
      subject.is === 'person' ? sql`b.person_id = ${subject.id}::uuid` : sql`b.organisation_id = ${subject.id}::uuid`
    const walk = (at: RawBuilder<unknown>, is: string) => sql`
      (select 'membership', ${subject.is === 'person' ? sql`b.organisation_id` : sql`b.person_id`}, ${at}, b.person_id, null::uuid, b.organisation_id, null::uuid, null::uuid, ${is}, null::int, b.role from membership b
        where ${of} and b.suggested_at is null and ${at} is not null and ${page(at)} ${first(at)})`
    return sql`${walk(sql`b.since`, 'joined')} union all ${walk(sql`b.left_at`, 'left')}`
  },
  merge: ({ subject, page, first }) => sql`
    select 'merge', m.id, m.at, m.absorbed_id, m.by_id, null::uuid, null::uuid, null::uuid, case when m.undone_at is null then 'merged' else 'undone' end, null::int, '' from person_merge m
    where ${subject.is === 'person' ? sql`m.survivor_id = ${subject.id}::uuid` : sql`false`} and ${page(sql`m.at`)} ${first(sql`m.at`)}`,
  goodwill: ({ actor, subject, people, page, first }) => {
    const given = sql`g.granted_at is not null and case when g.conversation_id is null then g.team_id is null or g.team_id = any(${visibleTeams(actor)}::uuid[])
      else exists (select from conversation gc where gc.id = g.conversation_id and ${inSightOf(actor, 'gc')}) end`
    return sql`
      select 'goodwill', g.id, g.granted_at, g.person_id, g.by_id, g.organisation_id, g.conversation_id, null::uuid, case g.state when 'withdrawn' then 'withdrawn' else g.kind end, null::int, g.what from (
        (select g.* from ${people} s join goodwill g on g.person_id = s.person_id where ${given} and ${page(sql`g.granted_at`)} ${first(sql`g.granted_at`)})
        ${subject.is === 'organisation' ? sql`union (select g.* from goodwill g where g.organisation_id = ${subject.id}::uuid and ${given} and ${page(sql`g.granted_at`)} ${first(sql`g.granted_at`)})` : sql``}) g`
  },
}

type Row = {
  entryKind: TimelineKind
  entryId: string
  at: Date
  atText: string
  personId: string | null
  personName: string | null
  byId: string | null
  byName2: string | null
  organisationId: string | null
  organisationName: string | null
  is: string
  minutes: number | null
  entryWords: string
  number: number | null
  subject: string
  state: string
  outcome: string | null
  conversationDue: Date | null
  ownerId: string | null
  ownerName: string | null
  cId: string | null
} & PromiseRow

export async function timelineOf(db: Db, actor: Member, subject: Subject, asked: Asked, now: Date) {
  const after = readPlace(asked.after)
  const kinds = asked.kinds && asked.kinds.length > 0 ? [...new Set(asked.kinds)] : TimelineKind.options
  const limit = asked.limit + 1
  const about = {
    actor,
    subject,
    people: peopleOf(subject),
    // By time alone here: of those at the very same moment the outer query knows which come after.
    page: (at: RawBuilder<unknown>) => (after ? sql`${at} <= ${after.at}::timestamptz` : sql`true`),
    first: (at: RawBuilder<unknown>) => sql`order by ${at} desc limit ${limit + (after ? sameMoment : 0)}`,
  }
  const all = kinds.map(
    kind =>
      sql`select * from (${branches[kind](about)}) as ${sql.raw(`b_${kind}`)}(kind, id, at, person_id, by_id, organisation_id, conversation_id, promise_id, is_, minutes, words)`,
  )
  const beyond = after
    ? sql`where (e.at, e.kind, e.id) < (${after.at}::timestamptz, ${after.kind}, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<Row>`
    with page as materialized (select * from (${sql.join(all, sql` union all `)}) e ${beyond} order by e.at desc, e.kind desc, e.id desc limit ${limit})
    select e.kind as entry_kind, e.id as entry_id, e.at, e.at::text as at_text, e.person_id, ep.name as person_name, e.by_id, eb.name as by_name2,
      e.organisation_id, eo.name as organisation_name, e.is_ as "is", e.minutes, e.words as entry_words,
      c.id as c_id, c.number, c.subject, c.state, c.outcome, c.due_at as conversation_due, c.owner_id, co.name as owner_name, ${promiseColumns}
    from page e left join person ep on ep.id = e.person_id left join person eb on eb.id = e.by_id left join organisation eo on eo.id = e.organisation_id
      left join conversation c on c.id = e.conversation_id left join person co on co.id = c.owner_id
      left join promise p on p.id = e.promise_id ${promiseJoins}
    order by e.at desc, e.kind desc, e.id desc`.execute(db)
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    entries: shown.map(row => entryOf(row, actor, now)),
    next: rows.length > asked.limit && last ? `${last.atText}|${last.entryKind}|${last.entryId}` : null,
  }
}

/** So many of one kind may share a moment before one of them would be missed. */
const sameMoment = 100

const ref = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

function entryOf(row: Row, actor: Member, now: Date): z.input<typeof TimelineEntry> {
  return {
    id: row.entryId,
    kind: row.entryKind,
    at: row.at.toISOString(),
    person: ref(row.personId, row.personName),
    by: ref(row.byId, row.byName2),
    organisation: ref(row.organisationId, row.organisationName),
    conversation: row.cId
      ? {
          id: row.cId,
          number: row.number!,
          subject: row.subject,
          state: row.state,
          outcome: row.outcome,
          dueAt: row.conversationDue?.toISOString() ?? null,
          owner: ref(row.ownerId, row.ownerName),
        }
      : null,
    promise: row.entryKind === 'promise' ? viewOfPromise(row, now) : null,
    is: row.is,
    minutes: row.minutes,
    words: row.entryWords,
    mine: row.byId === actor.personId,
  }
}

function readPlace(text: string | undefined): Place | null {
  if (!text) return null
  const [at, kind, id] = text.split('|')
  const known = TimelineKind.safeParse(kind)
  if (
    !at ||
    !known.success ||
    !/^[0-9a-f-]{36}$/.test(id ?? '') ||
    !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.:+-]*$/.test(at)
  )
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { at, kind: known.data, id: id! }
}

export async function isOrganisation(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from organisation where id = ${id}::uuid`.execute(db)
  return rows.length > 0
}
