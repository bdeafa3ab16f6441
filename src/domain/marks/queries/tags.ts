/** Tags as they are typed ahead and listed: a page at a time along an index, with how often one sees each. */
import { sql } from 'kysely'
import { normalName, type TagView } from '../../../contract/tags.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'

type Asked = {
  like?: string | undefined
  archived: 'with' | 'without' | 'only'
  counted: boolean
  after?: string | undefined
  limit: number
}
type Found = Omit<TagView, 'used'> & { normal: string; inside: boolean; used: number | null }

/** Counted no further: a hundred or more. */
const cap = 100

const ofState = {
  with: sql`t.merged_into is null`,
  without: sql`t.merged_into is null and t.archived_at is null`,
  only: sql`t.merged_into is null and t.archived_at is not null`,
}

export async function listTags(db: Db, actor: Member, asked: Asked) {
  const like = normalName(asked.like ?? '')
  const after = readCursor(asked.after)
  const limit = asked.limit + 1
  const beginning = sql`t.normal like ${`${pattern(like)}%`}`
  const beyond = (inside: boolean) =>
    after === null
      ? sql`true`
      : after.inside === inside
        ? sql`t.normal > (select normal from tag where id = ${after.id}::uuid)`
        : sql`${inside}`
  const walk = (where: typeof beginning, inside: boolean) =>
    sql`(select t.id, t.name, t.tint, t.normal, t.archived_at is not null as archived, ${inside}::boolean as inside from tag t
      where ${ofState[asked.archived]} and ${where} and ${beyond(inside)} order by t.normal limit ${limit})`
  const begins = walk(beginning, false)
  // One letter somewhere inside is no clue: half of all tags hold it.
  const holds =
    [...like].length < 2
      ? sql``
      : sql`union all ${walk(sql`t.normal like ${`%${pattern(like)}%`} and not ${beginning}`, true)}`
  const { rows } = await sql<Found>`
    select f.*, ${asked.counted ? usedBy(actor) : sql`null::int`} as used
    from (select * from (${begins} ${holds}) w order by inside, normal limit ${limit}) f order by inside, normal`.execute(
    db,
  )
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    tags: shown.map(viewOf),
    next: rows.length > asked.limit && last ? `${last.inside ? 1 : 0}.${last.id}` : null,
    exact: like === '' ? null : await exactly(db, like),
  }
}

async function exactly(db: Db, normal: string): Promise<TagView | null> {
  const { rows } =
    await sql<Found>`select x.id, x.name, x.tint, x.normal, x.archived_at is not null as archived, false as inside, null::int as used
    from tag t join tag x on x.id = coalesce(t.merged_into, t.id) where t.normal = ${normal}`.execute(db)
  return rows[0] ? viewOf(rows[0]) : null
}

function usedBy(actor: Member) {
  return sql`(select count(*)::int from (select 1 from conversation_tag x join conversation c on c.id = x.conversation_id
    where x.tag_id = f.id and ${inSightOf(actor, 'c')} limit ${cap + 1}) n)`
}

function viewOf({ normal: _, inside: __, used, ...tag }: Found): TagView {
  return { ...tag, used: used === null ? null : { count: Math.min(used, cap), more: used > cap } }
}

const pattern = (text: string) => text.replace(/[\\%_]/g, sign => `\\${sign}`)

function readCursor(text: string | undefined): { inside: boolean; id: string } | null {
  if (!text) return null
  const found = /^([01])\.([0-9a-f-]{36})$/.exec(text)
  if (!found) throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { inside: found[1] === '1', id: found[2]! }
}
