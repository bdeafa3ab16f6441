/** How a chat stands; asked only of conversations that are one. */
import { useQuery } from '@tanstack/react-query'
import { chatAtDesk, chatChannels } from '../../contract/chat.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { query } from '../api.ts'

/** Undefined until it is known, null where there is none. */
export function useChat(view: Pick<ConversationView, 'id' | 'channel'>) {
  const asked = useQuery({ ...query(chatAtDesk, { conversationId: view.id }), enabled: view.channel === 'chat' })
  if (view.channel === 'chat' && asked.isPending) return undefined
  return asked.data?.chat ?? null
}

export const channelsQuery = query(chatChannels, {})
