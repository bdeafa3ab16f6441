/** Acting on many at once, and taking it back, on a random day. */
import { expect } from 'vitest'
import type { BulkAct } from '../../src/contract/bulk.ts'
import type { Member } from '../../src/domain/access/index.ts'
import { bulk } from '../../src/domain/conversations/commands/bulk.ts'
import { undoAct } from '../../src/domain/conversations/commands/undo.ts'
import { type Day, desk } from './day.ts'
import { closedQuietly, type Expected, putAway } from './expected.ts'

export const isAway = ({ state }: Expected) => state === 'spam' || state === 'trash'

/** `stops`: what was to be sent later there is not. */
export async function many(day: Day, by: Member, stops: (id: string) => void) {
  const now = desk.clock.now
  const all = [...day.known.values()].filter(({ expected }) => expected.state !== 'merged')
  const chosen = [...new Set([day.chance.pick(all), day.chance.pick(all), day.chance.pick(all)])]
  const what = day.chance.pick<BulkAct>([{ is: 'own' }, { is: 'close', because: 'thanks' }, { is: 'trash' }])
  const before = new Map(chosen.map(each => [each, each.expected]))
  const done = await bulk(desk.db, by, { ids: chosen.map(each => each.id), act: what }, now)
  for (const [at, each] of chosen.entries()) {
    const { expected } = each
    const mine = expected.owner === by.personId
    const refused =
      what.is === 'own'
        ? expected.owner !== null && !mine
          ? 'has-owner'
          : null
        : what.is === 'close' && isAway(expected)
          ? 'put-away'
          : null
    expect([what.is, done.results[at]]).toEqual([what.is, { id: each.id, done: refused === null, code: refused }])
    if (refused) continue
    if (what.is === 'own' && !mine) each.expected = { ...expected, owner: by.personId, version: expected.version + 1 }
    if (what.is === 'close' && expected.state !== 'closed') each.expected = closedQuietly(expected, now.getTime())
    if (what.is === 'trash' && expected.state !== 'trash') each.expected = putAway(expected, 'trash')
    if (what.is !== 'own' && each.expected !== expected) stops(each.id)
  }
  if (done.undo && day.chance.flip()) {
    await undoAct(desk.db, by, done.undo, now)
    for (const [each, was] of before)
      if (each.expected !== was) each.expected = { ...was, version: each.expected.version + 1 }
  }
}
