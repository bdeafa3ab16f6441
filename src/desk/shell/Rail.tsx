/** The rail: where one can go, with counts of what waits there. Shows only what exists. */
import { IconInbox, IconSettings, IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { counts } from '../../contract/conversations.ts'
import { Portrait } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { Mark } from './Mark.tsx'

export function countWords(count: { count: number; more: boolean } | undefined): string {
  if (!count) return ''
  return count.more ? t('desk:count.more', { count: count.count }) : count.count ? String(count.count) : ''
}

export function Rail() {
  const me = useMe()
  const { data } = useQuery(query(counts, {}))
  return (
    <nav className="rail" aria-label={t('desk:nav.label')}>
      <Link to="/" className="home">
        <Mark />
        {me.installation.name}
      </Link>
      <Link to="/" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
        <IconSun className="i" aria-hidden="true" />
        {t('desk:nav.today')}
        <span className="n">{data?.today || ''}</span>
      </Link>
      <Link to="/inbox/$view" params={{ view: 'open' }} search={{}} activeOptions={{ exact: true }}>
        <IconInbox className="i" aria-hidden="true" />
        {t('desk:nav.inbox')}
        <span className="n">{countWords(data?.open)}</span>
      </Link>
      <div className="push" />
      <Link to="/settings">
        <IconSettings className="i" aria-hidden="true" />
        {t('desk:nav.settings')}
      </Link>
      <span>
        <Portrait name={me.name} us size="s" />
        <span>{me.name}</span>
      </span>
    </nav>
  )
}
