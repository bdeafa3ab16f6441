/** A conversation that is looked at has no news: what was told of it is read, here and on every other screen. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { markRead, unreadQuery } from './queries.ts'

export function useReadHere(conversationId: string | undefined, after: number) {
  const { data } = useQuery(unreadQuery)
  const unread = conversationId !== undefined && data?.conversations.includes(conversationId)
  useEffect(() => {
    if (!conversationId || !unread) return
    const read = () => {
      if (document.visibilityState === 'visible') void markRead({ conversationId })
    }
    const soon = setTimeout(read, after)
    // It came while the page was behind others: it is read when somebody comes back to it.
    document.addEventListener('visibilitychange', read)
    return () => {
      clearTimeout(soon)
      document.removeEventListener('visibilitychange', read)
    }
  }, [conversationId, unread, after])
}
