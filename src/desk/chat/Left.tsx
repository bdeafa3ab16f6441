/** Above a reply to somebody who has left the chat, or while they are told what happens next: where they will read it. */
import './chat.css'
import { useMutation } from '@tanstack/react-query'
import { type ChatAtDesk, settleChat } from '../../contract/chat.ts'
import { type ConversationView, counts, list, open } from '../../contract/conversations.ts'
import { Button, firstName, Time } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { ask, type Input, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

export function Left({ view, chat }: { view: ConversationView; chat: ChatAtDesk }) {
  const name = firstName(view.customer.name)
  const where = chat.present ? 'here' : chat.address ? 'mail' : 'nowhere'
  return (
    <div className="chatleft small">
      <p>
        {chat.leftAt && (
          <>
            {t('chat:left.at', { name })} <Time at={chat.leftAt} shown="short" />.{' '}
          </>
        )}
        {t(`chat:left.${where}`, { name, address: chat.address ?? '' })}
      </p>
      {chat.leftAt && !chat.waits && view.state === 'open' && <Settle view={view} />}
    </div>
  )
}

/** The last word was ours: what happens now needs no other. */
function Settle({ view }: { view: ConversationView }) {
  const settling = useMutation({
    mutationFn: (nextStep: Input<typeof settleChat>['nextStep']) =>
      ask(settleChat, { conversationId: view.id, nextStep }),
    onSuccess: () => renew(cache, open, list, counts),
    onError: error => noticeFailure(error),
  })
  const { followUpAt, askAgainAt } = view.reply
  const name = firstName(view.customer.name)
  return (
    <p className="settle">
      {t('chat:left.settle')}{' '}
      <Button busy={settling.isPending} onClick={() => settling.mutate({ is: 'answered', followUpAt })}>
        {t('chat:left.answered')}
      </Button>{' '}
      <Button kind="quiet" busy={settling.isPending} onClick={() => settling.mutate({ is: 'your-turn', askAgainAt })}>
        {t('chat:left.theirTurn', { name })}
      </Button>
    </p>
  )
}
