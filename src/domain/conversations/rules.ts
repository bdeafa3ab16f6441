/**
 * How a conversation goes: the table of product.md as functions. Each takes how things stand and what happened, and says
 * the new state and what the ledger must do. Pure: no clock, no database.
 */
import type { Moves, NewPromise, OpenPromise } from '../promises/index.ts'
import { remindersOf } from './snooze-rules.ts'
import type { Change, Standing, Step, Times } from './standing.ts'

type End = Moves['ends'][number]

/** After a reply nothing is open without a promise; the next step says which. `byId` is who wrote it, and has come back to it. */
export function afterReply(before: Standing, step: Step, byId: string): Change {
  const change = afterStep(before, step, byId)
  const ended = new Set(change.moves.ends.map(each => each.id))
  const back = remindersOf(before.open, byId).filter(each => !ended.has(each.id))
  return { ...change, moves: { ...change.moves, ends: [...change.moves.ends, ...back.map(kept)] } }
}

function afterStep(before: Standing, step: Step, byId: string): Change {
  const replies = ours(before.open, 'reply')
  const actions = ours(before.open, 'action')
  const asked = [...ours(before.open, 'ask-again'), ...ours(before.open, 'follow-up')]
  const theirs = before.open.filter(each => each.direction === 'theirs')
  switch (step.is) {
    case 'we-get-back': {
      const made = promiseOf(before, step.kind, byId, step.words, step.dueAt)
      // A person's word replaces the automatic time; an earlier word of a person is kept by writing again.
      const ends = replies.map(each => (each.automatic ? replaced(each, 0) : kept(each)))
      return change('open', [...ends, ...asked.map(each => released(each, 'we-wrote'))], [made])
    }
    case 'your-turn': {
      const makes = [promiseOf(before, 'ask-again', before.ownerId ?? byId, '', step.askAgainAt, false)]
      if (step.theirs) makes.push(theirPromise(before, step.theirs.words, new Date(step.theirs.dueAt)))
      const ends = [
        ...replies.map(kept),
        ...asked.map(each => (each.kind === 'ask-again' ? kept(each) : released(each, 'we-wrote'))),
        ...(step.theirs ? theirs.map(each => replaced(each, 1)) : []),
      ]
      return change('pending', ends, makes)
    }
    case 'answered':
      return {
        ...change(
          'solved',
          [
            ...replies.map(kept),
            ...actions.map(kept),
            ...asked.map(each => released(each, 'we-wrote')),
            ...theirs.map(each => released(each, 'answered')),
          ],
          [followUp(before, byId, step.followUpAt)],
        ),
        outcome: 'answered',
      }
    case 'we-cannot':
      return {
        ...change(
          'solved',
          [
            ...replies.map(kept),
            ...actions.map(each => givenUp(each, 'we-cannot')),
            ...asked.map(each => released(each, 'we-wrote')),
            ...theirs.map(each => released(each, 'we-cannot')),
          ],
          [followUp(before, byId, step.followUpAt)],
        ),
        outcome: 'no',
      }
    case 'nothing-owed':
      return closed(step.because, [
        ...replies.map(kept),
        ...[...actions, ...asked, ...theirs].map(each => released(each, step.because)),
      ])
  }
}

/** The customer says it is solved, or that they no longer need it. A person's word about something else still stands, unless they need nothing at all. */
export function afterCustomerFinishes(before: Standing, how: 'solved' | 'withdrawn'): Change {
  const because = how === 'solved' ? 'verified' : 'withdrawn'
  const owed = how === 'solved' ? ours(before.open, 'action').filter(each => !each.automatic) : []
  const ends = before.open.filter(each => !owed.includes(each)).map(each => released(each, because))
  const outcome = how === 'solved' ? ('verified' as const) : null
  return owed.length > 0 ? { ...change('open', ends, []), outcome } : { ...closed(because, ends), outcome }
}

/** Closing without a message: nobody is answered, so nothing is kept. */
export function afterQuietClose(before: Standing, because: string): Change {
  return closed(
    because,
    [...before.open].map(each => released(each, because)),
  )
}

