/**
 * The pages under /help: how each is asked for, what is sent with it, and who may keep a copy. GET changes nothing. What
 * nobody may see is the same clear page, whatever the reason; on an installation that has these pages off all of them are.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Rights } from '../../domain/access/index.ts'
import type { TakeIn } from '../../domain/channels/index.ts'
import { communityOn } from '../../domain/community/index.ts'
import { type Customers, waitingFor } from '../../domain/customers/index.ts'
import { type Db, type Tx, together } from '../../platform/db/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import type { Page } from '../page.ts'
import { blank } from './around.ts'
import type { Script } from './built.ts'
import { type House, houseOf } from './house.ts'
import { mostBytes } from './posted.ts'
import { rememberPages, type Seen, sendKept } from './remembered.ts'
import { type Visit, visitOf } from './visit.ts'

export type SiteParts = {
  db: Db
  rights: Pick<Rights, 'anyone'>
  customers: Customers
  /** changes, and tells whoever follows the log */
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
  keys: readonly Buffer[]
  /** what customers' answers come in by, as mail does; signed with these */
  takeIn: TakeIn
  replyKeys: readonly Buffer[]
  files: Files
  pages: { render: (page: Page) => string; css: string; script: Script | null }
  /** the address of the pages, with their own host where they have one */
  origin: (house: House) => string
}

/** A page, another address, or something that is no page. */
export type Shown =
  /** `kept`: a page that is the same for everybody who reads this language may be kept for a minute */
  | { status: number; page: Page; kept?: boolean }
  | { go: string; moved?: boolean }
  | { type: string; body: string | Buffer; headers?: Record<string, string> }
  | { sent: true }

export type Get = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<Shown>
export type Site = {
  /** may be looked at by anybody */
  get: (url: string, show: Get) => void
  post: (url: string, act: Get) => void
  /** for customers who signed in; others are asked to */
  mine: { get: (url: string, show: CustomerGet) => void; post: (url: string, act: CustomerGet) => void }
  parts: SiteParts
  scope: FastifyInstance
}
export type SignedIn = Visit & { customer: NonNullable<Visit['customer']> }
export type CustomerGet = (visit: SignedIn, request: FastifyRequest, reply: FastifyReply) => Promise<Shown>

/** Files as a mail carries them, and the words around them. */
const mostPosted = mostBytes + 1024 * 1024

/** No script runs in these pages, whatever may be connected to: programs that look after them ask for robots.txt from within. */
export const policy =
  "default-src 'none'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Where a page has a script of ours: nobody else's, and it asks nobody else. */
const policyWithScript = `${policy}; script-src 'self'`

