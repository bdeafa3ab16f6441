/** Articles for everybody who may read them: one by its address, what a category holds, pictures, and what is new as a feed. */
import { createHash } from 'node:crypto'
import { outsideBuckets, secondsToWait } from '../../domain/access/index.ts'
import { asDownload } from '../../domain/conversations/index.ts'
import {
  articleAt,
  articlesIn,
  articleWordsIn,
  categoryAt,
  categoryPath,
  isSlug,
  newest,
  pathOf,
  pictureAt,
  publicCategories,
  rateArticle,
} from '../../domain/knowledge/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { feedOf } from '../frame/feed.ts'
import { formHolds } from '../frame/form-token.ts'
import { hereFor, narrowFor, presenceFor } from '../frame/here.ts'
import { fieldsOf } from '../frame/posted.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { nobody, searchOf } from '../home/home.ts'
import type { Home } from '../page/home.ts'
import { answerOf, readingAs } from './article-answers.ts'
import { articlePage, type Rated } from './article-page.ts'

type Named = { category?: string; slug?: string; picture?: string }
const answers = ['yes', 'partly', 'no'] as const
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const asReader = ({ db, customer }: Visit) => readingAs(db, { personId: customer?.personId ?? null })

export function articlePages(site: Site, files: Pick<Files, 'stream'>) {
  site.get('/help/feed.xml', feed)
  site.get('/help/articles/:category', async (visit, request) =>
    category(visit, (request.params as Named).category ?? ''),
  )
  site.get('/help/articles/:category/:slug', async (visit, request) => {
    const { category: place = '', slug = '' } = request.params as Named
    const { thanks } = request.query as { thanks?: unknown }
    return one(visit, site.parts.keys, { place, slug }, thanks === '1' ? { is: 'thanked' } : null)
  })
  site.post('/help/articles/:category/:slug', async (visit, request) => {
    const { category: place = '', slug = '' } = request.params as Named
    const { fields } = await fieldsOf(request)
    return rate(visit, site, { place, slug }, fields)
  })
  site.get('/help/pictures/:picture', async (visit, request, reply) => {
    const { picture = '' } = request.params as Named
    const found = uuid.test(picture) ? await pictureAt(visit.db, await asReader(visit), picture) : null
    if (!found) return troubleShown(visit, 404)
    asDownload(reply, files, found)
    return { sent: true }
  })
}

type Place = { place: string; slug: string }

/** By any address it ever had: an old one, or one under another category, leads to the one it has now. */
async function one(visit: Visit, keys: readonly Buffer[], { place, slug }: Place, rated: Rated): Promise<Shown> {
  const as = await asReader(visit)
  const article = isSlug(slug) ? await articleAt(visit.db, as, slug) : null
  if (!article) return gone(visit, slug)
  if (article.slug !== slug || article.category !== place)
    return { go: visit.to(pathOf(article.category, article.slug)), moved: true }
  const page = await articlePage(visit, as, article, keys, rated)
  return { status: rated?.is === 'trouble' ? 422 : rated?.is === 'stale' ? 409 : 200, page, kept: rated === null }
}

async function rate(visit: Visit, site: Site, { place, slug }: Place, fields: URLSearchParams): Promise<Shown> {
  const wait = await secondsToWait(visit.db, outsideBuckets(visit.ip, `rate ${slug} ${visit.ip}`, true), visit.now)
  if (wait > 0) return troubleShown(visit, 429)
  const answer = answers.find(each => each === fields.get('answer')) ?? null
  const said = (fields.get('words') ?? '').trim().slice(0, 2000).replaceAll('\0', '')
  const kept = { answer, said }
  if (!formHolds(fields.get('form') ?? '', slug, 'rate', site.parts.keys, visit.now))
    return one(visit, site.parts.keys, { place, slug }, { is: 'stale', ...kept })
  if (!answer) return one(visit, site.parts.keys, { place, slug }, { is: 'trouble', ...kept })
  const as = await asReader(visit)
  try {
    const id = ratingIdOf(visit, slug, `${answer} ${said}`)
    await site.parts.change(tx => rateArticle(tx, as, { id, slug, answer, said }, visit.now))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'absent') return gone(visit, slug)
    throw error
  }
  return { go: `${visit.to(pathOf(place, slug))}${visit.to('').includes('?') ? '&' : '?'}thanks=1#helpful` }
}

