/** Who may see one conversation beside its customer: by a membership that sees everything there, or because it was shared. */
import { sql } from 'kysely'
import type { Sight } from '../../../contract/organisations.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { type Member, mayRead } from '../../access/index.ts'
import { belongs } from '../subject.ts'

type Ref = { id: string; name: string }

export function sightOf(db: Db, actor: Member, conversationId: string): Promise<Sight> {
  return together(db, async on => {
    const { rows } = await sql<{ teamId: string; ownerId: string | null; customerId: string }>`
      select team_id, owner_id, customer_id from conversation where id = ${conversationId}::uuid`.execute(on)
    const head = rows[0]
    if (!head || !mayRead(actor, head)) throw absent()
    const [colleagues, shares, near] = await Promise.all([
      seeingAll(on, head.customerId),
      sharesOf(on, conversationId),
      nearTo(on, head.customerId),
    ])
    const taken = new Set(shares.map(share => share.with.id))
    return { colleagues, shares, near: near.filter(each => !taken.has(each.id)) }
  })
}

async function seeingAll(db: Db, customerId: string): Promise<Sight['colleagues']> {
  const { rows } = await sql<{ person: Ref; organisation: Ref }>`
    select jsonb_build_object('id', p.id, 'name', p.name) as person, jsonb_build_object('id', o.id, 'name', o.name) as organisation
    from membership mine join organisation o on o.id = mine.organisation_id join membership b on b.organisation_id = o.id join person p on p.id = b.person_id
    where mine.person_id = ${customerId}::uuid and ${belongs('mine')} and o.archived_at is null and b.sees_all and ${belongs('b')} and p.merged_into is null and p.id <> ${customerId}::uuid
    order by lower(p.name), p.id limit 50`.execute(db)
  return rows
}

async function sharesOf(db: Db, conversationId: string): Promise<Sight['shares']> {
  const { rows } = await sql<{
    id: string
    withId: string
    name: string
    is: 'person' | 'organisation'
    by: Ref
    since: Date
  }>`select s.id, coalesce(s.person_id, s.organisation_id) as with_id, coalesce(p.name, o.name) as name, case when s.person_id is null then 'organisation' else 'person' end as "is",
      jsonb_build_object('id', b.id, 'name', b.name) as by, s.since
    from conversation_share s join person b on b.id = s.by_id left join person p on p.id = s.person_id left join organisation o on o.id = s.organisation_id
    where s.conversation_id = ${conversationId}::uuid order by s.since limit 100`.execute(db)
  return rows.map(({ withId, name, is, since, ...row }) => ({
    ...row,
    with: { id: withId, name, is },
    since: since.toISOString(),
  }))
}

async function nearTo(db: Db, customerId: string): Promise<Sight['near']> {
  const { rows } = await sql<Sight['near'][number]>`
    with theirs as (select o.id, o.name from membership b join organisation o on o.id = b.organisation_id where b.person_id = ${customerId}::uuid and ${belongs('b')} and o.archived_at is null)
    (select id, name, 'organisation' as "is" from theirs order by lower(name))
    union all (select distinct p.id, p.name, 'person' from theirs t join membership b on b.organisation_id = t.id join person p on p.id = b.person_id
      where ${belongs('b')} and p.merged_into is null and p.id <> ${customerId}::uuid limit 30)`.execute(db)
  return rows
}