export function openSite(
  scope: FastifyInstance,
  parts: SiteParts,
  asksToSignIn: (visit: Visit, next: string) => Page,
): Site {
  const { db, customers, pages } = parts
  const memory = rememberPages(db)

  scope.addHook('onRequest', async (_, reply) => {
    reply.header('content-security-policy', policy)
    // Of the same site only: a form of a page without it would say it came from nowhere (S13).
    reply.header('referrer-policy', 'same-origin')
  })
  scope.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Refusal ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'a page could not be shown')
    const visit = await comes(request)
    return put(request, reply, visit, troubleShown(visit, status))
  })

  async function comes(request: FastifyRequest, seen: Seen | null = null): Promise<Visit> {
    const now = scope.clock()
    const recall: Visit['recall'] = (what, read) => (seen ? memory.recall(seen.place, what, now, read) : read())
    const [customer, place] = await Promise.all([customers.who(request), seen?.place ?? memory.place()])
    const settled = () => together(db, on => Promise.all([houseOf(on, pages.css), communityOn(on)]))
    const [[house, community], { waiting, writes, own }] = await Promise.all([
      // The same for everybody, whoever they are.
      place === null ? settled() : memory.recall(place, 'settled', now, settled),
      recall('waiting', () => waitingFor(db, customer?.personId ?? null)),
    ])
    const spares = request.headers['save-data'] === 'on'
    const { language } = (request.query ?? {}) as { language?: unknown }
    return visitOf({
      ...{
        db,
        house,
        customer,
        waiting,
        writes,
        own,
        community,
        recall,
        now,
        ip: request.ip,
      },
      agent: request.headers['user-agent']?.slice(0, 300) ?? null,
      accepts: request.headers['accept-language']?.slice(0, 200),
      chosen: typeof language === 'string' ? language : undefined,
      origin: parts.origin(house),
      script: spares ? null : (pages.script?.address ?? null),
    })
  }

  function put(request: FastifyRequest, reply: FastifyReply, visit: Visit, shown: Shown, seen: Seen | null = null) {
    if ('sent' in shown) return reply
    if ('go' in shown) return reply.header('cache-control', 'no-store').redirect(shown.go, shown.moved ? 301 : 303)
    if ('body' in shown)
      return reply
        .headers(shown.headers ?? {})
        .type(shown.type)
        .send(shown.body)
    const html = pages.render(shown.page)
    const vary = 'accept-language, cookie, save-data'
    reply.header('vary', vary)
    if (shown.page.frame.script) reply.header('content-security-policy', policyWithScript)
    if (!shown.page.frame.about.canonical) reply.header('x-robots-tag', 'noindex, nofollow')
    if (shown.status === 200 && request.method === 'GET') {
      const tag = `"${createHash('sha1').update(html).digest('base64url')}"`
      const shared = shown.kept === true && visit.customer === null
      if (shared && seen && !shown.page.frame.script)
        return sendKept(request, reply, memory.keep(seen, html, { tag, vary, now: visit.now }))
      reply.header('etag', tag).header('cache-control', shared ? 'public, max-age=60' : 'private, no-cache')
      if (request.headers['if-none-match'] === tag) return reply.status(304).send()
    } else reply.header('cache-control', 'no-store')
    return reply.status(shown.status).type('text/html; charset=utf-8').send(html)
  }

  const serve = (method: 'GET' | 'POST', url: string, right: string, act: Get) =>
    scope.route({
      ...{ method, url, config: { right } },
      ...(method === 'POST' ? { bodyLimit: mostPosted } : {}),
      handler: async (request, reply) => {
        const seen = method === 'GET' && !customers.brings(request) ? await memory.look(request, scope.clock()) : null
        if (seen?.kept) return sendKept(request, reply, seen.kept)
        const visit = await comes(request, seen)
        const shown = visit.house.portal.on ? await act(visit, request, reply) : troubleShown(visit, 404)
        return put(request, reply, visit, shown, seen)
      },
    })
  const signedIn =
    (act: CustomerGet): Get =>
    async (visit, request, reply) => {
      if (visit.customer) return act(visit as SignedIn, request, reply)
      return { status: 401, page: asksToSignIn(visit, request.method === 'GET' ? request.url : '/help/mine') }
    }
  const [anyone, customer] = [parts.rights.anyone.name, customers.right.name]
  return {
    parts,
    scope,
    get: (url, show) => serve('GET', url, anyone, show),
    post: (url, act) => serve('POST', url, anyone, act),
    mine: {
      get: (url, show) => serve('GET', url, customer, signedIn(show)),
      post: (url, act) => serve('POST', url, customer, signedIn(act)),
    },
  }
}

const troubles: Record<number, string> = { 404: 'gone', 413: 'large', 429: 'often', 400: 'unread', 403: 'foreign' }

/** A clear page for each thing that can be wrong, and a way to a person. */
export function troubleShown(visit: Visit, status: number): Shown {
  const { say, to } = visit
  const which = troubles[status] ?? (status < 500 ? 'unread' : 'broken')
  const heading = say(`trouble.${which}`)
  const page = visit.page(
    heading,
    { path: '/help', place: null },
    {
      is: 'letter',
      heading,
      words: { notSent: '', mend: heading },
      ...blank,
      lede: [say(`trouble.${which}Words`)],
      links: visit.house.portal.on ? [{ label: say('trouble.home'), address: to('/help'), primary: false }] : [],
    },
  )
  return { status, page: visit.house.portal.on ? page : { ...page, frame: { ...page.frame, head: null } } }
}
