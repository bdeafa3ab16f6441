/** One-line pieces of the stream: acknowledgements, handovers, and what happened besides what was said. */
import {
  IconArrowForwardUp,
  IconArrowMerge,
  IconArrowsExchange,
  IconArrowsSplit2,
  IconBell,
  IconCalendar,
  IconCircleCheck,
  IconClockHour4,
  IconClockPause,
  IconClockShare,
  IconEyeOff,
  IconFlag,
  IconForms,
  IconGift,
  IconHeartHandshake,
  IconLink,
  IconListCheck,
  IconMail,
  IconMessagePause,
  IconPoint,
  IconRotate,
  IconShieldX,
  IconTag,
  IconTrash,
  IconUnlink,
  IconUserCheck,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ConversationView, MessageView } from '../../contract/conversations.ts'
import { clock, firstName, fullMoment, PromiseChip, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { whenWords } from '../compose/whenWords.ts'
import { goodwillGaps, goodwillVariant } from '../goodwill/happened.ts'
import { markGaps, markVariant } from '../marks/happened.ts'
import { outsideWords } from '../outside/happened.ts'
import { sortingWords } from '../sorting/happened.ts'
import { structureGaps, structureVariant } from '../structure/happened.ts'
import { undoForward } from './acts.ts'
import { Standing } from './Said.tsx'
import type { Happened } from './streamOrder.ts'

export function Acknowledged({ message, promises }: { message: MessageView; promises: ConversationView['promises'] }) {
  const told = message.promises.length > 0 ? message.promises : promises.filter(({ toldAt }) => toldAt === message.at)
  return (
    <AcknowledgedLine at={message.at} promises={told}>
      <Standing message={message} />
    </AcknowledgedLine>
  )
}

type AcknowledgedProps = {
  at: string
  promises: ConversationView['promises']
  inChat?: boolean
  children?: ReactNode
}

function AcknowledgedLine({ at, promises, inChat = false, children }: AcknowledgedProps) {
  const place = usePlace()
  return (
    <div className="line">
      <IconMail className="i" aria-hidden="true" />
      <div>
        <span title={fullMoment(Date.parse(at), place)}>
          {t(inChat ? 'conversation:toldInChat' : 'conversation:acknowledged', { time: clock(Date.parse(at), place) })}
        </span>
        {promises.map(promise => (
          <PromiseChip key={promise.id} promise={promise} bare />
        ))}
        {children}
      </div>
    </div>
  )
}

const icons: Record<string, typeof IconPoint> = {
  'conversation.handed-over': IconArrowForwardUp,
  'conversation.owned': IconUserCheck,
  'conversation.needed-by-set': IconCalendar,
  'conversation.tagged': IconTag,
  'conversation.field-set': IconForms,
  'conversation.prioritised': IconFlag,
  'conversation.followed': IconBell,
  'conversation.put-away': IconTrash,
  'rule.applied': IconArrowsSplit2,
  'spam.suspected': IconShieldX,
  'conversation.taken-back': IconRotate,
  'conversation.closed': IconCircleCheck,
  'conversation.took-in': IconArrowMerge,
  'conversation.unmerged': IconArrowsSplit2,
  'conversation.split': IconArrowsSplit2,
  'conversation.linked': IconLink,
  'conversation.unlinked': IconUnlink,
  'conversation.moved': IconArrowsExchange,
  'conversation.snoozed': IconClockPause,
  'conversation.act-undone': IconRotate,
  'reply.scheduled': IconClockHour4,
  'reply.rescheduled': IconClockHour4,
  'reply.unscheduled': IconRotate,
  'reply.stopped': IconMessagePause,
  'message.taken-back': IconRotate,
  'promise.renegotiated': IconClockShare,
  'promise.kept': IconCircleCheck,
  'goodwill.granted': IconGift,
  'goodwill.asked': IconGift,
  'goodwill.declined': IconGift,
  'goodwill.withdrawn': IconGift,
  'follow-up.judged': IconHeartHandshake,
  'options.picked': IconListCheck,
  'options.refused': IconListCheck,
  'options.withdrawn': IconListCheck,
}
type Ref = { id?: string; name?: string }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const refOf = (value: unknown): Ref => (typeof value === 'object' && value !== null ? (value as Ref) : {})

type LineProps = { happening: Happened; me: string; view: ConversationView }

export function HappeningLine({ happening, me, view }: LineProps) {
  const place = usePlace()
  const { kind, facts, actor, at } = happening
  const named = namedPromises(facts, view.promises)
  if (kind === 'message.received') return <AcknowledgedLine at={at} promises={named} inChat={facts.chat === true} />
  const Icon = icons[kind] ?? IconPoint
  const you = actor?.id === me
  const byCustomer = facts.by === 'customer' ? firstName(view.customer.name) : t('conversation:pond')
  const name = you ? '' : actor ? firstName(actor.name) : byCustomer
  const voice = you ? 'you' : 'they'
  const due = text(facts.neededBy)
  const gaps: Record<string, unknown> = {
    name,
    to: text(facts.toName),
    when: due && !Number.isNaN(Date.parse(due)) ? whenWords(due, place) : '',
    ...markGaps(kind, facts, place.language),
    ...structureGaps(kind, facts, place),
    ...goodwillGaps(kind, facts, place.language),
    because: text(facts.because) && t(`compose:why.${text(facts.because)}`, { defaultValue: text(facts.because) }),
  }
  // In a chat they said it themselves: the line beside this one tells.
  if (kind === 'conversation.customer-changed' && view.channel === 'chat' && actor === null) return null
  if (kind === 'conversation.handed-over') return <HandedOver {...{ happening, me, voice, name }} />
  const variant =
    kind === 'conversation.owned' && text(facts.ownerId) !== '' && facts.ownerId !== actor?.id
      ? '-given'
      : variantOf(kind, facts)
  const key = `conversation:happened.${kind}${variant}.${voice}`
  const byMember = actor !== null
  const words =
    sortingWords(kind, facts, place.language) ??
    outsideWords({ kind, facts, view, who: name, voice, byMember }) ??
    t(key, { ...gaps, defaultValue: '' })
  if (!words) return null
  return (
    <Line icon={<Icon className="i" aria-hidden="true" />} at={at}>
      <span>
        {words}{' '}
        {named.map(promise => (
          <PromiseChip key={promise.id} promise={promise} bare />
        ))}
        {kind === 'conversation.customer-changed' && facts.taken !== true && view.may.write && (
          <button type="button" className="link" onClick={() => void undoForward(view.id)}>
            {t('conversation:giveBack')}
          </button>
        )}
        {kind === 'follow-up.judged' && text(facts.said) && (
          <>
            {' '}
            <em dir="auto">{t('conversation:quote', { words: text(facts.said) })}</em>
          </>
        )}
      </span>
    </Line>
  )
}

/** The promises an event tells of, as they stand now. */
function namedPromises(facts: Record<string, unknown>, promises: ConversationView['promises']) {
  const ids = [facts.promiseId, ...(Array.isArray(facts.made) ? facts.made.map(idOf) : [])]
  return promises.filter(({ id }) => ids.includes(id))
}
const idOf = (made: unknown) => (typeof made === 'string' ? made : refOf(made).id)

/** Some events say two different things. */
function variantOf(kind: string, facts: Record<string, unknown>): string {
  if (kind === 'conversation.put-away') return facts.as === 'spam' ? '-spam' : '-trash'
  if (kind === 'conversation.begun')
    return facts.channel === 'phone' || facts.is === 'phone' ? '-phone' : facts.imported ? '-imported' : ''
  if (kind === 'conversation.needed-by-set') return text(facts.neededBy) ? '' : '-cleared'
  if (kind === 'follow-up.judged') return `-${text(facts.verdict) || 'worked'}`
  if (kind === 'participant.settled') return facts.as === 'left' ? '-left' : facts.chat === true ? '-chat' : ''
  return structureVariant(kind, facts) || markVariant(kind, facts) || goodwillVariant(kind, facts)
}

type HandedProps = { happening: Happened; me: string; voice: 'you' | 'they'; name: string }

function HandedOver({ happening: { facts, at }, me, voice, name }: HandedProps) {
  const to = refOf(facts.to)
  const toId = text(facts.toId) || text(facts.toMemberId) || to.id
  const toName = text(facts.toName) || to.name || text(facts.teamName) || t('conversation:theTeam')
  const count =
    typeof facts.count === 'number' ? facts.count : typeof facts.handovers === 'number' ? facts.handovers : 1
  const reason = text(facts.reason)
  const introduction = text(facts.introduction) || text(facts.words)
  const summary = text(facts.summary)
  return (
    <div className="line hand">
      <IconArrowForwardUp className="i flips" aria-hidden="true" />
      <div>
        <p>
          <span className="ink">
            {toId === me
              ? t('conversation:handed.toYou', { name })
              : t(`conversation:handed.${voice}`, { name, to: toName })}
          </span>{' '}
          {count === 1 ? t('conversation:handed.first') : t('conversation:handed.count', { count, ordinal: true })}
          {facts.back === true && <strong> {t('conversation:handed.back')}</strong>}
          {reason && <> {t('conversation:handed.reason', { reason })}</>}
          {introduction && (
            <>
              {' '}
              {t('conversation:handed.told')} <em dir="auto">{t('conversation:quote', { words: introduction })}</em>
            </>
          )}
          {summary && (
            <span className="summary">
              <IconEyeOff size={15} stroke={1.6} aria-hidden="true" /> {t('conversation:handed.summary')}{' '}
              <span dir="auto">{summary}</span>
            </span>
          )}
        </p>
        <Time at={at} shown="short" />
      </div>
    </div>
  )
}

function Line({ icon, at, children }: { icon: ReactNode; at: string; children: ReactNode }) {
  return (
    <div className="line">
      {icon}
      <div>
        {children}
        <Time at={at} shown="short" />
      </div>
    </div>
  )
}
