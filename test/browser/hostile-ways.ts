/** The longer ways by which hostile texts come into a house: articles written and imported, and a chat with somebody whose name a site says. */
import { createHmac, randomBytes, randomUUIDv7 } from 'node:crypto'
import yazl from 'yazl'
import type { Page } from './journey.ts'
import { asLine, type Payload, packed, pages, some } from './payloads.ts'
import { port } from './place.ts'

export const headers = { origin: `http://localhost:${port}` }
/** Looked for afterwards, so that what was found is marked. */
export const word = 'zanzibar'
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, of which a few names are read
export type Said = any
export type Ways = {
  say: (method: string, path: string, body?: object, ways?: object) => Promise<Said>
  api: (method: string, path: string, body?: object) => Promise<Said>
  lines: (many: number, most?: number) => string[]
  one: (n: number, most?: number) => string
  parts: Payload[][]
}

/** Where those stand that are published, and the rows of all at the desk. */
export async function aShelf({ say, api, one, parts }: Ways): Promise<{ drafts: Said[]; brought: string[] }> {
  const article = await api('POST', '/articles', {
    language: 'en',
    title: one(80, 120),
    summary: one(81),
    body: `<p>${word}</p>${packed(parts[0]!)}`,
  })
  await api('POST', `/articles/${article.article.id}/texts/en/publish`, {})
  const zip = new yazl.ZipFile()
  for (const [n, part] of parts.entries()) {
    zip.addBuffer(
      Buffer.from(
        `<html><head><title>x</title></head><body><h1>${one(90 + n).replaceAll('<', '&lt;')}</h1><p>${word}</p>${packed(part)}`,
      ),
      `bad/page${n}.html`,
    )
    zip.addBuffer(
      Buffer.from(
        `# ${one(95 + n)}\n\n${word}\n\n${some(part, 60)
          .map(each => asLine(each))
          .join('\n\n')}`,
      ),
      `bad/text${n}.md`,
    )
  }
  zip.addBuffer(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'bad/img/x.svg')
  zip.end()
  const bytes: Buffer[] = []
  for await (const part of zip.outputStream) bytes.push(part as Buffer)
  await say('POST', '/api/v1/articles/import', undefined, {
    multipart: { file: { name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.concat(bytes) } },
  })
  const drafts = (await api('GET', '/articles')).articles as Said[]
  const brought: string[] = []
  for (const draft of drafts.slice(0, 6)) {
    if (draft.id !== article.article.id) await api('POST', `/articles/${draft.id}/texts/en/publish`, {})
    const { editions } = (await api('GET', `/articles/${draft.id}`)).article
    if (editions[0]?.path) brought.push(editions[0].path)
  }
  return { drafts, brought }
}

export async function aTalk({ say, api, lines, one }: Ways, teamId: string) {
  const { channelId } = await api('POST', '/chat-channels', {
    name: one(100, 90),
    teamId,
    origins: [],
    phone: '010 1',
    phoneWords: one(101, 110),
  })
  const { secret } = await api('POST', `/chat-channels/${channelId}/secret`, {})
  const { key } = ((await api('GET', '/chat-channels')).channels as Said[]).find(each => each.id === channelId)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ email: 'chatty@saudade.example', name: one(102, 200), exp: Math.floor(Date.now() / 1000) + 3600 })}`
  const identity = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  const token = randomBytes(32).toString('base64url')
  let chatId: string | null = null
  for (const text of pages(lines(90), 15)) {
    const said: Said = await say('POST', `/chat/${key}/say`, {
      token,
      identity,
      messageId: randomUUIDv7(),
      conversationId: chatId,
      text: text.join('\n').slice(0, 3900),
    })
    chatId = said.conversationId
  }
  const file = await say('POST', `/chat/${key}/files`, undefined, {
    headers: { ...headers, 'x-pond-token': token },
    multipart: {
      file: {
        name: `${one(103, 80).replaceAll('/', '∕')}.svg`,
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      },
    },
  })
  await say('POST', `/chat/${key}/say`, {
    token,
    identity,
    messageId: randomUUIDv7(),
    conversationId: chatId,
    text: one(104),
    files: [file.id],
  })
  await api('POST', `/conversations/${chatId}/chat`, {
    messageId: randomUUIDv7(),
    text: lines(15).join('\n').slice(0, 3900),
  })
  return { chatId, key: key as string, token, identity }
}

export function opensChat(key: string, token: string, identity: string) {
  return async (it: Page) => {
    await it.evaluate(
      ([name, value]) => localStorage.setItem(name!, value!),
      [`pond:${key}`, JSON.stringify({ token })],
    )
    await it.addInitScript(said => Object.assign(window, { pondIdentity: said }), identity)
    await it.reload()
    await it.getByRole('button').first().click()
    await it.getByRole('log').waitFor()
  }
}
