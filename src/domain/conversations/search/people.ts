/** People whose name or address holds what was typed, also with a slip of the fingers. For those who may find people at all. */
import { sql } from 'kysely'
import type { FoundPerson } from '../../../contract/search.ts'
import type { Db } from '../../../platform/db/index.ts'
import { inSightOf, type Member, mayFindPeople } from '../../access/index.ts'
import { startsLike } from '../../people/rules.ts'
import { folded, marked, type Unit } from '../../search/index.ts'

const shown = 6
/** Of what is found in the middle of names so many are looked at. */
const looked = 200

type Row = { id: string; name: string; address: string | null; lastAt: Date | null }

export async function peopleOf(db: Db, actor: Member, text: string, units: readonly Unit[]): Promise<FoundPerson[]> {
  const typed = text.trim()
  if (!mayFindPeople(actor) || typed.length < 2 || typed.length > 100) return []
  const begins = startsLike(typed.toLowerCase())
  const anywhere = `%${startsLike(folded(typed))}`
  // Below three signs an index of likeness helps nobody: there the beginnings of names are walked.
  const inside =
    typed.length < 3
      ? sql``
      : sql`union all (select id, 2 from person where folded(name) like ${anywhere} limit ${looked})
        union all (select person_id, 3 from address where kind = 'mail' and normal like ${`%${begins}`} limit ${looked})
        union all (select id, 4 from person where ${folded(typed)} <% folded(name) order by word_similarity(${folded(typed)}, folded(name)) desc limit ${shown})`
  const { rows } = await sql<Row>`
    with found as (
        (select id, 0 as how from person where lower(name) like ${begins} order by lower(name) using ~<~ limit ${shown * 4})
        union all (select person_id, 1 from address where kind = 'mail' and normal like ${begins} order by normal limit ${shown * 4})
        ${inside}),
      people as (select id, min(how) as how from found group by id order by 2 limit ${looked})
    select p.id, p.name, a.written as address, l.last_at from people join person p using (id)
      left join lateral (select written from address where person_id = p.id and kind = 'mail' order by normal like ${`%${begins}`} desc, verified_at is null, number limit 1) a on true
      left join lateral (select max(c.last_at) as last_at from conversation c where c.customer_id = p.id and ${inSightOf(actor, 'c')}) l on true
    order by people.how = 4, l.last_at desc nulls last, people.how, p.name limit ${shown}`.execute(db)
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
