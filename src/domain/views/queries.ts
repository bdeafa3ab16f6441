/** Saved views as those who may see them get them, and how many conversations each shows: one question for all counts, along indexes where there are some, and never further than a person reads. */
import { type RawBuilder, sql } from 'kysely'
import { parseFilter } from '../../contract/filter-text.ts'
import type { SavedView } from '../../contract/saved-views.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Member, visibleTeams } from '../access/index.ts'
import { type Filter, patiently, resolveFilters, seenBy } from '../conversations/index.ts'
import type { ViewRow } from './tables.ts'
import { mayChangeView } from './who.ts'

type Row = ViewRow & { teamName: string | null }

/** All, or the one. */
export async function viewsOf(on: Db | Tx, actor: Member, id: string | null = null): Promise<SavedView[]> {
  const { rows } = await sql<Row>`
    select v.id, v.name, v.q, v.sort, v.columns, v.team_id, v.maker_id, v.position, t.name as team_name
    from saved_view v left join team t on t.id = v.team_id
    where v.deleted_at is null and (${id}::uuid is null or v.id = ${id}::uuid)
      and ((v.maker_id = ${actor.personId}::uuid and v.team_id is null) or v.team_id = any(${visibleTeams(actor)}::uuid[]))
    order by v.team_id is not null, lower(t.name), v.team_id, v.position, v.id`.execute(on)
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    q: row.q,
    sort: row.sort,
    columns: row.columns,
    team: row.teamId ? { id: row.teamId, name: row.teamName ?? '' } : null,
    mayChange: mayChangeView(actor, row),
  }))
}

const cap = 1000
/** So many ids are taken where a filter leaves few; so many conversations are looked at where no index says more. */
const [few, looked] = [2000, 5000]

type Counted = { count: number; more: boolean }

export async function viewCountsOf(db: Db, actor: Member, now: Date) {
  const views = await viewsOf(db, actor)
  if (views.length === 0) return { counts: [] }
  const filters = await resolveFilters(
    db,
    actor,
    views.map(view => parseFilter(view.q)),
    now,
  )
  const counted = await patiently(db, async tx => {
    const { rows } = await sql<{
      counts: Counted[]
    }>`select jsonb_build_array(${sql.join(filters.map(filter => countOf(filter, seenBy(actor))))}) as counts`.execute(
      tx,
    )
    return rows[0]!.counts
  }).catch(error => {
    if ((error as { code?: unknown }).code === 'filter-too-wide') return []
    throw error
  })
  return {
    counts: counted.map(({ count, more }, at) => ({
      viewId: views[at]!.id,
      count: { count: Math.min(count, cap), more: more || count > cap },
    })),
  }
}

function countOf(filter: Filter, seen: RawBuilder<unknown>): RawBuilder<unknown> {
  const upTo = (from: RawBuilder<unknown>) =>
    sql`(select jsonb_build_object('count', count(*), 'more', false) from (select ${from} limit ${cap + 1}) n)`
  if (filter.allPlain) return upTo(sql`from conversation c where ${seen} and ${filter.where}`)
  // What was looked at to the end is counted; else it is at least so many.
  const walked = sql`(select jsonb_build_object('count', count(*) filter (where w.fits), 'more', count(*) = ${looked})
    from (select ${filter.where} as fits from (select c.* from conversation c where ${seen} and ${filter.plain} limit ${looked}) c) w)`
  return filter.narrow.reduce<RawBuilder<unknown>>(
    (otherwise, ids) => sql`case when (select count(*) from (select from (${ids}) f limit ${few + 1}) n) <= ${few}
      then ${upTo(sql`from (select distinct id from (${ids}) f) few join conversation c on c.id = few.id where ${seen} and ${filter.where}`)} else ${otherwise} end`,
    walked,
  )
}
