/** What asks for a dialog about how a conversation hangs together: the menus ask, the page answers. */
import { createContext, useContext } from 'react'

export type Regrouping = 'merge' | 'split' | 'link' | 'move'
type Ask = (how: Regrouping, messageId?: string) => void

/** Null where nothing can be regrouped, as on paper. */
export const RegroupingContext = createContext<Ask | null>(null)

export function useRegrouping(): Ask | null {
  return useContext(RegroupingContext)
}
