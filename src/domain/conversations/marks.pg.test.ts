/** Fields, priority, following and mentions over the whole server: only what one may see, and nothing that is owed changes. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aCrew } from '../../../test/crew.ts'
import { markedRoutes } from '../../../test/marks.ts'
import { aConversation, type TestMember } from '../../../test/people.ts'

const crew = await aCrew({
  more: markedRoutes,
  teams: { team: 'Here', other: 'Elsewhere' },
  people: {
    lead: { name: 'Ana Kovačević', in: { team: 'lead' } },
    bram: { name: 'Bram de Wit', in: { team: 'teammate' } },
    colleague: { name: 'Cora Smit', in: { team: 'colleague' } },
    stranger: { name: 'Brita Far', in: { other: 'lead' } },
    administrator: { name: 'Dana Boss', administrator: true },
  },
})
const { desk, people } = crew
const { team, other } = crew.teams
afterAll(() => desk.close())

type Who = keyof typeof people
const call = (method: 'GET' | 'POST' | 'PUT', path: string, say: unknown, who: Who = 'lead') =>
  crew.call(who, method, path, say)
const one = async (id: string, who: Who = 'lead') => (await call('GET', `/conversations/${id}`, undefined, who)).body
const addField = async (say: Record<string, unknown>, who: Who = 'administrator') =>
  (await call('POST', '/fields', say, who)).body.field
const inLog = async (id: string, kind: string) =>
  (await desk.database.pool.query('select * from event where subject_id = $1 and kind = $2 order by seq', [id, kind]))
    .rows

test('a field is said, changed and taken out; what does not fit is refused with the reason', async () => {
  const { id } = await aConversation(desk, { team })
  const field = await addField({ name: 'Machine', kind: 'choice', choices: [{ words: 'Faro' }, { words: 'Linea' }] })
  const [faro, linea] = field.choices
  const path = `/conversations/${id}/fields/${field.id}`
  const before = await one(id)
  expect((await call('PUT', path, { value: faro.id }, 'bram')).body).toEqual({ value: faro.id })
  expect((await call('PUT', path, { value: faro.id })).status).toBe(200)
  const bad = await call('PUT', path, { value: 'Faro' })
  expect([bad.status, bad.body.fields]).toEqual([400, [{ path: 'value', says: 'is no choice of this field' }]])
  const after = await one(id)
  expect(after.fields.find((each: { id: string }) => each.id === field.id).value).toBe(faro.id)
  expect(after).toMatchObject({ state: before.state, version: before.version, promises: before.promises })
  // A choice that was taken out of the field stays readable where it was said, and is offered no more.
  await call('PUT', `/fields/${field.id}`, { choices: [{ id: linea.id, words: 'Linea' }] }, 'administrator')
  const kept = (await one(id)).fields.find((each: { id: string }) => each.id === field.id)
  expect(kept).toMatchObject({
    value: faro.id,
    choices: [{ words: 'Linea' }, { id: faro.id, words: 'Faro', archived: true }],
  })
  const another = await aConversation(desk, { team })
  expect((await call('PUT', `/conversations/${another.id}/fields/${field.id}`, { value: faro.id })).status).toBe(400)
  expect((await call('PUT', path, { value: null })).body).toEqual({ value: null })
  expect((await inLog(id, 'conversation.field-set')).map(event => event.facts.cleared)).toEqual([false, true])
  expect((await one(id)).happenings.at(-1).facts.field).toBe('Machine')
})

test('a field of another team is not there: to say, to see, to change', async () => {
  const { id } = await aConversation(desk, { team })
  const theirs = await addField({ name: 'Secret', kind: 'text', teamId: other.id }, 'stranger')
  expect((await one(id)).fields.map((each: { id: string }) => each.id)).not.toContain(theirs.id)
  expect((await call('PUT', `/conversations/${id}/fields/${theirs.id}`, { value: 'x' })).body.code).toBe('absent')
  expect((await call('GET', '/fields', undefined)).text).not.toContain('Secret')
  expect((await call('PUT', `/fields/${theirs.id}`, { name: 'x' })).body.code).toBe('absent')
  expect((await call('POST', '/fields', { name: 'For all', kind: 'text' })).body.code).toBe('not-yours')
  expect((await call('POST', '/fields', { name: 'Theirs', kind: 'text', teamId: other.id })).body.code).toBe(
    'not-yours',
  )
  expect((await call('POST', '/fields', { name: 'Nowhere', kind: 'text', teamId: randomUUIDv7() })).body.code).toBe(
    'absent',
  )
})

test('fields keep the order they are given, and an archived one comes back with what it said', async () => {
  const { id } = await aConversation(desk, { team })
  const add = (name: string) => addField({ name, kind: 'text', teamId: team.id }, 'lead')
  const made = [await add('First'), await add('Second'), await add('Third')] as const
  const [first, second, third] = made
  const mine = async () =>
    (await one(id)).fields
      .filter((each: { id: string }) => made.some(field => field.id === each.id))
      .map((each: { name: string }) => each.name)
  await call('POST', `/fields/${third.id}/move`, { beforeId: first.id })
  expect(await mine()).toEqual(['Third', 'First', 'Second'])
  await call('POST', `/fields/${third.id}/move`, { beforeId: null })
  expect(await mine()).toEqual(['First', 'Second', 'Third'])
  await call('PUT', `/conversations/${id}/fields/${second.id}`, { value: 'kept' })
  await call('PUT', `/fields/${second.id}`, { archived: true })
  expect(await mine()).toEqual(['First', 'Third'])
  expect((await call('PUT', `/conversations/${id}/fields/${second.id}`, { value: 'x' })).body.code).toBe('absent')
  await call('PUT', `/fields/${second.id}`, { archived: false })
  expect((await one(id)).fields.find((each: { id: string }) => each.id === second.id).value).toBe('kept')
  for (const choices of [[], [{ words: 'a' }, { words: 'A' }], [{ id: randomUUIDv7(), words: 'a' }]])
    expect((await call('POST', '/fields', { name: 'x', kind: 'choice', choices, teamId: team.id })).status).toBe(400)
})

test('priority is set and shown in lists; the log knows what it was', async () => {
  const { id } = await aConversation(desk, { team })
  await call('PUT', `/conversations/${id}/priority`, { priority: 2 }, 'bram')
  await call('PUT', `/conversations/${id}/priority`, { priority: 2 })
  await call('PUT', `/conversations/${id}/priority`, { priority: -1 })
  expect((await one(id)).priority).toBe(-1)
  const rows = (await call('GET', '/conversations', { view: 'all', limit: '100' })).body.rows
  expect(rows.find((row: { id: string }) => row.id === id).priority).toBe(-1)
  expect((await inLog(id, 'conversation.prioritised')).map(({ facts }) => [facts.before, facts.priority])).toEqual([
    [0, 2],
    [2, -1],
  ])
  expect((await call('PUT', `/conversations/${id}/priority`, { priority: 3 })).status).toBe(400)
})

test('one follows what one may read, for as long as one may', async () => {
  const { id } = await aConversation(desk, { team, owner: people.colleague })
  for (const who of ['bram', 'colleague'] as const)
    expect((await call('PUT', `/conversations/${id}/follow`, { following: true }, who)).body.following).toBe(true)
  await call('PUT', `/conversations/${id}/follow`, { following: true }, 'bram')
  expect((await one(id)).followers.map((each: { name: string }) => each.name)).toEqual(['Bram de Wit', 'Cora Smit'])
  expect((await one(id, 'bram')).following).toBe(true)
  expect((await call('PUT', `/conversations/${id}/follow`, { following: true }, 'stranger')).body.code).toBe('absent')
  await desk.database.pool.query('update conversation set owner_id = null where id = $1', [id])
  expect((await one(id)).followers.map((each: { name: string }) => each.name)).toEqual(['Bram de Wit'])
  await call('PUT', `/conversations/${id}/follow`, { following: false }, 'bram')
  expect((await inLog(id, 'conversation.followed')).map(({ facts }) => facts.following)).toEqual([true, true, false])
})

const mention = (member: TestMember, label = member.name) => `<span data-mention="${member.personId}">@${label}</span>`
const note = (id: string, body: string, who: Who = 'lead') => call('POST', `/conversations/${id}/notes`, { body }, who)
const mentionsOf = async (who: Who) => (await call('GET', '/mentions', undefined, who)).body.mentions

test('whom a note may mention: who reads it, found by any word of the name', async () => {
  const { id } = await aConversation(desk, { team, owner: people.colleague })
  const found = async (like: string, who: Who = 'lead') =>
    (await call('GET', `/conversations/${id}/mentionable`, { like }, who)).body.people?.map(
      (each: { name: string }) => each.name,
    )
  expect(await found('b')).toEqual(['Bram de Wit'])
  expect(await found('wit')).toEqual(['Bram de Wit'])
  expect((await found('')).slice(0, 1)).toEqual(['Cora Smit'])
  expect(await found('ana')).toEqual([])
  expect(await found('ana', 'bram')).toEqual(['Ana Kovačević'])
  expect(await found('%')).toEqual([])
  expect(await found('b', 'stranger')).toBeUndefined()
})

test('who is mentioned follows, is told once, and has seen it when the conversation was opened', async () => {
  const { id } = await aConversation(desk, { team })
  const posted = await note(
    id,
    `<p>Over to ${mention(people.bram, 'the <b>boss</b>')} and ${mention(people.bram)} and ${mention(people.lead)}</p>`,
  )
  expect(posted.status).toBe(200)
  const view = await one(id)
  expect(view.messages.at(-1).text).toBe('Over to @Bram de Wit and @Bram de Wit and @Ana Kovačević')
  expect(view.messages.at(-1).html).toContain(`<span data-mention="${people.bram.personId}">@Bram de Wit</span>`)
  expect(view.followers.map((each: { name: string }) => each.name)).toEqual(['Bram de Wit'])
  const [told] = await inLog(id, 'message.noted')
  expect(told.facts.mentioned.sort()).toEqual([people.bram.personId, people.lead.personId].sort())
  expect(told.scopes).toContain(people.bram.personId)
  expect(await mentionsOf('lead')).toEqual([])
  const mine = await mentionsOf('bram')
  expect(mine).toMatchObject([
    { messageId: posted.body.messageId, conversation: { id }, by: { name: 'Ana Kovačević' } },
  ])
  // Sight decides now, not when it was written.
  await desk.database.pool.query(`update team_member set role = 'partner' where person_id = $1`, [people.bram.personId])
  expect(await mentionsOf('bram')).toEqual([])
  await desk.database.pool.query(`update team_member set role = 'teammate' where person_id = $1`, [
    people.bram.personId,
  ])
  expect(await mentionsOf('bram')).toHaveLength(1)
  await call('POST', `/conversations/${id}/seen`, { version: view.version }, 'bram')
  expect(await mentionsOf('bram')).toEqual([])
  expect((await inLog(id, 'mention.seen')).map(event => event.scopes)).toEqual([[people.bram.personId]])
  await call('POST', `/conversations/${id}/seen`, { version: view.version }, 'bram')
  expect(await inLog(id, 'mention.seen')).toHaveLength(1)
})

test('somebody who would find nothing there is not mentioned: the note is refused, and says no name but those in it', async () => {
  const { id, customerId } = await aConversation(desk, { team })
  const before = (await one(id)).messages.length
  const customer = { ...people.bram, personId: customerId }
  const refused = await note(
    id,
    `<p>${mention(people.stranger)} ${mention(people.colleague)} ${mention(customer, 'you')}</p>`,
  )
  expect([refused.status, refused.body.code]).toEqual([409, 'mention-sees-not'])
  expect(refused.body.facts.names).toBe('Brita Far, Cora Smit, you')
  expect(refused.text).not.toContain('Customer')
  expect((await one(id)).messages).toHaveLength(before)
  const many = Array.from({ length: 51 }, () => mention({ ...people.bram, personId: randomUUIDv7() })).join('')
  expect((await note(id, `<p>${many}</p>`)).body.code).toBe('too-many-mentions')
})
