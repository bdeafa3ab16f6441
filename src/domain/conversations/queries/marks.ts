/** What a conversation is marked with: tags, fields, and who follows it. */
import { sql } from 'kysely'
import type { ConversationField } from '../../../contract/fields.ts'
import type { TagRef } from '../../../contract/tags.ts'
import type { Db } from '../../../platform/db/index.ts'
import { type Member, readersOf } from '../../access/index.ts'

type Person = { id: string; name: string }
type Place = { id: string; teamId: string; ownerId: string | null }

export async function marksOf(db: Db, actor: Member, place: Place, now: Date) {
  const [tags, fields, followers] = await Promise.all([
    tagsOf(db, place.id),
    fieldsOf(db, place.id, place.teamId),
    followersOf(db, place, now),
  ])
  return { tags, fields, followers, following: followers.some(each => each.id === actor.personId) }
}

/** In the order they were put on. An archived one stays where it is. */
export async function tagsOf(db: Db, conversationId: string): Promise<TagRef[]> {
  const { rows } = await sql<TagRef>`
    select t.id, t.name, t.tint from conversation_tag x join tag t on t.id = x.tag_id
    where x.conversation_id = ${conversationId}::uuid order by x.since, t.normal`.execute(db)
  return rows
}

/** The first few of many conversations' tags, as one column of a list. */
export const tagsOfRow = sql<
  TagRef[]
>`coalesce((select jsonb_agg(jsonb_build_object('id', rt.id, 'name', rt.name, 'tint', rt.tint) order by rt.since, rt.normal)
  from (select t.id, t.name, t.tint, t.normal, x.since from conversation_tag x join tag t on t.id = x.tag_id
    where x.conversation_id = c.id order by x.since, t.normal limit 4) rt), '[]')`

/** Those of all teams and of its own, with what is said; an archived one is gone, its values wait. */
async function fieldsOf(db: Db, conversationId: string, teamId: string): Promise<ConversationField[]> {
  const { rows } = await sql<ConversationField>`
    select f.id, f.name, f.kind, f.choices, v.value from custom_field f
    left join conversation_field v on v.field_id = f.id and v.conversation_id = ${conversationId}::uuid
    where f.about = 'conversation' and f.archived_at is null and (f.team_id is null or f.team_id = ${teamId}::uuid) order by f.position, f.id`.execute(
    db,
  )
  return rows
}

/** Those who can still see it: whoever left its team follows nothing there. */
export async function followersOf(db: Db, place: Place, now: Date): Promise<Person[]> {
  const readers = readersOf({ owner: sql`${place.ownerId}::uuid`, team: sql`${place.teamId}::uuid` }, now)
  const { rows } = await sql<Person>`
    select p.id, p.name from follower f join person p on p.id = f.person_id
    where f.conversation_id = ${place.id}::uuid and f.person_id in ${readers} order by f.since, p.name limit 200`.execute(
    db,
  )
  return rows
}
