/** A message that was passed on, in the stream: on the inside surface, because the customer never saw it go. */
import { IconShare3 } from '@tabler/icons-react'
import { memo } from 'react'
import type { MessageView } from '../../contract/conversations.ts'
import { Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Files } from '../conversation/Files.tsx'
import { MailBody } from '../conversation/MailBody.tsx'
import { Standing } from '../conversation/Said.tsx'

export const Forwarded = memo(function Forwarded({ message, me }: { message: MessageView; me: string }) {
  const name = message.author?.name || t('conversation:someone')
  const names = new Intl.ListFormat(document.documentElement.lang || 'en').format(
    message.recipients.map(one => one.name || one.address),
  )
  const label = t(message.author?.id === me ? 'forward:byYou' : 'forward:by', { name, names })
  return (
    <article className="inside" data-message={message.id} aria-label={label}>
      <Portrait name={name} us />
      <div>
        <p className="label">
          <IconShare3 className="i flips" aria-hidden="true" />
          <bdi>{label}</bdi> <span>· {t('forward:customerUntold')}</span>
          <Time at={message.at} shown="short" />
        </p>
        <MailBody message={message} inside />
        <Files files={message.attachments} />
        <Standing message={message} />
      </div>
    </article>
  )
})
