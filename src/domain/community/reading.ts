/** As whom the community is read, and the same rules for the database. What one may not read stands in no list, search, count or feed (I9). */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { leadsAnywhere, type Member, readsKnowledge, writesKnowledge } from '../access/index.ts'
import { readingAsPerson } from '../knowledge/index.ts'
import type { CommunityAs, Tending } from './rules.ts'

export const nobodyInParticular: CommunityAs = { is: 'anybody' }

/** A customer who is signed in, or nobody. */
export async function readingAs(on: Db | Tx, personId: string | null): Promise<CommunityAs> {
  if (!personId) return nobodyInParticular
  const as = await readingAsPerson(on, personId)
  return as.is === 'person' ? as : nobodyInParticular
}

/** At the desk: whoever has a part in a team reads and answers, whoever serves looks after it, leads and administrators settle it. */
export function insideAs(member: Member): CommunityAs {
  if (!readsKnowledge(member)) return { is: 'person', personId: member.personId, organisations: [] }
  return {
    is: 'inside',
    personId: member.personId,
    tends: writesKnowledge(member),
    settles: member.administrator || leadsAnywhere(member),
  }
}

export const personOf = (as: CommunityAs): string | null => (as.is === 'anybody' ? null : as.personId)
export const tends = (as: CommunityAs): boolean => as.is === 'inside' && as.tends

/** Whoever looks after it; anybody else is refused. */
export function tending(as: CommunityAs): Tending {
  if (as.is !== 'inside' || !as.tends) throw new Refusal('not-yours', 403)
  return as
}

/** Is there one, for those outside? */
export async function communityOn(on: Db | Tx): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`
    select exists (select from community_category) and not exists (select from community_setting where off) as on`.execute(
    on,
  )
  return rows[0]!.on
}

const isOn = sql`not exists (select from community_setting where off)`

/** `c` is the category. */
export function readableCategory(as: CommunityAs): RawBuilder<boolean> {
  switch (as.is) {
    case 'inside':
      return sql`true`
    case 'anybody':
      return sql`(c.audience = 'public' and ${isOn})`
    case 'person':
      return sql`((c.audience in ('public', 'signed-in') or (c.audience = 'organisation' and exists (
        select from community_category_organisation co where co.category_id = c.id and co.organisation_id = any(${[...as.organisations]}::uuid[])))) and ${isOn})`
  }
}

/** Known before what lies in them is asked for: so lists are read in their order. */
export async function readableIds(on: Db | Tx, as: CommunityAs): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select c.id from community_category c where ${readableCategory(as)}`.execute(on)
  return rows.map(row => row.id)
}

/** `t` is the topic, `first` its first post. */
export function visibleTopic(as: CommunityAs): RawBuilder<boolean> {
  if (as.is === 'anybody') return sql`t.state = 'standing'`
  return tends(as)
    ? sql`t.state in ('standing', 'waiting', 'hidden')`
    : sql`(t.state = 'standing' or (t.state in ('waiting', 'hidden') and first.author_id = ${as.personId}::uuid))`
}

/** `po` is the post: what stands, and the stones of what does not; what waits only where they may know of it. */
export function listedPost(as: CommunityAs): RawBuilder<boolean> {
  if (tends(as)) return sql`true`
  const mine = personOf(as)
  return mine === null ? sql`po.state <> 'waiting'` : sql`(po.state <> 'waiting' or po.author_id = ${mine}::uuid)`
}

/** `cp` is somebody as the community knows them, `p` the person: how they hear of mentions. Who wants nothing unasked chose so, unless they say otherwise here. */
export const mentionWay: RawBuilder<'each' | 'digest' | 'never'> =
  sql`coalesce(cp.mentions, case when p.no_unasked_since is null then 'each' else 'never' end)`

/** The name of a category in a language, else in the installation's, else in any. */
export const categoryName = (language: string): RawBuilder<string> =>
  sql`(select n.name from community_category_name n where n.category_id = c.id order by n.language = ${language} desc, n.language = (select language from installation) desc, n.language limit 1)`

/** `pe` is somebody: is another one of us, with an open account, called the same? Nobody outside is taken for them. */
const isNameOfOurs = sql`(lower(pe.name) in (select lower(op.name) from member om join person op on op.id = om.person_id where om.disabled_at is null)
  and not exists (select from member own where own.person_id = pe.id and own.disabled_at is null))`

/** Whoever wrote it, as `views.ts` shows them: of a post by default. */
export const authorJson = (of = 'po', personColumn = 'author_id'): RawBuilder<RawAuthor> => {
  const [person, us] = [sql.ref(`${of}.${personColumn}`), sql.ref(`${of}.by_us`)]
  return sql`(select jsonb_build_object('id', ${person}, 'us', ${us}, 'name', coalesce(case when ${us} then null else cp.shown_name end, case when position('@' in pe.name) = 0 and (${us} or not ${isNameOfOurs}) then nullif(pe.name, '') end), 'from', case when ${us} then null else cp.come_from end)
    from (select 1) one left join person pe on pe.id = ${person} left join community_person cp on cp.person_id = pe.id)`
}
export type RawAuthor = { id: string | null; us: boolean; name: string | null; from: string | null }
