/** What articles have for the pages outside: the home's lists, search, and what search engines may list. */
import {
  anybody,
  articleWordsIn,
  categoryPath,
  findArticles,
  type Listed,
  mostHelpful,
  pathOf,
  publicCategories,
  type ReadingAs,
  readingAsPerson,
  rememberMiss,
  sitemapOf,
  sitemapParts,
  suggestArticles,
} from '../../domain/knowledge/index.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import type { Answer, Answers, Reader } from '../home/answers.ts'

const shown = 5

export function articleAnswers(db: Db, clock: () => Date): Answers {
  return {
    async popular(reader) {
      const found = await mostHelpful(db, await readingAs(db, reader), reader.language, shown)
      return found.map(each => answerOf(each, reader.language))
    },
    async subjects(reader) {
      const all = await publicCategories(db, await readingAs(db, reader), reader.language)
      return all
        .filter(each => each.parentId === null)
        .map(each => ({ title: each.name, path: categoryPath(each.slug), beneath: null }))
    },
    async like(words, reader) {
      const found = await findArticles(db, await readingAs(db, reader), { q: words, language: reader.language })
      return found.map(each => ({
        ...{ title: each.title.text, path: pathOf(each.category, each.slug), beneath: each.excerpt.text },
        marks: { title: each.title.marks, beneath: each.excerpt.marks },
      }))
    },
    async suggest(text, reader) {
      const found = await suggestArticles(db, await readingAs(db, reader), { text, language: reader.language })
      return found.map(each => ({
        ...{ title: each.title, path: pathOf(each.category, each.slug), rates: each.slug },
        beneath: workedWords(each, reader.language) || each.summary || null,
      }))
    },
    missed: (words, language) => inTransaction(db, tx => rememberMiss(tx, words, language, clock())),
    listed: {
      parts: async () => (await sitemapParts(db)).map(from => `articles-${from}`),
      async part(name) {
        const from = /^articles-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(name)?.[1]
        const all = from ? await sitemapOf(db, from) : []
        return all.map(each => ({ path: pathOf(each.category, each.slug), changedAt: each.publishedAt }))
      },
    },
  }
}

export async function readingAs(db: Db, { personId }: Pick<Reader, 'personId'>): Promise<ReadingAs> {
  return personId ? readingAsPerson(db, personId) : anybody
}

export function answerOf(
  each: Pick<Listed, 'title' | 'slug' | 'category' | 'summary' | 'held' | 'failed'>,
  language: string,
): Answer {
  const worked = workedWords(each, language)
  return {
    title: each.title,
    path: pathOf(each.category, each.slug),
    beneath: [each.summary, worked].filter(Boolean).join(' ') || null,
  }
}

/** "Worked for 41 of 44." */
export function workedWords({ held, failed }: { held: number; failed: number }, language: string): string {
  return held > 0 ? articleWordsIn(language)('worked', { held, all: held + failed }) : ''
}
