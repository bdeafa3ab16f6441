/** What a promise's times say about it: its state is derived here and stored nowhere. Pure. */
import type { PromiseState } from '../../contract/promises.ts'

export type EndedHow = 'kept' | 'released' | 'replaced' | 'given-up'

export type PromiseTimes = { dueAt: Date; endedAt: Date | null; endedHow: EndedHow | null }

/** A promise is "due soon" within this many minutes. */
const soonMinutes = 120

/** A promise that ends in the minute it is due has been in time. */
export function stateOf(promise: PromiseTimes, now: Date): PromiseState {
  const { dueAt, endedAt, endedHow } = promise
  if (endedAt === null || endedHow === null) {
    if (now > dueAt) return 'overdue'
    return dueAt.getTime() - now.getTime() <= soonMinutes * 60_000 ? 'soon' : 'open'
  }
  const inTime = endedAt <= dueAt
  switch (endedHow) {
    case 'kept':
      return inTime ? 'kept' : 'kept-late'
    case 'replaced':
      return inTime ? 'renegotiated' : 'broken'
    case 'given-up':
      return 'broken'
    case 'released':
      return 'released'
  }
}
