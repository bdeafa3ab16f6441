/** One topic in a list: its title, who began it and where, and what it wants. */
import { IconCircleCheck, IconClock, IconEyeOff, IconLock, IconPin } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TopicRow } from '../../contract/community.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { nameOf } from './queries.ts'

const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

export function TopicLine({ row }: { row: TopicRow }) {
  return (
    <li>
      <div className="comtitle">
        <Link to="/community/$topicId" params={{ topicId: row.id }} className="strong" dir="auto">
          {row.title}
        </Link>
        {row.category.audience !== 'public' && (
          <span className="small muted comfact">
            <IconLock {...look} /> {t(`community:audience.${row.category.audience}`)}
          </span>
        )}
      </div>
      <p className="small muted comfacts">
        {row.state !== 'standing' && (
          <span className="warm comfact">
            <IconEyeOff {...look} /> {t(`community:state.${row.state}`)}
          </span>
        )}
        {row.accepted && (
          <span className="held comfact">
            <IconCircleCheck {...look} /> {t('community:answered')}
          </span>
        )}
        {row.pinned && (
          <span className="comfact">
            <IconPin {...look} /> {t('community:pinned')}
          </span>
        )}
        {row.locked && (
          <span className="comfact">
            <IconLock {...look} /> {t('community:locked')}
          </span>
        )}
        {row.kind !== 'question' && <span>{t(`community:kind.${row.kind}`)}</span>}
        <span dir="auto">{nameOf(row.author)}</span>
        <span dir="auto">{row.category.name}</span>
        <span>{row.answers > 0 ? t('community:replies', { count: row.answers }) : t('community:noReply')}</span>
        {row.worked > 0 && <span>{t('community:workedFor', { count: row.worked })}</span>}
        <span className="comfact">
          <IconClock {...look} /> <Time at={row.lastAt} shown="relative" />
        </span>
      </p>
    </li>
  )
}
