/** Where asking a colleague begins in a conversation: the key, the palette, and the dialog once somebody asks. */
import { IconMessageQuestion } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { useActions } from '../shell/actions.ts'
import { askColleague, onAskColleague } from './asking.ts'

const AskDialog = lazy(() => import('./AskDialog.tsx').then(({ AskDialog }) => ({ default: AskDialog })))

/** Whoever may answer may ask; there is nothing to ask for what is put away. */
export const mayAsk = (view: ConversationView, me: string) =>
  view.may.write && !['spam', 'trash', 'merged'].includes(view.state) && view.customer.id !== me

export function AskHost({ view, me }: { view: ConversationView; me: { id: string } }) {
  const [asking, setAsking] = useState<{ messageId: string | null } | null>(null)
  useEffect(() => onAskColleague(messageId => setAsking({ messageId })), [])
  const may = mayAsk(view, me.id)
  useActions(
    may
      ? [
          {
            id: 'conversation.ask',
            label: t('asks:key'),
            keys: 'q',
            group: 'here',
            icon: IconMessageQuestion,
            run: () => askColleague(),
          },
        ]
      : [],
  )
  if (!asking || !may) return null
  return (
    <Suspense>
      <AskDialog view={view} messageId={asking.messageId} onClose={() => setAsking(null)} />
    </Suspense>
  )
}
