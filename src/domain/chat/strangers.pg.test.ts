/** What somebody who only says who they are learns in a chat, and how much one session may do: over HTTP on a real database. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aChatDesk, aStream, aVisitor, type ChatDesk, identityOf, newToken, visit } from '../../../test/chat-desk.ts'
import { aConversation } from '../../../test/people.ts'

let chat: ChatDesk
beforeAll(async () => {
  chat = await aChatDesk()
})
afterAll(() => chat.close())

const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(chat.desk.database.db)).rows as T[]

test('who types an address of somebody is told none of their others, nor how it is known; what their mail is answered is not read here', async () => {
  const mail = await aConversation(chat.desk, {
    team: chat.team,
    customer: 'Two@shop.example',
    words: 'The Faro trips',
  })
  await rows(sql`insert into address (id, person_id, kind, written, normal, verified_at)
    select ${randomUUIDv7()}::uuid, customer_id, 'mail', 'private@home.example', 'private@home.example', now() from conversation where id = ${mail.id}`)
  await rows(sql`update address set verified_at = null where normal = 'two@shop.example'`)
  const { token, conversationId } = await aVisitor(chat)
  const given = { token, conversationId, address: 'TWO@shop.example' }
  expect((await visit(chat, 'address', given)).json()).toEqual({ address: 'two@shop.example' })
  const more = await visit(chat, 'say', { token, messageId: randomUUIDv7(), conversationId: null, text: 'And this?' })
  for (const id of [conversationId, more.json().conversationId]) {
    const stream = await aStream(chat, { token, conversationId: id })
    await stream.until(() => stream.standing() !== null)
    expect(stream.standing()?.address).toBe('two@shop.example')
    stream.end()
  }
  const said = (kind: string, words: string, minutes: number) =>
    rows(sql`insert into message (id, conversation_id, kind, at, body_text, author_id, rfc_id, recipients)
      select ${randomUUIDv7()}::uuid, id, ${kind}, ${new Date(chat.desk.clock.now.getTime() + minutes * 60_000)}, ${words}, case when ${kind} = 'message' then customer_id else ${chat.ana.personId}::uuid end,
        ${`${words.length}.${kind}@mail.example`}, ${JSON.stringify(kind === 'message' ? [] : [{ role: 'to', address: 'Two@shop.example', name: '' }])}::jsonb from conversation where id = ${conversationId}`)
  await said('reply', 'The coated set', 1)
  await said('message', 'My card ends in 4242', 2)
  await said('reply', 'Your card 4242 is charged', 3)
  const stream = await aStream(chat, { token, conversationId })
  await stream.until(() => stream.lines.length === 4)
  expect(stream.lines.slice(1).map(line => line.text)).toEqual(['The coated set', null, null])
  stream.end()
})

test('whose conversation it is no more reads on in it no longer', async () => {
  const { token, conversationId } = await aVisitor(chat)
  await visit(chat, 'address', { token, conversationId, address: 'first@shop.example' })
  const [other, identity] = [newToken(), identityOf(chat, { email: 'first@shop.example', name: 'Kim' })]
  expect((await visit(chat, 'open', { token: other, identity, conversationId })).statusCode).toBe(200)
  const stream = await aStream(chat, { token: other, conversationId })
  await stream.until(() => stream.lines.length > 0)
  await expect.poll(() => chat.streams.size()).toBe(1)
  expect((await visit(chat, 'address', { token, conversationId, address: 'second@shop.example' })).statusCode).toBe(200)
  await expect.poll(() => chat.streams.size(), { timeout: 5000 }).toBe(0)
  stream.end()
})

test('a session begins no more conversations than anybody else, and what it does is told to the desk only so often', async () => {
  await rows(sql`delete from throttle`)
  const { token, conversationId } = await aVisitor(chat)
  const begin = () => visit(chat, 'say', { token, messageId: randomUUIDv7(), conversationId: null, text: 'Another' })
  const begun = await Promise.all(Array.from({ length: 24 }, begin))
  expect(begun.filter(each => each.statusCode === 200).length).toBeLessThan(20)
  await rows(sql`delete from throttle`)
  const open: Awaited<ReturnType<typeof aStream>>[] = []
  for (let n = 0; n < 20; n++) open.push(await aStream(chat, { token, conversationId }))
  for (const stream of open) await stream.until(() => stream.lines.length > 0)
  expect((await visit(chat, 'stream', { token, conversationId, after: 0 })).statusCode).toBe(429)
  for (const stream of open) stream.end()
  await visit(chat, 'here', { token, conversationId, doing: 'reading', seen: 1 })
  await rows(sql`update throttle set taken = 119, since = ${chat.desk.clock.now} where bucket like 'chat-doing:%'`)
  const here = (doing: string) => visit(chat, 'here', { token, conversationId, doing, seen: 1 })
  expect((await here('writing')).statusCode).toBe(200)
  await rows(sql`update throttle set taken = 120, since = ${chat.desk.clock.now} where bucket like 'chat-doing:%'`)
  expect((await here('reading')).statusCode).toBe(429)
  await rows(sql`delete from throttle`)
  await expect.poll(() => chat.streams.size()).toBe(0)
})
