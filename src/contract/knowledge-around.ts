/** Around articles: their categories, what was looked for in vain, what is offered for an answer, and articles as files. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { Language, Slug } from './knowledge.ts'

export const ArticleCategory = z.object({
  id: Id,
  parentId: Id.nullable(),
  names: z.array(z.object({ language: z.string(), name: z.string() })),
  slug: z.string(),
  position: z.number(),
  /** with all below it */
  articles: z.number(),
})
export type ArticleCategory = z.infer<typeof ArticleCategory>

const CategoryFields = {
  names: z
    .array(z.strictObject({ language: Language, name: z.string().trim().min(1).max(100) }))
    .min(1)
    .max(20),
  parentId: Id.nullable().default(null),
  position: z.int().min(0).max(10_000).default(0),
  slug: Slug.optional(),
}
const Categories = z.object({ categories: z.array(ArticleCategory) })
export const categories = endpoint('GET', '/api/v1/article-categories', Nothing, Categories)
export const makeCategory = endpoint('POST', '/api/v1/article-categories', z.strictObject(CategoryFields), Categories)
export const changeCategory = endpoint(
  'PUT',
  '/api/v1/article-categories/:categoryId',
  z.strictObject({ categoryId: Id, ...CategoryFields }),
  Categories,
)
/** Only an empty one. */
export const removeCategory = endpoint(
  'DELETE',
  '/api/v1/article-categories/:categoryId',
  z.strictObject({ categoryId: Id }),
  Categories,
)

// --- what was looked for
export const SearchMiss = z.object({ words: z.string(), language: z.string(), times: z.number(), lastAt: Moment })
export type SearchMiss = z.infer<typeof SearchMiss>
export const searchMisses = endpoint(
  'GET',
  '/api/v1/article-searches',
  Nothing,
  z.object({ misses: z.array(SearchMiss) }),
)
export const settleMiss = endpoint(
  'POST',
  '/api/v1/article-searches/settle',
  z.strictObject({ words: z.string().min(2).max(100), language: Language }),
  Done,
)

// --- for whoever writes to a customer
const Marks = z.object({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) })
export const FoundArticle = z.object({
  id: Id,
  language: z.string(),
  title: Marks,
  excerpt: Marks,
  path: z.string(),
  held: z.number(),
})
export type FoundArticle = z.infer<typeof FoundArticle>
/** What the customer of that conversation may read: nothing else is offered for an answer to them. */
export const articlesFor = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/articles',
  z.strictObject({ conversationId: Id, q: z.string().max(200).default('') }),
  z.object({ articles: z.array(FoundArticle) }),
)
export const articleWords = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/articles/:articleId',
  z.strictObject({ conversationId: Id, articleId: Id }),
  z.object({ title: z.string(), html: z.string(), url: z.string(), language: z.string() }),
)
export const heldBackKinds = ['name', 'address', 'link', 'account', 'phone', 'number', 'greeting'] as const
/** A draft from a conversation: what was theirs alone is replaced, and named here, for a yes. */
export const articleFromConversation = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/article-draft',
  z.strictObject({ conversationId: Id }),
  z.object({
    title: z.string(),
    body: z.string(),
    language: z.string(),
    heldBack: z.array(z.object({ is: z.enum(heldBackKinds), was: z.string(), times: z.number() })),
  }),
)

// --- in and out
/** Routes of their own, because files go in and out. */
export const importPath = '/api/v1/articles/import'
export const exportPath = '/api/v1/articles/export'
export const importLimits = {
  zip: 50 * 1024 * 1024,
  files: 5000,
  text: 1024 * 1024,
  picture: 10 * 1024 * 1024,
  whole: 200 * 1024 * 1024,
}
export const ImportReport = z.object({
  made: z.number(),
  changed: z.number(),
  pictures: z.number(),
  /** what was left out, and why */
  left: z.array(z.object({ path: z.string(), because: z.enum(['kind', 'size', 'empty', 'picture', 'path']) })),
})
export type ImportReport = z.infer<typeof ImportReport>
