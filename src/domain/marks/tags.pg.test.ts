/** Tags over the whole server: found among ten thousand, called one thing once, merged for good, archived and brought back. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markedRoutes } from '../../../test/marks.ts'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestTeam,
} from '../../../test/people.ts'

let desk: TestDesk
let team: TestTeam
let lead: string
let teammate: string
let colleague: string
let owned: string
beforeAll(async () => {
  desk = await aDesk({ more: markedRoutes })
  team = await aTeam(desk, { name: 'Here' })
  const member = async (role: 'lead' | 'teammate' | 'colleague') => aMember(desk, { teams: { [team.id]: role } })
  lead = await cookieOf(desk, await member('lead'))
  teammate = await cookieOf(desk, await member('teammate'))
  const somebody = await member('colleague')
  colleague = await cookieOf(desk, somebody)
  owned = (await aConversation(desk, { team, owner: somebody })).id
})
afterAll(() => desk.close())

const get = (path: string, say: Record<string, string> = {}, cookie = lead) => ask(desk, 'GET', path, say, { cookie })
const post = (path: string, say: unknown, cookie = lead) => ask(desk, 'POST', path, say, { cookie })
const put = (path: string, say: unknown, cookie = lead) => ask(desk, 'PUT', path, say, { cookie })
const make = async (name: string) => (await post('/api/v1/tags', { name })).body.tag as { id: string; name: string }
const tagging = (id: string) => `/api/v1/conversations/${id}/tags`
const events = async (id: string, kind: string) =>
  (await desk.database.pool.query('select * from event where subject_id = $1 and kind = $2 order by seq', [id, kind]))
    .rows

test('among ten thousand tags those that begin so come first, a page at a time, and soon', async () => {
  await desk.database.pool.query(
    `insert into tag (id, name, normal) select gen_random_uuid(), 'Topic ' || n, 'topic ' || n from generate_series(1, 10000) n`,
  )
  await desk.database.pool.query('analyze tag')
  await make('Old topic 77')
  const first = await get('/api/v1/tags', { like: 'TOPIC 77', limit: '3' })
  expect(first.body.tags.map((tag: { name: string }) => tag.name)).toEqual(['Topic 77', 'Topic 770', 'Topic 7700'])
  expect(first.body.exact.name).toBe('Topic 77')
  const seen = new Set<string>()
  let after = ''
  do {
    const page = await get('/api/v1/tags', { like: 'topic 77', limit: '50', ...(after ? { after } : {}) })
    for (const tag of page.body.tags) expect(seen.size < seen.add(tag.name).size, tag.name).toBe(true)
    after = page.body.next ?? ''
  } while (after)
  expect(seen.size).toBe(112)
  expect([...seen].at(-1)).toBe('Old topic 77')
  // The quickest of several: a busy machine slows some, only a bad question slows all.
  const took: number[] = []
  for (let n = 0; n < 20; n++) {
    const began = performance.now()
    await get('/api/v1/tags', { like: `pic 9${n}`, counted: 'true' })
    took.push(performance.now() - began)
  }
  expect(Math.min(...took)).toBeLessThan(100)
  expect((await get('/api/v1/tags', { like: '100%_\\' })).body.tags).toEqual([])
})

test('two that read the same are one: by case, by width, by signs nobody sees', async () => {
  const refund = await make('Refund')
  for (const name of ['refund', 'ＲＥＦＵＮＤ', ' re\u200bfund\u200f ']) {
    const again = await post('/api/v1/tags', { name })
    expect([again.status, again.body.code, again.body.facts]).toMatchObject([
      409,
      'tag-there',
      { tagId: refund.id, name: 'Refund' },
    ])
  }
  const both = await Promise.all(['Gold', 'GOLD'].map(name => post(tagging(owned), { make: [name] }, teammate)))
  expect(both.map(each => each.status)).toEqual([200, 200])
  const { rows } = await desk.database.pool.query(`select * from tag where normal = 'gold'`)
  expect(rows).toHaveLength(1)
})

test('names of emoji and of letters that run the other way are kept; 61 letters or nothing to read are refused', async () => {
  for (const name of ['🚚👩‍👩‍👧', 'شحن سريع', '\u200fשלום\u200e', '😀'.repeat(60)])
    expect((await make(name)).name).toBe(name)
  for (const name of ['x'.repeat(61), '😀'.repeat(61), '\u200f', ' ', '\u202e\u202c'])
    expect((await post('/api/v1/tags', { name })).status, JSON.stringify(name)).toBe(400)
  expect((await make('a\u202eb\nc')).name).toBe('ab c')
})

test('any number is put on and taken off at once; the state, the version and what is owed stay; the log says what changed', async () => {
  const { id } = await aConversation(desk, { team })
  const before = (await get(`/api/v1/conversations/${id}`)).body
  const [one, two] = [await make('One'), await make('Two')]
  const first = await post(tagging(id), { add: [one.id, two.id], make: ['Three', 'one'] }, teammate)
  expect(first.body.tags.map((tag: { name: string }) => tag.name).sort()).toEqual(['One', 'Three', 'Two'])
  await post(tagging(id), { add: [one.id], remove: [two.id] })
  await post(tagging(id), { add: [one.id] })
  const after = (await get(`/api/v1/conversations/${id}`)).body
  expect(after).toMatchObject({ state: before.state, version: before.version, promises: before.promises })
  expect(after.tags.map((tag: { name: string }) => tag.name).sort()).toEqual(['One', 'Three'])
  const told = await events(id, 'conversation.tagged')
  expect(told.map(event => [event.facts.added.length, event.facts.removed])).toEqual([
    [3, []],
    [0, [two.id]],
  ])
  expect(after.happenings.at(-1).facts).toMatchObject({ removedNames: ['Two'] })
  const list = await get('/api/v1/conversations', { view: 'all', limit: '100' })
  expect(list.body.rows.find((row: { id: string }) => row.id === id).tags).toHaveLength(2)
})

test('a colleague tags what they own with what there is, and makes nothing', async () => {
  const there = await make('For colleagues')
  expect((await post(tagging(owned), { add: [there.id] }, colleague)).status).toBe(200)
  expect((await post(tagging(owned), { make: ['for COLLEAGUES'] }, colleague)).status).toBe(200)
  expect((await post(tagging(owned), { make: ['Never seen'] }, colleague)).body.code).toBe('not-yours')
})

test('fifty tags are enough, and unknown ones are absent', async () => {
  const { id } = await aConversation(desk, { team })
  const names = Array.from({ length: 50 }, (_, n) => `Many ${n}`)
  expect((await post(tagging(id), { make: names })).status).toBe(200)
  const more = await post(tagging(id), { make: ['Many 50'] })
  expect([more.status, more.body.code]).toEqual([409, 'too-many-tags'])
  expect((await get('/api/v1/tags', { like: 'Many 50' })).body.tags).toEqual([])
  for (const say of [{ add: [randomUUIDv7()] }, { remove: [randomUUIDv7()] }])
    expect((await post(tagging(id), say)).body.code).toBe('absent')
})

test('a merged tag goes into the other one everywhere, and its name leads there', async () => {
  const [from, into] = [await make('Money back'), await make('Repayment')]
  const [a, b] = [await aConversation(desk, { team }), await aConversation(desk, { team })]
  await post(tagging(a.id), { add: [from.id] })
  await post(tagging(b.id), { add: [from.id, into.id] })
  expect((await post(`/api/v1/tags/${from.id}/merge`, { intoId: from.id })).body.code).toBe('tag-itself')
  expect((await post(`/api/v1/tags/${from.id}/merge`, { intoId: into.id })).body.tag.id).toBe(into.id)
  for (const { id } of [a, b])
    expect((await get(`/api/v1/conversations/${id}`)).body.tags.map((tag: { id: string }) => tag.id)).toEqual([into.id])
  expect((await post(tagging(a.id), { make: ['MONEY BACK'] })).body.tags.map((tag: { id: string }) => tag.id)).toEqual([
    into.id,
  ])
  expect((await get('/api/v1/tags', { like: 'money', archived: 'with' })).body).toMatchObject({ tags: [] })
  expect((await get('/api/v1/tags', { like: 'money back' })).body.exact.id).toBe(into.id)
  expect((await put(`/api/v1/tags/${from.id}`, { name: 'x' })).body.code).toBe('absent')
  // History still calls it what it was.
  expect((await get(`/api/v1/conversations/${a.id}`)).body.happenings.at(-1).facts.addedNames).toEqual(['Money back'])
  // The name that led here may be its name again.
  expect((await put(`/api/v1/tags/${into.id}`, { name: 'Money back' })).body.tag.name).toBe('Money back')
})

test('an archived tag stays where it is, is offered no more, and comes back', async () => {
  const tag = await make('Seasonal')
  const [a, b] = [await aConversation(desk, { team }), await aConversation(desk, { team })]
  await post(tagging(a.id), { add: [tag.id] })
  expect((await put(`/api/v1/tags/${tag.id}`, { archived: true })).status).toBe(200)
  expect((await get('/api/v1/tags', { like: 'seasonal' })).body).toMatchObject({ tags: [], exact: { archived: true } })
  expect((await get(`/api/v1/conversations/${a.id}`)).body.tags).toHaveLength(1)
  expect((await post(tagging(b.id), { add: [tag.id] })).body.code).toBe('absent')
  expect((await post(tagging(b.id), { make: ['seasonal'] })).body.code).toBe('tag-archived')
  expect((await put(`/api/v1/tags/${tag.id}`, { archived: false })).status).toBe(200)
  expect((await post(tagging(b.id), { make: ['seasonal'] })).status).toBe(200)
  const counted = await get('/api/v1/tags', { like: 'seasonal', counted: 'true' })
  expect(counted.body.tags[0].used).toEqual({ count: 2, more: false })
  // Who sees none of the conversations counts none of them.
  const elsewhere = await aTeam(desk, { name: 'Elsewhere' })
  const stranger = await cookieOf(desk, await aMember(desk, { teams: { [elsewhere.id]: 'lead' } }))
  const theirs = await get('/api/v1/tags', { like: 'seasonal', counted: 'true' }, stranger)
  expect(theirs.body.tags[0].used).toEqual({ count: 0, more: false })
})
