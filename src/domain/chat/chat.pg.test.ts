/** Chat over HTTP on a real database: nothing is missed or doubled, visitor A sees nothing of B, and who leaves gets the rest by mail. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  aChatDesk,
  aStream,
  asMember,
  aVisitor,
  type ChatDesk,
  identityOf,
  newToken,
  site,
  visit,
} from '../../../test/chat-desk.ts'
import { aConversation, aMember } from '../../../test/people.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { leave, leaveGone } from './presence.ts'

let chat: ChatDesk
beforeAll(async () => {
  chat = await aChatDesk()
})
afterAll(() => chat.close())

const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(chat.desk.database.db)).rows as T[]
const answer = (conversationId: string, text: string, messageId = randomUUIDv7()) =>
  asMember(chat.desk, chat.ana, 'POST', `/api/v1/conversations/${conversationId}/chat`, { messageId, text })

test('a first word makes a conversation with a told reply promise, and said again finds it', async () => {
  const [token, messageId] = [newToken(), randomUUIDv7()]
  const body = { token, messageId, conversationId: null, text: 'Which burrs\0 for light roasts?' }
  const [one, two] = await Promise.all([visit(chat, 'say', body), visit(chat, 'say', body)])
  expect([one.statusCode, two.statusCode]).toEqual([200, 200])
  const { conversationId } = one.json()
  expect(two.json().conversationId).toBe(conversationId)
  const [stands] = await rows<Record<string, unknown>>(sql`
    select c.channel, c.state, c.subject, p.name like 'Visitor %' as named, (select count(*)::int from message where conversation_id = c.id) as said,
      (select count(*)::int from promise where conversation_id = c.id and ended_at is null and told_at is not null) as told
    from conversation c join person p on p.id = c.customer_id where c.id = ${conversationId}`)
  expect(stands).toEqual({
    channel: 'chat',
    state: 'open',
    subject: 'Which burrs for light roasts?',
    named: true,
    said: 1,
    told: 1,
  })
})

test('both voices come in their order, once each, also to who comes late and who comes back', async () => {
  const visitor = await aVisitor(chat)
  const stream = await aStream(chat, visitor)
  await stream.until(() => stream.lines.length === 1)
  const words = ['One', 'Two', 'Three', 'Four', 'Five']
  await Promise.all(
    words.flatMap(text => [
      visit(chat, 'say', { ...visitor, first: undefined, messageId: randomUUIDv7(), text: `They: ${text}` }),
      answer(visitor.conversationId, `We: ${text}`),
    ]),
  )
  await stream.until(() => stream.lines.length === 11)
  expect(stream.lines.map(line => line.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(new Set(stream.lines.map(line => line.text)).size).toBe(11)
  const back = await aStream(chat, { ...visitor, after: 7 })
  await back.until(() => back.lines.length === 4)
  expect(back.lines).toEqual(stream.lines.slice(7))
  expect(stream.standing()).toMatchObject({ owner: 'Ana Kovačević', over: false, address: null })
  stream.end()
  back.end()
  const again = randomUUIDv7()
  const first = (await answer(visitor.conversationId, 'Once', again)).json()
  expect((await answer(visitor.conversationId, 'Once', again)).json().seq).toBe(first.seq)
})

test('visitor A finds nothing of B, whatever is asked; a notice of ours is never shown', async () => {
  const [a, b] = [await aVisitor(chat, 'Mine'), await aVisitor(chat, 'Theirs')]
  await asMember(chat.desk, chat.ana, 'POST', `/api/v1/conversations/${b.conversationId}/notes`, {
    body: 'Only inside',
    attachments: [],
  })
  const theirs = { token: a.token, conversationId: b.conversationId }
  for (const [what, body] of Object.entries({
    say: { messageId: randomUUIDv7(), text: 'x' },
    stream: { after: 0 },
    here: { doing: 'reading', seen: 1 },
    address: { address: 'a@b.example' },
  }))
    expect((await visit(chat, what, { ...theirs, ...body })).statusCode, what).toBe(404)
  // Another's id says nothing about what it stands for.
  expect((await visit(chat, 'say', { ...a, first: undefined, messageId: b.first, text: 'x' })).statusCode).toBe(409)
  expect(
    (await visit(chat, 'say', { ...theirs, token: newToken(), messageId: randomUUIDv7(), text: 'x' })).statusCode,
  ).toBe(401)
  const stream = await aStream(chat, b)
  await stream.until(() => stream.lines.length > 0)
  expect(JSON.stringify(stream.lines)).not.toContain('Only inside')
  stream.end()
  const outsider = await aMember(chat.desk)
  const there = `/api/v1/conversations/${b.conversationId}/chat`
  expect((await asMember(chat.desk, outsider, 'GET', there)).statusCode).toBe(404)
  expect(
    (await asMember(chat.desk, outsider, 'POST', there, { messageId: randomUUIDv7(), text: 'x' })).statusCode,
  ).toBe(404)
})

test('only sites of the channel are answered, and the settings say who else asked', async () => {
  const foreign = await visit(chat, 'hello', {}, 'https://evil.example')
  expect(foreign.statusCode).toBe(403)
  expect(foreign.json().code).toBe('chat-origin')
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
  const right = await visit(chat, 'hello', {})
  expect(right.headers['access-control-allow-origin']).toBe(site)
  expect(right.headers['access-control-allow-credentials']).toBeUndefined()
  const url = `/chat/${chat.key}/say`
  const asked = await chat.desk.app.inject({ method: 'OPTIONS', url, headers: { origin: site } })
  expect([asked.statusCode, asked.headers['access-control-allow-headers']]).toEqual([204, 'content-type, x-pond-token'])
  const { channels } = (await asMember(chat.desk, chat.ana, 'GET', '/api/v1/chat-channels')).json()
  expect(channels[0].troubles).toMatchObject([{ kind: 'foreign-origin', origin: 'https://evil.example' }])
  expect((await visit(chat, 'hello', { more: 1 })).statusCode).toBe(400)
})

test('who leaves gets by mail what they have not seen, once; and a word of when they are answered where nobody has', async () => {
  const visitor = await aVisitor(chat)
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  expect((await visit(chat, 'address', { ...at, address: 'no address' })).statusCode).toBe(422)
  expect((await visit(chat, 'address', { ...at, address: 'Ines@leaves.example' })).json()).toEqual({
    address: 'ines@leaves.example',
  })
  await answer(visitor.conversationId, 'The coated set.')
  await visit(chat, 'here', { ...at, doing: 'reading', seen: 2 })
  await answer(visitor.conversationId, 'It is back on 3 December.')
  const later = () => new Date(chat.desk.clock.now.getTime() + 120_000)
  await Promise.all([leaveGone(chat.desk.database.db, later()), leaveGone(chat.desk.database.db, later())])
  const mails = () =>
    rows<{ text: string; purpose: string; subject: string }>(sql`
    select m.body_text as text, o.purpose, o.content->>'subject' as subject from outbox o left join message m on m.id = o.message_id where o.conversation_id = ${visitor.conversationId}`)
  expect(await mails()).toEqual([
    { text: 'It is back on 3 December.', purpose: 'reply', subject: 'Your question in the chat' },
  ])
  expect((await answer(visitor.conversationId, 'Too late')).json().code).toBe('chat-left')
  // Back again, they write and leave: nobody has answered, so a mail says by when.
  const back = await aStream(chat, visitor)
  await back.until(() => back.lines.at(-1)?.is === 'left')
  await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'Lovely!' })
  back.end()
  await inTransaction(chat.desk.database.db, tx => leave(tx, visitor.conversationId, chat.desk.clock.now))
  expect((await mails()).map(each => each.purpose).sort()).toEqual(['acknowledgement', 'reply'])
  const [person] = await rows<{ people: number; name: string }>(
    sql`select count(*)::int as people, min(p.name) as name from conversation c join person p on p.id = c.customer_id where c.id = ${visitor.conversationId}`,
  )
  expect(person).toEqual({ people: 1, name: 'Ines@leaves.example' })
})

test('a reply with a next step goes to who has left by mail, and into the chat of who is there', async () => {
  const visitor = await aVisitor(chat)
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  const { version } = (
    await asMember(chat.desk, chat.ana, 'GET', `/api/v1/conversations/${visitor.conversationId}`)
  ).json()
  const followUpAt = new Date(chat.desk.clock.now.getTime() + 7 * 86_400_000).toISOString()
  const reply = { seenVersion: version, body: 'The coated set.', nextStep: { is: 'answered', followUpAt } }
  const said = await asMember(chat.desk, chat.ana, 'POST', `/api/v1/conversations/${visitor.conversationId}/replies`, {
    ...reply,
    recipients: { to: [] },
  })
  expect([said.statusCode, said.json().state]).toEqual([200, 'solved'])
  const stream = await aStream(chat, visitor)
  await stream.until(() => stream.lines.some(line => line.text === 'The coated set.'))
  stream.end()
  expect(await rows(sql`select id from outbox where conversation_id = ${visitor.conversationId}`)).toEqual([])
  // They write again: open again, with the same owner.
  expect((await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'And the screws?' })).statusCode).toBe(200)
  const [stands] = await rows(
    sql`select state, owner_id = ${chat.ana.personId}::uuid as hers from conversation where id = ${visitor.conversationId}`,
  )
  expect(stands).toEqual({ state: 'open', hers: true })
})

test('whom the site signs for is known and reads their own mail conversations; who only says so reads nothing of them', async () => {
  const mail = await aConversation(chat.desk, {
    team: chat.team,
    customer: 'known@shop.example',
    words: 'The Faro trips',
  })
  const identity = identityOf(chat, { email: 'known@shop.example', name: 'Kim' })
  const hello = (await visit(chat, 'hello', { identity })).json()
  expect(hello).toMatchObject({
    person: { address: 'known@shop.example' },
    open: [{ conversationId: mail.id }],
    current: null,
  })
  const token = newToken()
  expect((await visit(chat, 'open', { token, identity, conversationId: mail.id })).statusCode).toBe(200)
  const stream = await aStream(chat, { token, conversationId: mail.id })
  await stream.until(() => stream.lines.length === 1)
  expect(stream.lines[0]).toMatchObject({ mail: true, text: 'Hello.' })
  stream.end()
  // The same token without the signature speaks for nobody.
  expect((await visit(chat, 'hello', { token })).json()).toMatchObject({ forget: true, open: [], current: null })
  const said = { token, messageId: randomUUIDv7(), conversationId: null, text: 'x' }
  expect((await visit(chat, 'say', said)).statusCode).toBe(401)
  // Somebody who types the address is their customer, and sees this conversation alone.
  const stranger = await aVisitor(chat)
  const at = { token: stranger.token, conversationId: stranger.conversationId }
  await visit(chat, 'address', { ...at, address: 'known@shop.example' })
  expect((await visit(chat, 'hello', { token: stranger.token })).json()).toMatchObject({
    open: [],
    current: stranger.conversationId,
  })
  expect((await visit(chat, 'open', { ...at, identity: 'x.y.z', conversationId: mail.id })).statusCode).toBe(404)
  const other = identityOf(chat, { email: 'other@shop.example' })
  expect((await visit(chat, 'open', { token: newToken(), identity: other, conversationId: mail.id })).statusCode).toBe(
    404,
  )
  await visit(chat, 'hello', { identity: 'x.y.z' })
  const old = identityOf(chat, { email: 'known@shop.example', exp: 1 })
  expect((await visit(chat, 'hello', { identity: old })).json()).toMatchObject({ person: null, open: [] })
  const { channels } = (await asMember(chat.desk, chat.ana, 'GET', '/api/v1/chat-channels')).json()
  expect(channels[0].troubles.map((each: { kind: string }) => each.kind)).toEqual(
    expect.arrayContaining(['identity-old', 'identity-broken']),
  )
})

test('what was joined with a mail conversation is not read on by who only says who they are', async () => {
  const mail = await aConversation(chat.desk, { team: chat.team, customer: 'joined@shop.example', words: 'Private' })
  const stranger = await aVisitor(chat)
  const at = { token: stranger.token, conversationId: stranger.conversationId }
  await visit(chat, 'address', { ...at, address: 'joined@shop.example' })
  // As a merge moves messages: into the chat.
  await rows(sql`update message set conversation_id = ${stranger.conversationId} where conversation_id = ${mail.id}`)
  await answer(stranger.conversationId, 'About your private matter')
  const stream = await aStream(chat, stranger)
  await stream.until(() => stream.standing() !== null)
  expect(stream.standing()?.over).toBe(true)
  expect(JSON.stringify(stream.lines)).not.toContain('rivate')
  stream.end()
  const anew = await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'Hello?' })
  expect(anew.json().conversationId).not.toBe(stranger.conversationId)
})

test('files go up and down for their own session alone, and floods are stopped', async () => {
  const [a, b] = [await aVisitor(chat), await aVisitor(chat)]
  const payload = [
    '------x',
    'content-disposition: form-data; name="file"; filename="a.svg"',
    'content-type: image/svg+xml',
    '',
    '<svg onload="x"/>',
    '------x--',
    '',
  ].join('\r\n')
  const headers = { origin: site, 'content-type': 'multipart/form-data; boundary=----x' }
  const url = `/chat/${chat.key}/files`
  expect((await chat.desk.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(401)
  const up = await chat.desk.app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'x-pond-token': a.token },
    payload,
  })
  expect(up.statusCode).toBe(201)
  const say = { token: a.token, conversationId: a.conversationId, text: '', files: [up.json().id] }
  expect(
    (
      await visit(chat, 'say', { ...say, token: b.token, conversationId: b.conversationId, messageId: randomUUIDv7() })
    ).json().code,
  ).toBe('upload-gone')
  expect((await visit(chat, 'say', { ...say, messageId: randomUUIDv7() })).statusCode).toBe(200)
  const down = (token: string) =>
    chat.desk.app.inject({
      method: 'POST',
      url: `${url}/${up.json().id}`,
      headers: { origin: site, 'x-pond-token': token },
    })
  const file = await down(a.token)
  expect([file.statusCode, file.headers['content-type'], file.headers['x-content-type-options']]).toEqual([
    200,
    'application/octet-stream',
    'nosniff',
  ])
  expect((await down(b.token)).statusCode).toBe(404)
  const flood = await Promise.all(
    Array.from({ length: 45 }, () =>
      visit(chat, 'say', { ...say, text: 'spam', files: [], messageId: randomUUIDv7() }),
    ),
  )
  expect(flood.filter(each => each.statusCode === 429).length).toBeGreaterThan(0)
  expect(flood.every(each => each.statusCode === 200 || each.headers['retry-after'] !== undefined)).toBe(true)
})
