/** How often the widget may be used, by network and by session, counted in the database for all processes. Many may sit behind one address: theirs are wide, a session's are narrow. */

import { type Db, gatherOn } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { networkOf, secondsForMany } from '../access/index.ts'
import { atTheDoor } from './tables.ts'

const minute = 60_000
type Bucket = { name: string; limit: number; window: number }

export function chatBuckets(ip: string, sessionId = '') {
  const network = networkOf(ip)
  const of = (what: string, who: string, limit: number, window: number): Bucket => ({
    name: `chat-${what}:${who}`,
    limit,
    window,
  })
  return {
    asking: [of('ask', network, 600, 15 * minute)],
    /** a first word makes a person and a conversation */
    beginning: [of('begin', network, 20, 15 * minute), of('day', network, 200, 24 * 60 * minute)],
    saying: [of('say', sessionId, 40, minute)],
    /** to write and to stop is quick, and each is told to the desk */
    doing: [of('doing', sessionId, 120, minute)],
    uploading: [of('file', sessionId, 30, 15 * minute), of('files', network, 200, 15 * minute)],
    naming: [of('name', sessionId, 5, 60 * minute), of('names', network, 40, 60 * minute)],
  }
}

/** Tries of the same moment are counted together: with thousands of chats each would be a commit of its own. */
export async function refuseOften(db: Db, buckets: readonly Bucket[], now: Date): Promise<void> {
  const seconds = await secondsFor(db, { buckets, now })
  if (seconds > 0) throw new Refusal('too-often', 429, { facts: { seconds, minutes: Math.ceil(seconds / 60) } })
}

const secondsFor = gatherOn(async (db: Db, all: { buckets: readonly Bucket[]; now: Date }[]) => {
  const tries = new Map<string, { bucket: Bucket; times: number }>()
  for (const bucket of all.flatMap(each => each.buckets))
    tries.set(bucket.name, { bucket, times: (tries.get(bucket.name)?.times ?? 0) + 1 })
  const told = await secondsForMany(db, tries, all[0]!.now)
  return all.map(each => {
    const waits = each.buckets.map(({ name }) => {
      const of = told.get(name)!
      return --of.free < 0 ? of.seconds : 0
    })
    return Math.max(0, ...waits)
  })
}, atTheDoor)
