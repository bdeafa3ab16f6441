/** What becomes of a reply once its writer pressed send: it goes on its way, again where nobody said anything meanwhile, or back to its writer. */
import type { ConversationView, MessageView } from '../../contract/conversations.ts'
import { Problem } from '../api.ts'
import { cache } from '../cache.ts'
import { conversationOptions } from '../conversation/conversationQuery.ts'
import { noticeFailure } from '../shell/notices.ts'
import { bringBack, type Written } from './send.tsx'

export const isStale = (error: unknown): error is Problem => error instanceof Problem && error.code === 'stale'

/** Where one goes on to the next conversation, that one's picture comes before anything of this one is drawn again. */
export const onceShown = (goesOn: boolean) => new Promise<void>(go => (goesOn ? setTimeout(go, 60) : go()))

/** What changed without a word from anybody (needed by, owner) leaves nothing to read: then it is done once more. */
export async function unlessRead<Done>(
  view: ConversationView,
  seenVersion: number,
  sinceRead: (messages: MessageView[]) => MessageView[],
  act: (seenVersion: number) => Promise<Done>,
): Promise<Done> {
  try {
    return await act(seenVersion)
  } catch (error) {
    if (!isStale(error)) throw error
    const fresh = await cache.fetchQuery({ ...conversationOptions(view.id), staleTime: 0 })
    if (fresh.version <= seenVersion || sinceRead(fresh.messages).length > 0) throw error
    return unlessRead(view, fresh.version, sinceRead, act)
  }
}

/** Its writer went on to something else: it is shown to them again with their words, and what to do about it. */
export function giveBack(view: ConversationView, me: { id: string }, written: Written, error: unknown) {
  bringBack(view, me, written, written.html, written.seenVersion)
  // A stale one says so itself, with what came since.
  if (!isStale(error)) noticeFailure(error)
}
