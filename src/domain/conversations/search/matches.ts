/**
 * Which conversations hold what was typed, best or newest first. The index is asked for matches alone, these are cut to the
 * newest few thousand, and only those are ranked: a common word costs no more than that. What the actor may not see is
 * left out before anything is counted (I9).
 */
import { type RawBuilder, sql } from 'kysely'
import type { SearchSort } from '../../../contract/search.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import {
  fearedShareOf,
  queryOf,
  queryOfPlaces,
  type Statistics,
  type Stretch,
  stretches,
  teamLexeme,
  type Unit,
} from '../../search/index.ts'
import type { Filter } from '../queries/filter.ts'

/** So many of the newest matching messages are ranked. */
export const ranked = 5000
/** So many of the best conversations are asked whether they are in sight; beyond them none is counted. */
const lookedAt = 500
/** While a word is still being typed: what was found stands for a moment. */
const rankedWhileOpen = 400

/** `messageId`: the one to show, once a page is made of them; null: none says the words itself. */
export type Match = { id: string; messageId: string | null; at: Date; score: number; matches: number; whole: boolean }
export type Matches = { matches: Match[]; next: string | null; total: { count: number; more: boolean } }

export type Seeking = {
  actor: Member
  statistics: Statistics
  /** conversation ids that the filter leaves, where they are few */
  narrow: RawBuilder<unknown> | undefined
  now: Date
}
export type Wanted = Seeking & {
  units: readonly Unit[]
  filter: Filter
  sort: SearchSort
  after: string | undefined
  limit: number
}

type Place = { asOf: Date; score: number; at: Date; id: string }
type Hits = RawBuilder<unknown>

export async function matchesOf(on: Db | Tx, wanted: Wanted): Promise<Matches> {
  const place = readPlace(wanted)
  const before = wanted.after ? (wanted.sort === 'newest' ? place.at : place.asOf) : null
  const parts = stretchesOf(wanted, wanted.units, before)
  for (const [n, part] of parts.entries()) {
    const found = await ask(on, wanted, place, part)
    // The stretch was guessed to hold enough: a good part of it is, and a longer one would cost several times as much.
    // How many words begin with a few letters is guessed worst, and matters least.
    const enough =
      found.seen > mostOf(wanted.units) / (isOpen(wanted.units) ? 4 : 2) ||
      (wanted.sort === 'newest' && found.rows.length > wanted.limit && n > 0)
    if (enough || n === parts.length - 1) return pageOf(wanted, place, found, part.from !== null)
  }
  throw new Error('there is always a last stretch')
}

const isOpen = (units: readonly Unit[]) => units.some(unit => unit.open)

function mostOf(units: readonly Unit[]): number {
  return isOpen(units) ? rankedWhileOpen : ranked
}

export function stretchesOf(
  { actor, statistics, narrow }: Seeking,
  units: readonly Unit[],
  before: Date | null,
): Stretch[] {
  if (narrow) return [{ from: null }]
  const share = units.reduce((all, unit) => all * fearedShareOf(unit, statistics), 1)
  return stretches(statistics, share * shareOfTeams(visibleTeams(actor), statistics), mostOf(units), before)
}

/** Messages that hold all units: from the index, or among the few conversations the filter leaves. Holds no right yet. */
export function hitsOf(
  { actor, statistics, narrow, now }: Seeking,
  units: readonly Unit[],
  stretch: Stretch,
  more: RawBuilder<unknown> = sql``,
): Hits {
  const words = wordsOf(units, statistics)
  const columns = sql`s.message_id, s.conversation_id, s.at, s.inside ${more}`
  if (narrow)
    return sql`select ${columns} from (select distinct id from (${narrow}) f) few join message_search s on s.conversation_id = few.id where s.words @@ ${words}::tsquery`
  const match = `${words} & ${queryOfPlaces(stretch, now, visibleTeams(actor))}`
  const owned = ownedOnlyTeams(actor)
  const also =
    owned.length === 0
      ? sql``
      : sql`union all select ${columns} from conversation o join message_search s on s.conversation_id = o.id
          where o.owner_id = ${actor.personId}::uuid and o.team_id = any(${owned}::uuid[]) and s.words @@ ${words}::tsquery`
  return sql`select ${columns} from message_search s where s.words @@ ${match}::tsquery ${also}`
}

/** Notes about a conversation are not shown to its customer, whoever that is. */
export function withoutOwnNotes(actor: Member, name: string): RawBuilder<boolean> {
  const row = sql.ref(name)
  return sql`not (${row}.inside and ${row}.conversation_id in (select id from conversation where customer_id = ${actor.personId}::uuid))`
}

/** Later than any mail: clocks of others may be wrong. */
const never = new Date(Date.UTC(9999, 0))

function wordsOf(units: readonly Unit[], statistics: Statistics): string {
  return units.map(unit => queryOf(unit, statistics)).join(' & ')
}

