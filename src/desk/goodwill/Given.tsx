/** One thing that was given away, waits for a lead's yes or no, or was taken back: what, how much, why, by whom, and what can be done. */
import { IconArrowBackUp, IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { GoodwillView } from '../../contract/goodwill.ts'
import { Button, shortMoment, Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/care.ts'
import { money } from './money.ts'

const DecideDialog = lazy(() => import('./DecideDialog.tsx').then(it => ({ default: it.DecideDialog })))
const WithdrawDialog = lazy(() => import('./WithdrawDialog.tsx').then(it => ({ default: it.WithdrawDialog })))

const icons = { granted: IconCircleCheck, asked: IconClock, declined: IconCircleX, withdrawn: IconArrowBackUp }

export function Given({ it, here }: { it: GoodwillView; here?: boolean }) {
  const [now, place] = [useNow(), usePlace()]
  const [doing, setDoing] = useState<'yes' | 'no' | 'withdraw' | null>(null)
  const Icon = icons[it.state]
  const whom = it.person?.name ?? it.organisation?.name
  const said = it.withdrawn
    ? { name: it.withdrawn.by.name, words: it.withdrawn.words }
    : it.decidedBy && it.decidedWords
      ? { name: it.decidedBy.name, words: it.decidedWords }
      : null
  const done = () => setDoing(null)
  return (
    <li className="given" data-state={it.state}>
      <p className="top">
        <Icon className={it.state === 'withdrawn' ? 'i flips' : 'i'} size={16} stroke={1.6} aria-hidden="true" />
        <span className="strong" dir="auto">
          {it.what}
        </span>
        {it.minor > 0 && <span className="num">{money(it.minor, it.currency, place.language)}</span>}
      </p>
      <p className="small" dir="auto">
        {it.reason}
      </p>
      <p className="small muted">
        {t(`goodwill:state.${it.state}${it.withdrawn?.used ? 'Used' : ''}`, {
          kind: t(`goodwill:kind.${it.kind}`),
          by: it.by.name,
          lead: it.lead?.name ?? t('goodwill:aLead'),
          decider: it.decidedBy?.name ?? '',
          when: it.decideBy ? shortMoment(Date.parse(it.decideBy), now, place) : '',
        })}{' '}
        {!here && whom && <For it={it} name={whom} />}
        <Time at={it.withdrawn?.at ?? it.grantedAt ?? it.askedAt} shown="short" />
      </p>
      {said && (
        <p className="small" dir="auto">
          {t('goodwill:said', said)}
        </p>
      )}
      {(it.mayDecide || it.mayWithdraw) && (
        <p className="acts">
          {it.mayDecide && (
            <>
              <Button aria-label={t('goodwill:decide.yesLabel', { what: it.what })} onClick={() => setDoing('yes')}>
                {t('goodwill:decide.yes')}
              </Button>
              <Button
                kind="quiet"
                aria-label={t('goodwill:decide.noLabel', { what: it.what })}
                onClick={() => setDoing('no')}
              >
                {t('goodwill:decide.no')}
              </Button>
            </>
          )}
          {it.mayWithdraw && !it.mayDecide && (
            <button
              type="button"
              className="link small"
              aria-label={t('goodwill:withdraw.label', { what: it.what })}
              onClick={() => setDoing('withdraw')}
            >
              {t('goodwill:withdraw.open')}
            </button>
          )}
        </p>
      )}
      <Suspense>
        {(doing === 'yes' || doing === 'no') && <DecideDialog it={it} yes={doing === 'yes'} onClose={done} />}
        {doing === 'withdraw' && <WithdrawDialog it={it} onClose={done} />}
      </Suspense>
    </li>
  )
}

function For({ it, name }: { it: GoodwillView; name: string }) {
  const words = t('goodwill:for', { name })
  if (!it.conversation) return <>{words} </>
  const params = { conversationId: String(it.conversation.number) }
  return (
    <>
      <Link to="/conversations/$conversationId" params={params} search={{}} className="link">
        {words}
      </Link>{' '}
    </>
  )
}
