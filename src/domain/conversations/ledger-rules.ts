/**
 * What happens to single promises of a conversation beside its next step: more of them in one message, keeping, breaking and
 * releasing one. Refuses, by saying null, to leave a conversation that is open, pending or solved without what it owes (I2, I3). Pure.
 */
import type { AlsoPromised } from '../../contract/ledger.ts'
import type { NewPromise, OpenPromise } from '../promises/index.ts'
import type { Change, Standing } from './standing.ts'

type Of = Pick<Standing, 'teamId' | 'customerId' | 'ownerId'>

/** `byId`: who says it, and does it or waits for it. Told when it stands in what goes out or in a call. */
export function alsoMade(of: Of, also: readonly AlsoPromised[], byId: string, told: boolean): NewPromise[] {
  return also.map(each => {
    const said = { words: each.words, automatic: false, dueAt: new Date(each.dueAt), notedBy: byId }
    return each.direction === 'ours'
      ? {
          ...{ kind: 'action' as const, direction: 'ours' as const, byPersonId: byId, byTeamId: of.teamId },
          ...{ toPersonId: of.customerId, told, ...said },
        }
      : {
          ...{ kind: 'action' as const, direction: 'theirs' as const, byPersonId: of.customerId, byTeamId: null },
          ...{ toPersonId: null, toTeamId: of.teamId, told: true, ...said },
        }
  })
}

export function withAlso(change: Change, more: readonly NewPromise[]): Change {
  if (more.length === 0) return change
  return { ...change, moves: { ends: change.moves.ends, makes: [...change.moves.makes, ...more] } }
}

/** What its state demands of an open promise of ours. */
const demanded: Partial<Record<Standing['state'], readonly OpenPromise['kind'][]>> = {
  open: ['reply', 'action'],
  pending: ['ask-again'],
  solved: ['follow-up'],
}

/** Whether the conversation would be left owing nothing that its state demands. */
export function isLastOwed(before: Standing, promiseId: string): boolean {
  const wanted = demanded[before.state]
  const owed = before.open.filter(each => each.direction === 'ours' && wanted?.includes(each.kind))
  return owed.length > 0 && owed.every(each => each.id === promiseId)
}

/** One of ours, or to each other, that was kept after it was due: why may be said then. */
export function wasKeptLate(promise: {
  direction: OpenPromise['direction']
  kind: OpenPromise['kind']
  dueAt: Date
  endedAt: Date | null
  endedHow: string | null
}): boolean {
  const { direction, kind, dueAt, endedAt, endedHow } = promise
  return direction !== 'theirs' && kind !== 'reminder' && endedHow === 'kept' && endedAt !== null && endedAt > dueAt
}

type Verified = Pick<Change, 'state' | 'closedBecause' | 'outcome'>

/** The last thing we had still promised after the answer was verified: with it, nothing is owed. Null: it is kept by answering. */
export function afterKept(
  before: Standing & { outcome: Change['outcome']; closedBecause: string | null },
  promise: { id: string; direction: OpenPromise['direction']; kind: OpenPromise['kind'] },
): Change | null {
  const ends = [{ id: promise.id, how: 'kept' as const, why: null }]
  const stays: Verified = { state: before.state, closedBecause: before.closedBecause, outcome: before.outcome }
  if (promise.direction !== 'ours') return { ...stays, moves: { ends, makes: [] } }
  if (promise.kind !== 'action') return null
  if (!isLastOwed(before, promise.id)) return { ...stays, moves: { ends, makes: [] } }
  const { outcome } = before
  if (outcome !== 'verified' && outcome !== 'unverified') return null
  const rest = before.open
    .filter(each => each.id !== promise.id)
    .map(each => ({ id: each.id, how: 'released' as const, why: outcome }))
  return { state: 'closed', closedBecause: outcome, outcome, moves: { ends: [...ends, ...rest], makes: [] } }
}
