/** What the bell and its page ask, and marking as read: on this screen at once, on all others by the live updates. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import * as contract from '../../contract/notifications.ts'
import { t } from '../../words/catalogue.ts'
import { ask, besides, type Input, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'

export type Kind = contract.NotificationKind

export const unreadQuery = besides(contract.unreadNotifications, {})

export const listOf = (show: 'unread' | 'read', kind: Kind | undefined) =>
  infiniteQueryOptions({
    queryKey: [contract.notifications.path, { show, kind }] as const,
    queryFn: ({ pageParam, signal }) =>
      ask(contract.notifications, { show, kind, ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })

const renewAll = () => renew(cache, contract.notifications, contract.unreadNotifications)

export async function markRead(which: Input<typeof contract.readNotifications>) {
  try {
    return await ask(contract.readNotifications, which)
  } catch (error) {
    noticeFailure(error)
    return null
  } finally {
    renewAll()
  }
}

export async function markUnread(which: Input<typeof contract.unreadAgain>) {
  await ask(contract.unreadAgain, which).catch(noticeFailure)
  renewAll()
}

/** All there are, also those no screen has loaded. */
export async function markAllRead() {
  const marked = await markRead({ all: true })
  const readAt = marked?.readAt
  if (!marked || !readAt) return
  notice({
    title: t('notifications:markedAll', { count: marked.count }),
    onUndo: () => void markUnread({ readAt }),
    until: Date.now() + 10_000,
  })
}
