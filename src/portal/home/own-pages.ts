/** Pages of the installation's own, at /help/pages/…: by any address they ever had, in the language asked for, else ours. Drafts are not there. */
import { helpPageAt, helpPagePath } from '../../domain/customers/index.ts'
import { articleWordsIn, forReading, isSlug } from '../../domain/knowledge/index.ts'
import { directionOf } from '../../words/languages.ts'
import { hereFor, presenceFor } from '../frame/here.ts'
import { type Site, troubleShown } from '../frame/site.ts'
import type { OwnPage } from '../page/own.ts'
import { nobody } from './home.ts'

export function ownPages(site: Site) {
  site.get('/help/pages/:slug', async (visit, request) => {
    const { slug } = request.params as { slug: string }
    const found = isSlug(slug) ? await helpPageAt(visit.db, slug, visit.language) : null
    if (!found) return troubleShown(visit, 404)
    const path = helpPagePath(found.slug)
    if (found.slug !== slug) return { go: visit.to(path), moved: true }
    const say = articleWordsIn(visit.language)
    const { html, headings } = forReading(found.html, { table: say('table'), video: say('video') }, visit.whole(''))
    const presence = await presenceFor(visit)
    const shape: OwnPage = {
      is: 'own',
      heading: found.title,
      language: found.language,
      rightToLeft: directionOf(found.language) === 'rtl',
      html,
      contents:
        headings.length > 2
          ? {
              label: say('onPage'),
              links: headings.map(({ id, text }) => ({ label: text, address: `#${encodeURIComponent(id)}` })),
            }
          : null,
      presence: presence ? hereFor(visit, presence) : nobody(visit),
    }
    const listed = { description: descriptionOf(found.html), languages: found.languages }
    return { status: 200, page: visit.page(found.title, { path, place: null, listed }, shape), kept: true }
  })
}

/** Its first words, for whoever looks at a list of pages. */
function descriptionOf(html: string): string | null {
  const words = html
    .replace(/<h[1-6][^>]*>.*?<\/h[1-6]>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&(lt|gt|quot|#39|nbsp);/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words.length > 155 ? `${words.slice(0, 155).replace(/\s\S*$/, '')} …` : words || null
}
