/**
 * HTTP for the widget on other sites. Asked by POST alone, so that a browser always says from which page; answered for the origins
 * of the channel and no other. No cookie: a token that the widget keeps. What is not one's own is absent.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import * as contract from '../../contract/chat.ts'
import { Id } from '../../contract/kit.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { absent, Refusal, serve } from '../../platform/http/index.ts'
import { endSoon } from '../../platform/live/index.ts'
import { cleanName } from '../../platform/mail/reading/names.ts'
import { nearest } from '../../words/languages.ts'
import { asDownload } from '../conversations/index.ts'
import { giveAddress } from './address.ts'
import { beginTalk } from './begin.ts'
import { hello, openTheirs } from './hello.ts'
import { identityFrom, identityIn, isSigned } from './identity.ts'
import { chatBuckets, refuseOften } from './limits.ts'
import { lineFor, linesAfter } from './lines.ts'
import type { ChatParts } from './parts.ts'
import { doing } from './presence.ts'
import type { Stream } from './streams.ts'
import {
  type Channel,
  channelByKey,
  endSession,
  keepUpload,
  needSeat,
  needSession,
  noteTrouble,
  sessionOf,
} from './tables.ts'

const methods = 'POST'
const mostWaitingBytes = 256 * 1024
/** More windows than one browser has open at a time. */
const mostStreams = 20

