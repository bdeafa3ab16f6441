/** What a notification says, and where it leads. Pure, but for the catalogue. */
import type { NotificationView } from '../../contract/notifications.ts'
import { dayOf } from '../../ui/moments.ts'
import { t } from '../../words/catalogue.ts'

export function lineOf(it: NotificationView, short: (moment: string) => string): string {
  const key = it.kind === 'given' && !it.actor ? 'givenNobody' : it.ask ? askKey(it) : it.kind
  const customer = it.conversation?.customer.name ?? ''
  return t(`notifications:line.${key}`, {
    count: it.count,
    who: it.actor?.name ?? customer,
    customer,
    mailbox: it.mailbox?.address ?? '',
    time: it.promise ? short(it.promise.dueAt) : '',
  })
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