/** The same said from the same place on the same day is one answer, however often it is pressed; the page itself is everybody's and may be kept. */
function ratingIdOf({ ip, agent, now }: Visit, slug: string, what: string): string {
  const of = [ip, agent ?? '', now.toISOString().slice(0, 10), slug, what].join('\0')
  const hex = createHash('sha256').update(of).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** What is gone and what one may not read look the same; search is there for both. */
async function gone(visit: Visit, slug: string): Promise<Shown> {
  const say = articleWordsIn(visit.language)
  const words = isSlug(slug) ? slug.replaceAll('-', ' ') : ''
  const shape = await around(visit, { heading: say('gone'), intro: say('goneWords'), looked: words, sections: [] })
  return { status: 404, page: visit.page(shape.heading, { path: '/help', place: 'answers' }, shape) }
}

type Listing = Pick<Home, 'heading' | 'intro' | 'sections'> & { looked: string }
async function around(visit: Visit, { looked, ...rest }: Listing): Promise<Home> {
  const found = await presenceFor(visit)
  return {
    is: 'home',
    ...rest,
    search: searchOf(visit, looked),
    narrow: found && narrowFor(visit, found),
    open: null,
    presence: found ? hereFor(visit, found) : nobody(visit),
    note: visit.house.portal.note,
    hours: null,
  }
}

async function category(visit: Visit, slug: string): Promise<Shown> {
  const as = await asReader(visit)
  const at = isSlug(slug) ? await categoryAt(visit.db, slug) : null
  const all = await publicCategories(visit.db, as, visit.language, { counted: true })
  const here = at && all.find(each => each.id === at.id)
  if (!at || !here) return gone(visit, slug)
  if (at.slug !== slug) return { go: visit.to(categoryPath(at.slug)), moved: true }
  const say = articleWordsIn(visit.language)
  const articles = await articlesIn(visit.db, as, visit.language, at.id)
  const below = all.filter(each => each.parentId === at.id)
  const link = (label: string, path: string, beneath: string | null) => ({ label, address: visit.to(path), beneath })
  const sections: Home['sections'] = [
    ...(below.length > 0
      ? [
          {
            ...{ title: say('below'), note: null, shape: 'list' as const },
            links: below.map(each => link(each.name, categoryPath(each.slug), say('count', { count: each.articles }))),
          },
        ]
      : []),
    ...(articles.length > 0
      ? [
          {
            ...{ title: say('inCategory'), note: null, shape: 'list' as const },
            links: articles.map(each => {
              const { title, path, beneath } = answerOf(each, visit.language)
              return link(title, path, beneath)
            }),
          },
        ]
      : []),
  ]
  const shape = await around(visit, { heading: here.name, intro: null, looked: '', sections })
  const listed = { description: here.name, feed: { label: say('feed'), address: visit.whole('/help/feed.xml') } }
  return {
    status: 200,
    page: visit.page(here.name, { path: categoryPath(at.slug), place: 'answers', listed }, shape),
    kept: true,
  }
}

/** What anybody may read, in the language one asks for; never what needs a session. */
async function feed(visit: Visit): Promise<Shown> {
  const found = await newest(visit.db, { is: 'anybody' }, visit.language)
  const title = articleWordsIn(visit.language)('feedTitle', { installation: visit.house.name })
  return feedOf(visit, {
    ...{ path: '/help/feed.xml', of: '/help', title },
    entries: found.map(each => ({
      ...{ path: pathOf(each.category, each.slug), title: each.title, at: each.publishedAt, summary: each.summary },
    })),
  })
}
