/** What can be done with the chosen rows, with a clear count. Stands at the lower edge of the list. */
import {
  IconArrowBackUp,
  IconArrowsExchange,
  IconCircleCheck,
  IconClock,
  IconFlag,
  IconShieldX,
  IconTag,
  IconTrash,
  IconUserCheck,
  IconUserPlus,
  IconX,
} from '@tabler/icons-react'
import { t } from '../../words/desk.ts'
import type { Asking } from './bulkTypes.ts'

type Props = {
  chosen: number
  loaded: number
  named: string
  away: boolean
  onAll: () => void
  onClear: () => void
  onDo: (what: Asking | 'own' | 'trash' | 'spam' | 'take-back') => void
}
const look = { size: 19, stroke: 1.6, 'aria-hidden': true } as const

const acts = [
  { what: 'own', icon: IconUserCheck, words: 'inbox:key.mine', keys: 'i' },
  { what: 'assign', icon: IconUserPlus, words: 'views:key.assign', keys: 'a' },
  { what: 'tag', icon: IconTag, words: 'views:key.tag', keys: 'l' },
  { what: 'priority', icon: IconFlag, words: 'views:key.priority', keys: '⇧P' },
  { what: 'move', icon: IconArrowsExchange, words: 'views:key.move', keys: '⇧M' },
  { what: 'snooze', icon: IconClock, words: 'views:key.later', keys: 'z' },
  { what: 'close', icon: IconCircleCheck, words: 'inbox:key.close', keys: 'e' },
  { what: 'trash', icon: IconTrash, words: 'inbox:key.trash', keys: '#' },
  { what: 'spam', icon: IconShieldX, words: 'inbox:key.spam', keys: '!' },
] as const

export function BulkBar({ chosen, loaded, named, away, onAll, onClear, onDo }: Props) {
  const offered = away
    ? ([{ what: 'take-back', icon: IconArrowBackUp, words: 'inbox:key.takeBack', keys: 'e' }] as const)
    : acts
  return (
    <div className="bulk" role="toolbar" aria-label={t('inbox:bulk.label')}>
      <p className="small" role="status">
        <span className="strong">{t('inbox:bulk.chosen', { count: chosen })}</span>{' '}
        {t('inbox:bulk.of', { count: loaded, named })}{' '}
        {chosen < loaded && (
          <button type="button" className="link" onClick={onAll}>
            {t('inbox:bulk.all', { count: loaded })}
          </button>
        )}
      </p>
      <button type="button" className="icon" onClick={onClear} aria-label={t('inbox:bulk.clear')}>
        <IconX size={18} stroke={1.6} aria-hidden="true" />
      </button>
      <span className="acts">
        {offered.map(({ what, icon: Icon, words, keys }) => (
          <button
            key={what}
            type="button"
            className="icon"
            onClick={() => onDo(what)}
            aria-label={t(words)}
            title={t('views:withKey', { words: t(words), keys })}
          >
            <Icon {...look} />
          </button>
        ))}
      </span>
    </div>
  )
}
