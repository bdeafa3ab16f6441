/** How long requests take, by route; and which routes were at work a moment ago. Keeps no address and no parameter. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Histogram, type Registry } from 'prom-client'

export function watchRequests(registry: Registry) {
  const seconds = new Histogram({
    name: 'pond_http_request_seconds',
    help: 'How long requests took, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [registry],
  })
  const running = new Map<FastifyRequest, string>()
  const touched = new Set<string>()

  return {
    /** Routes that were at work since this was asked last. */
    since(): string[] {
      const found = [...touched]
      touched.clear()
      for (const route of running.values()) touched.add(route)
      return found
    },
    watch(app: FastifyInstance) {
      app.addHook('onRequest', async request => {
        const route = `${request.method} ${request.routeOptions.url ?? '?'}`
        touched.add(route)
        running.set(request, route)
        request.raw.once('close', () => running.delete(request))
      })
      app.addHook('onResponse', async (request, reply) => {
        running.delete(request)
        // A stream lasts as long as somebody listens: that says nothing about us.
        if (String(reply.raw.getHeader('content-type') ?? '').startsWith('text/event-stream')) return
        const labels = {
          method: request.method,
          route: request.routeOptions.url ?? '?',
          status: String(reply.statusCode),
        }
        seconds.observe(labels, reply.elapsedTime / 1000)
      })
    },
  }
}
