/** The composer on a phone before it is opened: whom, the first two lines, and the button. */
import { Button, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Who } from './addresses.ts'
import { saysNothing } from './draftChoice.ts'
import type { Choices } from './nextStep.ts'
import { whenWords } from './whenWords.ts'

type Props = {
  people: Who[]
  body: string
  chosen: Choices
  stopped: boolean
  busy: boolean
  onOpen: () => void
  onSend: () => void
}

export function Folded({ people, body, chosen, stopped, busy, onOpen, onSend }: Props) {
  const place = usePlace()
  const text = new DOMParser().parseFromString(body, 'text/html').body.textContent?.trim() ?? ''
  return (
    <div className="folded">
      <button type="button" className="unfold" onClick={onOpen}>
        <span className="rcp small">
          <span className="muted">{t('compose:to')}</span>
          {people.slice(0, 3).map(({ name, address }) => (
            <span key={address} className="who">
              <bdi className="cut">{name || address}</bdi>
            </span>
          ))}
        </span>
        <span className="read twolines" dir="auto">
          {text || <span className="muted">{t('compose:writeHere')}</span>}
        </span>
      </button>
      {!saysNothing(body) && (
        <span className="commit">
          <span className="cut">
            {stopped ? (
              <span className="small strong lateforthem">{t('compose:stale.short')}</span>
            ) : (
              chosen.is === 'we-get-back' && (
                <>
                  <span className="muted">{t('compose:by')}</span>{' '}
                  <span className="strong">{whenWords(chosen.dueAt, place)}</span>
                </>
              )
            )}
          </span>
          <Button kind="primary" busy={busy} onClick={stopped ? onOpen : onSend}>
            {stopped ? t('compose:stale.look') : t(`compose:send.${chosen.is}`)}
          </Button>
        </span>
      )}
    </div>
  )
}
