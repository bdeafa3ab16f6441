/**
 * The ledger's moves: what a decision of the rules above asks of it. Pure shapes and one function that says how open
 * promises and new ones turn into rows. Knows no database and no clock.
 */
import type { PromiseKind, PromiseTarget } from '../../contract/promises.ts'
import type { EndedHow } from './state.ts'

export type OpenPromise = {
  id: string
  kind: PromiseKind
  direction: 'ours' | 'theirs' | 'inside'
  byPersonId: string | null
  dueAt: Date
  automatic: boolean
  toldAt: Date | null
}

export type NewPromise = {
  kind: PromiseKind
  direction: 'ours' | 'theirs' | 'inside'
  byPersonId: string | null
  byTeamId: string | null
  toPersonId: string | null
  toTeamId?: string | null
  words: string
  automatic: boolean
  dueAt: Date
  /** told when it is made: by a message, or by the acknowledgement that goes out with it */
  told: boolean
  /** whose reply target set its time; only of automatic ones */
  target?: PromiseTarget | null
  /** the member who said yes to it */
  notedBy?: string | null
  relationshipId?: string | null
}

/** How open promises end, and which are made; a replaced one names the index of what replaces it. */
export type Moves = {
  ends: { id: string; how: EndedHow; why: string | null; words?: string | null; replacedBy?: number }[]
  makes: NewPromise[]
}

export const noMoves: Moves = { ends: [], makes: [] }

/** The earliest open promise of ours after the moves: what lists are ordered by. */
export function nextDue(open: readonly OpenPromise[], moves: Moves): Date | null {
  const ended = new Set(moves.ends.map(each => each.id))
  const times = [
    ...open.filter(each => each.direction === 'ours' && !ended.has(each.id)).map(each => each.dueAt.getTime()),
    ...moves.makes.filter(each => each.direction === 'ours').map(each => each.dueAt.getTime()),
  ]
  return times.length > 0 ? new Date(Math.min(...times)) : null
}
