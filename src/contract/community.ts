/** Community: what people tell each other in public: topics in categories, their posts, practices others tried. The shapes that the desk and the pages outside share. */
import { z } from 'zod'
import { Cursor, Id, Moment } from './kit.ts'
import { Audience, Language, Slug } from './knowledge.ts'

export const topicKinds = ['question', 'discussion', 'practice'] as const
export const TopicKind = z.enum(topicKinds)
export type TopicKind = z.infer<typeof TopicKind>
/** `waiting`: until a teammate has looked. `hidden`: people flagged it; until a teammate has looked. */
export const postStates = ['standing', 'waiting', 'hidden', 'removed'] as const
export const PostState = z.enum(postStates)
export type PostState = z.infer<typeof PostState>
export const removers = ['author', 'moderator'] as const
export const Remover = z.enum(removers)
export type Remover = z.infer<typeof Remover>
/** Why it waits for a look; told to whoever wrote it and to those who look. */
export const waitReasons = ['links', 'many', 'flood', 'same', 'first', 'asked'] as const
export const WaitReason = z.enum(waitReasons)
export type WaitReason = z.infer<typeof WaitReason>
export const flagReasons = ['spam', 'unkind', 'wrong', 'private', 'other'] as const
export const FlagReason = z.enum(flagReasons)
export type FlagReason = z.infer<typeof FlagReason>
export const followModes = ['each', 'digest'] as const
export const FollowMode = z.enum(followModes)
export type FollowMode = z.infer<typeof FollowMode>
export const digestRhythms = ['daily', 'weekly', 'never'] as const
export const DigestRhythm = z.enum(digestRhythms)
export type DigestRhythm = z.infer<typeof DigestRhythm>
/** How one hears that somebody mentioned one where one follows nothing. */
export const mentionWays = ['each', 'digest', 'never'] as const
export const MentionWay = z.enum(mentionWays)
export type MentionWay = z.infer<typeof MentionWay>

/** In signs. What is longer is refused with a sentence that says so. */
export const communityLimits = {
  title: 150,
  body: 30_000,
  steps: 30,
  step: 2000,
  tried: 2000,
  remark: 1000,
  name: 80,
} as const
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(text => !/[\r\n\0]/.test(text))
export const PostBody = z.string().max(400_000)
/** Of a practice: what one does, one after the other. Empty for what is none. */
export const Steps = z.array(z.string().max(communityLimits.step * 4)).max(100)
export const TopicTitle = z.string().max(2000)
export const ShownName = oneLine(communityLimits.name)

/** `us`: a teammate, marked. `left`: somebody who is with us no more. `name` null: they gave none. `personId` and `trust` inside only. */
export const CommunityAuthor = z.object({
  is: z.enum(['person', 'us', 'left']),
  name: z.string().nullable(),
  /** where they are from, in their own words */
  from: z.string().nullable(),
  mine: z.boolean(),
  personId: Id.nullable(),
})
export type CommunityAuthor = z.infer<typeof CommunityAuthor>

const CategoryName = z.object({ language: z.string(), name: z.string(), about: z.string() })
export const CommunityCategory = z.object({
  id: Id,
  slug: z.string(),
  position: z.number(),
  audience: Audience,
  organisations: z.array(z.object({ id: Id, name: z.string() })),
  /** who begins topics here: everybody who reads it and is signed in, or only we; all of them answer */
  begins: z.enum(['everybody', 'us']),
  archived: z.boolean(),
  names: z.array(CategoryName),
  topics: z.number(),
})
export type CommunityCategory = z.infer<typeof CommunityCategory>
export const CategoryFields = {
  names: z
    .array(
      z.strictObject({
        language: Language,
        name: z.string().trim().min(1).max(100),
        about: z.string().trim().max(300).default(''),
      }),
    )
    .min(1)
    .max(20),
  slug: Slug.optional(),
  position: z.int().min(0).max(10_000).default(0),
  audience: Audience.default('public'),
  organisationIds: z.array(Id).max(200).default([]),
  begins: z.enum(['everybody', 'us']).default('everybody'),
  archived: z.boolean().default(false),
}

/** A category as somebody who reads meets it: one name, in their language where there is one. */
export const CategoryRef = z.object({ id: Id, slug: z.string(), name: z.string(), audience: Audience })
export type CategoryRef = z.infer<typeof CategoryRef>

