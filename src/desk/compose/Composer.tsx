/** Where one writes in a conversation: a reply or a note, never in doubt which. A bar on a phone until it is opened. */
import './compose.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { mayAsk } from '../asks/AskHost.tsx'
import { askColleague } from '../asks/asking.ts'
import { Reply } from '../chat/Reply.tsx'
import { useActions } from '../shell/actions.ts'
import type { ComposerProps } from './composerProps.ts'
import { NoteForm } from './NoteForm.tsx'

export function Composer(props: ComposerProps) {
  const { view, kind, onKind } = props
  const narrow = useMediaQuery('(max-width: 760px)', window.matchMedia('(max-width: 760px)').matches) ?? false
  const [sheet, setSheet] = useState(props.turn > 0)
  const [seenTurn, setSeenTurn] = useState(props.turn)
  if (seenTurn !== props.turn) {
    setSeenTurn(props.turn)
    setSheet(true)
  }
  const folded = narrow && !sheet
  useActions([
    {
      id: 'compose.send',
      label: t('compose:key.send'),
      keys: '$mod+Enter',
      group: 'writing',
      hidden: true,
      run: () => {},
    },
    {
      id: 'compose.leave',
      label: t('compose:key.leave'),
      keys: 'Escape',
      group: 'writing',
      hidden: true,
      run: props.onLeave,
    },
  ])
  const shared = { ...props, folded, onUnfold: () => setSheet(true) }
  return (
    <section
      className="composer"
      data-kind={kind}
      data-sheet={(narrow && sheet) || undefined}
      data-folded={folded || undefined}
      aria-label={t(`compose:${kind}To`, { name: view.customer.name })}
    >
      {narrow && sheet && (
        <button
          type="button"
          className="done"
          onClick={() => {
            setSheet(false)
            props.onLeave()
          }}
        >
          <IconChevronDown size={20} stroke={1.6} aria-hidden="true" />
          {t('compose:backToConversation')}
        </button>
      )}
      {!folded && (
        <div className="modes">
          <div role="tablist" aria-label={t('compose:kinds')}>
            {(['reply', 'note'] as const).map(one => (
              <button
                key={one}
                type="button"
                role="tab"
                aria-selected={kind === one}
                disabled={one === 'reply' && view.mailbox === null && view.channel !== 'chat'}
                onClick={() => onKind(one)}
              >
                {t(`compose:${one}`)} <Keys keys={one === 'reply' ? 'r' : 'n'} />
              </button>
            ))}
          </div>
          {mayAsk(view, props.me.id) && (
            <button type="button" className="askmode" onClick={() => askColleague()}>
              {t('asks:key')} <Keys keys="q" />
            </button>
          )}
        </div>
      )}
      {kind === 'reply' ? (
        <Reply key={`reply ${view.id}`} {...shared} />
      ) : (
        <NoteForm key={`note ${view.id}`} {...shared} />
      )}
    </section>
  )
}
