/** The address live updates come from: server-sent events (WHATWG HTML, 9.2) that resume from a position in the log. */
import type { FastifyInstance } from 'fastify'
import { readPosition } from '../events/index.ts'
import type { Right } from '../http/index.ts'
import { endSoon } from './ending.ts'
import type { Client, Hub, Sight } from './hub.ts'

const heartbeatMs = 15_000
const beatsPerLook = 4
/** A client that does not read gets at most this much ahead of it; then it is let go and resumes. */
const mostWaiting = 1024 * 1024

type Options<A> = {
  hub: Hub
  right: Right<A>
  sight: (actor: A) => Sight
  /** the rights of those who may follow: their answers say where the log stood before */
  rights?: ReadonlySet<string>
  /** for tests, which do not wait so long */
  times?: { heartbeatMs: number; patienceMs: number }
}

export function liveRoute<A>(app: FastifyInstance, options: Options<A>) {
  const { hub, right, rights, times } = options
  if (rights) tellPosition(app, hub, rights)
  app.route({
    method: 'GET',
    url: '/api/v1/live',
    // A HEAD of a stream would never end.
    exposeHeadRoute: false,
    config: { right: right.name },
    handler: async (request, reply) => {
      const first = await right.admit(request)
      const asked = (request.query as { after?: unknown }).after ?? request.headers['last-event-id']
      const after = typeof asked === 'string' ? readPosition(asked) : null
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.write('retry: 1000\n\n')
      let beats = 0
      const beat = setInterval(() => {
        raw.write(':\n\n')
        // A session may end, and an account expire, without anything happening that the log would tell.
        if (++beats % beatsPerLook === 0) void right.admit(request).catch(end)
      }, times?.heartbeatMs ?? heartbeatMs)
      // Nothing is written behind the end: while whoever does not read keeps it from being sent, that would end the process.
      function end() {
        clearInterval(beat)
        endSoon(raw, times?.patienceMs)
      }
      let known: A | null = first
      const client: Client = {
        send(frames) {
          if (raw.destroyed || raw.writableEnded || raw.writableLength > mostWaiting) return false
          raw.write(frames)
          return true
        },
        close: end,
        async sight() {
          // The request that opened the stream speaks for it; whoever lost the right is let go.
          const actor = known ?? (await right.admit(request).catch(() => null))
          known = null
          return actor ? options.sight(actor) : null
        },
      }
      raw.on('close', () => {
        clearInterval(beat)
        hub.leave(client)
      })
      // Left open, it would look alive and tell nothing: its reader comes again.
      await hub.join(client, after).catch(error => {
        request.log.warn({ err: error }, 'a live client could not join')
        hub.leave(client)
        end()
      })
    },
  })
}

/**
 * Who asks first and follows then would miss what happened between, or have to ask everything again: answers tell from
 * where to follow. Taken before anything is read, so that all that stands before it is in the answer.
 */
function tellPosition(app: FastifyInstance, hub: Hub, rights: ReadonlySet<string>) {
  const before = new WeakMap<object, string>()
  app.addHook('onRequest', async request => {
    const { method, routeOptions } = request
    const position = method === 'GET' && rights.has(routeOptions.config?.right ?? '') ? hub.position() : null
    if (position) before.set(request, position)
  })
  app.addHook('onSend', async (request, reply) => {
    const position = before.get(request)
    if (position && reply.statusCode < 300) reply.header('x-pond-position', position)
  })
}
