/** Knowledge as the wiring and the pages outside use it. */
export { type CategoryWords, putCategoryWords } from './category-words.ts'
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
export { articleWordsIn } from './words.ts'
