/** Knowledge: articles in a tree of categories, in several languages, from the first draft to what everybody reads. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Html, Id, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'

export const audiences = ['public', 'signed-in', 'organisation', 'inside'] as const
export const Audience = z.enum(audiences)
export type Audience = z.infer<typeof Audience>
export const versionStates = ['draft', 'in-review', 'scheduled', 'published', 'withdrawn', 'replaced'] as const
export const VersionState = z.enum(versionStates)
export type VersionState = z.infer<typeof VersionState>

export const Language = z
  .string()
  .trim()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(20)
const Title = z.string().trim().max(200)
export const Slug = z.string().trim().toLowerCase().max(100)
/** What one wrote, with how it stood when one began. */
const Written = {
  title: Title,
  summary: z.string().trim().max(500).default(''),
  body: Html.max(400_000),
}

/** One language of an article: what everybody reads, and what is being written. */
const Edition = z.object({
  language: z.string(),
  title: z.string(),
  standing: z.enum(['published', 'withdrawn']).nullable(),
  work: z.enum(['draft', 'in-review', 'scheduled']).nullable(),
  changedAt: Moment,
  publishAt: Moment.nullable(),
})

export const ArticleRow = z.object({
  id: Id,
  editions: z.array(Edition),
  categoryId: Id,
  audience: Audience,
  owner: PersonRef,
  reviewDueAt: Moment.nullable(),
  held: z.number(),
  failed: z.number(),
  used: z.number(),
  /** answers with it that did not hold and nobody has looked at */
  flags: z.number(),
  /** what readers wrote and nobody has looked at */
  words: z.number(),
  changedAt: Moment,
})
export type ArticleRow = z.infer<typeof ArticleRow>

export const articleStates = [
  'draft',
  'in-review',
  'scheduled',
  'published',
  'withdrawn',
  'review-due',
  'failed',
] as const
export const articles = endpoint(
  'GET',
  '/api/v1/articles',
  z.strictObject({
    state: z.enum(articleStates).optional(),
    language: Language.optional(),
    /** with all below it */
    categoryId: Id.optional(),
    ownerId: Id.optional(),
    q: z.string().max(200).optional(),
    after: Cursor.optional(),
  }),
  z.object({ articles: z.array(ArticleRow), next: Cursor.nullable() }),
)

export const ArticleVersion = z.object({
  id: Id,
  number: z.number(),
  state: VersionState,
  title: z.string(),
  summary: z.string(),
  body: z.string(),
  revision: z.number(),
  author: PersonRef.nullable(),
  reviewer: PersonRef.nullable(),
  remark: z.string(),
  publishAt: Moment.nullable(),
  publishedBy: PersonRef.nullable(),
  publishedAt: Moment.nullable(),
  changedAt: Moment,
})
export type ArticleVersion = z.infer<typeof ArticleVersion>

const Flag = z.object({
  id: Id,
  at: Moment,
  verdict: z.enum(['incomplete', 'wrong']),
  /** the customer's words, where one may read the conversation */
  said: z.string(),
  number: z.number().nullable(),
})
const Rating = z.object({ id: Id, at: Moment, answer: z.enum(['yes', 'partly', 'no']), said: z.string() })

export const ArticleView = z.object({
  id: Id,
  categoryId: Id,
  audience: Audience,
  organisations: z.array(PersonRef),
  owner: PersonRef,
  reviewEveryDays: z.number().nullable(),
  reviewDueAt: Moment.nullable(),
  checkedAt: Moment.nullable(),
  held: z.number(),
  failed: z.number(),
  used: z.number(),
  ratings: z.object({ yes: z.number(), partly: z.number(), no: z.number() }),
  editions: z.array(
    z.object({
      language: z.string(),
      standing: ArticleVersion.nullable(),
      work: ArticleVersion.nullable(),
      /** where it stands outside; null: it never stood */
      path: z.string().nullable(),
    }),
  ),
  flags: z.array(Flag),
  words: z.array(Rating),
  related: z.array(z.object({ id: Id, title: z.string() })),
  /** the conversation it was drafted from, where one may read it */
  from: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
  changedAt: Moment,
  may: z.object({ write: z.boolean(), publish: z.boolean() }),
})
export type ArticleView = z.infer<typeof ArticleView>

