/** Each term of a filter as a condition over `conversation c`, and where there is an index for it, as the ids it leaves. Decides no right. */
import { type RawBuilder, sql } from 'kysely'
import {
  holdings,
  marks,
  type Operator,
  printTerm,
  priorities,
  states,
  type Term,
} from '../../../../contract/filter-text.ts'
import type { Member } from '../../../access/index.ts'
import { fieldValue } from './fieldValue.ts'
import { mostPeople, type Names } from './names.ts'
import { type Clock, dayRange, dueRange, type Range } from './rules.ts'

export type Condition = RawBuilder<boolean>
/**
 * `ids` answers the conversations this leaves, from an index, as one column `id`; nothing else can match. `owner` and
 * `teams` say the same of whose they are. `plain`: about columns that lists are ordered and walked by.
 */
export type Piece = { where: Condition; ids?: RawBuilder<unknown>; owner?: string; teams?: string[]; plain?: boolean }
export type Why = 'unknown' | 'too-many' | 'no-day'
export type NotUnderstood = { term: string; why: Why }
export type Words = { words: string[]; phrases: string[] }
/** What finds words: positive ones all hold, each `not` is asked on its own. */
export type WordsOf = (words: Words) => Piece

export type Ask = { actor: Member; names: Names; clock: Clock; wordsOf: WordsOf; missed: NotUnderstood[] }
type OperatorTerm = Extract<Term, { is: 'operator' }>

const never: Condition = sql`false`
const oneOf = (pieces: Condition[]): Condition => (pieces.length === 0 ? never : sql`(${sql.join(pieces, sql` or `)})`)
const isState = (text: string) => (states as readonly string[]).includes(text.toLowerCase())

/** Literals, not parameters: the planner sees which partial index holds a state. */
export function stateCondition(names: readonly string[]): Condition {
  const said = new Set(names.map(name => name.toLowerCase()))
  const shown = ['open', 'pending', 'solved', 'closed', 'aside'] as const
  if (said.has('all')) for (const state of shown) said.add(state)
  const all = said.has('all') && !said.has('spam') && !said.has('trash')
  if (all) return sql`c.state not in ('spam', 'trash', 'merged')`
  const listed = [...shown, 'spam', 'trash'].filter(state => said.has(state)).map(state => sql.lit(state))
  return listed.length === 1 ? sql`c.state = ${listed[0]}` : sql`c.state in (${sql.join(listed)})`
}

export const onlyStates = (term: Term) => term.is === 'operator' && term.name === 'is' && term.values.every(isState)

export function pieceOf(ask: Ask, term: Term): Piece {
  const piece = positive(ask, term)
  // What is not known of a conversation is not so.
  return term.not ? { where: sql`not coalesce(${piece.where}, false)` } : piece
}

function positive(ask: Ask, term: Term): Piece {
  if (term.is === 'word') return ask.wordsOf({ words: [term.text], phrases: [] })
  if (term.is === 'phrase') return ask.wordsOf({ words: [], phrases: [term.text] })
  if (term.is === 'field') return fieldPiece(ask, term)
  return readers[term.name](ask, term)
}

type Reader = (ask: Ask, term: OperatorTerm) => Piece

/** The values that are understood; the others are noted. */
function understood<T>(ask: Ask, term: OperatorTerm, read: (value: string) => T | null, why: Why = 'unknown'): T[] {
  return term.values.flatMap(value => {
    const found = read(value)
    if (found === null) ask.missed.push({ term: printTerm({ ...term, values: [value], not: false }), why })
    return found === null ? [] : [found]
  })
}

const named = (ask: Ask, term: OperatorTerm, find: (text: string) => string[]) =>
  understood(ask, term, value => {
    const ids = find(value)
    return ids.length > 0 ? ids : null
  }).flat()

function peopleOf(ask: Ask, term: OperatorTerm): string[] {
  return term.values.flatMap(value => {
    if (value.toLowerCase() === 'me') return [ask.actor.personId]
    const ids = ask.names.people(value)
    const fits = ids.length > 0 && ids.length <= mostPeople
    if (!fits && !(term.name === 'to' && ask.names.mailboxes(value).length > 0))
      ask.missed.push({
        term: printTerm({ ...term, values: [value], not: false }),
        why: ids.length === 0 ? 'unknown' : 'too-many',
      })
    return fits ? ids : []
  })
}

