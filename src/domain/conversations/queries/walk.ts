/**
 * Which conversations stand on a page of a list, and in what order. Each team's part is walked along an index from the
 * cursor and the parts are merged; where a filter leaves only few, those are taken and sorted. Decides what is asked,
 * asks nothing itself.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Sort } from '../../../contract/conversations.ts'
import { sortsFor } from '../../../contract/views.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import type { Filter } from './filter.ts'

type Key = RawBuilder<unknown>
/** The columns of `c` that order a list, all in one direction: then a place is found by comparing rows. */
type Order = { keys: Key[]; names: string[]; down: boolean; read: (row: KeyRow) => number[] }
export type KeyRow = { dueAt: Date | null; lastAt: Date; lastOurs: boolean; priority: number }

const time = (at: Date | null) => at?.getTime() ?? 0
const orders: Record<Sort, Order> = {
  due: { keys: [sql`c.due_at`], names: ['timestamptz'], down: false, read: row => [time(row.dueAt)] },
  latest: { keys: [sql`c.last_at`], names: ['timestamptz'], down: true, read: row => [time(row.lastAt)] },
  oldest: { keys: [sql`c.last_at`], names: ['timestamptz'], down: false, read: row => [time(row.lastAt)] },
  priority: {
    keys: [sql`(-c.priority)`, sql`c.due_at`],
    names: ['integer', 'timestamptz'],
    down: false,
    read: row => [-row.priority, time(row.dueAt)],
  },
  // Where the last word was theirs, the oldest such word first.
  waiting: {
    keys: [sql`c.last_ours`, sql`c.last_at`],
    names: ['boolean', 'timestamptz'],
    down: false,
    read: row => [Number(row.lastOurs), time(row.lastAt)],
  },
}

/** The order asked for, where such a list has it. */
export function sortFor(asked: Sort | undefined, states: readonly string[]): Sort {
  const offered = sortsFor(states)
  return asked && offered.includes(asked) ? asked : offered[0]!
}

/** `c.due_at, c.id`: for whoever orders the rows again after joining. */
export function orderOf(sort: Sort): RawBuilder<unknown> {
  const { keys, down } = orders[sort]
  return sql.join([...keys, sql`c.id`].map(key => (down ? sql`${key} desc` : key)))
}

export function cursorAt(sort: Sort, row: KeyRow & { id: string }): string {
  return [...orders[sort].read(row), row.id].join('.')
}

/** Nothing before the first page; the condition that a row lies beyond the place that `after` names. */
export function beyond(sort: Sort, after: string | undefined): RawBuilder<unknown> {
  if (!after) return sql``
  const { keys, names, down } = orders[sort]
  const parts = after.split('.')
  const id = parts.pop() ?? ''
  if (parts.length !== keys.length || !/^[0-9a-f-]{36}$/.test(id) || !parts.every(part => /^-?\d{1,15}$/.test(part)))
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const values = parts.map((part, n) => {
    const value = Number(part)
    return names[n] === 'timestamptz'
      ? sql`${new Date(value)}::timestamptz`
      : names[n] === 'boolean'
        ? sql`${value === 1}::boolean`
        : sql`${value}::integer`
  })
  const place = sql.join([...values, sql`${id}::uuid`])
  return sql`and (${sql.join([...keys, sql`c.id`])}) ${down ? sql`<` : sql`>`} (${place})`
}

export type Walk = {
  actor: Member
  /** only in this team */
  teamId?: string | undefined
  filter: Filter
  sort: Sort
  after?: string | undefined
  limit: number
  /** the ids a filter leaves, where they are few */
  few?: RawBuilder<unknown> | undefined
}

/** A question for the ids of one page, in order. */
export function pageOf(walk: Walk): RawBuilder<unknown> {
  const { actor, filter, sort, limit, few } = walk
  const { keys } = orders[sort]
  const order = orderOf(sort)
  const place = beyond(sort, walk.after)
  const inTeam = (ids: string[]) =>
    ids.filter(id => (!walk.teamId || id === walk.teamId) && (!filter.teams || filter.teams.includes(id)))
  const [served, owned] = [inTeam(visibleTeams(actor)), inTeam(ownedOnlyTeams(actor))]
  const select = sql`select c.id, ${sql.join(keys.map((key, n) => sql`${key} as k${sql.raw(String(n))}`))}`
  const ending = sql`and ${filter.where} ${place} order by ${order} limit ${limit}`
  const merged = sql.join(
    [...keys.map((_, n) => sql.raw(`k${n}`)), sql`id`].map(key => (orders[sort].down ? sql`${key} desc` : key)),
  )
  const teamly = walk.teamId ? sql`and c.team_id = ${walk.teamId}::uuid` : sql``
  if (few)
    return sql`${select} from (select distinct id from (${few}) f) few join conversation c on c.id = few.id where ${inSightOf(actor, 'c')} ${teamly} ${ending}`
  // One person's are walked along what they own.
  if (filter.owner)
    return sql`${select} from conversation c where c.owner_id = ${filter.owner}::uuid and ${inSightOf(actor, 'c')} ${teamly} ${ending}`
  const ofTeams = sql`select w.* from unnest(${served}::uuid[]) t(id) cross join lateral
    (${select} from conversation c where c.team_id = t.id ${ending}) w`
  const ofOwn = sql`(${select} from conversation c where c.owner_id = ${actor.personId}::uuid and c.team_id = any(${owned}::uuid[]) ${ending})`
  return sql`select * from (${ofTeams} ${owned.length > 0 ? sql`union all ${ofOwn}` : sql``}) parts order by ${merged} limit ${limit}`
}
