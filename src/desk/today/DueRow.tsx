/** One promise on Today: its time on one edge, its words on the other, who it is for, and what can be done now. */
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { DuePromise } from '../../contract/promises.ts'
import { fullMoment, late, Portrait, promiseTitle, relative, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { CoveredFor } from '../sorting/Covering.tsx'
import type { DueActing } from './acting.tsx'

type Props = { row: DueActing; chosen: boolean; choose: (key: string) => void }

/** What is to be done, in the promise's words; where those are automatic, what it is about. */
export function dueWords({ promise, conversation }: DuePromise): string {
  const subject = conversation?.subject || t('today:noSubject')
  if (promise.kind === 'decision') return t('today:words.decide', { words: promise.words })
  if (promise.kind === 'ask') return t('asks:due', { words: promise.words })
  if (promise.kind === 'follow-up') return t('today:words.followUp', { subject })
  if (promise.kind === 'ask-again') return t('today:words.askAgain', { subject })
  if (promise.automatic && promise.kind === 'reply') return t('today:words.answer', { subject })
  if (!promise.words.trim()) return t('today:words.seeTo', { subject })
  return promise.words
}

function asides({ promise, conversation }: DuePromise, short: (moment: string) => string): string[] {
  const said: string[] = []
  if (promise.automatic) said.push(t('today:aside.automatic'))
  else if (
    conversation &&
    promise.words &&
    dueWords({ promise, conversation }) === promise.words &&
    conversation.subject !== promise.words
  )
    said.push(conversation.subject)
  if (promise.by.is === 'team') said.push(t('today:aside.nobody', { team: promise.by.name }))
  if (conversation?.neededBy) said.push(t('today:aside.neededBy', { time: short(conversation.neededBy) }))
  if (conversation?.draft) said.push(t('today:aside.draft', { time: short(conversation.draft) }))
  return said
}

export const DueRow = memo(function DueRow({ row, chosen, choose }: Props) {
  const { due, reply, done, move } = row
  const now = useNow()
  const place = usePlace()
  const { promise, conversation } = due
  const at = Date.parse(promise.dueAt)
  const overdue = at <= now
  const state = overdue ? 'overdue' : promise.state === 'soon' ? 'soon' : 'open'
  const name = conversation?.customer.name ?? promise.to?.name ?? ''
  const followUp = promise.kind === 'follow-up'
  const Icon = overdue ? IconAlertCircle : state === 'soon' ? IconClock : null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: clicking chooses the row as j and k do
    <li
      className="due"
      data-state={state}
      data-focus={chosen || undefined}
      aria-current={chosen || undefined}
      onClick={() => choose(row.key)}
    >
      <span className="when" title={promiseTitle(promise, place)}>
        <time dateTime={promise.dueAt}>
          {Icon && <Icon size={16} stroke={1.6} aria-hidden="true" />}
          {shortMoment(at, now, place)}
        </time>
        <span>{overdue ? late(at, now) : relative(at, now)}</span>
        <span className="sr">{fullMoment(at, place)}</span>
      </span>
      <Portrait name={name} />
      <div className="what">
        <p className="w">
          {conversation ? (
            <Link to="/conversations/$conversationId" params={{ conversationId: conversation.id }} search={{}}>
              {dueWords(due)}
            </Link>
          ) : (
            dueWords(due)
          )}
        </p>
        <p className="from">
          <span className="strong">{name}</span>
          {asides(due, moment => shortMoment(Date.parse(moment), now, place)).map(aside => (
            <span className="x" key={aside}>
              {' · '}
              {aside}
            </span>
          ))}
          {row.of && <CoveredFor personId={row.of} />}
        </p>
      </div>
      <span className="act">
        {conversation && (
          <button type="button" onClick={reply}>
            <kbd>r</kbd>{' '}
            {t(
              followUp ? 'today:act.followUp' : promise.kind === 'ask-again' ? 'today:act.askAgain' : 'today:act.reply',
            )}
          </button>
        )}
        {done && (
          <button type="button" onClick={done}>
            <kbd>d</kbd> {t(promise.kind === 'decision' ? 'today:act.decide' : 'today:act.done')}
          </button>
        )}
        <button type="button" onClick={move}>
          <kbd>z</kbd> {t('today:act.newTime')}
        </button>
      </span>
    </li>
  )
})
