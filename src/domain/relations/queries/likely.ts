/** Who may be the same person: the same name, and something more than the name. Suggests; merges nobody. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { belongs } from '../subject.ts'

const most = 5

/** The same name of two words or more; or of one word with an organisation or a mail domain of their own in common. */
export async function likelySame(db: Db, person: { id: string; name: string; member: boolean }) {
  if (person.member || person.name.includes('@')) return []
  const twoWords = /\S\s+\S/.test(person.name.trim())
  const { rows } = await sql<{ id: string; name: string; address: string | null }>`
    select p.id, p.name, (select a.written from address a where a.person_id = p.id and a.kind = 'mail' order by a.verified_at is null, a.number limit 1) as address
    from person p where lower(p.name) = lower(${person.name}) and p.merged_into is null and p.id <> ${person.id}::uuid
      and not exists (select from not_same_person n where n.one_id = least(p.id, ${person.id}::uuid) and n.other_id = greatest(p.id, ${person.id}::uuid))
      and (${twoWords}
        or exists (select from membership b join membership o using (organisation_id) where b.person_id = p.id and o.person_id = ${person.id}::uuid and ${belongs('b')} and ${belongs('o')}))
    order by p.created_at limit ${most}`.execute(db)
  return rows.map(({ id, name, address }) => ({ person: { id, name }, address }))
}
