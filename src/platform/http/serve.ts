/**
 * Serves one endpoint of the contract: the right is asked first, the shape is checked, the handler called, and only
 * what the contract declares goes out. Refuses to serve an endpoint without a right.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Endpoint } from '../../contract/kit.ts'
import { Refusal } from './refusal.ts'

/** Who may: `admit` answers who asks (an actor of the caller's kind), or throws a Refusal. */
export type Right<A> = { name: string; admit: (request: FastifyRequest) => Promise<A> }

export type Asked<A> = { actor: A; now: Date; request: FastifyRequest; reply: FastifyReply }

export type Served = { endpoint: Endpoint; right: string }

/** Every route that was declared, for the matrix test and the API description. */
export type Registry = Served[]

declare module 'fastify' {
  interface FastifyInstance {
    served: Registry
    clock: () => Date
    /** responses that are being made or sent */
    answering: Set<object>
  }
  interface FastifyContextConfig {
    /** the right a route declares; `open` routes (health, assets) say so by name */
    right?: string
    /** pages of other sites ask here, and carry no cookie of ours; the route says which ones may */
    anyOrigin?: boolean
  }
}

export function serve<I extends z.ZodType, O extends z.ZodType, A>(
  app: FastifyInstance,
  endpoint: Endpoint<I, O>,
  right: Right<A>,
  handler: (input: z.output<I>, asked: Asked<A>) => Promise<z.input<O>>,
) {
  app.served.push({ endpoint, right: right.name })
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { right: right.name },
    handler: async (request, reply) => {
      const actor = await right.admit(request)
      const input = checked(endpoint, request)
      const output = await handler(input, { actor, now: app.clock(), request, reply })
      return endpoint.output.parse(output)
    },
  })
}

function checked<I extends z.ZodType>(endpoint: Endpoint<I>, request: FastifyRequest): z.output<I> {
  const params = request.params as Record<string, unknown>
  const rest = (endpoint.method === 'GET' ? request.query : (request.body ?? {})) as Record<string, unknown>
  if (typeof rest !== 'object' || Array.isArray(rest)) throw badShape([{ path: '', says: 'an object is expected' }])
  for (const key of Object.keys(params)) {
    if (Object.hasOwn(rest, key)) throw badShape([{ path: key, says: 'is already said by the path' }])
  }
  const queryBesideBody = endpoint.method === 'GET' ? [] : Object.keys(request.query as object)
  if (queryBesideBody.length > 0) throw badShape(queryBesideBody.map(path => ({ path, says: 'is not known here' })))
  const result = endpoint.input.safeParse({ ...rest, ...params })
  if (result.success) return result.data
  throw badShape(result.error.issues.map(issue => ({ path: issue.path.join('.'), says: issue.message })))
}

function badShape(fields: { path: string; says: string }[]): Refusal {
  return new Refusal('bad-shape', 400, { fields: fields.slice(0, 50) })
}
