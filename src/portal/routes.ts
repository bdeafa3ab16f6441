/**
 * The pages that mails lead to. A link is all one needs to have: no cookie, no account, no script. GET changes nothing,
 * because programs that look at mails open every link; a button does, with a token for one pressing (S10).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { outsideBuckets, type Rights, secondsToWait } from '../domain/access/index.ts'
import { type Db, inTransaction } from '../platform/db/index.ts'
import type { Nudges } from '../platform/events/index.ts'
import { Refusal } from '../platform/http/index.ts'
import { type Built, scriptPath } from './frame/built.ts'
import { houseOf, styleOf, stylePath } from './frame/house.ts'
import { policy } from './frame/site.ts'
import { sendSmall } from './frame/small.ts'
import { type HelpParts, helpPages } from './help.ts'
import { actAsk, showAsk } from './linked/ask.ts'
import { showConversation } from './linked/conversation.ts'
import { actFollowUp, showFollowUp } from './linked/follow-up.ts'
import { type Acted, type Asked, type Opened, openLink, type Parts, type Shown } from './linked/opened.ts'
import { actOptions, showOptions } from './linked/options.ts'
import { actPreferences, showPreferences } from './linked/preferences.ts'
import { troubleOf, type Wrong } from './linked/trouble.ts'
import { actUnfollow, showUnfollow } from './linked/unfollow.ts'

export type PortalParts = {
  db: Db
  /** where what is shown is looked up; the same database, on connections of its own */
  looking?: Db
  rights: Pick<Rights, 'anyone'>
  nudges: Pick<Nudges, 'send'>
  keys: readonly Buffer[]
  pages: Built
  help: Omit<HelpParts, 'db' | 'rights' | 'keys' | 'pages' | 'change'>
}

type Path = { Params: { token: string; choice?: string } }
/** A few thousand letters and a token; more was not typed here. */
const mostBytes = 64 * 1024
/** Under /help one may write as much as in a long mail; each letter may take nine bytes. */
const mostHelpBytes = 512 * 1024

export function portalRoutes(
  app: FastifyInstance,
  { db: changing, looking: db = changing, rights, nudges, keys, pages, help }: PortalParts,
) {
  const parts: Parts = {
    ...{ db, keys, render: pages.render },
    async change(act) {
      const done = await inTransaction(changing, act)
      nudges.send('happened')
      nudges.send('outbox')
      return done
    },
  }
  const config = { right: rights.anyone.name }
  const readsForms = (scope: FastifyInstance, bodyLimit: number) =>
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_, body, done) =>
      done(null, new URLSearchParams(String(body))),
    )

  app.register(async scope => {
    readsForms(scope, mostHelpBytes)
    helpPages(scope, { db, rights, keys, pages, change: parts.change, ...help })
  })
  app.register(async scope => {
    readsForms(scope, mostBytes)
    scope.addHook('onRequest', async (_, reply) => {
      reply.header('content-security-policy', policy)
      // Of the same site only: a form of a page without it would say it came from nowhere (S13).
      reply.header('referrer-policy', 'same-origin')
      reply.header('x-robots-tag', 'noindex, nofollow')
      reply.header('cache-control', 'no-store')
    })
    scope.setErrorHandler(async (error, request, reply) => {
      const status = error instanceof Refusal ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
      if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'a page could not be shown')
      const { page } = await troubleOf(db, await askedOf(request), status >= 500 ? 'broken' : 'altered')
      return put(reply, { status, page })
    })
    const put = (reply: FastifyReply, { status, page }: Shown) =>
      reply.status(status).type('text/html; charset=utf-8').send(pages.render(page))
    const askedOf = async (request: FastifyRequest): Promise<Asked> => {
      const { token = '', choice = null } = (request.params ?? {}) as { token?: string; choice?: string | null }
      const house = await houseOf(db, pages.css)
      const accepts = request.headers['accept-language']?.slice(0, 200)
      return { token: token.toLowerCase(), choice, accepts, house, now: scope.clock() }
    }
    const answer = async (
      request: FastifyRequest,
      reply: FastifyReply,
      act: (opened: Opened) => Promise<Acted>,
      pressing: boolean,
    ) => {
      const asked = await askedOf(request)
      const wait = await secondsToWait(db, outsideBuckets(request.ip, asked.token, pressing), asked.now)
      if (wait > 0) {
        reply.header('retry-after', String(wait))
        return put(reply, await troubleOf(db, asked, 'often'))
      }
      const opened = await openLink(parts, asked)
      const acted = opened ? await act(opened) : await troubleOf(db, asked, 'altered' satisfies Wrong)
      if ('go' in acted) return reply.redirect(acted.go, 303)
      return put(reply, acted)
    }

    scope.get(stylePath, { config }, async (request, reply) => {
      const { css, version } = styleOf(pages.css, (await houseOf(db, pages.css)).accent)
      // Its address changes with what it holds.
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable')
      return sendSmall(request, reply, css, version)
    })
    scope.get(scriptPath, { config }, async (request, reply) => {
      if (!pages.script) return put(reply, await troubleOf(db, await askedOf(request), 'gone'))
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable')
      return sendSmall(request, reply, pages.script.body, pages.script.address)
    })
    scope.get<{ Params: { name: string } }>('/o/fonts/:name', { config }, async (request, reply) => {
      const font = pages.fonts?.get(request.params.name)
      if (!font) return put(reply, await troubleOf(db, await askedOf(request), 'gone'))
      return reply.type('font/woff2').header('cache-control', 'public, max-age=31536000, immutable').send(font)
    })
    for (const url of ['/o/:token', '/o/:token/:choice']) {
      scope.get<Path>(url, { config }, (request, reply) => answer(request, reply, show, false))
      scope.post<Path>(url, { config }, (request, reply) => {
        const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
        return answer(request, reply, opened => press(opened, form), true)
      })
    }
  })
}

function show(opened: Opened): Promise<Shown> {
  switch (opened.claim.purpose) {
    case 'follow-up':
      return showFollowUp(opened)
    case 'options':
      return showOptions(opened)
    case 'conversation':
      return showConversation(opened)
    case 'preferences':
      return showPreferences(opened)
    case 'ask':
      return showAsk(opened)
    case 'unfollow':
    case 'mentions':
      return showUnfollow(opened)
  }
}

function press(opened: Opened, form: URLSearchParams): Promise<Acted> {
  switch (opened.claim.purpose) {
    case 'follow-up':
      return actFollowUp(opened, form)
    case 'options':
      return actOptions(opened, form)
    case 'preferences':
      return actPreferences(opened, form)
    case 'ask':
      return actAsk(opened, form)
    case 'unfollow':
    case 'mentions':
      return actUnfollow(opened, form)
    default:
      return show(opened)
  }
}
