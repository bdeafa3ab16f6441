/** One article in the list: its title, where it stands in which language, and what it wants. */
import { IconAlertTriangle, IconCircleCheck, IconClock, IconLock, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ArticleRow } from '../../contract/knowledge.ts'
import type { ArticleCategory } from '../../contract/knowledge-around.ts'
import { relative, Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { languageName } from './languages.ts'
import { categoryName, inLanguage } from './queries.ts'

type Edition = ArticleRow['editions'][number]
const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

export function ArticleLine({ row, categories }: { row: ArticleRow; categories: readonly ArticleCategory[] }) {
  const place = usePlace()
  const now = useNow()
  const first = inLanguage(row.editions, place.language) ?? row.editions.find(each => each.standing) ?? row.editions[0]
  const category = categories.find(each => each.id === row.categoryId)
  const due = row.reviewDueAt ? Date.parse(row.reviewDueAt) : null
  return (
    <li>
      <div className="arttitle">
        <Link to="/knowledge/$articleId" params={{ articleId: row.id }} search={{}} className="strong" dir="auto">
          {first?.title || t('knowledge:untitled')}
        </Link>
        {row.audience !== 'public' && (
          <span className="small muted artlock">
            <IconLock {...look} /> {t(`knowledge:audience.${row.audience}`)}
          </span>
        )}
      </div>
      <p className="small editions">
        {row.editions.map(each => (
          <span key={each.language} className="edition" data-state={each.work ?? each.standing}>
            {languageName(each.language, place.language)}: {stateOf(each)}
          </span>
        ))}
      </p>
      <p className="small muted artfacts">
        <span dir="auto">{categoryName(category, place.language)}</span>
        <span dir="auto">{row.owner.name}</span>
        <span>
          {t('knowledge:changed')} <Time at={row.changedAt} shown="relative" />
        </span>
        {row.held > 0 && (
          <span className="held">
            <IconCircleCheck {...look} /> {t('knowledge:held', { count: row.held })}
          </span>
        )}
        {row.used > 0 && <span>{t('knowledge:used', { count: row.used })}</span>}
        {row.flags > 0 && (
          <span className="warm">
            <IconAlertTriangle {...look} /> {t('knowledge:flags', { count: row.flags })}
          </span>
        )}
        {row.words > 0 && (
          <span>
            <IconMessage {...look} /> {t('knowledge:readerWords', { count: row.words })}
          </span>
        )}
        {due !== null && due < now + 7 * 86_400_000 && (
          <span className={due < now ? 'warm' : undefined}>
            <IconClock {...look} /> {t('knowledge:reviewDue', { time: relative(due, now) })}
          </span>
        )}
      </p>
    </li>
  )
}

function stateOf({ standing, work }: Edition): string {
  if (standing === 'published' && work) return t('knowledge:both', { work: t(`knowledge:state.${work}`) })
  return t(`knowledge:state.${work ?? standing ?? 'draft'}`)
}
