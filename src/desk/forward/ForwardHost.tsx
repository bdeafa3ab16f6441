/** Where forwarding is asked for in a conversation: the key, and the dialog once somebody asks. */
import { lazy, Suspense, useEffect, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { useActions } from '../shell/actions.ts'
import { askToForward, onForward } from './asking.ts'

const ForwardDialog = lazy(() =>
  import('./ForwardDialog.tsx').then(({ ForwardDialog }) => ({ default: ForwardDialog })),
)

export const latestToForward = (view: ConversationView) =>
  view.messages.findLast(message => mayForward(message.kind) && !message.id.startsWith('sending-'))
export const mayForward = (kind: string) => kind !== 'note' && kind !== 'acknowledgement'

export function ForwardHost({ view }: { view: ConversationView }) {
  const [messageId, setMessageId] = useState<string | null>(null)
  useEffect(() => onForward(setMessageId), [])
  const latest = latestToForward(view)
  const may = view.may.write && view.mailbox !== null
  useActions(
    may && latest
      ? [
          {
            id: 'conversation.forward',
            label: t('forward:key'),
            keys: 'Shift+F',
            group: 'here',
            run: () => askToForward(latest.id),
          },
        ]
      : [],
  )
  const message = view.messages.find(({ id }) => id === messageId)
  if (!message || !may) return null
  return (
    <Suspense>
      <ForwardDialog view={view} message={message} onClose={() => setMessageId(null)} />
    </Suspense>
  )
}
