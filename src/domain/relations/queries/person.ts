/** One person as their page shows them; who was merged leads to the survivor. A fixed number of questions. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { PersonPage, Wishes } from '../../../contract/relations.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { type Member, mayMergePeople } from '../../access/index.ts'
import { fieldsAbout } from '../../marks/index.ts'
import { personByAddress } from '../../people/index.ts'
import { exchangeOf } from './exchange.ts'
import { likelySame } from './likely.ts'

type Head = {
  id: string
  name: string
  about: string
  since: Date
  member: boolean
  language: string | null
  zone: string | null
  preferredChannel: 'mail' | 'phone' | 'visit' | 'chat' | null
  preferredWords: string | null
  noUnaskedSince: Date | null
  noUnaskedBy: string | null
  noUnaskedByName: string | null
  noUnaskedSaid: string | null
  keeperId: string | null
  keeperName: string | null
  rhythmDays: number | null
  lastAt: Date | null
  lastKind: string | null
}

type Page = z.input<typeof PersonPage>

export function personPage(db: Db, actor: Member, personId: string, now: Date): Promise<Page> {
  return together(db, async on => {
    const head = await headOf(on, personId)
    if (!head) throw absent()
    const subject = { is: 'person' as const, id: head.id }
    const [addresses, organisations, fields, exchange, likely, merges] = await Promise.all([
      addressesOf(on, head.id),
      organisationsOf(on, head.id),
      fieldsAbout(on, 'person', head.id),
      exchangeOf(on, actor, subject, now),
      likelySame(on, head),
      mergesInto(on, head.id),
    ])
    return {
      ...viewOf(head),
      addresses,
      organisations,
      fields,
      exchange,
      likely,
      merges,
      mayMerge: mayMergePeople(actor),
    }
  })
}

function viewOf(head: Head) {
  return {
    id: head.id,
    name: head.name,
    about: head.about,
    since: head.since.toISOString(),
    member: head.member,
    language: head.language,
    zone: head.zone,
    preferred: { channel: head.preferredChannel, words: head.preferredWords },
    refuses: head.noUnaskedSince && {
      since: head.noUnaskedSince.toISOString(),
      by: head.noUnaskedBy ? { id: head.noUnaskedBy, name: head.noUnaskedByName ?? '' } : null,
      said: head.noUnaskedSaid,
    },
    contact: {
      keeper: head.keeperId ? { id: head.keeperId, name: head.keeperName ?? '' } : null,
      rhythmDays: head.rhythmDays,
      lastAt: head.lastAt?.toISOString() ?? null,
      lastKind: head.lastKind,
    },
  }
}

async function headOf(db: Db, id: string): Promise<Head | null> {
  const { rows } = await sql<Head>`
    with recursive up(id, into_) as (select id, merged_into from person where id = ${id}::uuid union select p.id, p.merged_into from up join person p on p.id = up.into_)
    select p.id, p.name, p.about, coalesce(r.since, p.created_at) as since, exists (select from member m where m.person_id = p.id and m.disabled_at is null) as member,
      p.language, p.zone, p.preferred_channel, p.preferred_words, p.no_unasked_since, p.no_unasked_by, nb.name as no_unasked_by_name, p.no_unasked_said,
      r.keeper_id, k.name as keeper_name, r.rhythm_days, r.last_contact_at as last_at, r.last_contact_kind as last_kind
    from up join person p on p.id = up.id left join person nb on nb.id = p.no_unasked_by
      left join relationship r on r.person_id = p.id left join person k on k.id = r.keeper_id
    where up.into_ is null`.execute(db)
  return rows[0] ?? null
}

async function addressesOf(db: Db, personId: string): Promise<Page['addresses']> {
  const { rows } = await sql<Page['addresses'][number]>`
    select id, kind, written, verified_at is not null as verified, suspended_because from address where person_id = ${personId}::uuid
    order by array_position(array['mail', 'phone', 'chat'], kind), verified_at is null, number limit 50`.execute(db)
  return rows
}

async function organisationsOf(db: Db, personId: string): Promise<Page['organisations']> {
  const { rows } = await sql<{
    id: string
    name: string
    role: string
    since: Date
    suggested: boolean
    seesAll: boolean
  }>`select o.id, o.name, b.role, b.since, b.suggested_at is not null as suggested, b.sees_all from membership b join organisation o on o.id = b.organisation_id
    where b.person_id = ${personId}::uuid and b.left_at is null and o.archived_at is null order by b.suggested_at is not null, lower(o.name), o.id limit 50`.execute(
    db,
  )
  return rows.map(({ id, name, since, ...row }) => ({ ...row, organisation: { id, name }, since: since.toISOString() }))
}

async function mergesInto(db: Db, personId: string): Promise<Page['merges']> {
  const { rows } = await sql<{
    id: string
    personId: string
    name: string
    byId: string | null
    byName: string | null
    at: Date
  }>`select m.id, p.id as person_id, p.name, m.by_id, b.name as by_name, m.at from person_merge m join person p on p.id = m.absorbed_id left join person b on b.id = m.by_id
    where m.survivor_id = ${personId}::uuid and m.undone_at is null order by m.at desc limit 20`.execute(db)
  return rows.map(row => ({
    id: row.id,
    person: { id: row.personId, name: row.name },
    by: row.byId ? { id: row.byId, name: row.byName ?? '' } : null,
    at: row.at.toISOString(),
  }))
}

/** Whoever this record leads to by now; null when there is none. */
export async function survivorOf(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive up(id, into_) as (select id, merged_into from person where id = ${id}::uuid union select p.id, p.merged_into from up join person p on p.id = up.into_)
    select id from up where into_ is null`.execute(db)
  return rows[0]?.id ?? null
}

/** By id, else by address; whoever was merged has left both to the survivor. */
export async function wishesOf(
  db: Db,
  asked: { personId?: string | undefined; address?: string | undefined },
): Promise<z.input<typeof Wishes> | null> {
  const id = asked.personId ?? (asked.address ? (await personByAddress(db, asked.address))?.personId : undefined)
  const survivor = id && (await survivorOf(db, id))
  if (!survivor) return null
  const { rows } = await sql<{
    id: string
    name: string
    channel: Head['preferredChannel']
    words: string | null
    refuses: boolean
  }>`select id, name, preferred_channel as channel, preferred_words as words, no_unasked_since is not null as refuses from person where id = ${survivor}::uuid`.execute(
    db,
  )
  const [row] = rows
  if (!row) return null
  const { id: personId, name, channel, words, refuses } = row
  return { person: { id: personId, name }, preferred: { channel, words }, refuses }
}
