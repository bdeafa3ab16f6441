/** Which conversation a topic is being drafted from: asked for in its menu, shown by the host. */
import { useSyncExternalStore } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'

let view: ConversationView | null = null
const watchers = new Set<() => void>()

export function shareAsTopic(next: ConversationView | null) {
  view = next
  for (const watcher of watchers) watcher()
}

export const useShared = () =>
  useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => view,
  )
