/** The rows of saved views, and the door to one of them. All SQL that changes them is here. */
import { sql } from 'kysely'
import type { Sort } from '../../contract/conversations.ts'
import type { Column } from '../../contract/saved-views.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { mayChangeView, maySeeView } from './who.ts'

export type ViewRow = {
  id: string
  name: string
  q: string
  sort: Sort
  columns: Column[]
  teamId: string | null
  makerId: string
  position: number
}

/** The only way to a view that is to be changed: seen, allowed, locked. `deleted`: one that can still be taken back. */
export async function openView(
  tx: Tx,
  actor: Member,
  viewId: string,
  deleted: { since: Date } | null = null,
): Promise<ViewRow> {
  const living = deleted ? sql`deleted_at >= ${deleted.since}` : sql`deleted_at is null`
  const { rows } = await sql<ViewRow>`select id, name, q, sort, columns, team_id, maker_id, position
    from saved_view where id = ${viewId}::uuid and ${living} for update`.execute(tx)
  const [view] = rows
  if (!view || !maySeeView(actor, view)) throw absent()
  if (!mayChangeView(actor, view)) throw new Refusal('not-yours', 403)
  return view
}

export async function countViews(tx: Tx, owned: { makerId: string; teamId: string | null }): Promise<number> {
  const whose = owned.teamId
    ? sql`team_id = ${owned.teamId}::uuid`
    : sql`maker_id = ${owned.makerId}::uuid and team_id is null`
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from saved_view where ${whose} and deleted_at is null`.execute(tx)
  return rows[0]!.count
}

/** Last among its own kind. */
export async function insertView(tx: Tx, view: Omit<ViewRow, 'position'>, now: Date) {
  const whose = view.teamId
    ? sql`team_id = ${view.teamId}::uuid`
    : sql`maker_id = ${view.makerId}::uuid and team_id is null`
  await sql`insert into saved_view (id, name, q, sort, columns, team_id, maker_id, position, created_at)
    values (${view.id}, ${view.name}, ${view.q}, ${view.sort}, ${view.columns}::text[], ${view.teamId}, ${view.makerId}, (select coalesce(max(position), 0) + 1 from saved_view where ${whose}), ${now})`.execute(
    tx,
  )
}

export async function writeView(tx: Tx, view: ViewRow) {
  await sql`update saved_view set name = ${view.name}, q = ${view.q}, sort = ${view.sort}, columns = ${view.columns}::text[], position = ${view.position}, deleted_at = null where id = ${view.id}::uuid`.execute(
    tx,
  )
}

/** Those that nobody can take back any more go for good. */
export async function markDeleted(tx: Tx, viewId: string, now: Date, before: Date) {
  await sql`update saved_view set deleted_at = ${now} where id = ${viewId}::uuid`.execute(tx)
  await sql`delete from saved_view where deleted_at < ${before}`.execute(tx)
}
