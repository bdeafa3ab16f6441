/** Members hear of the community as of everything else: who is mentioned, answered or follows, once, by the ways they chose, of what stands and what they may read. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMailbox } from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { aToldDesk, type ToldDesk, type Who } from '../../../test/told-desk.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { mailRound } from '../notifications/mailing.ts'
import { settlePost, unsettlePost } from './commands/settle.ts'
import {
  beginTopic,
  changePost,
  communityReader,
  follow,
  readingAs,
  readyPost,
  removePost,
  writePost,
} from './index.ts'

let it: ToldDesk
let place: string
beforeAll(async () => {
  it = await aToldDesk({ now: new Date('2026-11-24T10:00:00Z') })
  await aMailbox(it.desk, it.team)
  place = await category('public')
})
afterAll(() => it.close())
beforeEach(() => it.clean())

const minute = 60_000
const act = <T>(command: (tx: Tx) => Promise<T>) => inTransaction(it.database.db, command)
const now = () => it.clock.now
const inside = (who: Who) => ({ is: 'inside' as const, personId: it[who].personId, tends: true, settles: true })
async function category(audience: string) {
  const id = randomUUIDv7()
  await it.database.pool.query('insert into community_category (id, audience, made_at) values ($1, $2, $3)', [
    id,
    audience,
    now(),
  ])
  return id
}
async function customer(name: string) {
  const id = randomUUIDv7()
  await it.database.pool.query('insert into person (id, name) values ($1, $2)', [id, name])
  return readingAs(it.database.db, id)
}
type As = Awaited<ReturnType<typeof customer>>
async function begin(who: As, title: string) {
  it.later(30 * minute)
  const post = await readyPost({ title, body: `${title}. What do you do?` })
  return act(tx =>
    beginTopic(tx, who, { press: null, categoryId: place, kind: 'question', language: 'en', post }, now()),
  )
}
async function say(who: As, topicId: string, body: string) {
  it.later(30 * minute)
  const post = await readyPost({ body })
  return act(tx => writePost(tx, who, { press: null, topicId, post }, now()))
}
const kindsOf = async (who: Who) => {
  await it.settled()
  return (await it.toldTo(who)).map(({ kind, count }) => [kind, count])
}
const mails = async () => {
  await mailRound({ db: it.database.db, baseUrl: it.baseUrl, clock: now })
  return (await it.database.pool.query('select recipient, content from outbox order by created_at, id')).rows
}

test('a mention says more than an answer, an answer more than a post one follows; each is told once and leads to the topic', async () => {
  const mere = await customer('Mere')
  const one = await begin(inside('ana'), 'How hot is hot')
  await act(tx => follow(tx, inside('ana'), { topicId: one.topicId }, 'each', now()))
  await act(tx => follow(tx, inside('bram'), { topicId: one.topicId }, 'each', now()))
  await say(mere, one.topicId, 'Ninety-three.')
  await say(mere, one.topicId, 'Or ninety-two, @Ana.')
  expect(await kindsOf('ana')).toEqual([
    ['topic-mention', 1],
    ['topic-answered', 1],
  ])
  expect(await kindsOf('bram')).toEqual([['topic-post', 2]])
  const { notifications } = (await it.as('bram')('GET', '/api/v1/notifications')).body
  expect(notifications[0].topic).toEqual({
    ...{ id: one.topicId, title: 'How hot is hot', by: 'Mere', preview: 'Or ninety-two, @Ana.' },
  })
  expect((await it.as('bram')('GET', '/api/v1/notifications/unread')).body.topics).toEqual([one.topicId])

  // Members follow at the desk: no mail of the community comes beside it.
  await readToTheEnd(it.database, communityReader(now))
  expect(await mails()).toEqual([])
  it.later(2 * minute)
  const [mention, ...more] = await mails()
  expect(more).toEqual([])
  expect(mention.content.items).toMatchObject([{ kind: 'topic-mention', actor: 'Mere', number: one.number }])
  expect(mention.content.items[0].link).toBe(new URL(`/community/${one.topicId}`, it.baseUrl).href)
  expect(JSON.stringify(mention.content)).not.toContain('ninety')
  it.later(24 * 60 * minute)
  expect((await mails()).map(mail => mail.content.is)).toEqual(Array(3).fill('notification'))

  // Whoever reads the topic, or answers in it, has no news of it.
  await it.as('ana')('POST', '/api/v1/notifications/read', { topicId: one.topicId })
  expect(await kindsOf('ana')).toEqual([])
  await say(inside('bram'), one.topicId, 'Ninety-two it is.')
  expect(await kindsOf('bram')).toEqual([])
  expect(await kindsOf('ana')).toEqual([['topic-answered', 1]])
})

test('a new topic is told where one follows its category; what waits is told once it stands, and is gone while it does not', async () => {
  await act(tx => follow(tx, inside('ana'), { categoryId: place }, 'each', now()))
  await act(tx => follow(tx, inside('bram'), { categoryId: place }, 'digest', now()))
  const waits = await begin(await customer('Nils'), 'See https://one.example and https://two.example')
  expect(waits.state).toBe('waiting')
  expect(await kindsOf('ana')).toEqual([])
  const settle = () =>
    act(tx => settlePost(tx, inside('bram'), { postId: waits.postId, as: 'stand', because: '' }, now()))
  const at = await settle()
  expect(await kindsOf('ana')).toEqual([['topic-begun', 1]])
  expect(await kindsOf('bram')).toEqual([])
  await act(tx => unsettlePost(tx, inside('bram'), { postId: waits.postId, settledAt: at.toISOString() }, now()))
  expect(await kindsOf('ana')).toEqual([])
  expect(await it.unreadOf('ana')).toBe(0)
  it.later(minute)
  await settle()
  expect(await kindsOf('ana')).toEqual([['topic-begun', 1]])
  await act(tx => follow(tx, inside('ana'), { categoryId: place }, null, now()))
})

test('other words mention nobody twice, one of us also mentions who said nothing there, and nothing that was taken back is told', async () => {
  const one = await begin(inside('bram'), 'Who knows grinders, @Ana?')
  expect(await kindsOf('ana')).toEqual([['topic-mention', 1]])
  const asked = await say(inside('bram'), one.topicId, 'Do you, @Ana?')
  expect(await kindsOf('ana')).toEqual([['topic-mention', 2]])
  await it.as('ana')('POST', '/api/v1/notifications/read', { all: true })
  for (const body of ['Does somebody?', 'Do you, @Ana, after all?']) {
    const post = await readyPost({ body })
    await act(tx => changePost(tx, inside('bram'), { postId: asked.postId, post }, now()))
  }
  expect(await kindsOf('ana')).toEqual([])
  const late = await say(inside('bram'), one.topicId, '@Ana, never mind.')
  expect(await kindsOf('ana')).toEqual([['topic-mention', 1]])
  await act(tx => removePost(tx, inside('bram'), { postId: late.postId }, now()))
  expect(await kindsOf('ana')).toEqual([])
  it.later(2 * minute)
  expect((await mails()).filter(mail => mail.recipient === it.ana.address)).toEqual([])
})

test('who serves in no team any more hears nothing, also of what was told before', async () => {
  const one = await begin(inside('bram'), 'Filters')
  await act(tx => follow(tx, inside('ana'), { topicId: one.topicId }, 'each', now()))
  await say(inside('bram'), one.topicId, 'Paper or cloth?')
  expect(await kindsOf('ana')).toEqual([['topic-post', 1]])
  await it.database.pool.query(`update team_member set role = 'partner' where person_id = $1`, [it.ana.personId])
  try {
    expect(await kindsOf('ana')).toEqual([])
    await say(inside('bram'), one.topicId, 'Cloth, then.')
    await it.settled()
    const { rows } = await it.database.pool.query('select count from notification where person_id = $1', [
      it.ana.personId,
    ])
    expect(rows).toEqual([{ count: 1 }])
  } finally {
    await it.database.pool.query(`update team_member set role = 'teammate' where person_id = $1`, [it.ana.personId])
  }
})
