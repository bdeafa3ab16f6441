/** One organisation as its page shows it: who belongs to it, what was promised, how it stands. A fixed number of questions. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { OrganisationPage } from '../../../contract/organisations.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { fieldsAbout } from '../../marks/index.ts'
import { exchangeOf } from './exchange.ts'

type Page = z.input<typeof OrganisationPage>
type Head = {
  id: string
  name: string
  about: string
  since: Date
  archivedAt: Date | null
  language: string | null
  zone: string | null
  replyWithin: number | null
  keeperId: string | null
  keeperName: string | null
  rhythmDays: number | null
  ownAt: Date | null
  ownKind: string | null
  theirAt: Date | null
  theirKind: string | null
}
const mostPeople = 100

export function organisationPage(db: Db, actor: Member, organisationId: string, now: Date): Promise<Page> {
  return together(db, async on => {
    const head = await headOf(on, organisationId)
    if (!head) throw absent()
    const subject = { is: 'organisation' as const, id: organisationId }
    const [domains, people, fields, exchange] = await Promise.all([
      domainsOf(on, organisationId),
      peopleIn(on, organisationId),
      fieldsAbout(on, 'organisation', organisationId),
      exchangeOf(on, actor, subject, now),
    ])
    return { ...viewOf(head), domains, ...people, fields, exchange }
  })
}

function viewOf(head: Head) {
  // Contact with somebody there is contact with them.
  const own = head.ownAt !== null && (head.theirAt === null || head.ownAt > head.theirAt)
  const [lastAt, lastKind] = own ? [head.ownAt, head.ownKind] : [head.theirAt, head.theirKind]
  return {
    id: head.id,
    name: head.name,
    about: head.about,
    since: head.since.toISOString(),
    archived: head.archivedAt !== null,
    language: head.language,
    zone: head.zone,
    replyWithin: head.replyWithin,
    contact: {
      keeper: head.keeperId ? { id: head.keeperId, name: head.keeperName ?? '' } : null,
      rhythmDays: head.rhythmDays,
      lastAt: lastAt?.toISOString() ?? null,
      lastKind,
    },
  }
}

async function headOf(db: Db, id: string): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select o.id, o.name, o.about, least(r.since, t.since, o.created_at) as since, o.archived_at, o.language, o.zone, o.reply_within, r.keeper_id, k.name as keeper_name, r.rhythm_days,
      r.last_contact_at as own_at, r.last_contact_kind as own_kind, t.last_contact_at as their_at, t.last_contact_kind as their_kind
    from organisation o left join relationship r on r.organisation_id = o.id left join person k on k.id = r.keeper_id
    left join lateral (select x.last_contact_at, x.last_contact_kind, min(x.since) over () as since from membership b join relationship x on x.person_id = b.person_id
      where b.organisation_id = o.id and b.left_at is null and b.suggested_at is null order by x.last_contact_at desc nulls last limit 1) t on true
    where o.id = ${id}::uuid`.execute(db)
  return rows[0] ?? null
}

async function domainsOf(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{
    domain: string
  }>`select domain from organisation_domain where organisation_id = ${id}::uuid order by domain`.execute(db)
  return rows.map(row => row.domain)
}

async function peopleIn(db: Db, id: string): Promise<Pick<Page, 'people' | 'peopleCount'>> {
  const { rows } = await sql<{
    id: string
    name: string
    role: string
    address: string | null
    language: string | null
    suggested: boolean
    seesAll: boolean
    lastAt: Date | null
    rhythmDays: number | null
    all: number
  }>`select p.id, p.name, b.role, (select a.written from address a where a.person_id = p.id and a.kind = 'mail' order by a.verified_at is null, a.number limit 1) as address, p.language, b.suggested_at is not null as suggested, b.sees_all, r.last_contact_at as last_at, r.rhythm_days, (count(*) over ())::int as "all"
    from membership b join person p on p.id = b.person_id left join relationship r on r.person_id = p.id
    where b.organisation_id = ${id}::uuid and b.left_at is null and p.merged_into is null
    order by b.suggested_at is not null, r.last_contact_at desc nulls last, lower(p.name), p.id limit ${mostPeople}`.execute(
    db,
  )
  return {
    people: rows.map(({ id, name, all: _, lastAt, ...row }) => ({
      ...row,
      person: { id, name },
      lastAt: lastAt?.toISOString() ?? null,
    })),
    peopleCount: rows[0]?.all ?? 0,
  }
}
