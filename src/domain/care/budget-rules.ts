/** Whether we may write to somebody unasked (I7): one budget over follow-ups, check-ins and pulses. Pure. */
import type { ContactBudget } from '../../contract/care.ts'

export type UnaskedKind = 'follow-up' | 'check-in' | 'pulse'

/** `until` ends the time in which nothing unasked may follow; `pulseUntil` the same for the next pulse. */
export type Unasked = { kind: UnaskedKind; at: Date; until: Date; pulseUntil: Date | null }

export type Claim = { is: 'granted' } | { is: 'refused'; because: 'limit' | 'opted-out'; freeAt: Date | null }

const day = 86_400_000

/** The stretch of time that a contact takes of the budget. */
export function taken(kind: UnaskedKind, at: Date, budget: ContactBudget): Unasked {
  const after = (days: number) => new Date(at.getTime() + days * day)
  return { kind, at, until: after(budget.days), pulseUntil: kind === 'pulse' ? after(budget.pulseDays) : null }
}

/** What lies nearer than the limit that stood when it was sent refuses; `freeAt` is when nothing would. Whoever wants nothing unasked gets nothing. */
export function claimOf(wanted: Unasked, before: readonly Unasked[], optedOut: boolean): Claim {
  if (optedOut) return { is: 'refused', because: 'opted-out', freeAt: null }
  const overlaps = (each: Unasked) =>
    (each.at < wanted.until && wanted.at < each.until) ||
    (each.pulseUntil !== null &&
      wanted.pulseUntil !== null &&
      each.at < wanted.pulseUntil &&
      wanted.at < each.pulseUntil)
  if (!before.some(overlaps)) return { is: 'granted' }
  const ends = before.map(each =>
    Math.max(each.until.getTime(), wanted.pulseUntil ? (each.pulseUntil?.getTime() ?? 0) : 0),
  )
  return { is: 'refused', because: 'limit', freeAt: new Date(Math.max(...ends)) }
}
