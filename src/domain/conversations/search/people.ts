/** People whose name or address holds what was typed, also with a slip of the fingers. For those who may find people at all. */
import { type RawBuilder, sql } from 'kysely'
import type { FoundPerson } from '../../../contract/search.ts'
import type { Db } from '../../../platform/db/index.ts'
import { inSightOf, type Member, mayFindPeople } from '../../access/index.ts'
import { startsLike } from '../../people/rules.ts'
import { folded, marked, type Unit } from '../../search/index.ts'

const shown = 6
/** Of what is found in the middle of names so many are looked at. */
const looked = 40

type Row = { id: string; name: string; address: string | null; lastAt: Date | null }

export async function peopleOf(db: Db, actor: Member, text: string, units: readonly Unit[]): Promise<FoundPerson[]> {
  const typed = text.trim()
  if (!mayFindPeople(actor) || typed.length < 2 || typed.length > 100) return []
  const begins = startsLike(typed.toLowerCase())
  const plain = folded(typed)
  let rows = await peopleIn(
    db,
    actor,
    sql`(select id, 0 as how from person where lower(name) like ${begins} and merged_into is null order by lower(name) using ~<~ limit ${looked})
      union all (select person_id, 1 from address where kind = 'mail' and normal like ${begins} order by normal limit ${looked})`,
    begins,
  )
  // Below three signs an index of likeness helps nobody: there the beginnings of names are walked, and no more.
  if (rows.length < shown && typed.length > 2) {
    const inside = await peopleIn(
      db,
      actor,
      sql`(select id, 2 as how from person where folded_name like ${`%${startsLike(plain)}`} and merged_into is null limit ${looked})
        union all (select person_id, 3 from address where kind = 'mail' and normal like ${`%${begins}`} limit ${looked})`,
      begins,
    )
    rows = [...rows, ...inside.filter(each => !rows.some(({ id }) => id === each.id))].slice(0, shown)
  }
  if (rows.length === 0 && typed.length > 3)
    rows = await peopleIn(
      db,
      actor,
      sql`select id, (row_number() over (order by word_similarity(${plain}, folded_name) desc))::int as how from person where ${plain} <% folded_name and merged_into is null limit ${looked}`,
      begins,
    )
  const never = () => false
  // The beginning of a name is marked while it is typed.
  const open = units.map(unit => ({ ...unit, open: true }))
  return rows.map(row => ({
    id: row.id,
    name: marked(row.name, open, never),
    address: row.address === null ? null : marked(row.address, open, never),
    lastAt: row.lastAt?.toISOString() ?? null,
  }))
}

/** Those with whom there was something last stand first; where a name only looks alike, the likest. */
async function peopleIn(db: Db, actor: Member, found: RawBuilder<unknown>, begins: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with found as (${found}), people as (select id, min(how) as how from found group by id order by 2 limit ${looked})
    select p.id, p.name, a.written as address, l.last_at from people join person p using (id)
      left join lateral (select written from address where person_id = p.id and kind = 'mail' order by normal like ${`%${begins}`} desc, verified_at is null, number limit 1) a on true
      left join lateral (select max(c.last_at) as last_at from conversation c where c.customer_id = p.id and ${inSightOf(actor, 'c')}) l on true
    order by l.last_at desc nulls last, people.how, p.name limit ${shown}`.execute(db)
  return rows
}
