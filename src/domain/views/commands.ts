/** Saving, changing, ordering and deleting views, and taking a deletion back. The filter is kept as the language writes it. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import type { EventKind } from '../../contract/events.ts'
import { longestFilter, parseFilter, printFilter } from '../../contract/filter-text.ts'
import { type changeView as changing, mostViews, type saveView as saving } from '../../contract/saved-views.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type Member, servesIn } from '../access/index.ts'
import { viewsOf } from './queries.ts'
import { countViews, insertView, markDeleted, openView, type ViewRow, writeView } from './tables.ts'
import { mayMakeTeamView } from './who.ts'

const day = 86_400_000

export async function saveView(tx: Tx, actor: Member, input: z.output<typeof saving.input>, now: Date) {
  const { teamId } = input
  if (teamId && !servesIn(actor, teamId)) throw absent()
  if (teamId && !mayMakeTeamView(actor, teamId)) throw new Refusal('not-yours', 403)
  const whose = { makerId: actor.personId, teamId }
  if ((await countViews(tx, whose)) >= mostViews)
    throw new Refusal('too-many-views', 409, { facts: { most: mostViews } })
  const view = { ...input, ...whose, id: randomUUIDv7(), q: said(input.q) }
  await insertView(tx, view, now)
  await tell(tx, 'view.saved', actor, view, now)
  return answer(tx, actor, view.id)
}

export async function changeView(tx: Tx, actor: Member, input: z.output<typeof changing.input>, now: Date) {
  const before = await openView(tx, actor, input.viewId)
  const { name = before.name, sort = before.sort, columns = before.columns } = input
  const view = { ...before, name, sort, columns, q: input.q === undefined ? before.q : said(input.q) }
  await writeView(tx, view)
  await tell(tx, 'view.changed', actor, view, now)
  return answer(tx, actor, view.id)
}

export async function orderViews(tx: Tx, actor: Member, viewIds: readonly string[], now: Date) {
  const views: ViewRow[] = []
  // In one order of locks, whatever order is asked for.
  for (const id of [...new Set(viewIds)].sort()) views.push(await openView(tx, actor, id))
  const places = new Map(viewIds.map((id, at) => [id, at + 1]))
  for (const view of views) {
    await writeView(tx, { ...view, position: places.get(view.id)! })
    await tell(tx, 'view.changed', actor, view, now)
  }
  return { done: true as const }
}

export async function deleteView(tx: Tx, actor: Member, viewId: string, now: Date) {
  const view = await openView(tx, actor, viewId)
  await markDeleted(tx, view.id, now, new Date(now.getTime() - day))
  await tell(tx, 'view.deleted', actor, view, now)
  return { done: true as const }
}

export async function restoreView(tx: Tx, actor: Member, viewId: string, now: Date) {
  const view = await openView(tx, actor, viewId, { since: new Date(now.getTime() - day) })
  await writeView(tx, view)
  await tell(tx, 'view.saved', actor, view, now)
  return answer(tx, actor, view.id)
}

/** As the language writes it, where that is not longer than what was typed may be. */
function said(q: string): string {
  const printed = printFilter(parseFilter(q))
  return printed.length <= longestFilter ? printed : q
}

async function answer(tx: Tx, actor: Member, id: string) {
  return { view: (await viewsOf(tx, actor, id))[0]! }
}

function tell(tx: Tx, kind: EventKind, actor: Member, view: { id: string; teamId: string | null }, now: Date) {
  const scopes = [view.teamId ?? actor.personId]
  return record(tx, {
    kind,
    subjectId: view.id,
    actorId: actor.personId,
    scopes,
    at: now,
    facts: { teamId: view.teamId },
  })
}