const uuids = (ids: string[]) => sql`${ids}::uuid[]`
const within = (column: RawBuilder<unknown>, { from, to }: Range): Condition =>
  from && to
    ? sql`(${column} >= ${from}::timestamptz and ${column} < ${to}::timestamptz)`
    : from
      ? sql`${column} >= ${from}::timestamptz`
      : sql`${column} < ${to}::timestamptz`

function lastAt(range: (day: { from: Date; to: Date }) => Range): Reader {
  return (ask, term) => ({
    plain: true,
    where: oneOf(
      understood(ask, term, value => dayRange(value, ask.clock), 'no-day').map(day =>
        within(sql`c.last_at`, range(day)),
      ),
    ),
  })
}

function dueBy(column: RawBuilder<unknown>, plain: boolean): Reader {
  return (ask, term) => ({
    plain,
    where: oneOf(
      understood(
        ask,
        term,
        value => {
          if (value.toLowerCase() === 'any') return sql<boolean>`${column} is not null`
          if (value.toLowerCase() === 'none') return sql<boolean>`${column} is null`
          const range = dueRange(value, ask.clock)
          return range && within(column, range)
        },
        'no-day',
      ),
    ),
  })
}

const readers: Record<Operator, Reader> = {
  is: (ask, term) => {
    const said = understood(ask, term, value =>
      isState(value)
        ? { state: value }
        : (marks as readonly string[]).includes(value.toLowerCase())
          ? { mark: value.toLowerCase() }
          : null,
    )
    const inStates = said.flatMap(each => ('state' in each ? [each.state] : []))
    const marked = said.flatMap(each => ('mark' in each ? [markPiece(ask, each.mark as (typeof marks)[number])] : []))
    if (inStates.length === 0 && marked.length === 1) return marked[0]!
    return {
      where: oneOf([...(inStates.length > 0 ? [stateCondition(inStates)] : []), ...marked.map(each => each.where)]),
    }
  },
  owner: (ask, term) => {
    const nobody = term.values.some(value => value.toLowerCase() === 'nobody')
    const rest = { ...term, values: term.values.filter(value => value.toLowerCase() !== 'nobody') }
    const ids = named(ask, rest, value =>
      value.toLowerCase() === 'me' ? [ask.actor.personId] : ask.names.members(value),
    )
    const [only] = ids.length === 1 && !nobody ? ids : []
    if (only) return ownedBy(only)
    return {
      plain: true,
      where: oneOf([
        ...(ids.length > 0 ? [sql<boolean>`c.owner_id = any(${uuids(ids)})`] : []),
        ...(nobody ? [sql<boolean>`c.owner_id is null`] : []),
      ]),
    }
  },
  team: (ask, term) => {
    const teams = named(ask, term, ask.names.teams)
    return { plain: true, teams, where: sql`c.team_id = any(${uuids(teams)})` }
  },
  tag: (ask, term) => {
    const ids = uuids(named(ask, term, ask.names.tags))
    return {
      where: sql`exists (select from conversation_tag x where x.conversation_id = c.id and x.tag_id = any(${ids}))`,
      ids: sql`select conversation_id as id from conversation_tag where tag_id = any(${ids})`,
    }
  },
  priority: (ask, term) => ({
    plain: true,
    where: oneOf(
      understood(ask, term, value => {
        const level = (priorities as readonly string[]).indexOf(value.toLowerCase().replace(/[+-]$/, '')) - 1
        if (level < -1) return null
        if (value.endsWith('+')) return sql<boolean>`c.priority >= ${level}`
        if (value.endsWith('-')) return sql<boolean>`c.priority <= ${level}`
        return sql<boolean>`c.priority = ${level}`
      }),
    ),
  }),
  from: (ask, term) => {
    const ids = uuids(peopleOf(ask, term))
    return {
      // Whoever writes from outside takes part; what members wrote has an index of its own.
      where: sql`(exists (select from message x where x.conversation_id = c.id and x.author_id = any(${ids}) and x.kind in ('reply', 'note', 'call'))
        or exists (select from participant y join message x on x.conversation_id = y.conversation_id and x.author_id = y.person_id where y.conversation_id = c.id and y.person_id = any(${ids})))`,
      ids: sql`(select conversation_id as id from participant where person_id = any(${ids}) union
        select conversation_id from message where author_id = any(${ids}) and kind in ('reply', 'note', 'call'))`,
    }
  },
  to: (ask, term) => {
    const ids = uuids(peopleOf(ask, term))
    const mailboxes = term.values.flatMap(ask.names.mailboxes)
    const taking = sql<boolean>`exists (select from participant x where x.conversation_id = c.id and x.person_id = any(${ids}))`
    if (mailboxes.length > 0) return { where: oneOf([taking, sql`c.mailbox_id = any(${uuids(mailboxes)})`]) }
    return { where: taking, ids: sql`select conversation_id as id from participant where person_id = any(${ids})` }
  },
  customer: (ask, term) => {
    const ids = uuids(peopleOf(ask, term))
    return {
      where: sql`c.customer_id = any(${ids})`,
      ids: sql`select id from conversation where customer_id = any(${ids})`,
    }
  },
  subject: (_, term) => ({ where: oneOf(term.values.map(value => sql<boolean>`c.subject ilike ${anywhere(value)}`)) }),
  has: (ask, term) => {
    const said = understood(ask, term, value =>
      (holdings as readonly string[]).includes(value.toLowerCase()) ? value.toLowerCase() : null,
    )
    const drafts: Piece = {
      where: sql`exists (select from draft x where x.conversation_id = c.id and x.person_id = ${ask.actor.personId}::uuid)`,
      ids: sql`select conversation_id as id from draft where person_id = ${ask.actor.personId}::uuid`,
    }
    const files: Piece = {
      where: sql`exists (select from message x join attachment y on y.message_id = x.id where x.conversation_id = c.id and not y.inline)`,
    }
    const pieces = said.map(value => (value === 'draft' ? drafts : files))
    return pieces.length === 1 ? pieces[0]! : { where: oneOf(pieces.map(piece => piece.where)) }
  },
  channel: (_, term) => ({ where: sql`c.channel = any(${term.values.map(value => value.toLowerCase())}::text[])` }),
  mailbox: (ask, term) => ({ where: sql`c.mailbox_id = any(${uuids(named(ask, term, ask.names.mailboxes))})` }),
  language: (_, term) => ({
    where: sql`split_part(lower(c.language), '-', 1) = any(${term.values.map(value => value.toLowerCase().split('-')[0]!)}::text[])`,
  }),
  before: lastAt(day => ({ from: null, to: day.from })),
  after: lastAt(day => ({ from: day.to, to: null })),
  on: lastAt(day => day),
  needed: dueBy(sql`c.needed_by`, false),
  due: dueBy(sql`c.due_at`, true),
}

