/** The community on a real database: who reads what, what waits for a look, what flags do, and whoever is with us no more. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { communityDesk } from '../../../test/community-desk.ts'
import { audiences } from '../../contract/knowledge.ts'
import {
  beginTopic,
  categoriesFor,
  changeSelf,
  communityExport,
  communitySitemap,
  findTopics,
  flagPost,
  follow,
  likePost,
  readyPost,
  selfOf,
  topicsFor,
  writePost,
} from './index.ts'
import { readableIds } from './reading.ts'
import { readsCategory } from './rules.ts'

const world = await communityDesk()
const { db, pool, act, say, ids, person, as, category, topic, post, longHere, shown, pass } = world
const now = () => world.now()
afterAll(() => world.desk.close())

const everybody = await category()
const nobody = await as(null)
const day = 86_400_000
const one = async (who: Awaited<ReturnType<typeof as>>, number: number) => {
  const found = await shown(who, number)
  if (found?.is !== 'topic') throw new Error(`no topic: ${JSON.stringify(found)}`)
  return found
}

test('what one may not read is nowhere: not in lists, search, counts, addresses, or by its number', async () => {
  const [north, south] = [await world.organisation('North'), await world.organisation('South')]
  const places = Object.fromEntries(
    await Promise.all(
      audiences.map(async audience => [
        audience,
        await category(audience, audience === 'organisation' ? { organisationIds: [north] } : {}),
      ]),
    ),
  )
  const [inNorth, inSouth] = [
    await as(await person('Mere Tūhoe', [north])),
    await as(await person('Aino Mäkelä', [south])),
  ]
  const us = { is: 'inside' as const, personId: ids.lead!, tends: true, settles: true }
  const said = Object.fromEntries(
    await Promise.all(audiences.map(async each => [each, await topic(us, places[each]!, `Quokka ${each}`)])),
  )
  const guards = { public: [], 'signed-in': [], organisation: [north], inside: [] }
  for (const who of [nobody, inNorth, inSouth, us]) {
    const readable = audiences.filter(audience => readsCategory(who, { audience, organisationIds: guards[audience] }))
    const sees = readable.map(each => places[each]).sort()
    const mine = (list: readonly string[]) => list.filter(id => Object.values(places).includes(id)).sort()
    expect(mine(await readableIds(db, who))).toEqual(sees)
    expect(mine((await categoriesFor(db, who, 'en')).map(each => each.id))).toEqual(sees)
    expect(mine((await topicsFor(db, who, 'en')).topics.map(each => each.category.id))).toEqual(sees)
    expect(mine((await findTopics(db, who, { q: 'quokka', language: 'en' })).map(each => each.category.id))).toEqual(
      sees,
    )
    for (const audience of audiences) {
      const found = await shown(who, said[audience]!.number)
      expect(found?.is ?? null, `${who.is} ${audience}`).toBe(readable.includes(audience) ? 'topic' : null)
      if (readable.includes(audience) || who.is === 'anybody') continue
      await expect(post(who, said[audience]!.topicId, 'Let me in')).rejects.toMatchObject({ code: 'absent' })
      await expect(
        act(tx => likePost(tx, who, { postId: said[audience]!.postId, on: true }, now())),
      ).rejects.toMatchObject({ code: 'absent' })
      await expect(act(tx => follow(tx, who, { categoryId: places[audience]! }, 'each', now()))).rejects.toMatchObject({
        code: 'absent',
      })
    }
  }
  expect((await communitySitemap(db, 0)).map(each => each.number)).toEqual([said.public!.number])
  // Switched off nobody outside finds anything; we do.
  const settings = (await say('lead', 'GET', '/community/settings')).body
  expect((await say('lead', 'PUT', '/community/settings', { ...settings, off: true })).status).toBe(200)
  expect(await shown(nobody, said.public!.number)).toBeNull()
  expect(await topicsFor(db, inNorth, 'en')).toEqual({ topics: [], next: null })
  expect((await shown(us, said.public!.number))?.is).toBe('topic')
  await say('lead', 'PUT', '/community/settings', settings)
})

test('first words stand; with a link, or while others of theirs wait, they wait for a look; whoever wrote them sees them', async () => {
  const newcomer = await as(await person('Yusuf Haddad'))
  const plain = await topic(newcomer, everybody, 'Which grinder for two bars?')
  expect(plain.state).toBe('standing')
  const linked = await topic(newcomer, everybody, 'Look at this', 'Buy at https://spam.example/now')
  expect(linked).toMatchObject({ state: 'waiting', waitsFor: 'links' })
  expect(await shown(nobody, linked.number)).toBeNull()
  expect((await one(newcomer, linked.number)).topic.first).toMatchObject({ waitsFor: 'links', author: { mine: true } })
  expect(await findTopics(db, nobody, { q: 'spam.example', language: 'en' })).toEqual([])
  expect(await post(newcomer, plain.topicId, 'One more thing')).toMatchObject({ waitsFor: 'many' })
  expect((await one(nobody, plain.number)).page.posts).toEqual([])
  await expect(post(newcomer, plain.topicId, 'And a fourth')).rejects.toMatchObject({ code: 'too-many-posts' })
  // A teammate looks: it stands, and is found; the other goes as spam, and with it all that waits.
  const { items } = (await say('teammate', 'GET', '/community/queue')).body
  expect(items.map((each: { waitsFor: string }) => each.waitsFor).sort()).toEqual(['links', 'many'])
  expect((await say('colleague', 'GET', '/community/queue')).status).toBe(403)
  await say('teammate', 'POST', `/community/posts/${linked.postId}/settle`, { as: 'stand' })
  expect((await one(nobody, linked.number)).topic.first.html).toContain('spam.example')
  expect(await findTopics(db, nobody, { q: 'spam.example', language: 'en' })).toHaveLength(1)
  await say('teammate', 'POST', `/community/posts/${linked.postId}/settle`, { as: 'spam', because: 'Advertising' })
  expect(await shown(nobody, linked.number)).toEqual({ is: 'removed', by: 'moderator' })
  expect((await say('teammate', 'GET', '/community/queue')).body.items).toEqual([])
  pass(day)
  await expect(post(newcomer, plain.topicId, 'Again')).rejects.toMatchObject({
    code: 'stopped-here',
    facts: { because: 'Advertising' },
  })
  // We were wrong: it stands again, and they may write.
  await say('teammate', 'POST', `/community/posts/${linked.postId}/settle`, { as: 'stand' })
  await say('teammate', 'PUT', `/community/people/${newcomer.is === 'person' ? newcomer.personId : ''}/stopped`, {
    stopped: null,
  })
  expect((await one(nobody, linked.number)).topic.title).toBe('Look at this')
  expect((await post(newcomer, plain.topicId, 'Thank you')).state).toBe('standing')
})

test('pressed twice it is one; the same said again is refused, and by somebody else it waits', async () => {
  const [mine, other] = [await as(await person('Camila Restrepo')), await as(await person('Rui Costa'))]
  const it = await topic(mine, everybody, 'Gaskets', 'Doesn’t a backflush in the middle of service wear the gaskets?')
  const ready = await readyPost({ body: 'Ours started to leak in the month in which we began to do it.' })
  const press = randomUUIDv7()
  const write = (who: typeof mine, how: string) =>
    act(tx => writePost(tx, who, { press: how, topicId: it.topicId, post: ready }, now()))
  const [first, again] = await Promise.all([write(mine, press), write(mine, press)])
  expect(again.postId).toBe(first.postId)
  await expect(write(other, press)).rejects.toMatchObject({ code: 'absent' })
  await expect(write(mine, randomUUIDv7())).rejects.toMatchObject({ code: 'said-already' })
  expect(await write(other, randomUUIDv7())).toMatchObject({ state: 'waiting', waitsFor: 'same' })
  await expect(
    act(tx => writePost(tx, nobody, { press: null, topicId: it.topicId, post: ready }, now())),
  ).rejects.toMatchObject({ code: 'sign-in-to-write' })
})

test('flags of people we know well hide a post until a teammate looks; then no flags hide it again', async () => {
  const writer = await as(await person('Somebody'))
  const it = await topic(writer, everybody, 'Is this fine?')
  const flag = (who: typeof writer) =>
    act(tx => flagPost(tx, who, { postId: it.postId, reason: 'unkind', words: '' }, now()))
  const known = await Promise.all(
    [1, 2, 3, 4].map(async n => {
      const id = await person(`Known ${n}`)
      await longHere(id)
      return as(id)
    }),
  )
  for (let n = 0; n < 5; n++) await flag(await as(await person(`New ${n}`)))
  await flag(known[0]!)
  await flag(known[0]!)
  await flag(known[1]!)
  expect((await one(nobody, it.number)).topic.state).toBe('standing')
  await flag(known[2]!)
  expect(await shown(nobody, it.number)).toBeNull()
  expect((await one(writer, it.number)).topic.state).toBe('hidden')
  const { items } = (await say('lead', 'GET', '/community/queue')).body
  expect(items.find((each: { postId: string }) => each.postId === it.postId).flags).toHaveLength(8)
  await say('lead', 'POST', `/community/posts/${it.postId}/settle`, { as: 'stand' })
  await flag(known[3]!)
  expect((await one(nobody, it.number)).topic.state).toBe('standing')
})

test('whoever leaves is somebody who left; a name is never an address or one of ours; what is theirs they may take along', async () => {
  const id = await person('gone@cafe.example')
  const who = await as(id)
  const it = await topic(who, everybody, 'Who am I?')
  expect((await one(nobody, it.number)).topic.author).toEqual({
    is: 'person',
    name: null,
    from: null,
    mine: false,
    personId: null,
  })
  const self = (shownName: string | null) =>
    act(tx => changeSelf(tx, who, { shownName, from: 'Turku', digest: 'never' }, now()))
  await expect(self('me@cafe.example')).rejects.toMatchObject({ code: 'name-is-address' })
  const { rows } = await pool.query('select name from person where id = $1', [ids.teammate])
  await expect(self(rows[0].name.toUpperCase())).rejects.toMatchObject({ code: 'name-of-ours' })
  await self('Kahvila Lumi')
  await act(tx => follow(tx, who, { topicId: it.topicId }, 'digest', now()))
  expect(await selfOf(db, who, 'en', now())).toMatchObject({
    shownName: 'Kahvila Lumi',
    digest: 'weekly',
    follows: [{ is: 'topic', id: it.topicId }],
  })
  expect(await communityExport(db, id)).toMatchObject({
    posts: [{ text: 'Some words.' }],
    follows: [{ mode: 'digest' }],
  })
  await pool.query('delete from address where person_id = $1', [id])
  await pool.query('delete from person where id = $1', [id])
  expect((await one(nobody, it.number)).topic.author).toMatchObject({ is: 'left', name: null })
})

test('a press begins one topic, also when two come at once', async () => {
  const who = await as(await person('Hasty'))
  const ready = await readyPost({ title: 'Twice?', body: 'Once.' })
  const press = randomUUIDv7()
  const begin = () =>
    act(tx =>
      beginTopic(tx, who, { press, categoryId: everybody, kind: 'question', language: 'en', post: ready }, now()),
    )
  const all = await Promise.all([begin(), begin(), begin()])
  expect(new Set(all.map(each => each.topicId)).size).toBe(1)
})
