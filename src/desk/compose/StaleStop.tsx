/** Stops a reply that was begun before something newer was said, shows who said it, and lets its writer decide. The text is kept whatever is chosen. */
import { IconMessagePause } from '@tabler/icons-react'
import type { MessageView } from '../../contract/conversations.ts'
import { Button, firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Props = {
  came: MessageView[]
  customerId: string
  onRead: () => void
  /** go on writing with what came in sight */
  onBeside: () => void
  onAsItIs: () => void
  busy: boolean
}

export function StaleStop({ came, customerId, onRead, onBeside, onAsItIs, busy }: Props) {
  const first = came[0]
  const name = firstName(first?.author?.name ?? first?.authorRaw ?? '')
  const again = first?.author?.id === customerId
  const title = !first
    ? t('compose:stale.something')
    : came.length > 1
      ? t('compose:stale.several', { name, count: came.length })
      : t(first.kind === 'note' ? 'structure:beside.noted' : again ? 'compose:stale.again' : 'compose:stale.also', {
          name,
        })
  return (
    <div className="stop" role="alert">
      <IconMessagePause size={20} stroke={1.6} aria-hidden="true" />
      <div>
        <p className="strong">{title}</p>
        <p className="small muted">{t('compose:stale.lead')}</p>
        <div className="acts">
          <Button kind="primary" onClick={onRead}>
            {t('compose:stale.read')}
          </Button>
          {first && <Button onClick={onBeside}>{t('structure:beside.put')}</Button>}
          <Button kind="quiet" onClick={onAsItIs} busy={busy}>
            {t('compose:stale.asItIs')}
          </Button>
        </div>
      </div>
    </div>
  )
}
