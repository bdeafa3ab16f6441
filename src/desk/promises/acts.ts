/** What may be done to a promise from where one stands, and keeping it at once. */
import { keepPromise, type PromiseView } from '../../contract/promises.ts'
import { t } from '../../words/promises.ts'
import { ask } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewPromises } from './queries.ts'

export type Act = 'keep' | 'move' | 'break' | 'release' | 'remind'

const isOpen = ({ state }: PromiseView) => state === 'open' || state === 'soon' || state === 'overdue'

/** What was promised in reply is kept by answering; what somebody reminds themself of has its own place. */
export function actsOn(promise: PromiseView): Act[] {
  if (!isOpen(promise) || promise.kind === 'reminder') return []
  if (promise.direction === 'theirs')
    return promise.conversationId ? ['keep', 'remind', 'move', 'release'] : ['keep', 'move', 'release']
  switch (promise.kind) {
    case 'action':
    case 'decision':
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
    notice({ title: t(promise.direction === 'theirs' ? 'promises:act.theyKept' : 'promises:act.kept') })
  } catch (problem) {
    noticeFailure(problem)
  }
  renewPromises()
}