const One = { articleId: Id }
const Of = { articleId: Id, language: Language }
const Whole = z.object({ article: ArticleView })

export const article = endpoint('GET', '/api/v1/articles/:articleId', z.strictObject(One), Whole)

/** Without a category it goes to the first one. */
export const makeArticle = endpoint(
  'POST',
  '/api/v1/articles',
  z.strictObject({
    categoryId: Id.optional(),
    language: Language,
    ...Written,
    audience: Audience.default('public'),
    fromConversationId: Id.optional(),
  }),
  Whole,
)

/** Keeps what is being written; a language that has none begins here. 409 `stale` when somebody else saved meanwhile. */
export const saveArticle = endpoint(
  'PUT',
  '/api/v1/articles/:articleId/texts/:language',
  z.strictObject({ ...Of, ...Written, seenRevision: z.int().min(0) }),
  z.object({ revision: z.number(), savedAt: Moment, body: z.string() }),
)

/** What is being written is thrown away; what stands stays. */
export const dropDraft = endpoint('DELETE', '/api/v1/articles/:articleId/texts/:language', z.strictObject(Of), Done)

export const askReview = endpoint(
  'POST',
  '/api/v1/articles/:articleId/texts/:language/review',
  z.strictObject({ ...Of, reviewerId: Id.nullable().default(null) }),
  Whole,
)
export const sendBack = endpoint(
  'POST',
  '/api/v1/articles/:articleId/texts/:language/send-back',
  z.strictObject({ ...Of, remark: z.string().trim().max(2000).default('') }),
  Whole,
)
/** At once, or at a time to come. A withdrawn one stands again. */
export const publishArticle = endpoint(
  'POST',
  '/api/v1/articles/:articleId/texts/:language/publish',
  z.strictObject({ ...Of, at: Moment.nullable().default(null), slug: Slug.optional() }),
  Whole,
)
export const withdrawArticle = endpoint(
  'POST',
  '/api/v1/articles/:articleId/texts/:language/withdraw',
  z.strictObject(Of),
  Whole,
)

/** For whom it is, who keeps it right, where it stands. */
export const settleArticle = endpoint(
  'PUT',
  '/api/v1/articles/:articleId',
  z.strictObject({
    ...One,
    categoryId: Id,
    audience: Audience,
    organisationIds: z.array(Id).max(200).default([]),
    ownerId: Id,
    reviewEveryDays: z.int().min(1).max(3650).nullable(),
    reviewDueAt: Moment.nullable(),
  }),
  Whole,
)
/** Its owner looked at it again: it is still right. */
export const checkArticle = endpoint('POST', '/api/v1/articles/:articleId/checked', z.strictObject(One), Whole)
/** Only what never stood. */
export const removeArticle = endpoint('DELETE', '/api/v1/articles/:articleId', z.strictObject(One), Done)
/** What did not hold, and what readers wrote, was read and the words are mended or left. */
export const settleLessons = endpoint('POST', '/api/v1/articles/:articleId/lessons/settle', z.strictObject(One), Whole)

export const versions = endpoint(
  'GET',
  '/api/v1/articles/:articleId/texts/:language/versions',
  z.strictObject(Of),
  z.object({ versions: z.array(ArticleVersion.omit({ body: true })) }),
)
export const DifferencePart = z.object({ is: z.enum(['same', 'added', 'removed']), text: z.string() })
/** What changed from the version before it, in words. */
export const difference = endpoint(
  'GET',
  '/api/v1/articles/:articleId/texts/:language/versions/:versionId',
  z.strictObject({ ...Of, versionId: Id }),
  z.object({ version: ArticleVersion, before: z.number().nullable(), parts: z.array(DifferencePart) }),
)
/** Its words become what is being written. */
export const restoreVersion = endpoint(
  'POST',
  '/api/v1/articles/:articleId/texts/:language/versions/:versionId/restore',
  z.strictObject({ ...Of, versionId: Id }),
  Whole,
)
