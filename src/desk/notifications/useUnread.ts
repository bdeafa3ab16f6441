/** How much is new, as words for the bell; the app's badge shows it, too, where the desk is installed. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { countWords } from '../shell/counts.ts'
import { unreadQuery } from './queries.ts'

export function useUnread(): string {
  const { data } = useQuery(unreadQuery)
  const count = data?.count ?? 0
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return
    const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()
    done.catch(() => {})
  }, [count])
  return countWords(data)
}
