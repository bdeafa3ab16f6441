/** Reading and unreading what one was told of. A mail that would tell of nothing unread any more is held back. */
import type { Tx } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { holdBack } from '../channels/index.ts'
import { type Marked, mailsAllRead, markRead, markUnread } from './tables.ts'

export async function read(tx: Tx, actor: Member, which: Marked, now: Date) {
  const { count, outboxIds } = await markRead(tx, actor.personId, which, now)
  await holdBack(tx, await mailsAllRead(tx, outboxIds), now)
  return { readAt: count > 0 ? now.toISOString() : null, count }
}

export async function unread(tx: Tx, actor: Member, which: { ids: string[] } | { readAt: string }, now: Date) {
  const those = 'ids' in which ? which : { readAt: new Date(which.readAt) }
  return { count: await markUnread(tx, actor.personId, those, now) }
}
