/** What a notification says, and where it leads. Pure, but for the catalogue. */
import type { LinkProps } from '@tanstack/react-router'
import type { NotificationView } from '../../contract/notifications.ts'
import { dayOf } from '../../ui/moments.ts'
import { t } from '../../words/catalogue.ts'

export function lineOf(it: NotificationView, short: (moment: string) => string): string {
  const key = keyOf(it)
  const of = it.topic ? it.topic.by || t('notifications:somebody') : ''
  const customer = it.conversation?.customer.name ?? it.goodwill?.whom ?? it.promise?.to ?? ''
  return t(`notifications:line.${key}`, {
    count: it.count,
    who: it.topic ? of : (it.actor?.name ?? customer),
    customer,
    mailbox: it.mailbox?.address ?? '',
    time: it.promise ? short(it.promise.dueAt) : '',
  })
}

function keyOf(it: NotificationView): string {
  if (it.kind === 'given' && !it.actor) return 'givenNobody'
  if (it.kind === 'goodwill-decided' && it.goodwill && it.goodwill.state !== 'asked')
    return `goodwill-${it.goodwill.state}`
  if (it.kind === 'decision-made' && it.question?.outcome) return `decision-${it.question.outcome}`
  return it.ask ? askKey(it) : it.kind
}

/** Where it leads: what it is about, by the shortest way. */
export function wayTo(it: NotificationView): LinkProps | null {
  if (it.conversation)
    return { to: '/conversations/$conversationId', params: { conversationId: it.conversation.id }, search: {} }
  if (it.ask) return { to: '/asks/$askId', params: { askId: it.ask.id } }
  if (it.topic) return { to: '/community/$topicId', params: { topicId: it.topic.id } }
  if (it.goodwill) return { to: '/goodwill', search: {} }
  if (it.question) return { to: '/asked-again', search: {} }
  if (it.promise) return { to: '/', search: {} }
  return it.mailbox ? { to: '/settings/health' } : null
}

/** What it says below its line: of what it is. */
export function aboutOf(it: NotificationView): string {
  return it.ask?.words ?? it.goodwill?.what ?? it.question?.words ?? (it.conversation ? '' : (it.promise?.words ?? ''))
}

/** What came of an answer: thanks are from somebody, a verdict is the customer's. */
function askKey({ kind, ask, actor }: NotificationView): string {
  if (kind === 'unsent') return 'unsentAsk'
  return kind === 'ask-judged' ? `ask-judged-${actor ? 'thanked' : (ask?.verdict ?? 'thanked')}` : kind
}

export type Group = { is: 'today' | 'earlier' | 'read'; of: NotificationView[] }

/** Unread ones first, today's apart from those before; then what was read. */
export function grouped(
  unread: readonly NotificationView[],
  read: readonly NotificationView[],
  now: number,
  zone: string,
): Group[] {
  const today = dayOf(now, zone)
  const isToday = (it: NotificationView) => dayOf(Date.parse(it.at), zone) === today
  const groups: Group[] = [
    { is: 'today', of: unread.filter(isToday) },
    { is: 'earlier', of: unread.filter(it => !isToday(it)) },
    { is: 'read', of: [...read] },
  ]
  return groups.filter(({ of }) => of.length > 0)
}
