/** Whom a note may mention, and where one was mentioned. Only what the asker may see, as of now. */
import { sql } from 'kysely'
import type { MentionView } from '../../../contract/marks.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member, readersOf } from '../../access/index.ts'

type Person = { id: string; name: string }

/** Whose name begins so first, then who has a word that does; the owner before all. Not the asker. */
export async function mentionable(
  db: Db,
  actor: Member,
  place: { teamId: string; ownerId: string | null },
  like: string,
  now: Date,
): Promise<{ people: Person[] }> {
  const readers = readersOf({ owner: sql`${place.ownerId}::uuid`, team: sql`${place.teamId}::uuid` }, now)
  const begins = `${like.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  const { rows } = await sql<Person>`
    select p.id, p.name from person p where p.id in ${readers} and p.id <> ${actor.personId}::uuid
      and (lower(p.name) like ${begins} or lower(p.name) like ${`% ${begins}`} or lower(p.name) like ${`%-${begins}`})
    order by p.id = ${place.ownerId}::uuid desc nulls last, lower(p.name) like ${begins} desc, lower(p.name), p.id limit 12`.execute(
    db,
  )
  return { people: rows }
}

type Row = {
  messageId: string
  id: string
  number: number
  subject: string
  customerId: string
  customerName: string
  byId: string | null
  byName: string | null
  at: Date
  preview: string
}

export async function myMentions(
  db: Db,
  actor: Member,
  asked: { after?: string | undefined; limit: number },
): Promise<{ mentions: MentionView[]; next: string | null }> {
  const cursor = asked.after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(asked.after) : null
  if (asked.after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const beyond = cursor
    ? sql`and (x.at, x.message_id) < (${new Date(Number(cursor[1]))}::timestamptz, ${cursor[2]}::uuid)`
    : sql``
  const { rows } = await sql<Row>`
    select x.message_id, x.at, c.id, c.number, c.subject, c.customer_id, cu.name as customer_name, m.author_id as by_id, by.name as by_name, left(m.body_text, 300) as preview
    from mention x join conversation c on c.id = x.conversation_id join person cu on cu.id = c.customer_id
      join message m on m.id = x.message_id left join person by on by.id = m.author_id
    where x.person_id = ${actor.personId}::uuid and x.seen_at is null and c.state not in ('spam', 'trash') and m.taken_back_at is null
      and ${inSightOf(actor, 'c')} ${beyond}
    order by x.at desc, x.message_id desc limit ${asked.limit + 1}`.execute(db)
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    mentions: shown.map(row => ({
      messageId: row.messageId,
      conversation: {
        id: row.id,
        number: row.number,
        subject: row.subject,
        customer: { id: row.customerId, name: row.customerName },
      },
      by: row.byId ? { id: row.byId, name: row.byName ?? '' } : null,
      at: row.at.toISOString(),
      preview: row.preview.replace(/\s+/g, ' ').trim(),
    })),
    next: rows.length > asked.limit && last ? `${last.at.getTime()}.${last.messageId}` : null,
  }
}
