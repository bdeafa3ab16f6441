/** A promise as these pages say it: words with the name, the time absolute and relative, and how it stands. */
import type { PromiseView } from '../../contract/promises.ts'
import type { Promised } from '../page.ts'
import { first } from './here.ts'
import type { Visit } from './visit.ts'

export function promisedFor({ say, due, far, at }: Visit, promise: PromiseView, address?: string): Promised {
  const theirs = promise.direction === 'theirs'
  const words = promise.words.trim() || say('promise.reply')
  const ended = promise.endedAt ?? promise.dueAt
  const times = { due: due(promise.dueAt), far: far(promise.dueAt), kept: at(ended) }
  const key =
    promise.state === 'kept'
      ? 'kept'
      : promise.state === 'kept-late'
        ? 'keptLate'
        : promise.state === 'overdue'
          ? 'late'
          : 'by'
  const name = promise.by.is === 'person' ? first(promise.by.name) : promise.by.name
  return {
    ...{ state: promise.state, theirs, by: say(`promise.${key}`, times) },
    words: theirs ? say('promise.yours', { words }) : say('promise.ours', { name, words }),
    ...(address ? { address } : {}),
  }
}

/** Late first, then due soonest; what is over last. */
export function inOrder(promises: readonly PromiseView[]): PromiseView[] {
  const rank = ({ state }: PromiseView) => (state === 'overdue' ? 0 : state === 'open' || state === 'soon' ? 1 : 2)
  return promises.toSorted((a, b) => rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt))
}
