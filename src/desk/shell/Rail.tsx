/** The rail: where one can go, with counts of what waits there. Shows only what exists. */
import { IconBell, IconHeartHandshake, IconInbox, IconSearch, IconSettings, IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { counts, type View } from '../../contract/conversations.ts'
import { Keys, Portrait } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { besides } from '../api.ts'
import { useUnread } from '../notifications/useUnread.ts'
import { CareLinks } from '../relationship/care/CareLinks.tsx'
import { useMe } from '../session/me.ts'
import { countWords } from './counts.ts'
import { Mark } from './Mark.tsx'
import { openPalette } from './overlays.ts'
import { RailViews } from './RailViews.tsx'
import { WholeLinks } from './WholeLinks.tsx'

export const countsQuery = besides(counts, {})
const current = {
  activeProps: { 'aria-current': 'page' as const },
  activeOptions: { exact: true, includeSearch: true },
}

export function Rail() {
  const me = useMe()
  const { data } = useQuery(countsQuery)
  const unread = useUnread()
  const teamCount = (id: string) => data?.teams.find(({ teamId }) => teamId === id)?.open
  return (
    <nav className="rail" aria-label={t('desk:nav.label')}>
      <Link to="/" className="home">
        <Mark logoId={me.installation.logoId} />
        <span className="named">{me.installation.name}</span>
        {me.installation.sample && <span className="sample">{t('desk:nav.sample')}</span>}
      </Link>
      <button type="button" className="find" onClick={() => openPalette()}>
        <IconSearch className="i" aria-hidden="true" />
        {t('desk:nav.find')}
        <Keys keys="$mod+K" />
      </button>
      <Link to="/" {...current}>
        <IconSun className="i" aria-hidden="true" />
        {t('desk:nav.today')}
        <Count of={countWords(data && { count: Math.min(data.today, 99), more: data.today > 99 })} />
      </Link>
      <Link
        to="/promises"
        search={{}}
        activeProps={{ 'aria-current': 'page' }}
        activeOptions={{ includeSearch: false }}
      >
        <IconHeartHandshake className="i" aria-hidden="true" />
        {t('desk:nav.promises')}
      </Link>
      <Link to="/notifications" search={{}} activeProps={{ 'aria-current': 'page' }}>
        <IconBell className="i" aria-hidden="true" />
        {t('notifications:title')}
        <Count of={unread} />
      </Link>
      <Link to="/inbox/$view" params={{ view: 'open' }} search={{}} {...current}>
        <IconInbox className="i" aria-hidden="true" />
        {t('desk:nav.inbox')}
        <Count of={countWords(data?.open)} />
      </Link>
      <div className="sub">
        <ListLink view="mine" count={countWords(data?.mine)}>
          {t('desk:nav.mine')}
        </ListLink>
        {me.teams.map(team => (
          <ListLink key={team.id} view="open" team={team.id} count={countWords(teamCount(team.id))}>
            {team.name}
          </ListLink>
        ))}
        <ListLink view="pending" count={countWords(data?.pending)}>
          {t('desk:nav.waiting')}
        </ListLink>
        <ListLink view="unowned" count={countWords(data?.unowned)}>
          {t('desk:nav.nobody')}
        </ListLink>
        <RailViews />
      </div>
      <WholeLinks />
      <CareLinks />
      <div className="push" />
      <Link to="/settings" activeProps={{ 'aria-current': 'page' }}>
        <IconSettings className="i" aria-hidden="true" />
        {t('desk:nav.settings')}
        <Count of={data?.trouble ? String(data.trouble) : ''} title={t('desk:nav.trouble')} />
      </Link>
      <Link to="/settings/account" className="me">
        <Portrait name={me.name} us size="s" />
        <span className="cut">{me.name}</span>
      </Link>
    </nav>
  )
}

function Count({ of, title }: { of: string; title?: string }) {
  return of ? (
    <span className="n" title={title}>
      {of}
    </span>
  ) : null
}

function ListLink(props: { view: View; team?: string; count: string; children: ReactNode }) {
  return (
    <Link
      to="/inbox/$view"
      params={{ view: props.view }}
      search={props.team ? { team: props.team } : {}}
      activeProps={{ 'aria-current': 'page' }}
      activeOptions={{ includeSearch: true }}
    >
      <span className="cut">{props.children}</span>
      <Count of={props.count} />
    </Link>
  )
}
