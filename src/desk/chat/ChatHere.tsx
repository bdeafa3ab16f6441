/** In the head of a conversation: whether its customer is in the chat, what they do, and how far they have read. */
import './chat.css'
import { IconMessageCircle } from '@tabler/icons-react'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName, Time } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { useChat } from './queries.ts'

export function ChatHere({ view }: { view: ConversationView }) {
  const chat = useChat(view)
  if (!chat) return null
  const name = firstName(view.customer.name)
  const doing = !chat.present ? 'left' : (chat.doing ?? 'here')
  return (
    <span className="chathere" data-here={chat.present || undefined} role="status">
      <IconMessageCircle size={16} stroke={1.6} aria-hidden="true" />
      <span>
        {t(`chat:head.${doing === 'reading' ? 'here' : doing}`, { name })}
        {chat.leftAt && (
          <>
            {' '}
            <Time at={chat.leftAt} shown="short" />
          </>
        )}
      </span>
      {!chat.known && chat.address && <span className="muted">· {t('chat:head.unproven')}</span>}
    </span>
  )
}
