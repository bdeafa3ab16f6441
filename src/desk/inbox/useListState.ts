/** Where the cursor of a list stands and what is chosen, kept through moves and through rows that come and go. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Row } from '../../contract/conversations.ts'
import { prefetchConversations } from '../conversation/conversationQuery.ts'
import { type ListState, type Move, moved, nothingChosen, settled } from './listKeys.ts'

/** Whether the window is at least so wide, also when that changes. */
export function useWide(pixels: number): boolean {
  const media = `(min-width: ${pixels}px)`
  return useSyncExternalStore(
    watch => {
      const query = window.matchMedia(media)
      query.addEventListener('change', watch)
      return () => query.removeEventListener('change', watch)
    },
    () => window.matchMedia(media).matches,
  )
}

/** Beside the list there is room for what the cursor stands on. */
export const isWide = () => window.matchMedia('(min-width: 761px)').matches

export function useListState(rows: readonly Row[], at: number | undefined, filter: string) {
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const [state, setState] = useState<ListState>(nothingChosen)
  const [moves, setMoves] = useState(0)
  const before = useRef<{ order: string[]; filter: string }>({ order: [], filter })
  const latest = useRef(order)
  latest.current = order
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order stands for the rows, and the address is read only when a list is opened
  useEffect(() => {
    const { order: was, filter: old } = before.current
    before.current = { order, filter }
    setState(now => {
      const start = old === filter ? settled(now, was, order) : nothingChosen
      if (start.at !== null || order.length === 0) return start
      const named = rows.find(row => row.number === at)?.id
      return { ...start, at: named ?? (isWide() ? (order[0] ?? null) : null) }
    })
  }, [order, filter])
  const move = useCallback((step: Move) => setState(now => moved(now, step, latest.current)), [])
  const byKey = (step: Move) => {
    move(step)
    setMoves(count => count + 1)
  }
  return { state, move, byKey, moves }
}

/** The rows beside the cursor are read before they are asked for, so that j and k show at once. */
export function usePrefetch(rows: readonly Row[], current: Row | null) {
  useEffect(() => {
    if (!current) return
    const soon = setTimeout(() => {
      const index = rows.indexOf(current)
      void prefetchConversations([rows[index + 1], rows[index - 1]].flatMap(row => row?.id ?? []))
    }, 150)
    return () => clearTimeout(soon)
  }, [rows, current])
}
