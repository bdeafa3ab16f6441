/** A promise as it looks everywhere: words, then the time in bold, then the rest; always an icon and a word for its state. Decides no state: that comes from the ledger. */
import {
  IconAlertCircle,
  IconArrowDownLeft,
  IconCircle,
  IconCircleArrowDownLeft,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconClockCheck,
  IconRefresh,
} from '@tabler/icons-react'
import type { PromiseState, PromiseView } from '../contract/promises.ts'
import { t } from '../words/catalogue.ts'
import { fullMoment, late, relative, shortMoment } from './moments.ts'
import { useNow } from './now.ts'
import { type Place, usePlace } from './zone.ts'

const icons = {
  open: IconCircle,
  soon: IconClock,
  overdue: IconAlertCircle,
  kept: IconCircleCheck,
  'kept-late': IconClockCheck,
  renegotiated: IconRefresh,
  broken: IconCircleX,
  released: IconCircleMinus,
} satisfies Record<PromiseState, unknown>

export const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name

/** "Ana: send the price", or the automatic sentence until a person's own word replaces it. */
function promiseWords(promise: PromiseView): string {
  const name = promise.by.is === 'team' ? promise.by.name : firstName(promise.by.name)
  if (promise.kind === 'reply' && promise.automatic) return t('desk:promise.answers', { name })
  if (promise.kind === 'follow-up') return t('desk:promise.followsUp', { name })
  if (promise.kind === 'ask-again') return t('desk:promise.asksAgain', { name })
  if (promise.kind === 'reminder' && !promise.words.trim()) return t('desk:promise.comesBack', { name })
  if (!promise.words.trim()) return t('desk:promise.seesTo', { name })
  if (promise.kind === 'ask')
    return t(promise.to ? 'desk:promise.answersAsk' : 'desk:promise.getsAnswer', { name, words: promise.words })
  if (promise.kind === 'decision') return t('desk:promise.decides', { name, words: promise.words })
  return t('desk:promise.said', { name, words: promise.words.replace(/[.\s]+$/, '') })
}

function rest(promise: PromiseView, now: number, place: Place): string | null {
  const due = Date.parse(promise.dueAt)
  const ended = promise.endedAt ? Date.parse(promise.endedAt) : now
  switch (promise.state) {
    case 'open':
      return null
    case 'soon':
      return relative(due, now)
    case 'overdue':
      return late(due, now)
    case 'kept':
      return t('desk:promise.kept', { time: shortMoment(ended, now, place) })
    case 'kept-late':
      return t('desk:promise.keptLate', { late: late(due, ended) })
    case 'renegotiated':
      return t('desk:promise.moved')
    case 'broken':
      return t('desk:promise.broken')
    case 'released':
      return null
  }
}

/** The absolute times with their zone, who made it, and when it was told. */
export function promiseTitle(promise: PromiseView, place: Place): string {
  const told = promise.toldAt
    ? t('desk:promise.titleTold', { time: fullMoment(Date.parse(promise.toldAt), place) })
    : t('desk:promise.titleUntold')
  return [
    t(`desk:promise.state.${promise.state}`),
    t('desk:promise.titleDue', { time: fullMoment(Date.parse(promise.dueAt), place) }),
    t('desk:promise.titleMade', { time: fullMoment(Date.parse(promise.madeAt), place), name: promise.by.name }),
    told,
  ].join(' · ')
}

function PromiseIcon({ promise }: { promise: PromiseView }) {
  const Icon = icons[promise.state]
  if (promise.direction !== 'theirs') return <Icon className="i" aria-hidden="true" />
  if (promise.state === 'open') return <IconCircleArrowDownLeft className="i flips" aria-hidden="true" />
  return (
    <>
      <IconArrowDownLeft className="i flips" aria-hidden="true" />
      <Icon className="i" aria-hidden="true" />
    </>
  )
}

export function PromiseChip({ promise, bare, words }: { promise: PromiseView; bare?: boolean; words?: string }) {
  const now = useNow()
  const place = usePlace()
  const said = words ?? promiseWords(promise)
  const due = shortMoment(Date.parse(promise.dueAt), now, place)
  const after = rest(promise, now, place)
  const stillAutomatic = promise.automatic && ['open', 'soon', 'overdue'].includes(promise.state)
  return (
    <span
      className="promise"
      data-state={promise.state}
      data-of={promise.direction}
      data-automatic={stillAutomatic || undefined}
      data-bare={bare || undefined}
      title={promiseTitle(promise, place)}
    >
      <PromiseIcon promise={promise} />
      {promise.state === 'released' ? (
        <span>{released(promise, said)}</span>
      ) : (
        <span>
          <span className="sr">{t(`desk:promise.state.${promise.state}`)}: </span>
          {promise.state === 'renegotiated' && <s>{due} </s>}
          <span className="said">{said}</span>{' '}
          <b>
            {t('desk:promise.by', {
              time:
                promise.state === 'renegotiated' && promise.movedTo
                  ? shortMoment(Date.parse(promise.movedTo), now, place)
                  : due,
            })}
          </b>
          {after && t('desk:promise.rest', { rest: after })}
          {stillAutomatic && <i> · {t('desk:promise.automatic')}</i>}
        </span>
      )}
    </span>
  )
}

function released(promise: PromiseView, words: string): string {
  if (!promise.endedWhy) return t('desk:promise.released', { words })
  const why = t(`desk:promise.why.${promise.endedWhy}`, { defaultValue: promise.endedWhy })
  return t('desk:promise.releasedWhy', { words, why })
}
