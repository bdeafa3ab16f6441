/** Refuses requests that change something and come from another site (S13): a browser always says where from. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

export function refuseForeignOrigin(
  request: FastifyRequest,
  baseUrl: URL,
  isOurs: (origin: string) => boolean = () => false,
) {
  // A route that is made for other sites looks by itself from which it is asked.
  if (reading.has(request.method) || request.routeOptions.config?.anyOrigin) return
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw new Refusal('foreign-origin', 403)
  const origin = request.headers.origin
  // Programs without a browser send none, and carry no cookie of ours unless a person gave it to them.
  if (origin === undefined) return
  if (origin === baseUrl.origin || isLoopbackAlias(origin, request)) return
  // At its own host there are only the pages outside: the desk cannot be reached there.
  if (isOurs(origin) && URL.parse(origin)?.host === request.headers.host?.toLowerCase()) return
  throw new Refusal('foreign-origin', 403)
}

/** On one's own machine the same server answers as localhost, 127.0.0.1 and [::1]. */
function isLoopbackAlias(origin: string, request: FastifyRequest): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(from.hostname)
  return loopback && from.host === request.headers.host
}
