/** Looking after the community: categories, what waits for a look, what was flagged, people who are asked to stop, topics that belong elsewhere. */
import { z } from 'zod'
import {
  CategoryFields,
  CommunityAuthor,
  CommunityCategory,
  FlagReason,
  PostState,
  TopicRow,
  TopicView,
  WaitReason,
} from './community.ts'
import { Cursor, Done, endpoint, Id, Moment, Nothing } from './kit.ts'

const Categories = z.object({ categories: z.array(CommunityCategory) })
export const makeCommunityCategory = endpoint(
  'POST',
  '/api/v1/community/categories',
  z.strictObject(CategoryFields),
  Categories,
)
export const changeCommunityCategory = endpoint(
  'PUT',
  '/api/v1/community/categories/:categoryId',
  z.strictObject({ categoryId: Id, ...CategoryFields }),
  Categories,
)
/** Only an empty one; one with topics is archived: it stays to be read. */
export const removeCommunityCategory = endpoint(
  'DELETE',
  '/api/v1/community/categories/:categoryId',
  z.strictObject({ categoryId: Id }),
  Categories,
)

/** `off`: nobody outside meets a community. `approve`: how long first posts wait. `guidelines`: what stands beside the field. */
export const CommunitySettings = z.object({
  off: z.boolean(),
  /** posts of everybody who is new wait, only those with links or when many come, or none */
  approve: z.enum(['all-new', 'when-odd', 'never']),
  /** so many people who are trusted hide a post by their flags until a teammate looks */
  flagsToHide: z.int().min(2).max(20),
  guidelines: z.string().max(2000),
})
export type CommunitySettings = z.infer<typeof CommunitySettings>
export const communitySettings = endpoint('GET', '/api/v1/community/settings', Nothing, CommunitySettings)
export const setCommunitySettings = endpoint(
  'PUT',
  '/api/v1/community/settings',
  z.strictObject(CommunitySettings.shape),
  CommunitySettings,
)

/** How well we know somebody here; for those who look after it, and shown to nobody else. */
export const trusts = ['new', 'known', 'trusted'] as const
export const Trust = z.enum(trusts)
export type Trust = z.infer<typeof Trust>

export const QueueItem = z.object({
  postId: Id,
  topic: TopicRow,
  number: z.number(),
  author: CommunityAuthor,
  trust: Trust.nullable(),
  at: Moment,
  state: PostState,
  waitsFor: WaitReason.nullable(),
  html: z.string(),
  flags: z.array(z.object({ reason: FlagReason, words: z.string(), at: Moment, by: CommunityAuthor })),
})
export type QueueItem = z.infer<typeof QueueItem>
/** What waits longest first. */
export const communityQueue = endpoint(
  'GET',
  '/api/v1/community/queue',
  z.strictObject({ after: Cursor.optional() }),
  z.object({ items: z.array(QueueItem), next: Cursor.nullable() }),
)
/** `stand`: it is fine, and what was flagged is settled. `remove`: it goes, with a reason for whoever wrote it. `spam`: it goes, and so does all of theirs that waits; they write no more. */
export const settleCommunityPost = endpoint(
  'POST',
  '/api/v1/community/posts/:postId/settle',
  z.strictObject({
    postId: Id,
    as: z.enum(['stand', 'remove', 'spam']),
    because: z.string().trim().max(500).default(''),
  }),
  /** takes it back, with `unsettleCommunityPost` */
  z.object({ settledAt: Moment }),
)
/** All that one look changed is as it was before: the posts, their flags, and whoever was asked to stop. 409 `settled-since` once somebody looked again. */
export const unsettleCommunityPost = endpoint(
  'POST',
  '/api/v1/community/posts/:postId/unsettle',
  z.strictObject({ postId: Id, settledAt: Moment }),
  Done,
)

export const CommunityPerson = z.object({
  personId: Id,
  name: z.string(),
  trust: Trust,
  /** what one of us said, which counts instead of what follows from what they did; null: nobody did */
  said: z.object({ trust: z.enum(['new', 'trusted']), at: Moment }).nullable(),
  /** on how many days, and how many posts stood */
  days: z.number(),
  stood: z.number(),
  removed: z.number(),
  since: Moment.nullable(),
  stopped: z.object({ until: Moment.nullable(), because: z.string() }).nullable(),
})
export const communityPerson = endpoint(
  'GET',
  '/api/v1/community/people/:personId',
  z.strictObject({ personId: Id }),
  CommunityPerson,
)
/** Until a day, or until somebody says otherwise; null lets them write again. */
export const stopCommunityPerson = endpoint(
  'PUT',
  '/api/v1/community/people/:personId/stopped',
  z.strictObject({
    personId: Id,
    stopped: z.strictObject({ until: Moment.nullable(), because: z.string().trim().min(1).max(500) }).nullable(),
  }),
  CommunityPerson,
)

/** Their posts are looked at as those of somebody we know long, or as a newcomer's; null: as follows from what they do here. Nobody outside is told. */
export const trustCommunityPerson = endpoint(
  'PUT',
  '/api/v1/community/people/:personId/trust',
  z.strictObject({ personId: Id, trust: z.enum(['new', 'trusted']).nullable() }),
  CommunityPerson,
)

const One = { topicId: Id }
const Whole = z.object({ topic: TopicView })
export const settleCommunityTopic = endpoint(
  'PUT',
  '/api/v1/community/topics/:topicId',
  z.strictObject({
    ...One,
    categoryId: Id.optional(),
    kind: z.enum(['question', 'discussion']).optional(),
    pinned: z.boolean().optional(),
    locked: z.boolean().optional(),
    reviewDueAt: Moment.nullable().optional(),
    /** a practice was looked at again and still holds */
    checked: z.literal(true).optional(),
  }),
  Whole,
)
/** All that was said goes on in the other one, in the order it was said; its address leads there. */
export const mergeCommunityTopic = endpoint(
  'POST',
  '/api/v1/community/topics/:topicId/merge',
  z.strictObject({ ...One, intoId: Id }),
  Whole,
)
export const removeCommunityTopic = endpoint(
  'DELETE',
  '/api/v1/community/topics/:topicId',
  z.strictObject({ ...One, because: z.string().trim().max(500).default('') }),
  Done,
)
export const removeCommunityTry = endpoint(
  'DELETE',
  '/api/v1/community/tries/:tryId',
  z.strictObject({ tryId: Id }),
  Done,
)