export type Arrival = Change & { acknowledge: boolean; startsAnew: boolean }

/** The customer wrote. `startsAnew`: too long closed, so a new, linked conversation begins instead. */
export function afterCustomerWrites(before: Standing, times: Times): Arrival {
  const told = before.open.some(
    each => each.direction === 'ours' && (each.kind === 'reply' || each.kind === 'action') && each.toldAt !== null,
  )
  // Whoever put it off comes back to it now.
  const woken = before.open.filter(each => each.kind === 'reminder').map(each => released(each, 'wrote-again'))
  const staysAs = (state: Standing['state']): Arrival => ({
    ...change(state, state === 'open' ? woken : [], []),
    acknowledge: false,
    startsAnew: false,
  })
  switch (before.state) {
    case 'spam':
    case 'merged':
      return staysAs(before.state)
    case 'closed':
      if (before.closedAt && times.now.getTime() - before.closedAt.getTime() > times.reopenDays * 86_400_000) {
        return { ...staysAs('closed'), startsAnew: true }
      }
      break
    case 'open':
      if (ours(before.open, 'reply').length > 0) return staysAs('open')
      break
    default:
      break
  }
  const ends = before.open
    .filter(each => each.kind === 'ask-again' || each.kind === 'follow-up')
    .map(each => released(each, 'wrote-again'))
  return {
    ...change('open', [...ends, ...woken], [replyPromise(before, times, !told)]),
    acknowledge: !told,
    startsAnew: false,
  }
}

/** A new conversation by mail of a person: open, with a reply promise. */
export function afterFirstMail(
  fresh: Omit<Standing, 'state' | 'open' | 'closedAt'>,
  times: Times,
  acknowledge: boolean,
): Change {
  return change('open', [], [replyPromise({ ...fresh, state: 'open', open: [], closedAt: null }, times, acknowledge)])
}

/** Our message came back for good: somebody must reach them otherwise. One such promise is enough. */
export function afterHardBounce(before: Standing, times: Times): Change {
  if (before.state === 'spam' || before.state === 'trash' || before.state === 'merged' || before.state === 'aside')
    return change(before.state, [], [])
  if (before.state === 'open' && ours(before.open, 'action').some(each => each.automatic)) return change('open', [], [])
  const ends = before.open
    .filter(each => each.kind === 'ask-again' || each.kind === 'follow-up')
    .map(each => released(each, 'bounced'))
  const reach = { ...promiseOf(before, 'action', before.ownerId, '', times.replyDue, false), automatic: true }
  return change('open', ends, [reach])
}

export type Verdict = 'worked' | 'incomplete' | 'wrong'

/** `told`: the page on which they judged says who answers by when. Where they wrote again meanwhile, what they wrote decides. */
export function afterVerdict(before: Standing, verdict: Verdict, times: Times, told: boolean): Change {
  const asked = ours(before.open, 'follow-up').map(kept)
  if (verdict === 'worked')
    return before.state === 'open' || before.state === 'pending'
      ? change(before.state, [], [])
      : settled(before, 'verified')
  const waits = ours(before.open, 'ask-again').map(each => released(each, 'wrote-again'))
  const owed = ours(before.open, 'reply').length > 0
  return change('open', [...asked, ...waits], owed ? [] : [replyPromise(before, times, told)])
}

/** They can't tell yet, and want to be asked once more: also when we had stopped waiting. */
export function afterPutOff(before: Standing, askAt: Date): Change {
  if (before.state !== 'solved' && before.state !== 'closed') return change(before.state, [], [])
  const again = followUp(before, before.ownerId, askAt.toISOString())
  // What silence had settled is open to be judged again.
  const outcome = before.state === 'closed' ? 'answered' : null
  return { ...change('solved', ours(before.open, 'follow-up').map(kept), [again]), outcome }
}

/** Nobody answered the follow-up in fourteen days. */
export function afterSilence(before: Standing): Change {
  return settled(before, 'unverified')
}

