/** Settings: the subjects on the left, one subject on the right. Lists only what this person may open. */
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Me } from '../../contract/session.ts'
import { t } from '../../words/catalogue.ts'
import { useMe } from '../session/me.ts'
import { countsQuery } from '../shell/Rail.tsx'
import { usePageTitle } from '../shell/usePageTitle.ts'

export const leads = (me: Me) => me.administrator || me.teams.some(({ role }) => role === 'lead')

function Subjects() {
  const me = useMe()
  const counts = useQuery(countsQuery)
  const current = { activeProps: { 'aria-current': 'page' as const } }
  const trouble = counts.data?.trouble
  return (
    <>
      <Link to="/settings/account" {...current}>
        {t('settings:nav.account')}
      </Link>
      {me.administrator && (
        <Link to="/settings/people" {...current}>
          {t('settings:nav.people')}
        </Link>
      )}
      {leads(me) && (
        <>
          <Link to="/settings/teams" {...current}>
            {t('settings:nav.teams')}
          </Link>
          <Link to="/settings/hours" {...current}>
            {t('settings:nav.hours')}
          </Link>
        </>
      )}
      {me.administrator && (
        <Link to="/settings/mailboxes" {...current}>
          {t('settings:nav.mailboxes')}
        </Link>
      )}
      <Link to="/settings/health" {...current}>
        {t('settings:nav.health')}
        {trouble ? <span className="n">{trouble}</span> : null}
      </Link>
    </>
  )
}

export function SettingsPage() {
  return (
    <div className="set">
      <nav className="snav" aria-label={t('settings:title')}>
        <p className="title">{t('settings:title')}</p>
        <Subjects />
      </nav>
      <Outlet />
    </div>
  )
}

/** On a phone the subjects are a page of their own; elsewhere the first subject opens. */
export function SettingsIndex() {
  const me = useMe()
  usePageTitle(t('settings:title'))
  if (matchMedia('(min-width: 761px)').matches)
    return <Navigate to={me.administrator ? '/settings/mailboxes' : '/settings/account'} replace />
  return (
    <main className="col subjects" id="page">
      <h1 className="title">{t('settings:title')}</h1>
      <nav aria-label={t('settings:title')}>
        <Subjects />
      </nav>
    </main>
  )
}

type SubjectProps = {
  subject: string
  title: ReactNode
  tab?: string
  lead?: ReactNode
  act?: ReactNode
  children: ReactNode
}

/** One subject's page: its heading, and a way back to the list on a phone. */
export function Subject({ subject, title, tab, lead, act, children }: SubjectProps) {
  usePageTitle(tab ?? (typeof title === 'string' ? title : subject))
  return (
    <main className="col" id="page">
      <header className="subject">
        <div>
          <p className="small muted">
            <Link to="/settings" className="up">
              {t('settings:title')}
            </Link>
            <span>{subject}</span>
          </p>
          <h1 className="title">{title}</h1>
          {lead && <p className="muted lead">{lead}</p>}
        </div>
        {act}
      </header>
      {children}
    </main>
  )
}
