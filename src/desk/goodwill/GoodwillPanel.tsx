/** Beside a conversation or a relationship: what was given away here, and giving something. */
import './goodwill.css'
import '../../words/care.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { goodwillLedger } from '../../contract/goodwill.ts'
import { t } from '../../words/catalogue.ts'
import { whenStayed } from '../api.ts'
import { useMe } from '../session/me.ts'
import { GiveDialog } from './GiveDialog.tsx'
import { Given } from './Given.tsx'

type Props = { to: { conversationId: string } | { personId: string } | { organisationId: string }; name: string }

export function GoodwillPanel({ to, name }: Props) {
  const me = useMe()
  const serves = me.teams.some(({ role }) => role === 'lead' || role === 'teammate')
  const { data } = useQuery({ ...whenStayed(goodwillLedger, { ...to, limit: 10 }), enabled: serves })
  const [giving, setGiving] = useState(false)
  if (!serves) return null
  return (
    <section className="goodwillpanel">
      <h2 className="section">{t('goodwill:title')}</h2>
      {data && data.rows.length > 0 && (
        <ul className="givens">
          {data.rows.map(it => (
            <Given key={it.id} it={it} here />
          ))}
        </ul>
      )}
      <p>
        <button type="button" className="link small" onClick={() => setGiving(true)}>
          {t('goodwill:give.open')}
        </button>
      </p>
      {giving && <GiveDialog to={to} name={name} onClose={() => setGiving(false)} />}
    </section>
  )
}