/** Closed, unless somebody's word about something else still stands: then that is what we owe. */
function settled(before: Standing, as: 'verified' | 'unverified'): Change {
  const asked = ours(before.open, 'follow-up').map(kept)
  const owed = ours(before.open, 'action').filter(each => !each.automatic)
  if (owed.length > 0) return { ...change('open', asked, []), outcome: as }
  const rest = before.open.filter(each => each.kind !== 'follow-up').map(each => released(each, as))
  return { ...closed(as, [...asked, ...rest]), outcome: as }
}

/** The follow-up was asked: that promise is kept, and the verdict is waited for. */
export function afterFollowUpSent(before: Standing, silentAt: Date): Change {
  const asked = ours(before.open, 'follow-up')
  const wait = { ...followUp(before, before.ownerId, silentAt.toISOString()), automatic: true, told: true }
  return { ...change('solved', asked.map(kept), [wait]), outcome: null }
}

export function afterPutAway(before: Standing, as: 'spam' | 'trash'): Change {
  return change(
    as,
    before.open.map(each => released(each, as)),
    [],
  )
}

export type PutAway = {
  state: Standing['state']
  closedBecause: string | null
  outcome: Change['outcome']
  promises: NewPromise[]
}

/** Taken back: as it was. What people promised stands again; an automatic reply promise counts from the arrival of the last mail. */
export function afterTakenBack(before: Standing, was: PutAway, times: Times): Change {
  const again = was.promises.filter(each => each.kind !== 'reply' || !each.automatic)
  const owed = again.some(each => each.direction === 'ours' && each.kind === 'reply')
  const makes = was.state === 'open' && !owed ? [replyPromise(before, times, false), ...again] : again
  return { state: was.state, closedBecause: was.closedBecause, outcome: was.outcome, moves: { ends: [], makes } }
}

function change(state: Change['state'], ends: End[], makes: NewPromise[]): Change {
  return { state, closedBecause: null, outcome: null, moves: { ends, makes } }
}

function closed(because: string, ends: End[]): Change {
  return { state: 'closed', closedBecause: because, outcome: null, moves: { ends, makes: [] } }
}

function ours(open: readonly OpenPromise[], kind: OpenPromise['kind']): OpenPromise[] {
  return open.filter(each => each.direction === 'ours' && each.kind === kind)
}

const kept = (promise: OpenPromise): End => ({ id: promise.id, how: 'kept', why: null })
const released = (promise: OpenPromise, why: string): End => ({ id: promise.id, how: 'released', why })
const givenUp = (promise: OpenPromise, why: string): End => ({ id: promise.id, how: 'given-up', why })
const replaced = (promise: OpenPromise, by: number): End => ({
  id: promise.id,
  how: 'replaced',
  why: null,
  replacedBy: by,
})

export function promiseOf(
  before: Standing,
  kind: NewPromise['kind'],
  byId: string | null,
  words: string,
  dueAt: string | Date,
  told = true,
): NewPromise {
  return {
    kind,
    direction: 'ours',
    byPersonId: byId,
    byTeamId: before.teamId,
    toPersonId: before.customerId,
    words,
    automatic: false,
    dueAt: new Date(dueAt),
    told,
  }
}

export function replyPromise(before: Standing, times: Times, told: boolean): NewPromise {
  return {
    ...promiseOf(before, 'reply', before.ownerId, '', times.replyDue, told),
    automatic: true,
    target: times.target ?? null,
  }
}

function followUp(before: Standing, byId: string | null, dueAt: string): NewPromise {
  return promiseOf(before, 'follow-up', before.ownerId ?? byId, '', dueAt, false)
}

function theirPromise(before: Standing, words: string, dueAt: Date): NewPromise {
  return {
    ...promiseOf(before, 'action', before.customerId, words, dueAt),
    direction: 'theirs',
    byTeamId: null,
    toPersonId: null,
    toTeamId: before.teamId,
  }
}
