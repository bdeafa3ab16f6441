/**
 * Lists and counts of conversations. A page costs the same however many there are: each team's part is walked along an
 * index from the cursor, and the parts are merged. Only what the actor may see is there (I9).
 */
import { type RawBuilder, sql } from 'kysely'
import type { Row, View } from '../../../contract/conversations.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { tagsOfRow } from './marks.ts'

export type Asked = {
  view: View
  teamId?: string | undefined
  sort?: 'due' | 'latest' | undefined
  after?: string | undefined
  limit: number
}

/** Literals, not parameters: the planner sees which partial index holds the view. */
const conditions: Record<View, RawBuilder<boolean>> = {
  mine: sql`state = 'open'`,
  unowned: sql`state = 'open' and owner_id is null`,
  open: sql`state = 'open'`,
  pending: sql`state = 'pending'`,
  solved: sql`state = 'solved'`,
  closed: sql`state = 'closed'`,
  all: sql`state not in ('spam', 'trash', 'merged')`,
  aside: sql`state = 'aside'`,
  spam: sql`state = 'spam'`,
  trash: sql`state = 'trash'`,
}

const dueViews = new Set<View>(['mine', 'unowned', 'open'])

export async function list(
  db: Db,
  actor: Member,
  asked: Asked,
  now: Date,
): Promise<{ rows: Row[]; next: string | null }> {
  const byDue = (asked.sort ?? (dueViews.has(asked.view) ? 'due' : 'latest')) === 'due' && dueViews.has(asked.view)
  const cursor = readCursor(asked.after, byDue)
  const { rows } = await sql<RowOfList>`
    with page as materialized (${pageOf(actor, asked, byDue, cursor)})
    select c.id, c.number, c.subject, c.state, c.preview, c.version, c.team_id, c.last_at, c.last_ours, c.needed_by, c.due_at, c.customer_id, cp.name as customer_name, c.owner_id, op.name as owner_name,
      coalesce(s.version, 0) < c.version and not c.last_ours as unseen, c.priority, ${tagsOfRow} as tags, pr.*
    from page join conversation c using (id) join person cp on cp.id = c.customer_id left join person op on op.id = c.owner_id
    left join sighting s on s.conversation_id = c.id and s.person_id = ${actor.personId}::uuid
    left join lateral (select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = c.id and p.ended_at is null and p.direction <> 'inside'
      order by p.direction = 'theirs' and c.state <> 'pending', p.due_at limit 1) ${promiseAs} on true
    order by ${byDue ? sql`c.due_at, c.id` : sql`c.last_at desc, c.id desc`}`.execute(db)
  const more = rows.length > asked.limit
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(row => rowOf(row, now)),
    next: more && last ? writeCursor((byDue ? last.dueAt : last.lastAt) ?? last.lastAt, last.id) : null,
  }
}

type Cursor = { at: Date; id: string } | null

/** One walk per team; a colleague's is along what they own. */
function pageOf(actor: Member, asked: Asked, byDue: boolean, cursor: Cursor) {
  const key = byDue ? sql`due_at` : sql`last_at`
  const order = byDue ? sql`due_at, id` : sql`last_at desc, id desc`
  const beyond = cursor
    ? byDue
      ? sql`and (due_at, id) > (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
      : sql`and (last_at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : sql``
  const limit = asked.limit + 1
  const teams = visibleTeams(actor).filter(id => !asked.teamId || id === asked.teamId)
  const owned = ownedOnlyTeams(actor).filter(id => !asked.teamId || id === asked.teamId)
  if (asked.teamId && teams.length + owned.length === 0) throw absent()
  const condition = conditions[asked.view]
  const mine = sql`select id, ${key} from conversation where owner_id = ${actor.personId}::uuid and team_id = any(${asked.view === 'mine' ? [...teams, ...owned] : owned}::uuid[]) and ${condition} ${beyond} order by ${order} limit ${limit}`
  if (asked.view === 'mine') return mine
  const ofTeams = sql`select w.id, w.${key} from unnest(${teams}::uuid[]) t(id) cross join lateral
    (select id, ${key} from conversation where team_id = t.id and ${condition} ${beyond} order by ${order} limit ${limit}) w`
  return sql`select id, ${key} from (${ofTeams} ${owned.length > 0 ? sql`union all (${mine})` : sql``}) parts order by ${order} limit ${limit}`
}

type RowOfList = {
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
  priority: Row['priority']
  tags: Row['tags']
} & (Omit<PromiseRow, 'id' | 'dueAt'> & { promiseId: string | null; promiseDueAt: Date })

/** The columns of `promiseColumns` beside those of a conversation: two would bear the same name. */
const promiseAs = sql`pr(promise_id, conversation_id, kind, direction, by_person_id, by_team_id, by_name, to_person_id, to_team_id, to_name, words, automatic,
  made_at, promise_due_at, told_at, told_by, ended_at, ended_how, ended_why, moved_to)`

function rowOf(row: RowOfList, now: Date): Row {
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
  }
}

