/** The address of a merged conversation leads to the one it went up in. */
import { useEffect } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { useStructure } from './structureQuery.ts'

/** Merged from here: who did it need not be told. */
export const mergedHere = new Set<string>()

export function useMerged(view: ConversationView) {
  const merged = view.state === 'merged'
  const structure = useStructure(view.id, merged)
  const into = merged ? structure?.mergedInto : null
  useEffect(() => {
    if (!into) return
    void goTo({
      to: '/conversations/$conversationId',
      params: { conversationId: String(into.number) },
      search: {},
      replace: true,
    })
    if (!mergedHere.has(view.id))
      notice({ title: t('structure:merge.led', { goes: view.number, stays: into.number }), detail: into.subject })
  }, [into, view.id, view.number])
}
