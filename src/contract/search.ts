/** What the desk may ask of search: conversations by their words, people, and what somebody searched for before. */
import { z } from 'zod'
import { Row } from './conversation-views.ts'
import { Count, MessageView } from './conversations.ts'
import { Cursor, Done, endpoint, Id, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'

/** Text to be shown as it is, and where in it (from, to; UTF-16 units) stands what was searched for. Never HTML. */
export const Marked = z.object({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) })
export type Marked = z.infer<typeof Marked>

export const Found = z.object({
  conversation: Row,
  subject: Marked,
  customer: Marked,
  /** the message in which the words stand best; none when the filter alone found the conversation */
  message: z
    .object({
      id: Id,
      kind: MessageView.shape.kind,
      author: PersonRef.nullable(),
      at: Moment,
      excerpt: Marked,
      /** a file of it whose name has the words */
      file: Marked.nullable(),
    })
    .nullable(),
  /** so many messages of it match */
  matches: z.number(),
  /** false: some of the words were not found in it */
  whole: z.boolean(),
})
export type Found = z.infer<typeof Found>

export const FoundPerson = z.object({
  id: Id,
  name: Marked,
  address: Marked.nullable(),
  lastAt: Moment.nullable(),
})
export type FoundPerson = z.infer<typeof FoundPerson>

export const SearchSort = z.enum(['best', 'newest'])
export type SearchSort = z.infer<typeof SearchSort>

export const search = endpoint(
  'GET',
  '/api/v1/search',
  z.strictObject({
    /** in the language of contract/filter-text; beyond its longest text the rest is left out */
    q: z.string().max(4000).default(''),
    sort: SearchSort.default('best'),
    /** the last word may go on */
    typing: z.enum(['true', 'false']).default('false'),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  z.object({
    found: z.array(Found),
    next: Cursor.nullable(),
    /** conversations among the newest 5,000 messages that match; on the first page only */
    total: Count.nullable(),
    people: z.array(FoundPerson),
    /** the conversation with the number that was typed */
    jump: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
    notUnderstood: z.array(z.object({ term: z.string(), why: z.enum(['unknown', 'too-many', 'no-day']) })),
    /** another search that finds something, where this one finds nothing */
    didYouMean: z.string().nullable(),
    /** share of older messages that can be found already, while the index is being filled; null when all can */
    filled: z.number().nullable(),
  }),
)

export const RecentSearch = z.object({ id: Id, text: z.string(), at: Moment })
export type RecentSearch = z.infer<typeof RecentSearch>
/** Mine, the latest first; nobody else sees them. */
export const recentSearches = endpoint(
  'GET',
  '/api/v1/search/recent',
  z.strictObject({}),
  z.object({ searches: z.array(RecentSearch) }),
)
export const keepSearch = endpoint(
  'POST',
  '/api/v1/search/recent',
  z.strictObject({ text: z.string().trim().min(1).max(500) }),
  Done,
)
export const forgetSearch = endpoint(
  'DELETE',
  '/api/v1/search/recent/:searchId',
  z.strictObject({ searchId: Id }),
  Done,
)
export const forgetSearches = endpoint('DELETE', '/api/v1/search/recent', z.strictObject({}), Done)
