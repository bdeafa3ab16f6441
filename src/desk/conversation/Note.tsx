/** A note: sans, on the inside surface with its hatched edge, so that nobody takes it for a reply. */
import { IconEyeOff } from '@tabler/icons-react'
import { memo } from 'react'
import type { MessageView } from '../../contract/conversations.ts'
import { Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Files } from './Files.tsx'
import { MailBody } from './MailBody.tsx'

export const Note = memo(function Note({ message, me }: { message: MessageView; me: string }) {
  const name = message.author?.name || message.authorRaw || t('conversation:someone')
  const label = message.author?.id === me ? t('conversation:noteFromYou') : t('conversation:noteFrom', { name })
  return (
    <article className="inside" data-message={message.id} aria-label={label}>
      <Portrait name={name} us />
      <div>
        <p className="label">
          <IconEyeOff className="i" aria-hidden="true" />
          <bdi>{label}</bdi> <span>· {t('conversation:onlyInside')}</span>
          <Time at={message.at} shown="short" />
        </p>
        <MailBody message={message} inside />
        <Files files={message.attachments} />
      </div>
    </article>
  )
})
