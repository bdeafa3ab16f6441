/** What a teammate decides is taken back whole, as long as nobody looked again; and what one of us says of somebody's trust counts, silently. */
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { communityDesk } from '../../../test/community-desk.ts'
import { stopPerson, trustPerson } from './commands/person.ts'
import { removePost } from './commands/say.ts'
import { settlePost, unsettlePost } from './commands/settle.ts'
import { flagPost, readyPost, topicsFor, writePost } from './index.ts'
import { personHere, queueCount } from './queries/tending.ts'

const world = await communityDesk()
const { db, pool, act, ids, person, as, category, topic, post, pass } = world
const now = () => world.now()
afterAll(() => world.desk.close())

const us = { is: 'inside' as const, personId: ids.lead!, tends: true, settles: true }
const everybody = await category()
const settle = (postId: string, how: 'stand' | 'remove' | 'spam') => {
  pass(60_000)
  return act(tx => settlePost(tx, us, { postId, as: how, because: 'Not here' }, now()))
}
const undo = (postId: string, at: Date) => {
  pass(1000)
  return act(tx => unsettlePost(tx, us, { postId, settledAt: at.toISOString() }, now()))
}
const stateOf = async (id: string) =>
  (await pool.query('select state, waits_for from post where id = $1', [id])).rows[0]
const links = 'See https://one.example and https://two.example'

test('letting stand is taken back: it waits for what it waited for, its flags are open again, and nobody is told twice', async () => {
  const waits = await topic(await as(await person('Nia')), everybody, 'New tamper', links)
  expect(await stateOf(waits.postId)).toEqual({ state: 'waiting', waits_for: 'links' })
  const before = await queueCount(db)
  const first = await settle(waits.postId, 'stand')
  expect((await topicsFor(db, await as(null), 'en')).topics.map(each => each.number)).toContain(waits.number)
  await undo(waits.postId, first)
  expect(await stateOf(waits.postId)).toEqual({ state: 'waiting', waits_for: 'links' })
  expect((await topicsFor(db, await as(null), 'en')).topics.map(each => each.number)).not.toContain(waits.number)
  expect(await queueCount(db)).toBe(before)
  await settle(waits.postId, 'stand')
  const { rows } = await pool.query(
    `select facts->>'fresh' as fresh from event where kind = 'post.settled' and facts->>'postId' = $1 order by seq`,
    [waits.postId],
  )
  expect(rows.map(row => row.fresh)).toEqual(['true', null, 'false'])

  // A flag that was settled by it counts again.
  const flagger = await as(await person('Ola'))
  await act(tx => flagPost(tx, flagger, { postId: waits.postId, reason: 'wrong', words: '' }, now()))
  const flagged = await settle(waits.postId, 'stand')
  expect(await queueCount(db)).toBe(before - 1)
  await undo(waits.postId, flagged)
  expect(await queueCount(db)).toBe(before)
  expect(await stateOf(waits.postId)).toMatchObject({ state: 'standing' })
})

test('spam is taken back with all of theirs that went, and they write again; once somebody looked again nothing is', async () => {
  const spammer = await as(await person('Pax'))
  const place = await topic(us, everybody, 'A place to write')
  const one = await topic(spammer, everybody, 'Buy here', links)
  pass(20 * 60_000)
  const other = await post(spammer, place.topicId, `Also here ${links}`)
  const at = await settle(one.postId, 'spam')
  expect([await stateOf(one.postId), await stateOf(other.postId)].map(row => row.state)).toEqual(['removed', 'removed'])
  const ready = await readyPost({ body: 'One more' })
  const writes = () => act(tx => writePost(tx, spammer, { press: null, topicId: place.topicId, post: ready }, now()))
  await expect(writes()).rejects.toMatchObject({ code: 'stopped-here' })
  await undo(one.postId, at)
  expect([await stateOf(one.postId), await stateOf(other.postId)].map(row => row.state)).toEqual(['waiting', 'waiting'])
  const { rows } = await pool.query('select state, removed_by from topic where id = $1', [one.topicId])
  expect(rows[0]).toEqual({ state: 'waiting', removed_by: null })
  await writes()
  await expect(undo(one.postId, at)).rejects.toMatchObject({ code: 'settled-since' })
  const removed = await settle(other.postId, 'remove')
  const again = await settle(other.postId, 'stand')
  await expect(undo(other.postId, removed)).rejects.toMatchObject({ code: 'settled-since' })
  await undo(other.postId, again)
  expect(await stateOf(other.postId)).toMatchObject({ state: 'removed' })
  // What its author took back meanwhile stays gone.
  const stood = await settle(other.postId, 'stand')
  await act(tx => removePost(tx, spammer, { postId: other.postId }, now()))
  await expect(undo(other.postId, stood)).rejects.toMatchObject({ code: 'settled-since' })
})

test('who is trusted by a teammate does not wait, who is trusted no longer does, and both follow their deeds again', async () => {
  const id = await person('Quin')
  const quin = await as(id)
  const says = (trust: 'trusted' | 'new' | null) => act(tx => trustPerson(tx, us, { personId: id, trust }, now()))
  const place = await topic(us, everybody, 'Another place to write')
  const writes = async (words: string) => {
    pass(20 * 60_000)
    return (await post(quin, place.topicId, `${words} ${links}`)).state
  }
  expect(await writes('First')).toBe('waiting')
  await says('trusted')
  expect(await personHere(db, id, now())).toMatchObject({ trust: 'trusted', said: { trust: 'trusted' } })
  expect(await writes('Second')).toBe('standing')
  await says(null)
  expect(await personHere(db, id, now())).toMatchObject({ trust: 'new', said: null })
  expect(await writes('Third')).toBe('waiting')
  await world.longHere(id)
  expect((await personHere(db, id, now())).trust).toBe('trusted')
  await says('new')
  expect(await writes('Fourth')).toBe('waiting')

  // The audit knows who said it; nothing outside does, and members wait for nobody anyway.
  const { rows } = await pool.query(
    `select actor_id, facts->>'trust' as trust, is_audited(kind) as audited from event where kind = 'community-person.trusted' order by seq`,
  )
  expect(rows.map(row => row.trust)).toEqual(['trusted', 'as-grown', 'new'])
  expect(rows.every(row => row.actor_id === ids.lead && row.audited)).toBe(true)
  expect(JSON.stringify(await world.shown(await as(null), place.number))).not.toContain('trust')
  await expect(act(tx => trustPerson(tx, us, { personId: ids.lead!, trust: 'new' }, now()))).rejects.toMatchObject({
    code: 'one-of-us',
  })
  await expect(act(tx => trustPerson(tx, quin, { personId: id, trust: 'trusted' }, now()))).rejects.toMatchObject({
    code: 'not-yours',
  })
  await act(tx => stopPerson(tx, us, { personId: id, stopped: { until: null, because: 'Pause' } }, now()))
  const { rows: kept } =
    await sql`select from community_person where person_id = ${id}::uuid and trust_said = 'new'`.execute(db)
  expect(kept).toHaveLength(1)
})
