/** Knowledge as the wiring and the pages outside use it. */
export { makeCategory as makeArticleCategory } from './categories.ts'
export { type CategoryWords, putCategoryWords } from './category-words.ts'
export { makeArticle, safely, saveArticle } from './commands.ts'
export { articleWords } from './composing.ts'
export { publishDue } from './due.ts'
export { findArticles, relatedTo } from './finding.ts'
export { draftFrom } from './from-conversation.ts'
export { knowledgeReader } from './lessons.ts'
export { forgetMisses, rememberMiss } from './misses.ts'
export { categoryPath, forReading, pathOf } from './outward.ts'
export {
  articleAt,
  articlesIn,
  categoryAt,
  type Listed,
  mostHelpful,
  newest,
  pictureAt,
  publicCategories,
  rateArticle,
  type Standing,
  sitemapOf,
  sitemapParts,
} from './public.ts'
export { anybody, type ReadingAs, readableBy, readingAsPerson } from './reading.ts'
export { knowledgeRoutes } from './routes.ts'
export { isSlug } from './rules.ts'
export { suggestArticles } from './suggesting.ts'
export { askReview, publishArticle } from './turning.ts'
export { articleWordsIn } from './words.ts'
