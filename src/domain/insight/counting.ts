/**
 * Counts conversations anew: whatever they added to the days before is taken away, what they add now is put in its place,
 * in one statement. Counting twice changes nothing. The caller holds the counting: two at once would add twice.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { rowsFor, tablesFor } from './measures.ts'

/** Of those that are gone the sample's are forgotten; what retention removed stays counted. */
export async function countAnew(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`with ${tablesFor(ids)},
    place as (select coalesce((select zone from installation), 'UTC') as zone),
    fresh as (
      select r.about_id, r.team_id, (r.at at time zone place.zone)::date as day, r.measure, sum(r.n)::bigint as n
      from (${rowsFor(ids)}) r(about_id, team_id, at, measure, n) cross join place group by 1, 2, 3, 4),
    before as (
      select p.about_id, r.t as team_id, r.d as day, r.m as measure, r.n
      from insight_part p cross join jsonb_to_recordset(p.parts) as r(t uuid, d date, m text, n bigint)
      where p.about_id = any(${ids}::uuid[]) and (p.sample or exists (select from conversation c where c.id = p.about_id)
        or exists (select from promise o where o.id = p.about_id))),
    changed as (
      select team_id, day, measure, sum(n) as n from (
        select team_id, day, measure, n from fresh union all select team_id, day, measure, -n from before) every
      group by 1, 2, 3 having sum(n) <> 0),
    summed as (
      insert into insight_day as d (team_id, day, measure, n) select team_id, day, measure, n from changed order by team_id, measure, day
      on conflict (team_id, measure, day) do update set n = d.n + excluded.n),
    kept as (
      insert into insight_part as p (about_id, sample, parts)
      select f.about_id, coalesce((select c.sample from conversation c where c.id = f.about_id), false),
        jsonb_agg(jsonb_build_object('t', f.team_id, 'd', f.day, 'm', f.measure, 'n', f.n)) from fresh f group by f.about_id
      on conflict (about_id) do update set sample = excluded.sample, parts = excluded.parts)
    delete from insight_part p where p.about_id in (select about_id from before) and p.about_id not in (select about_id from fresh)`.execute(
    tx,
  )
  await sql`delete from insight_due where about_id = any(${ids}::uuid[])`.execute(tx)
}

/** So many at once: some milliseconds each time, so that nobody waits behind it. */
const together = 300

/** Counts what waits, and says how many it were; nought also when somebody else is counting. */
export async function countDue(tx: Tx): Promise<number> {
  await sql`insert into event_reader (name) values (${readerName}) on conflict do nothing`.execute(tx)
  // The reader of the log holds the same row while it counts.
  const { rows: held } = await sql`select from event_reader where name = ${readerName} for update skip locked`.execute(
    tx,
  )
  if (held.length === 0) return 0
  await noticeZone(tx)
  const { rows } = await sql<{
    aboutId: string
  }>`select about_id from insight_due order by about_id limit ${together}`.execute(tx)
  await countAnew(
    tx,
    rows.map(each => each.aboutId),
  )
  return rows.length
}

/** Where days begin at another time now, all of them are counted anew. */
async function noticeZone(tx: Tx): Promise<void> {
  const { rows } = await sql<{ before: string | null }>`
    with now as (select zone from installation), before as (select zone from insight_zone)
    insert into insight_zone (zone) select zone from now where zone is distinct from (select zone from before)
    on conflict (only_one) do update set zone = excluded.zone returning (select zone from before) as before`.execute(tx)
  if (rows[0]?.before) await countAllAnew(tx)
}

/** Everything there is, for instance because days begin at another time now. */
export async function countAllAnew(tx: Tx, only: 'all' | 'sample' = 'all'): Promise<void> {
  const sample = only === 'sample' ? sql`where sample` : sql``
  await sql`insert into insight_due select id from conversation ${sample} on conflict do nothing`.execute(tx)
  if (only === 'sample') {
    // Those that the sample took with it when it went.
    await sql`insert into insight_due select about_id from insight_part where sample on conflict do nothing`.execute(tx)
    return
  }
  await sql`insert into insight_due select id from promise where conversation_id is null on conflict do nothing`.execute(
    tx,
  )
}

export const readerName = 'insight'