export const TopicRow = z.object({
  id: Id,
  number: z.number(),
  slug: z.string(),
  kind: TopicKind,
  title: z.string(),
  language: z.string(),
  category: CategoryRef,
  author: CommunityAuthor,
  state: PostState,
  at: Moment,
  /** when something was said last */
  lastAt: Moment,
  /** that stand, beside the first */
  answers: z.number(),
  likes: z.number(),
  accepted: z.boolean(),
  worked: z.number(),
  pinned: z.boolean(),
  locked: z.boolean(),
})
export type TopicRow = z.infer<typeof TopicRow>

/** What it goes with; only what the reader may read. `credits`: who is thanked for it. */
export const TopicTie = z.object({
  id: Id,
  is: z.enum(['from-conversation', 'to-conversation', 'article', 'goes-with']),
  postNumber: z.number().nullable(),
  article: z.object({ id: Id, title: z.string(), path: z.string() }).nullable(),
  /** inside only */
  conversation: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
  credits: CommunityAuthor.nullable(),
})
export type TopicTie = z.infer<typeof TopicTie>

export const PostView = z.object({
  id: Id,
  number: z.number(),
  author: CommunityAuthor,
  at: Moment,
  editedAt: Moment.nullable(),
  state: PostState,
  /** whoever took it away; what it said is gone for all */
  removedBy: Remover.nullable(),
  /** why it waits; only for whoever wrote it, and inside */
  waitsFor: WaitReason.nullable(),
  /** safe to be shown; empty when it is not to be read */
  html: z.string(),
  /** safe to be shown, each, as `html` is */
  steps: z.array(z.string()),
  /** as it was typed, for whoever may change it; null for everybody else */
  typed: z.object({ body: z.string(), steps: z.array(z.string()) }).nullable(),
  /** the number of the post it answers */
  answersTo: z.number().nullable(),
  likes: z.number(),
  liked: z.boolean(),
  accepted: z.boolean(),
  ties: z.array(TopicTie),
  may: z.object({
    edit: z.boolean(),
    remove: z.boolean(),
    like: z.boolean(),
    flag: z.boolean(),
    accept: z.boolean(),
  }),
})
export type PostView = z.infer<typeof PostView>

/** What somebody said who tried a practice. */
export const TryView = z.object({
  id: Id,
  author: CommunityAuthor,
  worked: z.boolean(),
  words: z.string(),
  at: Moment,
})
export type TryView = z.infer<typeof TryView>
export const PracticeView = z.object({
  worked: z.number(),
  notWorked: z.number(),
  /** the newest for whom it worked and who said something */
  tries: z.array(TryView),
  mine: TryView.nullable(),
  checkedAt: Moment.nullable(),
  reviewDueAt: Moment.nullable(),
})
export type PracticeView = z.infer<typeof PracticeView>

/** Posts after the first; `before` and `after` go in as they came out. */
export const PostsPage = z.object({
  posts: z.array(PostView),
  before: Cursor.nullable(),
  after: Cursor.nullable(),
})
export type PostsPage = z.infer<typeof PostsPage>

export const TopicView = TopicRow.extend({
  first: PostView,
  practice: PracticeView.nullable(),
  acceptedNumber: z.number().nullable(),
  followers: z.number(),
  following: FollowMode.nullable(),
  ties: z.array(TopicTie),
  may: z.object({ write: z.boolean(), edit: z.boolean(), try: z.boolean(), check: z.boolean(), tend: z.boolean() }),
})
export type TopicView = z.infer<typeof TopicView>

/** What somebody follows, for their page. */
export const Followed = z.object({
  is: z.enum(['topic', 'category']),
  id: Id,
  title: z.string(),
  path: z.string(),
  mode: FollowMode,
})
export type Followed = z.infer<typeof Followed>
/** Somebody as the community knows them, for themselves. */
export const CommunitySelf = z.object({
  /** the name shown; null: the one we know them by, or none */
  shownName: z.string().nullable(),
  from: z.string().nullable(),
  digest: DigestRhythm,
  mentions: MentionWay,
  follows: z.array(Followed),
  /** may write at all: a moderator asked them to stop for now, with a reason */
  stopped: z.object({ until: Moment.nullable(), because: z.string() }).nullable(),
})
export type CommunitySelf = z.infer<typeof CommunitySelf>