function shareOfTeams(teams: readonly string[], { common, rare }: Statistics): number {
  const share = teams.reduce((all, id) => all + (common.get(teamLexeme(id)) ?? rare), 0)
  return Math.min(1, share)
}

type Row = Omit<Match, 'whole' | 'messageId'> & { total: number; seen: number; nearest: number }

/** The best of what was found is looked at; all of it only where too little of that is in sight and in the filter. */
async function ask(on: Db | Tx, wanted: Wanted, place: Place, stretch: Stretch) {
  const best = await askFor(on, wanted, place, stretch, lookedAt)
  return best.rows.length <= wanted.limit && best.cut ? askFor(on, wanted, place, stretch, ranked + 1) : best
}

async function askFor(on: Db | Tx, wanted: Wanted, place: Place, stretch: Stretch, most: number) {
  const { actor, filter, limit, after } = wanted
  const words = wordsOf(wanted.units, wanted.statistics)
  const best = wanted.sort === 'best'
  const until = !after ? never : best ? place.asOf : place.at
  // Where the row is read anyway: reading thousands a second time costs more than ranking some too many.
  const hits = hitsOf(
    wanted,
    wanted.units,
    stretch,
    best ? sql`, ts_rank('{0.05,0.1,0.4,1}', s.words, ${words}::tsquery) as rank` : sql``,
  )
  // A stretch was chosen to hold about as many as are ranked; where it holds far more, so many of it are enough.
  const newest = stretch.from
    ? sql`select * from (${hits}) h where at <= ${until}::timestamptz + interval '1 millisecond' limit ${4 * mostOf(wanted.units)}`
    : sql`select * from (${hits}) h where at <= ${until}::timestamptz + interval '1 millisecond' order by at desc limit ${mostOf(wanted.units) + 1}`
  const score = best
    ? sql`max(n.rank * (1 + 0.6 * exp(least(date_part('epoch', n.at - ${place.asOf}::timestamptz), 0) / 5184000)))`
    : sql`0::float8`
  const beyond = !after
    ? sql`true`
    : best
      ? sql`(score, at, id) < (${place.score}::float8, ${place.at}::timestamptz, ${place.id}::uuid)`
      : // What was shown by a newer message of it was shown.
        sql`(at, id) < (${place.at}::timestamptz, ${place.id}::uuid) and not exists (select from message_search l where l.conversation_id = id
          and (date_trunc('milliseconds', l.at), id) >= (${place.at}::timestamptz, ${place.id}::uuid) and l.words @@ ${words}::tsquery)`
  const order = best ? sql`score desc, at desc, id desc` : sql`at desc, id desc`
  const { rows } = await sql<Row>`
    with conversations as materialized (select n.conversation_id as id, date_trunc('milliseconds', max(n.at)) as at, ${score}::float8 as score, count(*)::int as matches
        from (${newest}) n where ${withoutOwnNotes(actor, 'n')} group by n.conversation_id),
      nearest as materialized (select * from conversations where ${beyond} order by ${order} limit ${most}),
      seen as materialized (select f.* from nearest f join conversation c on c.id = f.id where ${inSightOf(actor, 'c')} and ${filter.where})
    select seen.*, (select count(*) from seen)::int as total, (select sum(matches) from conversations)::int as seen, (select count(*) from nearest)::int as nearest
    from seen order by ${order} limit ${limit + 1}`.execute(on)
  return { rows, seen: rows[0]?.seen ?? 0, cut: rows[0] ? rows[0].nearest === most : true }
}

type Answer = { rows: Row[]; seen: number; cut: boolean }

function pageOf(wanted: Wanted, place: Place, found: Answer, part: boolean): Matches {
  const shown = found.rows.slice(0, wanted.limit)
  const last = shown.at(-1)
  const more = found.rows.length > shown.length
  return {
    matches: shown.map(({ total: _, seen: __, nearest: ___, ...row }) => ({ ...row, messageId: null, whole: true })),
    next: more && last ? writePlace(wanted.sort, place, last) : null,
    total: {
      count: shown[0]?.total ?? 0,
      more: part || found.seen > mostOf(wanted.units) || (shown.length > 0 && found.cut),
    },
  }
}

/** The first page fixes the moment from which age is counted: later pages count from there, so that no place moves. */
function readPlace({ after, sort, now }: Wanted): Place {
  if (!after) return { asOf: now, score: 0, at: never, id: '' }
  const found = /^(best|newest)~(\d{1,15})~(\d{1,15})~([0-9.e+-]{1,30})~([0-9a-f-]{36})$/.exec(after)
  if (!found || found[1] !== sort || !Number.isFinite(Number(found[4])))
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { asOf: new Date(Number(found[2])), at: new Date(Number(found[3])), score: Number(found[4]), id: found[5]! }
}

function writePlace(sort: SearchSort, { asOf }: Place, last: Row): string {
  return [sort, asOf.getTime(), last.at.getTime(), last.score, last.id].join('~')
}
