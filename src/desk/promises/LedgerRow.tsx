/** One promise in the ledger: its time on one edge; its words, between whom, and what became of it on the other. */
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconClockCheck,
  IconRefresh,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { LedgerRow as Row } from '../../contract/ledger.ts'
import type { PromiseState } from '../../contract/promises.ts'
import { fullMoment, late, Portrait, promiseTitle, relative, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { CoveredFor } from '../sorting/Covering.tsx'
import { dueWords } from '../today/DueRow.tsx'
import { PromiseMenu } from './PromiseMenu.tsx'

const icons: Partial<Record<PromiseState, typeof IconClock>> = {
  soon: IconClock,
  overdue: IconAlertCircle,
  kept: IconCircleCheck,
  'kept-late': IconClockCheck,
  renegotiated: IconRefresh,
  broken: IconCircleX,
  released: IconCircleMinus,
}

type Props = { row: Row; chosen: boolean; choose: () => void }

export function LedgerRow({ row, chosen, choose }: Props) {
  const { promise, conversation } = row
  const now = useNow()
  const place = usePlace()
  const due = Date.parse(promise.dueAt)
  const open = promise.endedAt === null
  const state = open && due <= now ? 'overdue' : promise.state
  const Icon = icons[state]
  const at = promise.endedAt ? Date.parse(promise.endedAt) : due
  const other = conversation?.customer.name ?? promise.to?.name ?? promise.by.name
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: clicking chooses the row as j and k do
    <li
      className="due"
      data-state={state}
      data-focus={chosen || undefined}
      aria-current={chosen || undefined}
      onClick={choose}
    >
      <span className="when" title={promiseTitle(promise, place)}>
        <time dateTime={new Date(at).toISOString()}>
          {Icon && <Icon size={16} stroke={1.6} aria-hidden="true" />}
          {shortMoment(at, now, place)}
        </time>
        <span>
          {open ? (due <= now ? late(due, now) : relative(due, now)) : t(`desk:promise.state.${promise.state}`)}
        </span>
        <span className="sr">{fullMoment(at, place)}</span>
      </span>
      <Portrait name={other} />
      <div className="what">
        <p className="w" dir="auto">
          {conversation ? (
            <Link to="/conversations/$conversationId" params={{ conversationId: conversation.id }} search={{}}>
              {dueWords(row)}
            </Link>
          ) : (
            dueWords(row)
          )}
        </p>
        <p className="from">
          <Between row={row} />
          {asides(row, moment => shortMoment(Date.parse(moment), now, place)).map(aside => (
            <span className="x" key={aside}>
              {' · '}
              {aside}
            </span>
          ))}
          {row.late && conversation?.neededBy && open && (
            <span className="warm">
              {' · '}
              {t('promises:row.needed', { time: shortMoment(Date.parse(conversation.neededBy), now, place) })}
            </span>
          )}
          {open && promise.by.is === 'person' && <CoveredFor personId={promise.by.id} />}
        </p>
      </div>
      <span className="act">
        <PromiseMenu due={row} />
      </span>
    </li>
  )
}

/** "Ana Kovačević to Inês Duarte": each name leads to the promises with that person. */
function Between({ row: { promise, conversation } }: { row: Row }) {
  const to =
    promise.direction === 'theirs'
      ? null
      : promise.direction === 'ours'
        ? (conversation?.customer ?? promise.to)
        : promise.to
  const customerId = promise.direction === 'theirs' ? promise.by.id : conversation?.customer.id
  const nameOf = (one: { id: string; name: string }, of: 'person' | 'customer') => (
    <Link to="/promises" search={{ of, id: one.id, name: one.name }} className="strong">
      <bdi>{one.name}</bdi>
    </Link>
  )
  return (
    <>
      {promise.by.is === 'team' ? (
        <bdi className="strong">{promise.by.name}</bdi>
      ) : (
        nameOf(promise.by, promise.direction === 'theirs' ? 'customer' : 'person')
      )}
      {to && (
        <>
          {' → '}
          {to.id === customerId ? nameOf(to, 'customer') : <bdi className="strong">{to.name}</bdi>}
        </>
      )}
    </>
  )
}

function asides({ promise, conversation }: Row, short: (moment: string) => string): string[] {
  const said: string[] = []
  if (conversation?.subject && promise.words && promise.words !== conversation.subject) said.push(conversation.subject)
  if (!conversation) said.push(t('promises:row.outside'))
  if (promise.automatic) said.push(t('promises:row.automatic'))
  if (promise.remindedAt && !promise.endedAt) said.push(t('promises:row.reminded', { time: short(promise.remindedAt) }))
  if (promise.endedAt) {
    said.push(t('promises:row.due', { time: short(promise.dueAt) }))
    const why = promise.endedWhy && whyWords(promise.endedWhy)
    if (why && promise.state !== 'kept') said.push(t('promises:row.because', { why }))
  }
  return said
}

/** Reasons people chose, and those the course of a conversation gives; what has no words is left out. */
function whyWords(why: string): string {
  for (const part of ['promises:because', 'promises:letGo', 'desk:promise.why']) {
    const words = t(`${part}.${why}`, { defaultValue: '' })
    if (words) return words
  }
  return ''
}
