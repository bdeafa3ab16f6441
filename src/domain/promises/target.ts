/** Whose reply target counts: an agreement's before a service's, an organisation's before the team's. Pure; says from where it comes. */
import type { PromiseTarget } from '../../contract/promises.ts'

export type Targets = {
  /** working minutes; null or absent: says nothing about it */
  agreement?: number | null
  service?: number | null
  /** of every organisation the customer belongs to */
  organisations?: readonly (number | null)[]
  team: number
}

/** Of several organisations the one that waits the shortest. A team always has a target. */
export function targetOf(targets: Targets): { minutes: number; from: PromiseTarget } {
  const { agreement, service, organisations = [], team } = targets
  if (agreement) return { minutes: agreement, from: 'agreement' }
  if (service) return { minutes: service, from: 'service' }
  const shortest = Math.min(...organisations.filter(minutes => minutes !== null))
  if (Number.isFinite(shortest)) return { minutes: shortest, from: 'organisation' }
  return { minutes: team, from: 'team' }
}
