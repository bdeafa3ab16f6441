/**
 * For those who watch over Pond: /livez (this process), /readyz (may requests come?), /metrics (figures for Prometheus).
 * Tells strangers nothing: figures go to this machine, or to whoever has the token. Asking often costs nothing: answers
 * are kept for a moment.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Pool } from '../db/index.ts'
import { absent } from '../http/index.ts'
import type { Log } from '../log/log.ts'
import { addFigure, addPool, askInTurn, type Figure } from './figures.ts'
import { watchLoop } from './loop.ts'
import { watchRequests } from './requests.ts'

/** Resolves when all is well; what it throws is for the log. */
export type Check = { name: string; ask: () => Promise<unknown> }

export type Health = {
  routes: (app: FastifyInstance) => void
  /** From now on not ready: whoever sends requests here shall look elsewhere. */
  leave: () => void
  stop: () => void
}

const patience = 3000
const keptMs = { readiness: 1000, figures: 5000 }

export function createHealth(options: {
  pool: Pool
  log: Log
  checks: readonly Check[]
  figures: readonly Figure[]
  /** Without one only this machine itself may read figures. */
  metricsToken: string | undefined
  /** how long answers are kept, in milliseconds */
  keptMs?: { readiness: number; figures: number }
}): Health {
  const { log } = options
  const ms = options.keptMs ?? keptMs
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'pond_' })
  const ask = askInTurn(options.pool)
  for (const figure of options.figures) addFigure(registry, ask, figure)
  addPool(registry, options.pool)
  const requests = watchRequests(registry)
  const loop = watchLoop({ registry, log, suspects: requests.since })
  let leaving = false
  const checks = kept(ms.readiness, () => Promise.all(options.checks.map(check => run(check, log))))
  const figures = kept(ms.figures, () => registry.metrics())

  return {
    leave: () => {
      leaving = true
    },
    stop: loop.stop,
    routes(app) {
      requests.watch(app)
      const open = { config: { right: 'anyone' } }
      app.get('/livez', open, async () => ({ alive: true }))
      app.get('/readyz', open, async (_request, reply) => {
        const rows = await checks()
        const ready = !leaving && rows.every(check => check.ok)
        reply.header('cache-control', 'no-store')
        return reply.status(ready ? 200 : 503).send({ ready, leaving, checks: rows })
      })
      app.get('/metrics', open, async (request, reply) => {
        if (!mayRead(request, options.metricsToken)) throw absent()
        return reply
          .type(registry.contentType)
          .header('cache-control', 'no-store')
          .send(await figures())
      })
    },
  }
}

/** However many ask at once, it is asked once, and not again for a while. */
function kept<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { answer: Promise<T>; until: number } | null = null
  return () => {
    if (!last || Date.now() >= last.until) last = { answer: ask(), until: Date.now() + ms }
    return last.answer
  }
}

async function run(check: Check, log: Log): Promise<{ name: string; ok: boolean }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('no answer')), patience)
  })
  try {
    await Promise.race([check.ask(), late])
    return { name: check.name, ok: true }
  } catch (error) {
    // Why is for the log; a stranger learns only which part it is.
    log.warn({ err: error, check: check.name }, 'not ready')
    return { name: check.name, ok: false }
  } finally {
    clearTimeout(timer)
  }
}

/** For parts that tell when they last did something: too long ago is a fault. */
export function isRecent(name: string, at: () => number, withinMs: number): Check {
  return {
    name,
    async ask() {
      const ms = Date.now() - at()
      if (ms > withinMs) throw new Error(`nothing for ${Math.round(ms / 1000)} s`)
    },
  }
}

const own = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const forwarding = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  // A proxy on this machine comes from here, too, with strangers behind it.
  const direct = forwarding.every(name => !request.headers[name])
  if (token === undefined) return direct && own.has(request.socket.remoteAddress ?? '')
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
