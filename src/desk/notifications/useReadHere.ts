/** A conversation or a topic that is looked at has no news: what was told of it is read, here and on every other screen. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { markRead, unreadQuery } from './queries.ts'

export function useReadHere(of: 'conversation' | 'topic', id: string | undefined, after: number) {
  const { data } = useQuery(unreadQuery)
  const told = of === 'topic' ? data?.topics : data?.conversations
  const unread = id !== undefined && told?.includes(id)
  useEffect(() => {
    if (!id || !unread) return
    const read = () => {
      if (document.visibilityState === 'visible')
        void markRead(of === 'topic' ? { topicId: id } : { conversationId: id })
    }
    const soon = setTimeout(read, after)
    // It came while the page was behind others: it is read when somebody comes back to it.
    document.addEventListener('visibilitychange', read)
    return () => {
      clearTimeout(soon)
      document.removeEventListener('visibilitychange', read)
    }
  }, [of, id, unread, after])
}
