/** The page of one article: its words ready to be read, what vouches for it, and where else to go. */
import { readingAs, thanksOf, topicPath } from '../../domain/community/index.ts'
import {
  articleWordsIn,
  categoryPath,
  forReading,
  pathOf,
  publicCategories,
  type ReadingAs,
  relatedTo,
  type Standing,
} from '../../domain/knowledge/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { directionOf, ownNames } from '../../words/languages.ts'
import { nameOf, sayIn, withLink } from '../community/words.ts'
import { formToken } from '../frame/form-token.ts'
import { dateFormat } from '../frame/formats.ts'
import { hereFor, presenceFor } from '../frame/here.ts'
import type { Visit } from '../frame/visit.ts'
import { nobody } from '../home/home.ts'
import type { Article } from '../page/article.ts'
import type { Page } from '../page.ts'
import { workedWords } from './article-answers.ts'

/** What became of an answer to "was this helpful". */
export type Rated = { is: 'thanked' } | { is: 'trouble' | 'stale'; answer: string | null; said: string } | null

const limits: Record<string, string> = { 'signed-in': 'signedIn', organisation: 'organisation', inside: 'inside' }

export async function articlePage(
  visit: Visit,
  as: ReadingAs,
  article: Standing,
  keys: readonly Buffer[],
  rated: Rated,
): Promise<Page> {
  const { language, to, whole } = visit
  const say = articleWordsIn(language)
  const path = pathOf(article.category, article.slug)
  const [categories, related, found, thanks] = await Promise.all([
    visit.recall(`categories ${language}`, () => publicCategories(visit.db, as, language)),
    relatedTo(visit.db, as, article),
    presenceFor(visit),
    thanksFor(visit, article.id),
  ])
  const words = forReading(article.bodyHtml, { table: say('table'), video: say('video') }, whole(''))
  const all = article.held + article.failed
  const date = dateFormat(language, { dateStyle: 'medium', timeZone: visit.zone })
  const checked = article.checkedAt && article.checkedAt > article.publishedAt ? article.checkedAt : null
  const shape: Article = {
    is: 'article',
    crumbs: { label: say('where'), links: crumbsOf(categories, article.categoryId, visit, say('answers')) },
    heading: article.title,
    language: article.language,
    rightToLeft: directionOf(article.language) === 'rtl',
    kept: say(checked ? 'kept' : 'keptNew', { name: article.owner, date: date.format(checked ?? article.publishedAt) }),
    limited: limits[article.audience] ? say(limits[article.audience]!) : null,
    seal:
      article.held > 0
        ? { title: say('verified', { count: article.held }), words: say('verifiedWords', { held: article.held, all }) }
        : null,
    summary: escaped(article.summary),
    html: words.html,
    contents:
      words.headings.length > 0
        ? {
            label: say('onPage'),
            links: words.headings.map(({ id, text }) => ({ label: text, address: `#${encodeURIComponent(id)}` })),
          }
        : null,
    editions: article.editions
      .filter(each => each.language !== article.language)
      .map(each => ({
        language: each.language,
        label:
          ownNames[each.language as keyof typeof ownNames] ??
          new Intl.DisplayNames(each.language, { type: 'language' }).of(each.language) ??
          each.language,
        address: to(pathOf(article.category, each.slug)),
      })),
    helpful: helpfulOf(visit, article, keys, rated),
    related:
      related.length > 0
        ? {
            label: say('related'),
            links: related.map(each => ({
              ...{ label: each.title, address: to(pathOf(each.category, each.slug)) },
              beneath: workedWords(each, language) || null,
            })),
          }
        : null,
    thanks,
    presence: found ? hereFor(visit, found) : nobody(visit),
  }
  const description = article.summary || null
  const listed =
    article.audience === 'public' && rated === null
      ? {
          description,
          feed: { label: say('feed'), address: whole('/help/feed.xml') },
          alternates: article.editions.map(each => ({
            language: each.language,
            address: whole(pathOf(article.category, each.slug)),
          })),
          structured: {
            '@context': 'https://schema.org',
            '@type': 'TechArticle',
            headline: article.title,
            ...(description ? { description } : {}),
            inLanguage: article.language,
            datePublished: article.firstAt.toISOString(),
            dateModified: article.publishedAt.toISOString(),
            mainEntityOfPage: whole(path),
            author: { '@type': 'Organization', name: visit.house.name, url: whole('/help') },
            publisher: { '@type': 'Organization', name: visit.house.name },
          },
        }
      : undefined
  const title = rated?.is === 'trouble' ? say('mend') : article.title
  return visit.page(title, { path, place: 'answers', ...(listed ? { listed } : {}) }, shape)
}

/** Of topics the reader may read, too: where it came from, and who said it first. */
async function thanksFor(visit: Visit, articleId: string): Promise<Article['thanks']> {
  const { db, language, customer } = visit
  const ties = await thanksOf(db, await readingAs(db, customer?.personId ?? null), articleId, language)
  const say = sayIn(language)
  const each = ties.flatMap(({ is, topic, credits }) =>
    is === 'article' && credits
      ? [withLink(say, 'thanks.one', 'link', linkTo(visit, topic), { name: nameOf(visit, credits) })]
      : [],
  )
  return each.length > 0 ? { title: say('thanks.title'), each } : null
}
const linkTo = ({ to }: Visit, topic: { number: number; slug: string; title: string }) => ({
  ...{ label: topic.title, address: to(topicPath(topic)) },
})

function crumbsOf(
  categories: Awaited<ReturnType<typeof publicCategories>>,
  id: string,
  { to }: Visit,
  answers: string,
) {
  const links: { label: string; address: string }[] = []
  for (let at = categories.find(each => each.id === id), n = 0; at && n < 6; n++) {
    const { parentId } = at
    links.unshift({ label: at.name, address: to(categoryPath(at.slug)) })
    at = categories.find(each => each.id === parentId)
  }
  return [{ label: answers, address: to('/help') }, ...links]
}

function helpfulOf(visit: Visit, article: Standing, keys: readonly Buffer[], rated: Rated): Article['helpful'] {
  const say = articleWordsIn(visit.language)
  const kept = rated && rated.is !== 'thanked' ? rated : null
  return {
    action: visit.to(pathOf(article.category, article.slug)),
    token: formToken(article.slug, 'rate', keys, visit.now),
    title: say('helpful'),
    choices: (['yes', 'partly', 'no'] as const).map(value => ({
      value,
      label: say(value),
      chosen: kept?.answer === value,
    })),
    words: {
      label: say('words'),
      optional: say('optional'),
      hint: say('wordsHint', { name: article.owner }),
      value: kept?.said ?? '',
    },
    send: say('send'),
    instead: { label: say('instead'), address: visit.to('/help/ask') },
    trouble: rated?.is === 'trouble' ? { title: say('notSent'), says: say('chooseOne') } : null,
    notice:
      rated?.is === 'thanked'
        ? `${say('thanks')}. ${say('thanksWords', { name: article.owner })}`
        : rated?.is === 'stale'
          ? say('staleForm')
          : null,
  }
}
