/** Falling due: told once, to those who serve there, within about a second, however many processes look. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aConversation, aDesk, aMember, aTeam, type TestDesk } from '../../../test/people.ts'
import { silentLog } from '../../platform/log/log.ts'
import { fallDue, startClock } from './clock.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

const nudges = { send: () => {} }
const told = async () =>
  (
    await sql<{ subjectId: string; scopes: string[]; facts: { promiseId: string } }>`
      select subject_id, scopes, facts from event where kind = 'promise.fell-due' order by seq`.execute(
      desk.database.db,
    )
  ).rows

test('two who look at the same time tell of each promise once, and never to its customer', async () => {
  const team = await aTeam(desk)
  const owner = await aMember(desk, { teams: { [team.id]: 'teammate' } })
  const made = [
    await aConversation(desk, { team, owner }),
    await aConversation(desk, { team }),
    await aConversation(desk, { team }),
  ]
  const parts = { db: desk.database.db, nudges, clock: () => new Date(desk.clock.now.getTime() + 5 * 3_600_000) }
  expect(await fallDue({ ...parts, clock: () => desk.clock.now })).toBe(0)
  const counted = await Promise.all([fallDue(parts), fallDue(parts), fallDue(parts)])
  expect(counted.reduce((sum, each) => sum + each)).toBe(3)
  expect(await fallDue(parts)).toBe(0)
  const events = await told()
  expect(events.map(each => each.facts.promiseId).sort()).toEqual(made.map(each => each.promiseId).sort())
  const first = events.find(each => each.subjectId === made[0]!.id)!
  expect([...first.scopes].sort()).toEqual([team.id, owner.personId].sort())
})

test('the clock tells of a promise within about a second of its time', async () => {
  const team = await aTeam(desk)
  const { promiseId } = await aConversation(desk, { team })
  await desk.database.db
    .updateTable('promise')
    .set({ dueAt: new Date(Date.now() + 500) })
    .where('id', '=', promiseId)
    .execute()
  const clock = startClock({ db: desk.database.db, log: silentLog(), nudges, clock: () => new Date() })
  await new Promise(resolve => setTimeout(resolve, 2000))
  expect((await told()).some(each => each.facts.promiseId === promiseId)).toBe(true)
  expect(Date.now() - clock.lookedAt()).toBeLessThan(1500)
  await clock.stop()
})
