/**
 * One page of search: conversations that hold what was typed, on the first page people and the conversation with that number,
 * and where nothing was found another spelling that finds something. All of it only from what the actor may see (I9).
 */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { parseFilter, type Term } from '../../../contract/filter-text.ts'
import type { search as endpoint, SearchSort } from '../../../contract/search.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { filledShare, statisticsOf, unitsOf } from '../../search/index.ts'
import { type Filter, resolveFilter } from '../queries/filter.ts'
import { list, patiently } from '../queries/list.ts'
import { partlyOf } from './apart.ts'
import { type Sought, shownOf } from './excerpts.ts'
import { type Matches, matchesOf } from './matches.ts'
import { peopleOf } from './people.ts'
import { otherSpelling } from './spelling.ts'

export type Asked = { q: string; sort: SearchSort; typing: boolean; after?: string | undefined; limit: number }
type Answer = z.input<typeof endpoint.output>

const isText = (term: Term) => term.is === 'word' || term.is === 'phrase'
/** A filter that leaves no more is where the search begins. */
const few = 2000

export async function searchPage(db: Db, actor: Member, asked: Asked, now: Date): Promise<Answer> {
  const terms = parseFilter(asked.q)
  const first = asked.after === undefined
  const sought = terms.filter(term => isText(term) && !term.not)
  const statistics = await statisticsOf(db)
  const units = await unitsOf(db, statistics, typedIn(sought), { typing: asked.typing && endsInWord(terms, asked.q) })
  if (units.length === 0) return byFilter(db, actor, asked, terms, now)
  const filter = await resolveFilter(
    db,
    actor,
    terms.filter(term => !sought.includes(term)),
    now,
  )
  const [found, people, jump, filled] = await Promise.all([
    pageIn(db, actor, asked, { units, statistics, filter }, now),
    first && terms.length === sought.length
      ? peopleOf(db, actor, sought.map(term => textOf(term)).join(' '), units)
      : [],
    first ? jumpOf(db, actor, asked.q) : null,
    first ? filledShare(db) : null,
  ])
  const nothing = first && found.found.length === 0 && people.length === 0 && !jump && filter.notUnderstood.length === 0
  return {
    ...found,
    people,
    jump,
    notUnderstood: filter.notUnderstood,
    didYouMean: nothing ? await otherSpelling(db, { actor, terms, statistics, filter, now }) : null,
    filled,
  }
}

type Typed = Sought & { filter: Filter }

async function pageIn(db: Db, actor: Member, asked: Asked, { units, statistics, filter }: Typed, now: Date) {
  const wanted = { actor, units, statistics, filter, now, sort: asked.sort, limit: asked.limit }
  const { page, apart } = await patiently(db, async on => {
    const narrow = await fewest(on, filter)
    const page: Matches = await matchesOf(on, { ...wanted, narrow, after: asked.after })
    // Words that stand in different messages of a conversation, and then conversations that have most of them.
    const room = asked.limit - page.matches.length
    const apart =
      units.length > 1 && room > 0 && !asked.after && !page.next
        ? await partlyOf(on, { ...wanted, narrow, limit: room, except: page.matches.map(each => each.id) })
        : []
    return { page, apart }
  })
  return {
    found: await shownOf(db, actor, [...page.matches, ...apart], { units, statistics }, now),
    next: page.next,
    total: asked.after ? null : { count: page.total.count + apart.length, more: page.total.more },
  }
}

function typedIn(terms: readonly Term[]) {
  const of = (kind: 'word' | 'phrase') => terms.flatMap(term => (term.is === kind ? [textOf(term)] : []))
  return { words: of('word'), phrases: of('phrase') }
}

function textOf(term: Term): string {
  return term.is === 'word' || term.is === 'phrase' ? term.text : ''
}

/** Whoever types on is still at the last word: nothing stands behind it. */
function endsInWord(terms: readonly Term[], q: string): boolean {
  const last = terms.at(-1)
  return last?.is === 'word' && !last.not && !/\s$/.test(q)
}

/** Operators alone are a list, the latest first. */
async function byFilter(db: Db, actor: Member, asked: Asked, terms: Term[], now: Date): Promise<Answer> {
  const empty = { people: [], jump: null, didYouMean: null, filled: null }
  if (terms.every(isText))
    return { ...empty, found: [], next: null, total: { count: 0, more: false }, notUnderstood: [] }
  const page = await list(
    db,
    actor,
    { view: 'all', q: asked.q, sort: 'latest', after: asked.after, limit: asked.limit },
    now,
  )
  const statistics = await statisticsOf(db)
  const matches = page.rows.map(row => ({ id: row.id, messageId: null, at: now, score: 0, matches: 0, whole: true }))
  return {
    ...empty,
    found: await shownOf(db, actor, matches, { units: [], statistics }, now),
    next: page.next,
    total: page.next || asked.after ? null : { count: page.rows.length, more: false },
    notUnderstood: page.notUnderstood,
  }
}

/** The ids one part of the filter leaves, where they are few. */
async function fewest(on: Tx, { narrow }: Filter): Promise<RawBuilder<unknown> | undefined> {
  for (const ids of narrow) {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from (select from (${ids}) f limit ${few + 1}) n`.execute(on)
    if (rows[0]!.n <= few) return ids
  }
  return undefined
}

/** `4817` and `#4817`. */
async function jumpOf(db: Db, actor: Member, q: string) {
  const number = /^\s*#?(\d{1,15})\s*$/.exec(q)?.[1]
  if (!number) return null
  const { rows } = await sql<{ id: string; number: number; subject: string }>`
    select c.id, c.number, c.subject from conversation c where c.number = ${number}::bigint and ${inSightOf(actor, 'c')}`.execute(
    db,
  )
  return rows[0] ?? null
}