export const cap = 1000

/** Never counts further than a person reads: "1,000+". */
export async function counts(db: Db, actor: Member, now: Date) {
  const teams = visibleTeams(actor)
  const all = [...teams, ...ownedOnlyTeams(actor)]
  const capped = (where: RawBuilder<unknown>) =>
    sql`(select count(*) from (select 1 from conversation where ${where} limit ${cap + 1}) n)::int`
  const inTeams = sql`team_id = any(${teams}::uuid[])`
  const until = new Date(now.getTime() + 86_400_000)
  // Quarantine is for administrators, and for who leads the mailbox's team.
  const led = [...actor.roles].filter(([, role]) => role === 'lead').map(([teamId]) => teamId)
  const { rows } = await sql<{
    mine: number
    unowned: number
    open: number
    pending: number
    today: number
    trouble: number
  }>`
    select ${capped(sql`owner_id = ${actor.personId}::uuid and state = 'open' and team_id = any(${all}::uuid[])`)} as mine, ${capped(sql`${inTeams} and state = 'open' and owner_id is null`)} as unowned,
      ${capped(sql`${inTeams} and state = 'open'`)} as open, ${capped(sql`${inTeams} and state = 'pending'`)} as pending,
      (select count(*) from (select 1 from promise where by_person_id = ${actor.personId}::uuid and ended_at is null and due_at < ${until} limit ${cap + 1}) n)::int as today,
      (select count(*) from (select 1 from outbox o join conversation c on c.id = o.conversation_id where o.state in ('uncertain', 'failed') and c.team_id = any(${teams}::uuid[]) limit 100) n)::int
        + (select count(*) from (select 1 from delivery d join mailbox b on b.id = d.mailbox_id where d.became = 'quarantined' and (${actor.administrator} or b.team_id = any(${led}::uuid[])) limit 100) q)::int as trouble`.execute(
    db,
  )
  const perTeam = await sql<{ teamId: string; open: number }>`
    select t.id as team_id, (select count(*) from (select 1 from conversation c where c.team_id = t.id and c.state = 'open' limit ${cap + 1}) n)::int as open from unnest(${teams}::uuid[]) t(id)`.execute(
    db,
  )
  const row = rows[0]!
  return {
    mine: capOf(row.mine),
    unowned: capOf(row.unowned),
    open: capOf(row.open),
    pending: capOf(row.pending),
    today: row.today,
    trouble: row.trouble,
    teams: perTeam.rows.map(each => ({ teamId: each.teamId, open: capOf(each.open) })),
  }
}

function capOf(count: number) {
  return { count: Math.min(count, cap), more: count > cap }
}

function writeCursor(at: Date, id: string): string {
  return `${at.getTime()}.${id}`
}

function readCursor(text: string | undefined, _byDue: boolean): Cursor {
  if (!text) return null
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text)
  if (!found) throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { at: new Date(Number(found[1])), id: found[2]! }
}
