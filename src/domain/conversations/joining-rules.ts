/**
 * Two conversations that become one, and two again; and what moving one to another team asks. Pure: says which promises
 * end and which must be made, so that whatever state results, what it owes is owed.
 */
import type { NewPromise, OpenPromise } from '../promises/index.ts'
import { promiseOf, replyPromise } from './rules.ts'
import type { Change, Standing } from './standing.ts'

/** A standing with why it stands so. */
export type Stood = Standing & { closedBecause: string | null; outcome: Change['outcome'] }

/** Who owes something stands for both: open before pending before solved before closed. */
const ranks: Standing['state'][] = ['open', 'pending', 'solved', 'closed', 'aside']

export function canBeMerged(one: Standing): boolean {
  return ranks.includes(one.state)
}

export type Joined = Pick<Change, 'state' | 'closedBecause' | 'outcome'> & {
  /** open promises of both that end because another one of the same kind, due earlier, stands for them */
  ends: string[]
}

/** The absorbed one's promises move over; the earliest reply promise stands. */
export function afterMerge(survivor: Stood, absorbed: Stood): Joined {
  const leads = ranks.indexOf(absorbed.state) < ranks.indexOf(survivor.state) ? absorbed : survivor
  const both = [...survivor.open, ...absorbed.open]
  const wanted = owedIn[leads.state]
  const ends = both.filter(each => {
    if (each.direction === 'theirs') return false
    if (each.kind === 'reminder') return each !== earliest(both.filter(one => isSameReminder(one, each)))
    if (each.kind === 'action') return false
    if (each.kind === 'reply' || wanted?.includes(each.kind)) {
      return each !== earliest(both.filter(one => one.direction === each.direction && one.kind === each.kind))
    }
    // Nobody is asked again, or asked whether it held, while we owe the answer.
    return each.kind === 'ask-again' || each.kind === 'follow-up'
  })
  return {
    state: leads.state,
    closedBecause: leads.closedBecause,
    outcome: leads.outcome,
    ends: ends.map(each => each.id),
  }
}

/** Kinds of promise of ours of which a state needs one (I2, I3). */
const owedIn: Partial<Record<Standing['state'], OpenPromise['kind'][]>> = {
  open: ['reply', 'action'],
  pending: ['ask-again'],
  solved: ['follow-up'],
}

function owes(state: Standing['state'], open: readonly OpenPromise[]): boolean {
  const kinds = owedIn[state]
  return !kinds || open.some(each => each.direction === 'ours' && kinds.includes(each.kind))
}

export type Unjoining = {
  /** as they stood before the merge; `open` is what is open of theirs now or can be opened again */
  was: { survivor: Stood; absorbed: Stood }
  /** the survivor as it stands now */
  now: Stood
  /** how the merge had left it: its state and what we owed */
  left: { state: string; open: readonly string[] }
  /** ids of promises that were the absorbed one's */
  moved: ReadonlySet<string>
  /** what the merge ended, and nobody has touched since */
  ended: readonly OpenPromise[]
  times: { replyDue: Date; askAgainAt: Date; followUpAt: Date }
}

export type Part = Pick<Change, 'state' | 'closedBecause' | 'outcome'> & { reopens: string[]; makes: NewPromise[] }

/** Two again. Where something happened in the survivor since, that stays; what a state owes is made where it is missing. */
export function afterUnmerge(it: Unjoining): { untouched: boolean; survivor: Part; absorbed: Part } {
  const { was, now, left, moved, ended, times } = it
  // What somebody reminds themself of, and what was promised to us, changes nothing in what is owed.
  const ours = now.open.filter(each => each.direction === 'ours')
  const untouched =
    now.state === left.state && ours.length === left.open.length && ours.every(each => left.open.includes(each.id))
  const own = ended.filter(each => !moved.has(each.id))
  const stays = now.open.filter(each => !moved.has(each.id))
  const theirs = ended.filter(each => moved.has(each.id))
  const goes = now.open.filter(each => moved.has(each.id))
  return {
    untouched,
    survivor: untouched
      ? whole(was.survivor, stays, own, times)
      : whole(now, stays, firstOwed(now.state, stays, own), times),
    absorbed: whole(was.absorbed, goes, theirs, times),
  }
}

/** Of what could be opened again only what the state needs and has not. */
function firstOwed(state: Standing['state'], open: readonly OpenPromise[], ended: readonly OpenPromise[]) {
  const first = owes(state, open)
    ? undefined
    : earliest(ended.filter(each => each.direction === 'ours' && owedIn[state]?.includes(each.kind)))
  return first ? [first] : []
}

function whole(
  to: Stood,
  open: readonly OpenPromise[],
  again: readonly OpenPromise[],
  times: Unjoining['times'],
): Part {
  const makes = owes(to.state, [...open, ...again]) ? [] : [owed(to, times)]
  return {
    state: to.state,
    closedBecause: to.closedBecause,
    outcome: to.outcome,
    reopens: again.map(each => each.id),
    makes,
  }
}

function owed(to: Stood, { replyDue, askAgainAt, followUpAt }: Unjoining['times']): NewPromise {
  if (to.state === 'pending') return promiseOf(to, 'ask-again', to.ownerId, '', askAgainAt, false)
  if (to.state === 'solved') return promiseOf(to, 'follow-up', to.ownerId, '', followUpAt, false)
  return replyPromise(to, { now: replyDue, replyDue, reopenDays: 0 }, false)
}

function earliest(promises: readonly OpenPromise[]): OpenPromise | undefined {
  return [...promises].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))[0]
}

function isSameReminder(a: OpenPromise, b: OpenPromise): boolean {
  return a.kind === 'reminder' && b.kind === 'reminder' && a.byPersonId === b.byPersonId
}

/**
 * What moving to another team asks beside a reason. Somebody the customer was told of will no longer answer: that is a
 * handover, and they are introduced (I6). Where its owner stays, or nothing was told to anybody, or nothing is owed, a
 * reason is enough.
 */
export function moveAsks(before: Standing, ownerStays: boolean): 'introduction' | 'reason' {
  if (before.state === 'closed' || before.state === 'aside') return 'reason'
  if (before.ownerId !== null) return ownerStays ? 'reason' : 'introduction'
  return before.open.some(each => each.direction === 'ours' && each.toldAt !== null) ? 'introduction' : 'reason'
}
