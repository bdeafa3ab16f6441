/** Builders for tests of chat: a desk with a channel, visitors with tokens of their own, and streams that are really read. */
import { createHmac, randomBytes, randomUUIDv7 } from 'node:crypto'
import { join } from 'node:path'
import type { ChatFrame, ChatLine, ChatStanding } from '../src/contract/chat.ts'
import { type ChatStreams, chatRoutes } from '../src/domain/chat/index.ts'
import { conversationRoutes } from '../src/domain/conversations/index.ts'
import { openKeys } from '../src/platform/config/keys.ts'
import { startNudges } from '../src/platform/events/index.ts'
import { startHub } from '../src/platform/live/index.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { aDesk, aMailbox, aMember, aTeam, cookieOf, type TestDesk, type TestMember, type TestTeam } from './people.ts'

export const site = 'https://shop.example'
export const newToken = () => randomBytes(32).toString('base64url')

export type ChatDesk = {
  desk: TestDesk
  streams: ChatStreams
  key: string
  channelId: string
  secret: string
  team: TestTeam
  ana: TestMember
  address: string
  close: () => Promise<void>
}

export async function aChatDesk(): Promise<ChatDesk> {
  let streams!: ChatStreams
  const ends: (() => Promise<unknown>)[] = []
  const desk = await aDesk({
    more: it => {
      const { app, database, access, files, baseUrl, folder, clock } = it
      const { db, pool } = database
      const log = silentLog()
      const nudges = startNudges({ url: database.url, pool, log })
      const hub = startHub({ pool, log, nudges })
      ends.push(
        () => hub.stop(),
        () => nudges.stop(),
      )
      const keys = openKeys({ dataDir: folder, key: '00'.repeat(32) })
      conversationRoutes(app, { db, rights: access.rights, files, nudges })
      streams = chatRoutes(app, {
        ...{ db, log, nudges, hub, clock: () => clock.now, files, keys, baseUrl, rights: access.rights },
        script: join(folder, 'none.js'),
      })
    },
  })
  const ana = await aMember(desk, { name: 'Ana Kovačević', administrator: true })
  const team = await aTeam(desk, { name: 'Workshop', fallback: ana })
  await aMailbox(desk, team)
  const about = { name: 'Shop', teamId: team.id, origins: [site] }
  const { channelId } = (await asMember(desk, ana, 'POST', '/api/v1/chat-channels', about)).json()
  const { secret } = (await asMember(desk, ana, 'POST', `/api/v1/chat-channels/${channelId}/secret`, {})).json()
  const { channels } = (await asMember(desk, ana, 'GET', '/api/v1/chat-channels')).json()
  const address = await desk.app.listen({ port: 0, host: '127.0.0.1' })
  return {
    ...{ desk, streams, key: channels[0].key, channelId, secret, team, ana, address },
    async close() {
      await streams.stop()
      // Whoever still holds a line to it is let go: a test is over, however it ended.
      desk.app.server.closeAllConnections()
      for (const end of ends) await end()
      await desk.close()
    },
  }
}

/** As a member asks at the desk. */
export async function asMember(desk: TestDesk, who: TestMember, method: 'GET' | 'POST', url: string, body?: object) {
  const headers = { cookie: await cookieOf(desk, who) }
  return desk.app.inject({ method, url, headers, ...(body ? { payload: body } : {}) })
}

/** As the widget asks, from an origin. */
export function visit(chat: ChatDesk, what: string, body: Record<string, unknown>, origin: string = site) {
  return chat.desk.app.inject({
    method: 'POST',
    url: `/chat/${chat.key}/${what}`,
    headers: { origin, 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  })
}

export type Visitor = { token: string; conversationId: string; first: string }

/** Somebody who has said their first words. */
export async function aVisitor(chat: ChatDesk, text = 'Which burrs for light roasts?'): Promise<Visitor> {
  const [token, messageId] = [newToken(), randomUUIDv7()]
  const said = await visit(chat, 'say', { token, messageId, conversationId: null, text })
  if (said.statusCode !== 200) throw new Error(said.body)
  return { token, conversationId: said.json().conversationId, first: messageId }
}

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
export function identityOf(chat: ChatDesk, payload: Record<string, unknown>): string {
  const exp = Math.floor(chat.desk.clock.now.getTime() / 1000) + 3600
  const signed = `${b64({ alg: 'HS256' })}.${b64({ exp, ...payload })}`
  return `${signed}.${createHmac('sha256', chat.secret).update(signed).digest('base64url')}`
}

/** Reads a stream as it comes; `until` waits for what it shall have brought. */
export async function aStream(chat: ChatDesk, it: { token: string; conversationId: string; after?: number }) {
  const ending = new AbortController()
  const response = await fetch(`${chat.address}/chat/${chat.key}/stream`, {
    method: 'POST',
    headers: { origin: site, 'content-type': 'application/json' },
    body: JSON.stringify({ token: it.token, conversationId: it.conversationId, after: it.after ?? 0 }),
    signal: ending.signal,
  })
  const lines: ChatLine[] = []
  let standing: ChatStanding | null = null
  let wake = () => {}
  void (async () => {
    let rest = ''
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + piece).split('\n')
      rest = parts.pop()!
      for (const part of parts.filter(Boolean)) {
        const frame = JSON.parse(part) as ChatFrame
        if ('line' in frame) lines.push(frame.line)
        else standing = frame.standing
      }
      wake()
    }
  })().catch(() => {})
  return {
    status: response.status,
    lines,
    standing: () => standing,
    async until(good: () => boolean): Promise<void> {
      const late = Date.now() + 8000
      while (!good()) {
        if (Date.now() > late) throw new Error(`never came: ${JSON.stringify({ lines, standing })}`)
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, 200)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
    end: () => ending.abort(),
  }
}
