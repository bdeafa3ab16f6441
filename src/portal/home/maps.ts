/** For search engines: what may be looked at, and where it is. Lists nothing that needs a session. Large lists come in parts, each made once while nothing happens. */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { helpPagesListed } from '../../domain/customers/index.ts'
import { houseOf } from '../frame/house.ts'
import { whileNothingHappens } from '../frame/remembered.ts'
import type { Site } from '../frame/site.ts'
import { takesGzip } from '../frame/small.ts'
import type { Answers, ListedPage } from './answers.ts'

const [small, large] = [promisify(gzip), promisify(gunzip)]
/** So many parts stand in one list; more of them get a list of lists. */
const inOne = 3
/** So many pages are written down before others have their turn. */
const atOnce = 500
const listPath = '/help/sitemap'
const kept = 'public, max-age=3600'

export function maps(site: Site, answers: Answers) {
  const { parts, scope } = site
  const config = { right: parts.rights.anyone.name }
  const remember = whileNothingHappens<Buffer>(parts.db, 60)
  const rememberNames = whileNothingHappens<string[]>(parts.db, 1)
  const house = () => houseOf(parts.db, parts.pages.css)

  scope.get('/robots.txt', { config }, async (_, reply) => {
    const here = await house()
    const lines = here.portal.on
      ? [
          'User-agent: *',
          'Allow: /help',
          'Allow: /o/style.css',
          'Allow: /look/',
          'Disallow: /help/mine',
          'Disallow: /help/me',
        ]
      : ['User-agent: *']
    const map = here.portal.on ? [`Sitemap: ${parts.origin(here)}/sitemap.xml`] : []
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', kept)
      .send([...lines, 'Disallow: /', ...map, ''].join('\n'))
  })

  const ownPages = async (): Promise<ListedPage[]> => [
    { path: '/help', changedAt: null },
    { path: '/help/ask', changedAt: null },
    ...(await helpPagesListed(parts.db)),
  ]
  const part = (name: string) => (name === 'pages' ? ownPages() : answers.listed.part(name))
  const names = () => rememberNames('', async () => ['pages', ...(await answers.listed.parts())])

  async function whole(origin: string): Promise<Buffer> {
    const all = await names()
    if (all.length > inOne + 1) {
      const each = all.map(name => `<sitemap><loc>${escaped(`${origin}${listPath}/${name}.xml`)}</loc></sitemap>`)
      return small(`${opening}<sitemapindex ${shape}>${each.join('')}</sitemapindex>\n`)
    }
    const lists: ListedPage[][] = []
    for (const name of all) lists.push(await part(name))
    return small(await listOf(lists.flat(), origin))
  }

  /** `name` null: the list itself. */
  async function send(request: FastifyRequest, reply: FastifyReply, name: string | null) {
    const here = await house()
    const origin = parts.origin(here)
    reply.type('application/xml; charset=utf-8').header('vary', 'accept-encoding')
    if (!here.portal.on || (name !== null && !(await names()).includes(name))) {
      if (name !== null) reply.status(404)
      return reply.header('cache-control', 'no-store').send(`${opening}<urlset ${shape}></urlset>\n`)
    }
    const made = await remember(`${name ?? ''} ${origin}`, async () =>
      name === null ? whole(origin) : small(await listOf(await part(name), origin)),
    )
    reply.header('cache-control', kept)
    return takesGzip(request) ? reply.header('content-encoding', 'gzip').send(made) : reply.send(await large(made))
  }

  scope.get('/sitemap.xml', { config }, (request, reply) => send(request, reply, null))
  scope.get<{ Params: { part: string } }>(`${listPath}/:part`, { config }, (request, reply) =>
    send(request, reply, request.params.part.replace(/\.xml$/, '')),
  )
}

const opening = '<?xml version="1.0" encoding="UTF-8"?>\n'
const shape = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

async function listOf(pages: readonly ListedPage[], origin: string): Promise<string> {
  const lines: string[] = []
  for (const [at, { path, changedAt }] of pages.entries()) {
    if (at % atOnce === atOnce - 1) await new Promise(resolve => setImmediate(resolve))
    const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
    lines.push(`<url><loc>${escaped(`${origin}${path}`)}</loc>${changed}</url>`)
  }
  return `${opening}<urlset ${shape}>${lines.join('')}</urlset>\n`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
