/** The community at the desk: reading, answering as a teammate, and putting topics where they belong. */
import { z } from 'zod'
import {
  CommunityCategory,
  FlagReason,
  FollowMode,
  PostBody,
  PostState,
  PostsPage,
  Steps,
  TopicKind,
  TopicRow,
  TopicTitle,
  TopicView,
  TryView,
  WaitReason,
} from './community.ts'
import { Cursor, Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { Language } from './knowledge.ts'

/** `on`: there is a category, and nobody switched it off. `queue`: how many posts wait for a look; null for who does not look after it. */
export const communityHome = endpoint(
  'GET',
  '/api/v1/community',
  Nothing,
  z.object({
    on: z.boolean(),
    categories: z.array(CommunityCategory),
    queue: z.number().nullable(),
    /** categories one follows: of each new topic there one is told */
    following: z.array(Id),
    may: z.object({ write: z.boolean(), tend: z.boolean(), settle: z.boolean() }),
  }),
)

export const topicFilters = ['unanswered', 'waiting', 'practices', 'review-due', 'mine'] as const
export const communityTopics = endpoint(
  'GET',
  '/api/v1/community/topics',
  z.strictObject({
    categoryId: Id.optional(),
    kind: TopicKind.optional(),
    show: z.enum(topicFilters).optional(),
    q: z.string().max(200).optional(),
    after: Cursor.optional(),
  }),
  z.object({ topics: z.array(TopicRow), next: Cursor.nullable() }),
)

const Whole = z.object({ topic: TopicView, page: PostsPage })
const One = { topicId: Id }
/** 410 `topic-removed` for one that was taken away; a merged one answers with where it went on. */
export const communityTopic = endpoint(
  'GET',
  '/api/v1/community/topics/:topicId',
  z.strictObject({ ...One, after: Cursor.optional(), before: Cursor.optional() }),
  Whole,
)
/** By the number that stands in addresses. */
export const communityTopicAt = endpoint(
  'GET',
  '/api/v1/community/at/:number',
  z.strictObject({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  z.object({ topicId: Id }),
)
/** As a teammate: what members of the desk write is marked, and waits for nobody. */
export const beginCommunityTopic = endpoint(
  'POST',
  '/api/v1/community/topics',
  z.strictObject({
    press: Id,
    categoryId: Id,
    kind: TopicKind,
    title: TopicTitle,
    body: PostBody,
    steps: Steps.default([]),
    language: Language.optional(),
    reviewDueAt: Moment.nullable().default(null),
    /** the conversation it came of; it is tied to it, and nobody is named */
    fromConversationId: Id.optional(),
    /** written beneath it at once, as its accepted answer */
    answer: PostBody.default(''),
  }),
  Whole,
)
export const writeCommunityPost = endpoint(
  'POST',
  '/api/v1/community/topics/:topicId/posts',
  z.strictObject({ ...One, press: Id, body: PostBody, answersTo: z.int().min(1).nullable().default(null) }),
  Whole,
)
const OnePost = { postId: Id }
/** With `title` and `steps` for the first post of a topic. What it said before is kept. */
export const changeCommunityPost = endpoint(
  'PUT',
  '/api/v1/community/posts/:postId',
  z.strictObject({
    ...OnePost,
    body: PostBody,
    title: TopicTitle.optional(),
    steps: Steps.optional(),
    seenRevision: z.int().min(1).optional(),
  }),
  Whole,
)
export const removeCommunityPost = endpoint(
  'DELETE',
  '/api/v1/community/posts/:postId',
  z.strictObject({ ...OnePost, because: z.string().trim().max(500).default('') }),
  Done,
)
export const likeCommunityPost = endpoint(
  'PUT',
  '/api/v1/community/posts/:postId/like',
  z.strictObject({ ...OnePost, on: z.boolean() }),
  z.object({ likes: z.number() }),
)
export const flagCommunityPost = endpoint(
  'POST',
  '/api/v1/community/posts/:postId/flags',
  z.strictObject({ ...OnePost, reason: FlagReason, words: z.string().trim().max(1000).default('') }),
  Done,
)
/** Null: none is the answer any more. */
export const acceptCommunityAnswer = endpoint(
  'PUT',
  '/api/v1/community/topics/:topicId/accepted',
  z.strictObject({ ...One, postId: Id.nullable() }),
  Whole,
)
export const followCommunityTopic = endpoint(
  'PUT',
  '/api/v1/community/topics/:topicId/following',
  z.strictObject({ ...One, mode: FollowMode.nullable() }),
  Done,
)
/** Of each new topic in it one is told. */
export const followCommunityCategory = endpoint(
  'PUT',
  '/api/v1/community/categories/:categoryId/following',
  z.strictObject({ categoryId: Id, mode: FollowMode.nullable() }),
  Done,
)
export const communityTries = endpoint(
  'GET',
  '/api/v1/community/topics/:topicId/tries',
  z.strictObject({ ...One, after: Cursor.optional() }),
  z.object({ tries: z.array(TryView), next: Cursor.nullable() }),
)
/** What a post said before it was changed, newest first. Inside only. */
export const communityPostHistory = endpoint(
  'GET',
  '/api/v1/community/posts/:postId/history',
  z.strictObject(OnePost),
  z.object({
    versions: z.array(
      z.object({ at: Moment, title: z.string().nullable(), html: z.string(), steps: z.array(z.string()) }),
    ),
    state: PostState,
    waitsFor: WaitReason.nullable(),
    removedBecause: z.string().nullable(),
  }),
)
