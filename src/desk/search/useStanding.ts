/** Whoever went down into what was found stays there, when the next answer takes the row away that they stood on. */
import { type RefObject, useEffect, useRef } from 'react'

const within = '[data-hit]'

/** `found` is what the rows are made of: each time it changes, a row that held the focus may be gone. */
export function useStanding(results: RefObject<HTMLElement | null>, found: unknown) {
  const on = useRef<string | null>(null)
  useEffect(() => {
    const came = ({ target }: FocusEvent) => {
      const row = results.current?.contains(target as Node) ? (target as Element).closest(within) : null
      // Another spelling is a row, too, though it leads nowhere.
      on.current = row && (row.getAttribute('href') ?? '')
    }
    document.addEventListener('focusin', came)
    return () => document.removeEventListener('focusin', came)
  }, [results])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was found anew takes a row away
  useEffect(() => {
    if (on.current === null || document.activeElement !== document.body) return
    const rows = [...(results.current?.querySelectorAll<HTMLElement>(within) ?? [])]
    const same = rows.find(row => row.getAttribute('href') === on.current)
    ;(same ?? rows[0])?.focus()
  }, [found])
}
