/** For search engines: what may be looked at, and where it is. Lists nothing that needs a session. */
import { helpPagesListed } from '../../domain/customers/index.ts'
import { houseOf } from '../frame/house.ts'
import type { Site } from '../frame/site.ts'
import type { Answers } from './answers.ts'

export function maps(site: Site, answers: Answers) {
  const { parts, scope } = site
  const config = { right: parts.rights.anyone.name }
  const kept = 'public, max-age=3600'
  scope.get('/robots.txt', { config }, async (_, reply) => {
    const house = await houseOf(parts.db, parts.pages.css)
    const lines = house.portal.on
      ? [
          'User-agent: *',
          'Allow: /help',
          'Allow: /o/style.css',
          'Allow: /look/',
          'Disallow: /help/mine',
          'Disallow: /help/me',
        ]
      : ['User-agent: *']
    const map = house.portal.on ? [`Sitemap: ${parts.origin(house)}/sitemap.xml`] : []
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', kept)
      .send([...lines, 'Disallow: /', ...map, ''].join('\n'))
  })
  scope.get('/sitemap.xml', { config }, async (_, reply) => {
    const house = await houseOf(parts.db, parts.pages.css)
    const origin = parts.origin(house)
    const pages = house.portal.on
      ? [
          { path: '/help', changedAt: null },
          { path: '/help/ask', changedAt: null },
          ...(await helpPagesListed(parts.db)),
          ...(await answers.listed()),
        ]
      : []
    const urls = pages.map(
      ({ path, changedAt }) =>
        `<url><loc>${escaped(`${origin}${path}`)}</loc>${changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''}</url>`,
    )
    return reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', kept)
      .send(
        `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>\n`,
      )
  })
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
