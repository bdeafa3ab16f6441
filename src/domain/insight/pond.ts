/** All relationships in one answer. What is owed is told of conversations that who asks may read, and of promises outside them; nothing else is. */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { mostInPond, type PondRow, type pond } from '../../contract/pond.ts'
import type { Db } from '../../platform/db/index.ts'
import { inSightOf, type Member } from '../access/index.ts'
import { owedKinds } from './measures.ts'
import { standing, standsFor } from './standing.ts'

/** Open promises that somebody waits for: (about_id, direction, due_at). */
const owed = (actor: Member): RawBuilder<unknown> => sql`
  select s.about_id, p.direction, p.due_at from (
      select c.customer_id, p.direction, p.due_at from promise p join conversation c on c.id = p.conversation_id
      where p.ended_at is null and p.kind in ${owedKinds} and p.direction in ('ours', 'theirs')
        and c.state in ('open', 'pending', 'solved') and ${inSightOf(actor, 'c')}) p
    join (${standsFor}) s on s.person_id = p.customer_id
  union all select coalesce(r.person_id, r.organisation_id), p.direction, p.due_at from promise p join relationship r on r.id = p.relationship_id
    where p.ended_at is null and p.kind in ${owedKinds} and p.direction in ('ours', 'theirs') and p.conversation_id is null
  union all select m.organisation_id, p.direction, p.due_at from promise p join relationship r on r.id = p.relationship_id
    join membership m on m.person_id = r.person_id and m.left_at is null and m.suggested_at is null
    where p.ended_at is null and p.kind in ${owedKinds} and p.direction in ('ours', 'theirs') and p.conversation_id is null`

type Row = {
  id: string
  organisation: boolean
  name: string
  lastAt: number | null
  rhythmDays: number | null
  keeperId: string | null
  keeper: string | null
  ours: number | null
  theirs: number | null
  quietAt: number | null
  total: number
}
const minutes = (column: RawBuilder<unknown>) => sql`floor(extract(epoch from ${column}) / 60)::int`

export async function pondView(db: Db, actor: Member, now: Date): Promise<z.input<typeof pond.output>> {
  const { rows } = await sql<Row>`
    with stands as materialized (select *, coalesce(person_id, organisation_id) as about_id from (${standing}) s),
    dues as (select about_id, min(due_at) filter (where direction = 'ours') as ours, min(due_at) filter (where direction = 'theirs') as theirs
      from (${owed(actor)}) o group by 1),
    shown as (
      select s.about_id, s.person_id, s.organisation_id, s.keeper_id, s.rhythm_days, s.last_at, s.since, d.ours, d.theirs
      from stands s left join dues d using (about_id) order by d.about_id is null, s.last_at desc nulls last, s.about_id limit ${mostInPond})
    select s.about_id as id, s.organisation_id is not null as organisation, coalesce(o.name, p.name) as name, ${minutes(sql`s.last_at`)} as last_at,
      s.rhythm_days, s.keeper_id, k.name as keeper, ${minutes(sql`s.ours`)} as ours, ${minutes(sql`s.theirs`)} as theirs,
      ${minutes(sql`coalesce(s.last_at, s.since) + make_interval(days => s.rhythm_days)`)} as quiet_at,
      (select count(*)::int from stands) as total
    from shown s left join person p on p.id = s.person_id left join organisation o on o.id = s.organisation_id left join person k on k.id = s.keeper_id
    order by s.about_id`.execute(db)
  const keepers = new Map<string, { at: number; name: string }>()
  for (const { keeperId, keeper } of rows)
    if (keeperId && !keepers.has(keeperId)) keepers.set(keeperId, { at: keepers.size, name: keeper ?? '' })
  const minute = Math.floor(now.getTime() / 60_000)
  return {
    total: rows[0]?.total ?? 0,
    keepers: [...keepers].map(([id, { name }]) => ({ id, name })),
    rows: rows.map((row): PondRow => {
      const { owed, due } = pressing(row.ours, row.theirs, minute)
      const keeper = row.keeperId ? keepers.get(row.keeperId)!.at : -1
      return [row.id, row.organisation ? 1 : 0, row.name, row.lastAt, row.rhythmDays, keeper, owed, due, row.quietAt]
    }),
  }
}

/** What presses most: ours that is late, theirs that is late, ours, theirs. Times are minutes since 1970. */
export function pressing(
  ours: number | null,
  theirs: number | null,
  now: number,
): { owed: number; due: number | null } {
  if (ours !== null && ours < now) return { owed: 0, due: ours }
  if (theirs !== null && theirs < now) return { owed: 1, due: theirs }
  if (ours !== null) return { owed: 2, due: ours }
  if (theirs !== null) return { owed: 3, due: theirs }
  return { owed: 4, due: null }
}
