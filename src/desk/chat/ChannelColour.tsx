/** The colour of a chat where its site has another than the desk: shown as the pill will look. Says at once when it could not be read, and what could. */
import { useId } from 'react'
import { accentFrom, nearestStrong } from '../../contract/colour.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'
import { useMe } from '../session/me.ts'

const pondBlue = '#1a6084'

export function ChannelColour({
  accent,
  onChange,
}: {
  accent: string | null
  onChange: (accent: string | null) => void
}) {
  const id = useId()
  const { installation } = useMe()
  const shown = accent ?? installation.accent ?? pondBlue
  const shades = accentFrom(shown)
  const better = shades ? null : nearestStrong(shown)
  return (
    <div className="labelled">
      <div className="top">
        <label htmlFor={id}>{t('chat:settings.colour')}</label>
      </div>
      <div className="chatcolour">
        <input
          id={id}
          type="color"
          aria-describedby={`${id}-help`}
          value={shown}
          onChange={event => onChange(event.currentTarget.value.toLowerCase())}
        />
        {shades && (
          <span className="pill small" style={{ background: shades.light.fill }} aria-hidden="true">
            {t('chat:settings.colourSample')}
          </span>
        )}
        {accent && (
          <Button kind="quiet" onClick={() => onChange(null)}>
            {t('chat:settings.colourOurs')}
          </Button>
        )}
      </div>
      <div role="status">
        {better && (
          <p className="late small">
            {t('chat:settings.colourWeak')}{' '}
            <button type="button" className="link" onClick={() => onChange(better)}>
              {t('chat:settings.colourTake', { colour: better })}
            </button>
          </p>
        )}
      </div>
      <p id={`${id}-help`} className="help">
        {t('chat:settings.colourHelp')}
      </p>
    </div>
  )
}
