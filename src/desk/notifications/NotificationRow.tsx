/** One notification: what happened, about what, when; a click opens it, a button reads or unreads it. */
import {
  IconAlertCircle,
  IconArrowForwardUp,
  IconAt,
  IconBell,
  IconBulb,
  IconClock,
  IconGift,
  IconHeartHandshake,
  IconHelpCircle,
  IconHourglassHigh,
  IconInbox,
  IconListCheck,
  IconMailbox,
  IconMailX,
  IconMessage,
  IconMessage2Plus,
  IconMessageReply,
  IconMessages,
  IconUserCheck,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { NotificationView } from '../../contract/notifications.ts'
import { shortMoment, Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { aboutOf, lineOf, wayTo } from './lines.ts'

const icons: Record<NotificationView['kind'], typeof IconBell> = {
  message: IconMessage,
  given: IconUserCheck,
  mention: IconAt,
  'due-soon': IconClock,
  overdue: IconAlertCircle,
  reminder: IconClock,
  unsent: IconMailX,
  mailbox: IconMailbox,
  verdict: IconHeartHandshake,
  choice: IconListCheck,
  unowned: IconInbox,
  asked: IconHelpCircle,
  'ask-answered': IconHelpCircle,
  'ask-judged': IconHeartHandshake,
  'handed-again': IconArrowForwardUp,
  'goodwill-asked': IconGift,
  'goodwill-decided': IconGift,
  'decision-asked': IconBulb,
  'decision-made': IconBulb,
  'topic-mention': IconAt,
  'topic-answered': IconMessageReply,
  'topic-post': IconMessages,
  'topic-begun': IconMessage2Plus,
  unheeded: IconHourglassHigh,
  test: IconBell,
}

type Props = { it: NotificationView; chosen: boolean; onOpen: () => void; onToggle: () => void; choose: () => void }

export function NotificationRow({ it, chosen, onOpen, onToggle, choose }: Props) {
  const now = useNow()
  const place = usePlace()
  const Icon = icons[it.kind]
  const unread = it.readAt === null
  const about = aboutOf(it)
  return (
    <li
      className="told"
      data-kind={it.kind}
      data-unread={unread || undefined}
      data-focus={chosen || undefined}
      onFocus={choose}
    >
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <div className="what">
        <p className="newsline">
          {unread && <span className="sr">{t('notifications:unread', { count: 1 })}: </span>}
          <Opens it={it} onOpen={onOpen}>
            {lineOf(it, moment => shortMoment(Date.parse(moment), now, place))}
          </Opens>
        </p>
        {about && (
          <p className="small muted cut" dir="auto">
            {about}
          </p>
        )}
        {it.topic && (
          <p className="small muted cut" dir="auto">
            <span className="strong">{it.topic.title}</span> {it.topic.preview}
          </p>
        )}
        {it.conversation && !about && (
          <p className="small muted cut" dir="auto">
            <span className="strong">{it.conversation.subject || t('notifications:noSubject')}</span>{' '}
            {it.conversation.preview}
          </p>
        )}
      </div>
      <Time at={it.at} shown="short" className="small muted" />
      <button
        type="button"
        className="dot"
        aria-pressed={!unread}
        aria-label={t(unread ? 'notifications:markRead' : 'notifications:markUnread')}
        onClick={onToggle}
      >
        <span aria-hidden="true" />
      </button>
    </li>
  )
}

function Opens({ it, onOpen, children }: { it: NotificationView; onOpen: () => void; children: ReactNode }) {
  const way = wayTo(it)
  return way ? (
    <Link {...way} onClick={onOpen}>
      {children}
    </Link>
  ) : (
    <span>{children}</span>
  )
}
