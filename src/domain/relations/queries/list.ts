/** People and organisations by name, a page at a time along an index; typed ahead by the beginning of a name, an address or a domain. */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { RelationRow } from '../../../contract/organisations.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { startsLike } from '../../people/rules.ts'
import { belongs } from '../subject.ts'

type Asked = {
  is: 'people' | 'organisations'
  like: string
  archived: boolean
  after?: string | undefined
  limit: number
}
type Row = {
  id: string
  name: string
  about: string | null
  organisations: { id: string; name: string }[] | null
  people: number | null
  lastAt: Date | null
  member: boolean
  archived: boolean
}

const organisationsOfPerson = sql`(select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by lower(o.name)) from membership b join organisation o on o.id = b.organisation_id
  where b.person_id = f.id and ${belongs('b')} and o.archived_at is null)`

export async function relationsList(
  db: Db,
  asked: Asked,
): Promise<{ rows: z.input<typeof RelationRow>[]; next: string | null }> {
  const after = readPlace(asked.after)
  const like = asked.like.toLowerCase()
  const rows =
    asked.is === 'people' ? await people(db, like, after, asked.limit + 1) : await organisations(db, like, after, asked)
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(row => ({
      ...row,
      about: row.about ?? '',
      organisations: row.organisations ?? [],
      people: row.people ?? 0,
      lastAt: row.lastAt?.toISOString() ?? null,
    })),
    next: rows.length > asked.limit && last ? JSON.stringify([last.name.toLowerCase(), last.id]) : null,
  }
}

type Place = { name: string; id: string } | null
const order = sql`order by lower(f.name) using ~<~, f.id`
/** The first condition is what the index walks by; the second leaves out those of the same name that were there. */
const beyond = (after: Place, name: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
  after
    ? sql`${name} ~>=~ lower(${after.name}) and (${name} ~>~ lower(${after.name}) or ${id} > ${after.id}::uuid)`
    : sql`true`

async function people(db: Db, like: string, after: Place, limit: number): Promise<Row[]> {
  const starts = startsLike(like)
  const named = (where: RawBuilder<unknown>) =>
    sql`select f.id, f.name from person f where f.merged_into is null and ${where} and ${beyond(after, sql`lower(f.name)`, sql`f.id`)} ${order} limit ${limit}`
  const found =
    like === ''
      ? named(sql`true`)
      : sql`select * from ((${named(sql`lower(f.name) like ${starts}`)}) union
          (select f.id, f.name from (select distinct person_id from address where kind = 'mail' and normal like ${starts} limit 1000) a join person f on f.id = a.person_id where ${beyond(after, sql`lower(f.name)`, sql`f.id`)})) f
          ${order} limit ${limit}`
  const { rows } = await sql<Row>`
    select f.id, f.name, (select a.written from address a where a.person_id = f.id and a.kind <> 'chat' order by a.kind, a.verified_at is null, a.number limit 1) as about,
      ${organisationsOfPerson} as organisations, null::int as people, r.last_contact_at as last_at,
      exists (select from member m where m.person_id = f.id and m.disabled_at is null) as member, false as archived
    from (${found}) f left join relationship r on r.person_id = f.id ${order}`.execute(db)
  return rows
}

async function organisations(db: Db, like: string, after: Place, asked: Asked): Promise<Row[]> {
  const limit = asked.limit + 1
  const starts = startsLike(like)
  const standing = asked.archived ? sql`true` : sql`f.archived_at is null`
  const columns = sql`f.id, f.name, f.about, f.archived_at`
  const named = (where: RawBuilder<unknown>) =>
    sql`select ${columns} from organisation f where ${standing} and ${where} and ${beyond(after, sql`lower(f.name)`, sql`f.id`)} ${order} limit ${limit}`
  const found =
    like === ''
      ? named(sql`true`)
      : sql`select * from ((${named(sql`lower(f.name) like ${starts}`)}) union
          (select ${columns} from organisation_domain d join organisation f on f.id = d.organisation_id where d.domain like ${starts} and ${standing} and ${beyond(after, sql`lower(f.name)`, sql`f.id`)} limit 1000)) f
          ${order} limit ${limit}`
  const { rows } = await sql<Row>`
    select f.id, f.name, f.about, null::jsonb as organisations, f.archived_at is not null as archived, false as member, t.people, greatest(r.last_contact_at, t.last_at) as last_at
    from (${found}) f left join relationship r on r.organisation_id = f.id
      left join lateral (select count(*)::int as people, max(x.last_contact_at) as last_at from membership b left join relationship x on x.person_id = b.person_id
        where b.organisation_id = f.id and ${belongs('b')}) t on true ${order}`.execute(db)
  return rows
}

function readPlace(text: string | undefined): Place {
  if (!text) return null
  try {
    const [name, id] = JSON.parse(text) as unknown[]
    if (typeof name === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return { name, id }
  } catch {
    // No place: said below.
  }
  throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
}
