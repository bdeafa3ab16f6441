/**
 * How a chat goes on: one reply promise rolls along while both are there, and who may be said to be there. Pure: no clock, no
 * database. Refuses to end what a person promised in words: small talk keeps no such promise.
 */
import type { Change, Standing, Times } from '../conversations/index.ts'
import { afterCustomerWrites, replyPromise } from '../conversations/rules.ts'
import type { OpenPromise } from '../promises/index.ts'

/** The same row with another time; `told`: its customer is shown it. */
export type Roll = { id: string; dueAt: Date; told: boolean }
export type Talk = { change: Change; roll: Roll | null; startsAnew: boolean }

/** Less than this it is not worth moving. */
const worthMs = 60_000
const isRolling = (each: OpenPromise) => each.direction === 'ours' && each.kind === 'reply' && each.automatic

/** They wrote. What was told stands; what rolled unseen is told from now on, counted from now. */
export function afterTheyChat(before: Standing, times: Times): Talk {
  const change = afterCustomerWrites(before, times)
  const rolling = before.open.find(each => isRolling(each) && each.toldAt === null && each.dueAt > times.now)
  const roll =
    before.state === 'open' && rolling && change.state === 'open'
      ? { id: rolling.id, dueAt: times.replyDue, told: true }
      : null
  // In the widget it is told at once, whatever else was told before.
  const moves = { ...change.moves, makes: change.moves.makes.map(each => ({ ...each, told: true })) }
  return { change: { ...change, moves }, roll, startsAnew: change.startsAnew }
}

/** We answered and both stay: what they were told is kept by it, and one promise rolls on, told to nobody until they write again. */
export function afterWeChat(before: Standing, byId: string, times: Times): Talk {
  const replies = before.open.filter(each => each.direction === 'ours' && each.kind === 'reply')
  const automatic = replies.filter(isRolling)
  const rolling = automatic.find(each => each.toldAt === null && each.dueAt > times.now)
  const kept = automatic.filter(each => each !== rolling)
  const asked = before.open.filter(
    each => each.direction === 'ours' && (each.kind === 'ask-again' || each.kind === 'follow-up'),
  )
  const promised = replies.some(each => !each.automatic) && !rolling
  const owner = { ...before, ownerId: before.ownerId ?? byId }
  const change: Change = {
    state: 'open',
    closedBecause: null,
    outcome: null,
    moves: {
      ends: [
        ...kept.map(each => ({ id: each.id, how: 'kept' as const, why: null })),
        ...asked.map(each => ({ id: each.id, how: 'released' as const, why: 'we-wrote' })),
      ],
      makes: rolling || promised ? [] : [replyPromise(owner, times, false)],
    },
  }
  const moves = rolling && times.replyDue.getTime() - rolling.dueAt.getTime() > worthMs
  return { change, roll: moves ? { id: rolling.id, dueAt: times.replyDue, told: false } : null, startsAnew: false }
}

export type AtDesk = {
  name: string
  /** on duty until; null: not on duty */
  dutyUntil: Date | null
  /** when their desk was last looked at */
  seenAt: Date | null
}

/** An open desk says that it is there every minute. */
const atDeskMs = 3 * 60_000

/**
 * Who is there: at an open desk now, and on duty; where nobody is on duty, in working hours. `opensUntil`: when the working
 * hours that are now end; null outside of them.
 */
export function whoIsHere(
  people: readonly AtDesk[],
  opensUntil: Date | null,
  now: Date,
): { here: string[]; until: Date | null } {
  const there = people.filter(each => each.seenAt !== null && now.getTime() - each.seenAt.getTime() <= atDeskMs)
  const onDuty = people.some(each => each.dutyUntil !== null)
  const here = onDuty ? there.filter(each => each.dutyUntil !== null) : opensUntil ? there : []
  if (here.length === 0) return { here: [], until: null }
  const ends = here.map(each => (each.dutyUntil ?? opensUntil)!.getTime())
  return { here: here.map(each => firstOf(each.name)), until: new Date(Math.max(...ends)) }
}

function firstOf(name: string): string {
  return name.split(/\s+/)[0] ?? name
}

/** The middle one of at least three answers, in whole minutes; null: too few to say anything. */
export function typicalMinutes(seconds: readonly number[]): number | null {
  if (seconds.length < 3) return null
  const sorted = [...seconds].sort((a, b) => a - b)
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)]! / 60))
}
