/** What may be done to a promise from where one stands, and keeping it at once. */
import { keepPromise, type PromiseView } from '../../contract/promises.ts'
import { t } from '../../words/promises.ts'
import { ask } from '../api.ts'
import { noticeFailure } from '../shell/notices.ts'
import { renewPromises } from './queries.ts'
import { keptNotice } from './WhyLate.tsx'

export type Act = 'keep' | 'decide' | 'explain' | 'move' | 'break' | 'release' | 'remind'

const isOpen = ({ state }: PromiseView) => state === 'open' || state === 'soon' || state === 'overdue'

/** What was promised in reply is kept by answering; what somebody reminds themself of has its own place. */
export function actsOn(promise: PromiseView): Act[] {
  if (promise.state === 'kept-late' && promise.direction !== 'theirs') return ['explain']
  if (!isOpen(promise) || promise.kind === 'reminder') return []
  if (promise.direction === 'theirs')
    return promise.conversationId ? ['keep', 'remind', 'move', 'release'] : ['keep', 'move', 'release']
  switch (promise.kind) {
    case 'decision':
      return ['decide', 'move', 'break', 'release']
    case 'action':
    case 'renewal':
      return ['keep', 'move', 'break', 'release']
    case 'reply':
      return ['move', 'break']
    default:
      return ['move']
  }
}

export async function keep(promise: PromiseView) {
  try {
    await ask(keepPromise, { promiseId: promise.id })
    keptNotice(t(promise.direction === 'theirs' ? 'promises:act.theyKept' : 'promises:act.kept'), promise)
  } catch (problem) {
    noticeFailure(problem)
  }
  renewPromises()
}
