/** Marks what is on the screen as seen, once one has had a moment to see it. */
import { useEffect } from 'react'
import { markSeen } from '../../contract/conversations.ts'
import { ask } from '../api.ts'
import { markRowSeen } from '../inbox/patchLists.ts'
import { useReadHere } from '../notifications/useReadHere.ts'

export function useSeen(view: { id: string; version: number } | null, after: number) {
  const id = view?.id
  const version = view?.version
  useReadHere('conversation', id, after)
  useEffect(() => {
    if (!id || version === undefined) return
    const soon = setTimeout(() => {
      if (document.visibilityState === 'hidden') return
      markRowSeen(id)
      ask(markSeen, { conversationId: id, version }).catch(() => {})
    }, after)
    return () => clearTimeout(soon)
  }, [id, version, after])
}
