/**
 * For those who watch over Pond: /livez (this process), /readyz (may requests come?), /metrics (figures for Prometheus).
 * Tells strangers nothing: figures go to this machine, or to whoever has the token.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Pool } from '../db/index.ts'

/** Resolves when all is well; what it throws is told to whoever runs Pond. */
export type Check = { name: string; ask: () => Promise<unknown> }

/** `query` returns one row with a number `value`, or rows with `value` and `label` when `label` names what the label is. */
export type Figure = { name: string; help: string; query: string; label?: string }

export type Health = {
  routes: (app: FastifyInstance) => void
  /** From now on not ready: whoever sends requests here shall look elsewhere. */
  leave: () => void
}

const patience = 3000

export function createHealth(options: {
  pool: Pool
  checks: readonly Check[]
  figures: readonly Figure[]
  /** Without one only this machine itself may read figures. */
  metricsToken: string | undefined
}): Health {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'pond_' })
  for (const figure of options.figures) addFigure(registry, options.pool, figure)
  addPool(registry, options.pool)
  let leaving = false

  return {
    leave: () => {
      leaving = true
    },
    routes(app) {
      const open = { config: { right: 'open' } }
      app.get('/livez', open, async () => ({ alive: true }))
      app.get('/readyz', open, async (_request, reply) => {
        const checks = await Promise.all(options.checks.map(run))
        const ready = !leaving && checks.every(check => check.ok)
        return reply.status(ready ? 200 : 503).send({ ready, leaving, checks })
      })
      app.get('/metrics', open, async (request, reply) => {
        if (!mayRead(request, options.metricsToken)) return reply.callNotFound()
        return reply.type(registry.contentType).send(await registry.metrics())
      })
    },
  }
}

async function run(check: Check): Promise<{ name: string; ok: boolean }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('no answer')), patience)
  })
  try {
    await Promise.race([check.ask(), late])
    return { name: check.name, ok: true }
  } catch {
    // Why is for the log of whoever found it; a stranger learns only which part it is.
    return { name: check.name, ok: false }
  } finally {
    clearTimeout(timer)
  }
}

function addFigure(registry: Registry, pool: Pool, figure: Figure) {
  const labelNames = figure.label ? [figure.label] : []
  new Gauge({
    name: `pond_${figure.name}`,
    help: figure.help,
    labelNames,
    registers: [registry],
    async collect() {
      const { rows } = await pool.query<{ value: number | string | null; label?: string }>(figure.query)
      this.reset()
      for (const row of rows) {
        const value = Number(row.value ?? 0)
        if (figure.label) this.set({ [figure.label]: row.label ?? '' }, value)
        else this.set(value)
      }
    },
  })
}

function addPool(registry: Registry, pool: Pool) {
  new Gauge({
    name: 'pond_database_connections',
    help: 'Connections of this process: all, idle, and requests waiting for one',
    labelNames: ['what'],
    registers: [registry],
    collect() {
      this.set({ what: 'all' }, pool.totalCount)
      this.set({ what: 'idle' }, pool.idleCount)
      this.set({ what: 'waiting' }, pool.waitingCount)
    },
  })
}

const own = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  // A proxy on this machine comes from here, too, with strangers behind it.
  const direct = !request.headers['x-forwarded-for'] && !request.headers.forwarded
  if (token === undefined) return direct && own.has(request.socket.remoteAddress ?? '')
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
