/** Between the community, conversations and articles, in both directions, with thanks to whoever said it first. */
import { z } from 'zod'
import { CommunityAuthor, TopicRow, TopicTie } from './community.ts'
import { NextStep } from './conversations.ts'
import { Done, endpoint, Html, Id } from './kit.ts'
import { heldBackKinds } from './knowledge-around.ts'
import { PersonRef } from './promises.ts'

/** A topic from a conversation: what was the customer's alone is replaced, and named here, for a yes. */
export const topicFromConversation = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/topic-draft',
  z.strictObject({ conversationId: Id }),
  z.object({
    title: z.string(),
    /** plain words, as they go into a post */
    body: z.string(),
    answer: z.string(),
    language: z.string(),
    heldBack: z.array(z.object({ is: z.enum(heldBackKinds), was: z.string(), times: z.number() })),
  }),
)
/** Topics tied to a conversation one may read. */
export const topicsOfConversation = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/topics',
  z.strictObject({ conversationId: Id }),
  z.object({ topics: z.array(z.object({ tie: TopicTie, topic: TopicRow })) }),
)
/** For the composer: who would be written to alone, about what, and their words to begin with. 409 for what one of us wrote, and for whoever is with us no more. */
export const conversationDraftFromPost = endpoint(
  'GET',
  '/api/v1/community/posts/:postId/conversation-draft',
  z.strictObject({ postId: Id }),
  z.object({ customer: PersonRef, hasAddress: z.boolean(), subject: z.string(), quoted: z.string() }),
)
/** Whoever wrote that post gets an answer for them alone: a conversation, which begins with ours and is tied to the topic. */
export const conversationFromPost = endpoint(
  'POST',
  '/api/v1/community/posts/:postId/conversation',
  z.strictObject({
    postId: Id,
    teamId: Id,
    mailboxId: Id.nullable().default(null),
    subject: z.string().trim().min(1).max(500),
    body: Html,
    nextStep: NextStep,
    attachments: z.array(Id).max(50).default([]),
  }),
  z.object({ conversationId: Id, messageId: Id }),
)
/** What an article could begin with: the question, the steps and the accepted answer, as HTML; and who would be thanked. */
export const articleDraftFromTopic = endpoint(
  'GET',
  '/api/v1/community/topics/:topicId/article-draft',
  z.strictObject({ topicId: Id }),
  z.object({ title: z.string(), body: z.string(), language: z.string(), credits: CommunityAuthor.nullable() }),
)
/** `article`: it came of this topic, with thanks to whoever wrote that post. `goes-with`: it stands beside it. */
export const tieArticle = endpoint(
  'POST',
  '/api/v1/community/topics/:topicId/articles',
  z.strictObject({
    topicId: Id,
    articleId: Id,
    is: z.enum(['article', 'goes-with']),
    postId: Id.nullable().default(null),
  }),
  z.object({ ties: z.array(TopicTie) }),
)
export const untie = endpoint('DELETE', '/api/v1/community/ties/:tieId', z.strictObject({ tieId: Id }), Done)
/** Topics an article came of or goes with. */
export const topicsOfArticle = endpoint(
  'GET',
  '/api/v1/articles/:articleId/topics',
  z.strictObject({ articleId: Id }),
  z.object({ topics: z.array(z.object({ tie: TopicTie, topic: TopicRow })) }),
)
