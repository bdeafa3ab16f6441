/** What is disguised, wrong or late has one outcome each in a chat: files that are two things, clocks that differ, identities that do not hold. */
import { randomUUIDv7 } from 'node:crypto'
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

let chat: ChatDesk
beforeAll(async () => {
  chat = await aChatDesk()
})
afterAll(() => chat.close())

const script = '<script>alert(1)</script>'
const polyglots = [
  {
    name: 'a.svg',
    type: 'image/svg+xml',
    content: `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`,
  },
  { name: 'a.html', type: 'text/html', content: script },
  { name: 'a.xhtml', type: 'application/xhtml+xml', content: script },
  { name: 'a.xml', type: 'text/xml', content: `<?xml-stylesheet href="data:,"?><x>${script}</x>` },
  { name: 'a.gif', type: 'image/gif', content: `GIF89a/*${script}*/=1;alert(1)` },
  { name: 'a.png', type: 'image/png', content: `\x89PNG\r\n\x1a\n${script}` },
  { name: 'a.pdf', type: 'application/pdf', content: `%PDF-1.4 ${script}` },
  { name: 'a.js', type: 'text/javascript', content: 'alert(1)' },
  { name: 'a".html\r\nx-more: 1', type: 'text/html;charset=utf-7', content: '+ADw-script+AD4-' },
  { name: '../../a.html', type: 'nonsense', content: script },
]

test('a file that is two things runs as neither: it is saved, or drawn as the picture it says to be', async () => {
  const visitor = await aVisitor(chat)
  const ids: string[] = []
  for (const { name, type, content } of polyglots) {
    const form = new FormData()
    form.set('file', new Blob([content], { type }), name)
    const headers = { origin: site, 'x-pond-token': visitor.token }
    const kept = await fetch(`${chat.address}/chat/${chat.key}/files`, { method: 'POST', headers, body: form })
    expect(kept.status, name).toBe(201)
    ids.push(((await kept.json()) as { id: string }).id)
  }
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  const said = await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'Look', files: ids })
  expect(said.statusCode).toBe(200)
  const view = (await asMember(chat.desk, chat.ana, 'GET', `/api/v1/conversations/${visitor.conversationId}`)).json()
  const files = view.messages.at(-1).attachments as { id: string; address: string; name: string }[]
  expect(files).toHaveLength(polyglots.length)
  for (const file of files) {
    const outside = await fetch(`${chat.address}/chat/${chat.key}/files/${file.id}`, {
      method: 'POST',
      headers: { origin: site, 'x-pond-token': visitor.token },
    })
    const inside = await asMember(chat.desk, chat.ana, 'GET', file.address)
    for (const headers of [Object.fromEntries(outside.headers), inside.headers]) {
      const type = String(headers['content-type'])
      const drawn = /^image\/(?:png|gif|jpeg|webp)$/.test(type)
      expect(drawn || type === 'application/octet-stream', `${file.name}: ${type}`).toBe(true)
      expect(String(headers['content-disposition']), file.name).toMatch(drawn ? /^inline;/ : /^attachment;/)
      expect(headers['content-security-policy'], file.name).toMatch(
        /^sandbox; default-src 'none';.* frame-ancestors 'none'$/,
      )
      expect(headers['x-content-type-options'], file.name).toBe('nosniff')
      expect(headers['x-more']).toBeUndefined()
    }
    await outside.arrayBuffer()
    expect(outside.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.name).not.toMatch(/[/\r\n]/)
  }
})

test('when the clock of the house is put back, lines keep their order and nobody counts as gone or late', async () => {
  const visitor = await aVisitor(chat, 'One')
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  const say = (text: string) => visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text })
  const { clock } = chat.desk
  const before = clock.now
  clock.now = new Date(before.getTime() - 3_600_000)
  expect((await say('Two')).statusCode).toBe(200)
  clock.now = new Date(before.getTime() + 60_000)
  expect((await say('Three')).statusCode).toBe(200)
  const stream = await aStream(chat, visitor)
  await stream.until(() => stream.lines.length === 3)
  expect(stream.lines.map(line => [line.seq, line.text])).toEqual([
    [1, 'One'],
    [2, 'Two'],
    [3, 'Three'],
  ])
  expect(stream.standing()?.promise).toMatchObject({ late: false })
  stream.end()
  // The widget sets its clock by ours, whatever the visitor's says.
  expect((await visit(chat, 'hello', {})).json().at).toBe(clock.now.toISOString())
  clock.now = before
})

test('an identity that is wrong, old or not yet believable makes an unnamed visitor, and one that runs out ends what it opened', async () => {
  const address = 'ines@shop.example'
  const seconds = Math.floor(chat.desk.clock.now.getTime() / 1000)
  const wrong = {
    'identity-old': identityOf(chat, { email: address, exp: seconds - 1 }),
    'identity-broken': identityOf(chat, { email: address, exp: seconds + 9 * 86_400 }),
    'identity-altered': `${identityOf(chat, { email: address }).slice(0, -8)}AAAAAAAA`,
  }
  for (const [kind, identity] of Object.entries(wrong)) {
    const hello = (await visit(chat, 'hello', { identity })).json()
    expect(hello, kind).toMatchObject({ person: null, open: [], current: null })
    const begun = await visit(chat, 'say', {
      token: newToken(),
      identity,
      messageId: randomUUIDv7(),
      conversationId: null,
      text: kind,
    })
    expect(begun.statusCode, kind).toBe(200)
    const { channels } = (await asMember(chat.desk, chat.ana, 'GET', '/api/v1/chat-channels')).json()
    expect(channels[0].troubles.map((each: { kind: string }) => each.kind)).toContain(kind)
  }
  const token = newToken()
  const identity = identityOf(chat, { email: address, exp: seconds + 60 })
  const known = await visit(chat, 'say', {
    token,
    identity,
    messageId: randomUUIDv7(),
    conversationId: null,
    text: 'Known',
  })
  expect(known.statusCode).toBe(200)
  const { clock } = chat.desk
  const before = clock.now
  clock.now = new Date(before.getTime() + 61_000)
  const { conversationId } = known.json()
  const after = await visit(chat, 'say', { token, identity, messageId: randomUUIDv7(), conversationId, text: 'Later' })
  expect(after.json().code).toBe('chat-unknown')
  expect((await visit(chat, 'hello', { token, identity })).json()).toMatchObject({ person: null, forget: true })
  clock.now = before
})
