/** Doing something on a page of a relationship: ask, renew what is shown, and tell when it was refused. */
import type { Endpoint } from '../../contract/kit.ts'
import { ask, type Input, type Output } from '../api.ts'
import { noticeFailure } from '../shell/notices.ts'
import { renewLists, renewSubject, type Subject } from './queries.ts'

/** Null when it was refused, and that was told. */
export async function act<E extends Endpoint>(
  subject: Subject,
  endpoint: E,
  input: Input<E>,
): Promise<Output<E> | null> {
  try {
    const done = await ask(endpoint, input)
    renewSubject(subject)
    renewLists()
    return done
  } catch (problem) {
    noticeFailure(problem)
    return null
  }
}
