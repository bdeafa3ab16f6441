/** The page around sign-in and first steps: words on one side, calm water on the other. */
import './outside.css'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { welcome } from '../../contract/session.ts'
import { t } from '../../words/catalogue.ts'
import { query } from '../api.ts'
import { Mark } from '../shell/Mark.tsx'
import { useAccent } from '../shell/useAccent.ts'

export function Outside(props: {
  name: string | undefined
  foot?: ReactNode
  beside: ReactNode
  stays?: boolean
  children: ReactNode
}) {
  const { data } = useQuery(query(welcome, {}))
  useAccent(data?.accent)
  return (
    <div className="first">
      <main className="pane">
        <p className="brand">
          <Mark logoId={data?.logoId} />
          {props.name ?? t('desk:pond')}
        </p>
        <div className="in">{props.children}</div>
        {props.foot && <p className="foot">{props.foot}</p>}
      </main>
      <aside className="beside" data-stays={props.stays || undefined}>
        <svg className="rings" viewBox="0 0 760 760" aria-hidden="true">
          <circle cx="380" cy="380" r="96" />
          <circle cx="380" cy="380" r="176" />
          <circle cx="380" cy="380" r="270" opacity=".75" />
          <circle cx="380" cy="380" r="374" opacity=".5" />
        </svg>
        {props.beside}
      </aside>
    </div>
  )
}

/** What Pond is about, for the quiet side of the page. */
export function Saying() {
  return (
    <div className="saying">
      <p className="section">{t('session:saying.about')}</p>
      <p className="q">{t('session:saying.words')}</p>
      <p className="small muted">{t('session:saying.after')}</p>
    </div>
  )
}
