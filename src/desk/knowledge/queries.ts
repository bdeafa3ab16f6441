/** What is asked about articles, and what becomes old by doing something with one. */
import * as contract from '../../contract/knowledge.ts'
import * as around from '../../contract/knowledge-around.ts'
import type { Me } from '../../contract/session.ts'
import { query, renew } from '../api.ts'
import { cache } from '../cache.ts'

export const articleQuery = (articleId: string) => query(contract.article, { articleId })
export const categoriesQuery = query(around.categories, {})
export const missesQuery = query(around.searchMisses, {})

/** The server answered with the article as it is now. */
export function haveNow({ article }: { article: contract.ArticleView }) {
  cache.setQueryData(articleQuery(article.id).queryKey, { article })
  renewArticles()
}

export function renewArticles() {
  renew(cache, contract.articles, contract.versions, around.categories)
}

export const readsKnowledge = (me: Me) => me.administrator || me.teams.some(({ role }) => role !== 'partner')
export const writesKnowledge = (me: Me) =>
  me.administrator || me.teams.some(({ role }) => role === 'lead' || role === 'teammate')

/** The one in the reader's language, whichever region's. */
export function inLanguage<T extends { language: string }>(all: readonly T[], language: string): T | undefined {
  const ours = language.split('-')[0]
  return all.find(each => each.language === language) ?? all.find(each => each.language === ours)
}

/** In the reader's language, else in the first there is. */
export function categoryName(category: around.ArticleCategory | undefined, language: string): string {
  if (!category) return ''
  return (inLanguage(category.names, language) ?? category.names[0])?.name ?? ''
}

/** "Machines › Faro 3", in the order of the tree. */
export function categoryPaths(all: readonly around.ArticleCategory[], language: string) {
  const under = (parentId: string | null, before: string): { id: string; path: string }[] =>
    all
      .filter(each => each.parentId === parentId)
      .flatMap(each => {
        const path = before + categoryName(each, language)
        return [{ id: each.id, path }, ...under(each.id, `${path} › `)]
      })
  return under(null, '')
}