export function widgetRoutes(app: FastifyInstance, parts: ChatParts) {
  const { db, rights, nudges, files, say, streams, baseUrl } = parts
  const { anyone } = rights
  const channels = new WeakMap<FastifyRequest, Channel>()
  const channelOf = (request: FastifyRequest) => channels.get(request)!

  void app.register(async scope => {
    scope.addHook('onRoute', route => {
      route.config = { ...route.config, anyOrigin: true }
    })
    scope.addHook('onRequest', async (request, reply) => {
      const { key = '' } = request.params as { key?: string }
      const channel = /^[a-z0-9]{20}$/.test(key) ? await channelByKey(db, key) : null
      if (!channel) throw absent()
      const origin = request.headers.origin ?? ''
      reply.header('vary', 'origin')
      if (!channel.origins.includes(origin) && origin !== baseUrl.origin) {
        if (origin !== '') await noteTrouble(db, channel.id, 'foreign-origin', origin, scope.clock())
        throw new Refusal('chat-origin', 403, { facts: { origin: origin.slice(0, 300) } })
      }
      reply.header('access-control-allow-origin', origin)
      channels.set(request, channel)
    })
    // Its words and the widget's own version change: nothing is kept on the way.
    scope.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'))
    for (const url of ['/chat/:key/:what', '/chat/:key/:what/:id'])
      scope.options(url, { config: { right: anyone.name } }, async (_, reply) =>
        reply
          .header('access-control-allow-methods', methods)
          .header('access-control-allow-headers', 'content-type, x-pond-token')
          .header('access-control-max-age', '7200')
          .status(204)
          .send(),
      )
    serve(scope, contract.chatHello, anyone, async (input, { request, now }) => {
      const channel = channelOf(request)
      await refuseOften(db, chatBuckets(request.ip).asking, now)
      return hello(parts, channel, { ...input, origin: request.headers.origin ?? '' }, now)
    })
    serve(scope, contract.chatSay, anyone, async (input, { request, now }) => {
      const channel = channelOf(request)
      const text = input.text.replaceAll('\0', '').toWellFormed()
      const session = await sessionOf(db, channel, input.token, now)
      if (session) await refuseOften(db, chatBuckets(request.ip, session.id).saying, now)
      if (session && input.conversationId) {
        const { conversationId, messageId, files: ids } = input
        const spoken = await say({ conversationId, messageId, text, files: ids, from: { is: 'customer', session } })
        if ('refused' in spoken) throw spoken.refused
        if (!('anew' in spoken)) return { conversationId, seq: spoken.seq, at: spoken.at.toISOString() }
      } else if (input.conversationId) throw new Refusal('chat-unknown', 401)
      // Whoever has a session already makes a conversation with it, too.
      await refuseOften(db, chatBuckets(request.ip).beginning, now)
      const identity = await identityFrom(parts, channel, input.identity, request.headers.origin ?? '', now)
      const begun = await inTransaction(db, tx =>
        beginTalk(
          tx,
          {
            channel,
            token: input.token,
            identity,
            origin: request.headers.origin ?? '',
            language: input.language ? nearest([input.language]) : null,
            zone: zoneOf(input.zone),
            messageId: input.messageId,
            text,
            files: input.files,
            previousId: input.conversationId,
          },
          now,
        ),
      )
      nudges.send('happened')
      return { ...begun, at: begun.at.toISOString() }
    })
    serve(scope, contract.chatOpen, anyone, async (input, { request, now }) => {
      const channel = channelOf(request)
      const origin = request.headers.origin ?? ''
      await refuseOften(db, chatBuckets(request.ip).asking, now)
      // The hello before this one has told what is wrong with it.
      const identity = identityIn(parts, channel, input.identity, now)
      await inTransaction(db, tx =>
        openTheirs(tx, { ...input, channel, identity: isSigned(identity) ? identity : null, origin }, now),
      )
      return { done: true as const }
    })
    serve(scope, contract.chatAddress, anyone, async (input, { request, now }) => {
      const session = await needSession(db, channelOf(request), input.token, now)
      await refuseOften(db, chatBuckets(request.ip, session.id).naming, now)
      await needSeat(db, session, input.conversationId)
      const done = await inTransaction(db, tx => giveAddress(tx, session, input, now))
      nudges.send('happened')
      return done
    })
    serve(scope, contract.chatForget, anyone, async (input, { request, now }) => {
      const session = await sessionOf(db, channelOf(request), input.token, now)
      if (session) await endSession(db, session.id, now)
      return { done: true as const }
    })
    serve(scope, contract.chatHere, anyone, async (input, { request, now }) => {
      const session = await needSession(db, channelOf(request), input.token, now)
      await refuseOften(db, chatBuckets(request.ip, session.id).doing, now)
      await needSeat(db, session, input.conversationId)
      await inTransaction(db, tx => doing(tx, { ...input, sessionId: session.id }, now))
      nudges.send('happened')
      return { done: true as const }
    })
    serve(scope, contract.chatFind, anyone, async ({ words }, { request, now }) => {
      await refuseOften(db, chatBuckets(request.ip).asking, now)
      const language = nearest([request.headers['accept-language']?.split(',')[0]])
      return { articles: parts.findArticles ? (await parts.findArticles(words, language)).slice(0, 5) : [] }
    })

    scope.post(contract.chatStreamPath, { config: { right: anyone.name } }, async (request, reply) => {
      const asked = contract.ChatStreamAsk.safeParse({ ...(request.body as object), ...(request.params as object) })
      if (!asked.success) throw new Refusal('bad-shape', 400)
      const now = scope.clock()
      await refuseOften(db, chatBuckets(request.ip).asking, now)
      const session = await needSession(db, channelOf(request), asked.data.token, now)
      const seat = await needSeat(db, session, asked.data.conversationId)
      if (streams.held(session.id) >= mostStreams)
        throw new Refusal('too-often', 429, { facts: { seconds: 60, minutes: 1 } })
      const { raw } = reply
      const origin = reply.getHeader('access-control-allow-origin') as string
      reply.hijack()
      raw.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': origin,
        vary: 'origin',
      })
      raw.write('\n')
      const stream: Stream = {
        session,
        conversationId: asked.data.conversationId,
        after: asked.data.after,
        overSeq: seat.overSeq,
        send(text) {
          if (raw.destroyed || raw.writableEnded || raw.writableLength > mostWaitingBytes) return false
          raw.write(text)
          return true
        },
        close: () => endSoon(raw),
      }
      raw.on('close', () => streams.close(stream))
      // Left open, it would look alive and tell nothing: whoever reads it comes again.
      await streams.open(stream).catch(error => {
        request.log.warn({ err: error }, 'a chat could not be opened')
        endSoon(raw)
      })
    })

    scope.post(
      contract.chatUploadPath,
      { config: { right: anyone.name }, bodyLimit: contract.chatFileLimit + 64 * 1024 },
      async (request, reply) => {
        const now = scope.clock()
        const session = await needSession(db, channelOf(request), tokenOf(request), now)
        await refuseOften(db, chatBuckets(request.ip, session.id).uploading, now)
        const part = await request.file({ limits: { fileSize: contract.chatFileLimit } })
        if (!part) throw new Refusal('bad-shape', 400, { fields: [{ path: 'file', says: 'is missing' }] })
        const content = await part.toBuffer()
        if (part.file.truncated) throw new Refusal('too-large', 413)
        const [sha256] = await files.put([content])
        const mediaType = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/i.test(part.mimetype)
          ? part.mimetype.toLowerCase()
          : 'application/octet-stream'
        const it = { sha256: sha256!, bytes: content.length, name: cleanName(part.filename), mediaType }
        const kept = await inTransaction(db, tx => keepUpload(tx, session, it, now))
        return reply.status(201).send({ id: kept.id, name: kept.name, bytes: kept.bytes })
      },
    )
    scope.post(contract.chatFilePath, { config: { right: anyone.name } }, async (request, reply) => {
      const now = scope.clock()
      const session = await needSession(db, channelOf(request), tokenOf(request), now)
      const id = Id.safeParse((request.params as { attachmentId: string }).attachmentId)
      if (!id.success) throw absent()
      const { rows } = await sql<{
        conversationId: string
        seq: number
        sha256: Buffer
        name: string
        mediaType: string
        bytes: number
      }>`
        select l.conversation_id, l.seq, a.sha256, a.name, a.media_type, a.bytes from attachment a join chat_line l on l.message_id = a.message_id
        join chat_seat s on s.conversation_id = l.conversation_id and s.session_id = ${session.id}::uuid and s.over_seq is null where a.id = ${id.data}::uuid limit 1`.execute(
        db,
      )
      const found = rows[0]
      if (!found) throw absent()
      await needSeat(db, session, found.conversationId)
      const { lines } = await linesAfter(db, new Map([[found.conversationId, Number(found.seq) - 1]]), now)
      const line = lines.get(found.conversationId)?.find(each => each.seq === Number(found.seq))
      if (!line || !lineFor(session.known, line)?.files.some(each => each.id === id.data)) throw absent()
      return asDownload(reply, files, { ...found, mediaType: 'application/octet-stream' })
    })
  })
}

/** In a header where the body is a file: never in an address, which proxies write down. */
function tokenOf(request: FastifyRequest): string {
  const token = contract.ChatToken.safeParse(request.headers['x-pond-token'])
  if (!token.success) throw new Refusal('chat-unknown', 401)
  return token.data
}

function zoneOf(zone: string | undefined): string | null {
  try {
    return zone ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone : null
  } catch {
    return null
  }
}
