/** Blocks the sender of a conversation: only their address, or everybody at their domain. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as conversations from '../../contract/conversations.ts'
import { blockCustomer, blockedSenders, unblockSender } from '../../contract/spam.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { takeBack } from '../conversation/acts.ts'
import { renewConversation } from '../conversation/conversationQuery.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { Radios } from '../settings/Radios.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

type Props = { view: conversations.ConversationView; onClose: () => void; onDone: () => void }

/** Whom one would block: there is nobody where nobody wrote by mail. */
function senderOf(view: conversations.ConversationView): string | null {
  const customer = view.participants.find(({ role }) => role === 'customer')
  return customer?.address.includes('@') ? customer.address : null
}

export default function BlockDialog({ view, onClose, onDone }: Props) {
  const [as, choose] = useState<'address' | 'domain'>('address')
  const address = senderOf(view) ?? ''
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const blocking = useMutation({
    mutationFn: () => ask(blockCustomer, { conversationId: view.id, as }),
    onSuccess: ({ blockedId, name }) => {
      void renewConversation(view.id)
      renew(cache, conversations.list, conversations.counts, blockedSenders)
      notice({
        title: t('sorting:block.done', { name }),
        detail: view.subject,
        until: Date.now() + 12_000,
        span: 12_000,
        onUndo: () => void free(blockedId).then(() => takeBack(view)),
      })
      onClose()
      onDone()
    },
  })
  const problem = blocking.error instanceof Problem ? blocking.error : null
  return (
    <Dialog
      title={t('sorting:block.title')}
      lead={t('sorting:block.lead', { team: view.team.name })}
      act={t('sorting:block.act')}
      busy={blocking.isPending}
      error={
        blocking.error
          ? [problem?.title || t('sorting:block.failed'), problem?.detail].filter(Boolean).join('. ')
          : undefined
      }
      onAct={() => blocking.mutate()}
      onClose={onClose}
    >
      <Radios
        label={t('sorting:block.who')}
        value={as}
        options={[
          ['address', t('sorting:block.address', { address })],
          ['domain', t('sorting:block.domain', { domain })],
        ]}
        onChange={choose}
      />
    </Dialog>
  )
}

async function free(blockedId: string) {
  await ask(unblockSender, { blockedId }).catch(noticeFailure)
  renew(cache, blockedSenders)
}
