/** How a chat stands; asked only of conversations that are one. */
import { useQuery } from '@tanstack/react-query'
import { chatAtDesk, chatChannels } from '../../contract/chat.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { query } from '../api.ts'

export function useChat(view: Pick<ConversationView, 'id' | 'channel'>) {
  const asked = useQuery({ ...query(chatAtDesk, { conversationId: view.id }), enabled: view.channel === 'chat' })
  return asked.data?.chat ?? null
}

export const channelsQuery = query(chatChannels, {})
