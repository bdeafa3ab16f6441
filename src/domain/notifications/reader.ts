/**
 * Follows the log and writes who is to be told of what: rows only, with the cursor, so that a crash tells nobody twice and
 * forgets nobody. Sends nothing. Nobody is told of their own acts, nor of what they may not see.
 */
import { builderOn, type Tx } from '../../platform/db/index.ts'
import type { LogEvent, Reader } from '../../platform/events/index.ts'
import { choicesOf } from './choices.ts'
import { newsOf, settledBy } from './news.ts'
import { type ForOne, recipientsOf } from './recipients.ts'
import { goesOut } from './rules.ts'
import { knownCauses, settle, type Told, takeTurn, tell } from './tables.ts'

/** Told stories and imported mail have their times in the past. */
const newsMs = 3 * 86_400_000

export function notificationReader(clock: () => Date): Reader {
  return { name: 'notifications', handle: (client, events) => readNews(builderOn(client), events, clock()) }
}

export async function readNews(tx: Tx, events: readonly LogEvent[], now: Date): Promise<void> {
  const happenings = events.map(({ position, ...event }) => ({ ...event, seq: position.seq }))
  const fresh = happenings.filter(each => now.getTime() - each.at.getTime() < newsMs)
  const news = fresh.flatMap(newsOf)
  const settled = happenings.flatMap(each => settledBy(each).map(settled => ({ settled, at: each.at })))
  if (news.length + settled.length === 0) return
  const found = news.length > 0 ? await recipientsOf(tx, news, now) : []
  await takeTurn(tx, 'reader')
  if (found.length > 0) await tellAll(tx, found, now)
  await settle(tx, settled)
}

async function tellAll(tx: Tx, found: readonly ForOne[], now: Date) {
  const known = await knownCauses(tx, found)
  // Of two reasons to tell somebody of one event the first counts: a mention says more than that somebody wrote.
  const fresh = found.filter(each => {
    const cause = `${each.personId} ${each.seq}`
    return known.has(cause) ? false : known.add(cause)
  })
  const choices = await choicesOf(tx, [...new Set(fresh.map(each => each.personId))])
  const gathered = new Map<string, Told>()
  for (const { seq, ...each } of fresh) {
    const key = `${each.personId} ${each.kind} ${each.aboutId}`
    const before = gathered.get(key)
    if (before) {
      gathered.set(key, {
        ...before,
        messageId: each.messageId,
        postId: each.postId ?? null,
        actorId: each.actorId,
        at: each.at,
        seqs: [...before.seqs, seq],
      })
      continue
    }
    const theirs = choices.get(each.personId)
    if (!theirs) continue
    const ways = goesOut(theirs.choices, each.kind, theirs.zone, now)
    if (!ways.inApp && !ways.mailAt && !ways.pushAt) continue
    const { sample, ...of } = each
    gathered.set(key, { ...of, seqs: [seq], ...ways, ...(sample ? { mailAt: null, pushAt: null } : {}) })
  }
  await tell(tx, [...gathered.values()])
}
