/** Beside a relationship: who keeps it, how often, when next, and the touches there were. For the page of a person or an organisation. */
import './care.css'
import '../../../words/care.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Time, useNow, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { GoodwillPanel } from '../../goodwill/GoodwillPanel.tsx'
import { useMe } from '../../session/me.ts'
import { careQuery } from './careQuery.ts'
import { contactWords } from './careWords.ts'
import { KeepDialog } from './KeepDialog.tsx'
import { Touches } from './Touches.tsx'

export function CarePanel({ is, id }: { is: 'person' | 'organisation'; id: string }) {
  const asked = useQuery(careQuery(is, id))
  const [now, place, me] = [useNow(), usePlace(), useMe()]
  const [keeping, setKeeping] = useState(false)
  const view = asked.data
  if (!view) return null
  const { keeper, rhythmDays, checkIn, touches } = view
  return (
    <>
      <section className="carepanel">
        <h2 className="section">{t('care:panel.title')}</h2>
        <p>{contactWords(view, now, place)}</p>
        <p className="small muted">
          {keeper
            ? t(keeper.id === me.id ? 'care:panel.you' : 'care:panel.keeper', { name: keeper.name })
            : t('care:panel.nobody')}{' '}
          {rhythmDays !== null && t('care:panel.rhythm', { count: rhythmDays })}
        </p>
        {checkIn && (
          <p className="small">
            <Link to="/check-ins/$checkInId" params={{ checkInId: checkIn.id }} className="link">
              {t('care:panel.next')}
            </Link>{' '}
            <Time at={checkIn.dueAt} className="muted" />
          </p>
        )}
        <p className="acts">
          <button type="button" className="link small" onClick={() => setKeeping(true)}>
            {t(keeper ? 'care:panel.change' : 'care:panel.keep')}
          </button>
        </p>
      </section>
      <Touches touches={touches.slice(0, 5)} short />
      <GoodwillPanel to={is === 'person' ? { personId: id } : { organisationId: id }} name={view.party.name} />
      {keeping && (
        <KeepDialog
          parties={[{ is, id }]}
          name={view.party.name}
          before={{ keeperId: keeper?.id ?? null, rhythmDays }}
          onClose={() => setKeeping(false)}
        />
      )}
    </>
  )
}
