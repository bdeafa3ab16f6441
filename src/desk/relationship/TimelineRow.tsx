/** One thing that happened: when, what, in a line what became of it. Words of people in the book face, ours about them not. */
import {
  IconArrowsJoin,
  IconBuilding,
  IconCircleCheck,
  IconCircleX,
  IconCoffee,
  IconGift,
  IconHeartHandshake,
  IconMessageCircle,
  IconNote,
  IconPhone,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type TimelineEntry, takeBackNote } from '../../contract/relations.ts'
import { dayOf, firstName, fullMoment, type Place, PromiseChip, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { act } from './acting.ts'
import type { Subject } from './queries.ts'

type Props = { entry: TimelineEntry; subject: Subject }

export function TimelineRow({ entry, subject }: Props) {
  const now = useNow()
  const place = usePlace()
  const Icon = iconOf(entry)
  return (
    <div className="tlrow" data-kind={entry.kind}>
      <time className="when" dateTime={entry.at} title={fullMoment(Date.parse(entry.at), place)}>
        {dayWords(Date.parse(entry.at), now, place)}
      </time>
      <Icon className="i" size={18} stroke={1.6} aria-hidden="true" />
      <div className="happened">{bodies[entry.kind](entry, subject, now, place)}</div>
    </div>
  )
}

/** "Today", "18 Nov", "Mar 2019": the day is what one looks for. */
function dayWords(at: number, now: number, place: Place): string {
  const days = dayOf(now, place.zone) - dayOf(at, place.zone)
  if (days === 0) return t('relationship:timeline.today')
  const year = (moment: number) => new Date(moment).getUTCFullYear()
  return new Intl.DateTimeFormat(place.language, {
    timeZone: place.zone,
    ...(days < 300 || year(at) === year(now)
      ? { day: 'numeric', month: 'short' }
      : { month: 'short', year: 'numeric' }),
  }).format(at)
}

function iconOf({ kind, is, promise }: TimelineEntry) {
  switch (kind) {
    case 'conversation':
      return IconMessageCircle
    case 'touch':
      return is === 'call' ? IconPhone : is === 'visit' ? IconCoffee : IconUsers
    case 'promise':
      return promise?.state === 'kept' ? IconCircleCheck : IconCircleX
    case 'verdict':
      return IconHeartHandshake
    case 'note':
      return IconNote
    case 'membership':
      return IconBuilding
    case 'merge':
      return IconArrowsJoin
    case 'goodwill':
      return IconGift
  }
}

type Body = (entry: TimelineEntry, subject: Subject, now: number, place: Place) => ReactNode

const bodies: Record<TimelineEntry['kind'], Body> = {
  conversation: (entry, subject, now, place) => (
    <>
      <p>
        <Matter entry={entry} />
      </p>
      <Aside>{[whoOf(entry, subject), standing(entry, now, place)]}</Aside>
    </>
  ),
  touch: (entry, subject) => (
    <>
      <p>
        {entry.minutes
          ? t(`relationship:touch.${entry.is}For`, { name: entry.by?.name ?? '', count: entry.minutes })
          : t(`relationship:touch.${entry.is}`, { name: entry.by?.name ?? '' })}
      </p>
      {entry.words && (
        <p className="said" dir="auto">
          {entry.words}
        </p>
      )}
      <Aside>{[whoOf(entry, subject)]}</Aside>
    </>
  ),
  promise: (entry, subject) => (
    <>
      {entry.promise && <PromiseChip promise={entry.promise} bare />}
      <Aside>{[whoOf(entry, subject), entry.conversation && <Matter key="matter" entry={entry} />]}</Aside>
    </>
  ),
  verdict: (entry, subject) => (
    <>
      <p>{t(`relationship:verdict.${entry.is in known ? entry.is : 'worked'}`)}</p>
      <Aside>{[whoOf(entry, subject), <Matter key="matter" entry={entry} />]}</Aside>
    </>
  ),
  note: (entry, subject) => (
    <div className="inside">
      <p className="small">{t('relationship:note.from', { name: entry.by?.name ?? '' })}</p>
      <p className="words" dir="auto">
        {entry.words}
      </p>
      {entry.mine && (
        <button
          type="button"
          className="link small"
          onClick={() => void act(subject, takeBackNote, { noteId: entry.id })}
        >
          {t('relationship:note.takeBack')}
        </button>
      )}
    </div>
  ),
  membership: (entry, subject) => (
    <p>
      {t(`relationship:membership.${subject.is === 'person' ? 'to' : 'of'}.${entry.is}`, {
        name: subject.is === 'person' ? named(entry.organisation?.name) : named(entry.person?.name),
        context: entry.words ? 'role' : undefined,
        role: named(entry.words),
      })}
    </p>
  ),
  merge: entry => (
    <p>
      {t(`relationship:merged.${entry.is}`, {
        name: named(entry.person?.name),
        who: entry.by?.name ?? t('relationship:pond'),
      })}
    </p>
  ),
  goodwill: (entry, subject) => (
    <>
      <p dir="auto">{entry.words}</p>
      <Aside>{[whoOf(entry, subject), t(`relationship:goodwill.${entry.is}`, { name: entry.by?.name ?? '' })]}</Aside>
    </>
  ),
}
const known = { worked: true, incomplete: true, wrong: true }
const named = (name: string | undefined) => `\u2068${name ?? ''}\u2069`

function Matter({ entry }: { entry: TimelineEntry }) {
  const { conversation } = entry
  if (!conversation) return null
  return (
    <Link
      to="/conversations/$conversationId"
      params={{ conversationId: String(conversation.number) }}
      search={{}}
      className="matter"
      dir="auto"
    >
      {conversation.subject || t('inbox:noSubject')}
    </Link>
  )
}

/** On an organisation's page: with whom of them. */
const whoOf = (entry: TimelineEntry, subject: Subject) =>
  subject.is === 'organisation' && entry.person ? (
    <Link key="who" to="/people/$personId" params={{ personId: entry.person.id }} search={{}}>
      <bdi>{entry.person.name}</bdi>
    </Link>
  ) : null

function Aside({ children }: { children: ReactNode[] }) {
  const parts = children.filter(Boolean)
  if (parts.length === 0) return null
  return (
    <p className="small muted aside">
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line keep their order
        <span key={at}>{part}</span>
      ))}
    </p>
  )
}

/** "Open, Ana answers by 11:00"; "Answered, and it held". */
function standing({ conversation }: TimelineEntry, now: number, place: Place): string {
  if (!conversation) return ''
  const { state, outcome, dueAt, owner } = conversation
  if (state === 'open' && dueAt)
    return t(owner ? 'relationship:stands.openBy' : 'relationship:stands.open', {
      name: owner ? firstName(owner.name) : '',
      time: shortMoment(Date.parse(dueAt), now, place),
    })
  if (state === 'closed' && (outcome === 'verified' || outcome === 'unverified' || outcome === 'no'))
    return t(`relationship:stands.${outcome}`)
  if (state === 'solved' && outcome === 'no') return t('relationship:stands.no')
  return t(`inbox:state.${state}`)
}
