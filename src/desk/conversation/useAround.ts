/** The next and the previous conversation of the list one came from. */
import { useEffect, useMemo, useState } from 'react'
import type { View as ListView, Sort } from '../../contract/conversations.ts'
import { filterOf, shownOf, useList } from '../inbox/filter.ts'
import { prefetchConversations } from './conversationQuery.ts'

export type From = {
  view?: ListView | undefined
  team?: string | undefined
  q?: string | undefined
  sort?: Sort | undefined
  columns?: string | undefined
  saved?: string | undefined
}

/** So many before the last one known the next page is asked for. */
const ahead = 10
/** So many are read ahead: whoever leafs on before the second one is there still finds the first. */
const readAhead = 2

/** The neighbours in the list one came from, as it stood when this was opened: a row that left it still has a next one. */
export function useAround(id: string, from: From) {
  const { rows, asked } = useList(filterOf(shownOf(from)), from.view !== undefined)
  const listed = rows.some(row => row.id === id)
  const [order, setOrder] = useState(listed ? rows : [])
  useEffect(() => {
    if (listed) setOrder(rows)
  }, [rows, listed])
  const around = useMemo(() => {
    const index = order.findIndex(row => row.id === id)
    const still = new Set(rows.map(row => row.id))
    const coming =
      index < 0 ? rows.filter(row => row.id !== id) : order.slice(index + 1).filter(row => still.has(row.id))
    const previous = index < 0 ? undefined : order.slice(0, index).findLast(row => still.has(row.id))
    return {
      next: coming[0] ?? null,
      previous: previous ?? null,
      coming: coming
        .slice(0, readAhead)
        .map(row => row.id)
        .join(),
    }
  }, [order, rows, id])
  // Whoever goes on from one to the next comes to no end before the list does.
  const left = rows.length - 1 - rows.findIndex(row => row.id === id)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asked
  useEffect(() => {
    if (left < ahead && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [left, hasNextPage, isFetchingNextPage, fetchNextPage])
  const { coming } = around
  useEffect(() => {
    if (!coming) return
    // This one's picture comes first.
    const soon = setTimeout(() => void prefetchConversations(coming.split(',')), 30)
    return () => clearTimeout(soon)
  }, [coming])
  return around
}
