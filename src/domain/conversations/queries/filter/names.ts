/** Whom and what the names in a filter mean, among what the actor may see. What they may not see has no name for them (I9). */
import { type RawBuilder, sql } from 'kysely'
import type { Term } from '../../../../contract/filter-text.ts'
import type { Db } from '../../../../platform/db/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../../access/index.ts'
import { startsLike } from '../../../people/rules.ts'

/** Beyond so many people a name says too little. */
export const mostPeople = 500

export type Field = { id: string; kind: string; choices: { id: string; words: string }[] }
export type Names = {
  zone: string
  members: (text: string) => string[]
  people: (text: string) => string[]
  teams: (text: string) => string[]
  tags: (text: string) => string[]
  mailboxes: (text: string) => string[]
  fields: (text: string) => Field[]
}

type Found = { text: string; ids: string[] }
type FoundField = Field & { text: string }
type Row = {
  zone: string
  members: Found[]
  people: Found[]
  teams: Found[]
  tags: Found[]
  mailboxes: Found[]
  fields: FoundField[]
}

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()

const asks = (term: Term) =>
  term.is === 'field' ||
  (term.is === 'operator' && !['is', 'priority', 'subject', 'has', 'channel', 'language'].includes(term.name))

/** All names of a filter in one question; none where it names nobody, no day and no thing. */
export async function namesIn(db: Db, actor: Member, terms: readonly Term[]): Promise<Names> {
  if (!terms.some(asks))
    return namedBy({ zone: 'UTC', members: [], people: [], teams: [], tags: [], mailboxes: [], fields: [] })
  const said = (...names: string[]) => [
    ...new Set(
      terms.flatMap(term => (term.is === 'operator' && names.includes(term.name) ? term.values.map(plain) : [])),
    ),
  ]
  const teams = sql`${[...visibleTeams(actor), ...ownedOnlyTeams(actor)]}::uuid[]`
  const fields = [...new Set(terms.flatMap(term => (term.is === 'field' ? [plain(term.name)] : [])))]
  const each = (texts: string[], ids: RawBuilder<unknown>) =>
    texts.length === 0
      ? sql`'[]'::jsonb`
      : sql`(select coalesce(jsonb_agg(jsonb_build_object('text', w.text, 'ids', coalesce((select jsonb_agg(f.id) from (${ids}) f), '[]'))), '[]') from unnest(${texts}::text[]) w(text))`
  const like = sql`replace(replace(replace(w.text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`
  const { rows } = await sql<Row>`select
    coalesce((select zone from person where id = ${actor.personId}::uuid), (select zone from installation), 'UTC') as zone,
    ${each(
      said('owner').filter(text => text !== 'me' && text !== 'nobody'),
      sql`select m.person_id as id from member m join person p on p.id = m.person_id
        where (lower(p.name) like ${like} or lower(p.name) like '% ' || ${like} or exists (select from address a where a.person_id = p.id and a.kind = 'mail' and a.normal = w.text))
          and (exists (select from team_member tm where tm.person_id = m.person_id and tm.team_id = any(${teams}))
            or exists (select from conversation o where o.owner_id = m.person_id and o.team_id = any(${teams})))`,
    )} as members,
    ${peopleIn(said('from', 'to', 'customer'))} as people,
    ${each(said('team'), sql`select t.id from team t where t.id = any(${teams}) and lower(t.name) = w.text`)} as teams,
    ${each(said('tag'), sql`select coalesce(t.merged_into, t.id) as id from tag t where t.normal = w.text`)} as tags,
    ${each(
      said('mailbox', 'to'),
      sql`select b.id from mailbox b where b.team_id = any(${teams}) and (b.normal = w.text or split_part(b.normal, '@', 1) = w.text)`,
    )} as mailboxes,
    coalesce((select jsonb_agg(jsonb_build_object('text', lower(f.name), 'id', f.id, 'kind', f.kind, 'choices', f.choices)) from custom_field f
      where f.about = 'conversation' and lower(f.name) = any(${fields}::text[]) and (f.team_id is null or f.team_id = any(${teams}))), '[]') as fields`.execute(
    db,
  )
  return namedBy(rows[0]!)
}

function namedBy(row: Row): Names {
  const idsIn = (found: Found[]) => (text: string) => found.find(each => each.text === plain(text))?.ids ?? []
  return {
    zone: row.zone,
    members: idsIn(row.members),
    people: idsIn(row.people),
    teams: idsIn(row.teams),
    tags: idsIn(row.tags),
    mailboxes: idsIn(row.mailboxes),
    fields: text => row.fields.filter(field => field.text === plain(text)),
  }
}

/** By the beginning of their name, a whole address or its beginning, or everybody at a domain (`@x.org`). Each is walked along an index. */
function peopleIn(texts: string[]) {
  if (texts.length === 0) return sql`'[]'::jsonb`
  const limit = sql`limit ${mostPeople + 1}`
  const one = (text: string) => {
    const like = startsLike(text)
    const domain = text.startsWith('@')
      ? sql`(select person_id from address where kind = 'mail' and split_part(normal, '@', 2) = ${text.slice(1)} ${limit})`
      : sql`(select person_id from address where kind = 'mail' and normal like ${like} ${limit})
        union (select id from person where lower(name) like ${like} ${limit})`
    return sql`jsonb_build_object('text', ${text}::text, 'ids', coalesce((select jsonb_agg(f.person_id) from (${domain}) f), '[]'))`
  }
  return sql`jsonb_build_array(${sql.join(texts.slice(0, 20).map(one))})`
}
