/**
 * Lists of conversations: which ones a page holds is `walk.ts`'s, what filters mean is `filter.ts`'s; here they are asked,
 * and each row gets what is drawn of it, in one question. Only what the actor may see is there (I9). A filter that would
 * have to read too much is refused instead of keeping everybody else waiting.
 */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { list as endpoint, Row, Sort, View } from '../../../contract/conversations.ts'
import { parseFilter } from '../../../contract/filter-text.ts'
import { filterOfView } from '../../../contract/views.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { type Filter, resolveFilter } from './filter.ts'
import { tagsOfRow } from './marks.ts'
import { cursorAt, orderOf, pageOf, sortFor } from './walk.ts'

export type Asked = {
  view: View
  teamId?: string | undefined
  /** as it was typed: contract/filter-text */
  q?: string | undefined
  sort?: Sort | undefined
  after?: string | undefined
  limit: number
}

/** So many are sorted at once; a filter that leaves more is walked in order. */
const few = 2000
/** What a filter may take; the database ends it then. */
const patience = 4000

export async function list(db: Db, actor: Member, asked: Asked, now: Date): Promise<z.input<typeof endpoint.output>> {
  const { teamId, after } = asked
  if (teamId && ![...visibleTeams(actor), ...ownedOnlyTeams(actor)].includes(teamId)) throw absent()
  const typed = parseFilter(asked.q ?? '')
  const filter = await resolveFilter(db, actor, filterOfView(asked.view, typed), now)
  const sort = sortFor(asked.sort, filter.states)
  const page = async (on: Db | Tx) => {
    const ids = pageOf({ actor, teamId, filter, sort, after, limit: asked.limit + 1, few: await fewest(on, filter) })
    return rowsIn(on, actor, ids, orderOf(sort))
  }
  const found = typed.length === 0 ? await page(db) : await patiently(db, page)
  const rows = found.slice(0, asked.limit)
  const last = rows.at(-1)
  return {
    rows: rows.map(row => rowOf(row, now)),
    next: found.length > rows.length && last ? cursorAt(sort, last) : null,
    sort,
    notUnderstood: filter.notUnderstood,
  }
}

/** Reads within a bound of time; what takes longer is refused, and says what helps. */
export async function patiently<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(db, async tx => {
      // Both travel at once: the bound is there before anything is read.
      const bound = sql`select set_config('statement_timeout', ${String(patience)}, true)`.execute(tx)
      return (await Promise.all([read(tx), bound]))[0]
    })
  } catch (error) {
    if ((error as { code?: unknown }).code === '57014') throw new Refusal('filter-too-wide', 422)
    throw error
  }
}

/** The ids that one part of a filter leaves, where they are few enough to be sorted. */
async function fewest(on: Db | Tx, { narrow }: Filter): Promise<RawBuilder<unknown> | undefined> {
  if (narrow.length === 0) return undefined
  const counted = narrow.map(ids => sql`(select count(*) from (select from (${ids}) f limit ${few + 1}) n)::int`)
  const { rows } = await sql<{ sizes: number[] }>`select array[${sql.join(counted)}] as sizes`.execute(on)
  const sizes = rows[0]!.sizes
  const least = Math.min(...sizes)
  return least <= few ? narrow[sizes.indexOf(least)] : undefined
}

/** What is drawn of each conversation of a page. */
export async function rowsIn(
  on: Db | Tx,
  actor: Member,
  page: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<RowOfList[]> {
  const { rows } = await sql<RowOfList>`
    with page as materialized (${page})
    select c.id, c.number, c.subject, c.state, c.preview, c.version, c.team_id, c.last_at, c.last_ours, c.needed_by, c.due_at, c.customer_id, cp.name as customer_name, c.owner_id, op.name as owner_name,
      coalesce(s.version, 0) < c.version and not c.last_ours as unseen, c.priority, ${tagsOfRow} as tags,
      (select max(r.due_at) from promise r where r.conversation_id = c.id and r.kind = 'reminder' and r.by_person_id = ${actor.personId}::uuid and r.ended_at is null) as snoozed_until,
      (select jsonb_build_object('id', dp.id, 'name', dp.name) from draft d join person dp on dp.id = d.person_id where d.conversation_id = c.id
        order by d.person_id <> ${actor.personId}::uuid, d.saved_at desc limit 1) as draft_by,
      case when c.channel = 'chat' then (select case when h.left_at is null then 'here' else 'left' end from chat h where h.conversation_id = c.id) end as chat, pr.*
    from page join conversation c using (id) join person cp on cp.id = c.customer_id left join person op on op.id = c.owner_id
    left join sighting s on s.conversation_id = c.id and s.person_id = ${actor.personId}::uuid
    left join lateral (select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = c.id and p.ended_at is null and p.direction <> 'inside'
      order by p.direction = 'theirs' and c.state <> 'pending', p.due_at limit 1) ${promiseAs} on true
    order by ${order}`.execute(on)
  return rows
}

export type RowOfList = {
  id: string
  number: number
  subject: string
  state: Row['state']
  preview: string
  version: number
  teamId: string
  lastAt: Date
  lastOurs: boolean
  neededBy: Date | null
  dueAt: Date | null
  customerId: string
  customerName: string
  ownerId: string | null
  ownerName: string | null
  unseen: boolean
  snoozedUntil: Date | null
  draftBy: { id: string; name: string } | null
  chat: Row['chat']
  priority: Row['priority']
  tags: Row['tags']
} & (Omit<PromiseRow, 'id' | 'dueAt'> & { promiseId: string | null; promiseDueAt: Date })

/** The columns of `promiseColumns` beside those of a conversation: two would bear the same name. */
const promiseAs = sql`pr(promise_id, conversation_id, kind, direction, by_person_id, by_team_id, by_name, to_person_id, to_team_id, to_name, words, automatic,
  made_at, promise_due_at, told_at, told_by, ended_at, ended_how, ended_why, ended_words, target, reminded_at, relationship_id, moved_to)`

export function rowOf(row: RowOfList, now: Date): Row {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    state: row.state,
    preview: row.preview,
    version: row.version,
    unseen: row.unseen,
    customer: { id: row.customerId, name: row.customerName },
    owner: row.ownerId ? { id: row.ownerId, name: row.ownerName ?? '' } : null,
    teamId: row.teamId,
    lastAt: row.lastAt.toISOString(),
    lastOurs: row.lastOurs,
    neededBy: row.neededBy?.toISOString() ?? null,
    promise: row.promiseId ? viewOfPromise({ ...row, id: row.promiseId, dueAt: row.promiseDueAt }, now) : null,
    priority: row.priority,
    tags: row.tags,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    draftBy: row.draftBy,
    chat: row.chat,
  }
}