function markPiece(ask: Ask, mark: (typeof marks)[number]): Piece {
  const me = sql`${ask.actor.personId}::uuid`
  const mine: Record<typeof mark, Piece> = {
    mine: ownedBy(ask.actor.personId),
    unowned: { plain: true, where: sql`c.owner_id is null` },
    overdue: { plain: true, where: sql`c.due_at < ${ask.clock.now}::timestamptz` },
    unseen: {
      where: sql`(not c.last_ours and not exists (select from sighting x where x.person_id = ${me} and x.conversation_id = c.id and x.version >= c.version))`,
    },
    followed: {
      where: sql`exists (select from follower x where x.conversation_id = c.id and x.person_id = ${me})`,
      ids: sql`select conversation_id as id from follower where person_id = ${me}`,
    },
    mentioned: {
      where: sql`exists (select from mention x where x.conversation_id = c.id and x.person_id = ${me})`,
      ids: sql`select conversation_id as id from mention where person_id = ${me}`,
    },
    // An array: asked once, however many conversations are looked at.
    snoozed: {
      where: sql`c.id = any(array(${snoozedBy(ask)}))`,
      ids: snoozedBy(ask),
    },
  }
  return mine[mark]
}

const ownedBy = (personId: string): Piece => ({
  plain: true,
  owner: personId,
  where: sql`c.owner_id = ${personId}::uuid`,
})

const snoozedBy = ({ actor, clock }: Ask) =>
  sql`select conversation_id as id from promise where kind = 'reminder' and by_person_id = ${actor.personId}::uuid and ended_at is null and due_at > ${clock.now}::timestamptz`

function fieldPiece(ask: Ask, term: Extract<Term, { is: 'field' }>): Piece {
  const fields = ask.names.fields(term.name)
  if (fields.length === 0) {
    ask.missed.push({ term: printTerm({ ...term, not: false }), why: 'unknown' })
    return { where: never }
  }
  const fits = oneOf(
    fields.flatMap(field =>
      term.values.map(value => sql<boolean>`(x.field_id = ${field.id}::uuid and ${fieldValue(field, value)})`),
    ),
  )
  return {
    where: sql`exists (select from conversation_field x where x.conversation_id = c.id and ${fits})`,
    ids: sql`select x.conversation_id as id from conversation_field x where ${fits}`,
  }
}

/** For ILIKE: what was typed stands for itself. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
