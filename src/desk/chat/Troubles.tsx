/** What went wrong where a chat is carried: a sentence that says what to do, how often, and since when nothing more. */
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ChatChannel } from '../../contract/chat.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/chat.ts'

export function Troubles({ channel, onAdd }: { channel: ChatChannel; onAdd: (origin: string) => void }) {
  if (channel.troubles.length === 0) return null
  return (
    <div>
      <h3 className="strong">{t('chat:trouble.title')}</h3>
      <ul className="ledge">
        {channel.troubles.map(({ kind, origin, times, lastAt }) => (
          <li key={`${kind} ${origin}`} data-lead>
            <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />
            <div>
              <p>{t(`chat:trouble.${kind}`)}</p>
              <p className="small muted">
                <bdi dir="ltr">{origin}</bdi> · {times} × · <Time at={lastAt} />
              </p>
            </div>
            {kind === 'foreign-origin' && (
              <button type="button" className="link" onClick={() => onAdd(origin)}>
                {t('chat:trouble.add', { origin })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
