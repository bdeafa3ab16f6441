/**
 * The HTTP server of every process: headers that keep browsers honest, problem+json for whatever goes wrong, and a
 * declared right on every route. Knows no desk word.
 */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Problem } from '../../contract/kit.ts'
import type { Log } from '../log/log.ts'
import { refuseForeignOrigin } from './origin.ts'
import { absent, Refusal } from './refusal.ts'
import { makeSmaller } from './smaller.ts'

export type HttpOptions = {
  log: Log
  baseUrl: URL
  /** addresses of proxies whose X-Forwarded-* we believe */
  trustedProxies: string[]
  /** pages that have a host of their own: which path is meant there, and whether forms may come from it */
  hosts?: { rewrite: (host: string | undefined, url: string) => string; isOurs: (origin: string) => boolean }
  clock?: () => Date
  /** the sentence for a refusal, in the language of who asks */
  sentence: (
    code: string,
    facts: Record<string, unknown>,
    language: string | undefined,
  ) => { title: string; detail: string }
}

const largestBody = 4 * 1024 * 1024
/** The largest file over a slow line takes minutes; who sends longer keeps a place from others. */
const longestRequest = 15 * 60_000

export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    requestTimeout: longestRequest,
    trustProxy: options.trustedProxies.length > 0 ? options.trustedProxies : false,
    requestIdHeader: false,
    rewriteUrl: ({ headers, url = '/' }) => options.hosts?.rewrite(headers.host, url) ?? url,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    // An address that cannot even be read never comes to a route.
    frameworkErrors: (_, request, reply) => tell(absent(), request as FastifyRequest, reply as FastifyReply, options),
  }) as unknown as FastifyInstance
  app.decorate('served', [])
  app.decorate('clock', options.clock ?? (() => new Date()))
  app.decorate('answering', new Set<object>())
  app.addHook('onRequest', async (_, { raw }) => {
    app.answering.add(raw)
    raw.once('close', () => app.answering.delete(raw))
  })
  app.addHook('onRoute', route => {
    // HEAD is made by the framework from GET and carries its right along.
    if (!route.config?.right) throw new Error(`${String(route.method)} ${route.url} declares no right`)
  })
  await app.register(cookie)
  await app.register(helmet, helmetOptions(options.baseUrl))
  app.addHook('onRequest', async request => refuseForeignOrigin(request, options.baseUrl, options.hosts?.isOurs))
  makeSmaller(app)
  app.setNotFoundHandler(() => {
    throw absent()
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error)
    if (!refusal) request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
    return tell(refusal ?? new Refusal('broken', 500), request, reply, options)
  })
  return app
}

function tell(refusal: Refusal, request: FastifyRequest, reply: FastifyReply, options: HttpOptions) {
  const problem = asProblem(refusal, request.headers['accept-language'], options)
  if (problem.status === 429 && typeof problem.facts?.seconds === 'number')
    reply.header('retry-after', String(problem.facts.seconds))
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/**
 * Requests that have begun are answered; whoever takes longer than `patienceMs` is cut off. New ones are refused, and
 * connections on which nothing is being answered end at once: browsers keep them open for minutes.
 */
export async function closeHttp(app: FastifyInstance, patienceMs = 10_000): Promise<void> {
  const from = Date.now()
  const cut = setInterval(() => {
    if (app.answering.size === 0 || Date.now() - from > patienceMs) app.server.closeAllConnections()
  }, 100)
  await app.close()
  clearInterval(cut)
}

/** What a person may read of an error; null when it is a bug. */
function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('too-large', 413)
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('unknown-media-type', 415)
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal('bad-shape', error.statusCode)
  return asDatabaseRefusal(error)
}

/** The database went away, or a text, number or time is one no column can hold: both have a remedy a person can use. */
function asDatabaseRefusal(error: FastifyError): Refusal | null {
  const code = String(error.code ?? '')
  if (/^(57P0[123]|08...|53...)$/.test(code) || /ECONNREFUSED|ECONNRESET|ENOENT/.test(code))
    return new Refusal('database-away', 503)
  if (['22021', '22P05', '22003', '22007', '22008'].includes(code)) return new Refusal('bad-shape', 400)
  return null
}

function asProblem(refusal: Refusal, language: string | undefined, options: HttpOptions): Problem {
  const { title, detail } = options.sentence(refusal.code, refusal.facts, language)
  return {
    type: `urn:pond:refusal:${refusal.code}`,
    title,
    status: refusal.status,
    code: refusal.code,
    ...(detail ? { detail } : {}),
    ...(refusal.fields.length > 0 ? { fields: refusal.fields } : {}),
    ...(Object.keys(refusal.facts).length > 0 ? { facts: refusal.facts } : {}),
  }
}

function helmetOptions(baseUrl: URL) {
  const secure = baseUrl.protocol === 'https:'
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes style elements at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' as const },
    referrerPolicy: { policy: 'no-referrer' as const },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' as const },
  }
}
