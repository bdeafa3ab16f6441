/** One thing that was given away, or waits for a lead's yes or no: what, how much, why, by whom. */
import { IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { decideGoodwill, type GoodwillView } from '../../contract/goodwill.ts'
import { Area, Button, Dialog, shortMoment, Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'
import { renewGoodwill } from './goodwillQuery.ts'
import { money } from './money.ts'

const icons = { granted: IconCircleCheck, asked: IconClock, declined: IconCircleX }

export function Given({ it, here }: { it: GoodwillView; here?: boolean }) {
  const [now, place] = [useNow(), usePlace()]
  const [deciding, setDeciding] = useState<boolean | null>(null)
  const Icon = icons[it.state]
  const amount = it.minor > 0 ? money(it.minor, it.currency, place.language) : null
  const whom = it.person?.name ?? it.organisation?.name
  return (
    <li className="given" data-state={it.state}>
      <p className="top">
        <Icon className="i" size={16} stroke={1.6} aria-hidden="true" />
        <span className="strong" dir="auto">
          {it.what}
        </span>
        {amount && <span className="num">{amount}</span>}
      </p>
      <p className="small" dir="auto">
        {it.reason}
      </p>
      <p className="small muted">
        {t(`goodwill:state.${it.state}`, {
          kind: t(`goodwill:kind.${it.kind}`),
          by: it.by.name,
          lead: it.lead?.name ?? t('goodwill:aLead'),
          decider: it.decidedBy?.name ?? '',
          when: it.decideBy ? shortMoment(Date.parse(it.decideBy), now, place) : '',
        })}{' '}
        {!here && whom && (
          <>
            {it.conversation ? (
              <Link
                to="/conversations/$conversationId"
                params={{ conversationId: String(it.conversation.number) }}
                search={{}}
                className="link"
              >
                {t('goodwill:for', { name: whom })}
              </Link>
            ) : (
              t('goodwill:for', { name: whom })
            )}{' '}
          </>
        )}
        <Time at={it.grantedAt ?? it.askedAt} shown="short" />
      </p>
      {it.decidedBy && it.decidedWords && (
        <p className="small" dir="auto">
          {t('goodwill:said', { name: it.decidedBy.name, words: it.decidedWords })}
        </p>
      )}
      {it.mayDecide && (
        <p className="acts">
          <Button onClick={() => setDeciding(true)}>{t('goodwill:decide.yes')}</Button>
          <Button kind="quiet" onClick={() => setDeciding(false)}>
            {t('goodwill:decide.no')}
          </Button>
        </p>
      )}
      {deciding !== null && <Decide it={it} yes={deciding} amount={amount} onClose={() => setDeciding(null)} />}
    </li>
  )
}

function Decide({
  it,
  yes,
  amount,
  onClose,
}: {
  it: GoodwillView
  yes: boolean
  amount: string | null
  onClose: () => void
}) {
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const deciding = useMutation({
    mutationFn: () => ask(decideGoodwill, { goodwillId: it.id, yes, words }),
    onSuccess: () => {
      renewGoodwill()
      notice({ title: t(yes ? 'goodwill:decide.saidYes' : 'goodwill:decide.saidNo', { name: it.by.name }) })
      onClose()
    },
  })
  return (
    <Dialog
      title={t(yes ? 'goodwill:decide.yesTitle' : 'goodwill:decide.noTitle')}
      aside={it.by.name}
      onClose={onClose}
    >
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          setMissing(!yes && !words.trim())
          if (yes || words.trim()) deciding.mutate()
        }}
      >
        <p>
          <span className="strong" dir="auto">
            {it.what}
          </span>{' '}
          {amount}
        </p>
        <Refused error={deciding.error} title={t('goodwill:decide.failed')} />
        <Area
          label={t(yes ? 'goodwill:decide.yesWords' : 'goodwill:decide.noWords')}
          dir="auto"
          maxLength={2000}
          error={missing && !words.trim() ? t('goodwill:decide.noMissing') : undefined}
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
        />
        <p className="acts">
          <Button kind="primary" submit busy={deciding.isPending}>
            {t(yes ? 'goodwill:decide.yes' : 'goodwill:decide.no')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
