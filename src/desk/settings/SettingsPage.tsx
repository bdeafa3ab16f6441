/** Settings: the subjects on the left, one subject on the right; and a page of all of them, grouped, to look one up. */
import '../../words/settings.ts'
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { useMe } from '../session/me.ts'
import { countsQuery } from '../shell/Rail.tsx'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { found, grouped, subjectsFor } from './subjects.ts'

function Trouble({ at }: { at: string }) {
  const counts = useQuery(countsQuery)
  return at === 'health' && counts.data?.trouble ? <span className="n">{counts.data.trouble}</span> : null
}

export function SettingsPage() {
  const me = useMe()
  return (
    <div className="set">
      <nav className="snav" aria-label={t('subjects:title')}>
        <p className="title">
          <Link to="/settings" activeOptions={{ exact: true }}>
            {t('subjects:title')}
          </Link>
        </p>
        {grouped(subjectsFor(me)).map(({ group, subjects }) => (
          <div key={group} className="sgroup">
            {subjects.map(({ key, path }) => (
              <Link key={key} to={path} activeProps={{ 'aria-current': 'page' }}>
                {t(`subjects:${key}.name`)}
                <Trouble at={key} />
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <Outlet />
    </div>
  )
}

/** All there is to set, by group, with what each is for; typing finds one. */
export function SettingsIndex() {
  const me = useMe()
  const [looked, look] = useState('')
  const shown = found(subjectsFor(me), looked)
  usePageTitle(t('subjects:title'))
  return (
    <main className="col subjects" id="page">
      <h1 className="title">{t('subjects:title')}</h1>
      <div className="form">
        <Field
          label={t('subjects:find')}
          hideLabel
          type="search"
          placeholder={t('subjects:find')}
          value={looked}
          onChange={event => look(event.currentTarget.value)}
        />
      </div>
      <div role="status">{shown.length === 0 && <p className="muted block">{t('subjects:none')}</p>}</div>
      <div className="sgroups">
        {grouped(shown).map(({ group, subjects }) => (
          <nav key={group} aria-label={t(`subjects:group.${group}`)}>
            <h2 className="section">{t(`subjects:group.${group}`)}</h2>
            {subjects.map(({ key, path }) => (
              <Link key={key} to={path}>
                <span className="strong">
                  {t(`subjects:${key}.name`)} <Trouble at={key} />
                </span>
                <span className="small muted">{t(`subjects:${key}.about`)}</span>
              </Link>
            ))}
          </nav>
        ))}
      </div>
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
              {t('subjects:title')}
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
