/** What came while one was writing, in sight while one goes on: beside the words where there is room, above them where there is not. */
import { IconX } from '@tabler/icons-react'
import type { MessageView } from '../../contract/conversations.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

export function Beside({ came, onClose }: { came: readonly MessageView[]; onClose: () => void }) {
  return (
    <aside className="camebeside" aria-label={t('structure:beside.label')}>
      <button type="button" className="icon" onClick={onClose} aria-label={t('structure:beside.close')}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </button>
      {came.map(message => (
        <blockquote key={message.id} data-inside={message.kind === 'note' || undefined}>
          <p className="small">
            <bdi className="strong">{message.author?.name || message.authorRaw || t('conversation:someone')}</bdi>{' '}
            <Time at={message.at} shown="short" className="muted" />
          </p>
          <p className="words" dir="auto">
            {message.trimmed ?? message.text}
          </p>
        </blockquote>
      ))}
    </aside>
  )
}
