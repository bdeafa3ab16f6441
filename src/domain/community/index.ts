/** The community as the wiring, the pages outside and the desk use it. Text is made ready (`readyPost`) before the transaction that keeps it. */
import './words.ts'

export {
  followedName,
  hearOfNoMentions,
  hearsOfMentions,
  type ToTopic,
  takePost,
  topicsSigned,
  unfollow,
} from './arrival.ts'
export { makeCategory as makeCommunityCategory } from './categories.ts'
export {
  acceptAnswer,
  changeSelf,
  checkPractice,
  flagPost,
  follow,
  likePost,
  takeBackTry,
  tryPractice,
} from './commands/beside.ts'
export { leaveCommunity } from './commands/leave.ts'
export { guidelinesOf } from './commands/pace.ts'
export { beginTopic, changePost, removePost, type Said, writePost } from './commands/say.ts'
export { settlePost } from './commands/settle.ts'
export { tieArticle } from './commands/tie.ts'
export { communityReader, communityTasks } from './mail.ts'
export { type FoundTopic, findTopics } from './queries/finding.ts'
export { communityExport, selfOf } from './queries/self.ts'
export { thanksOf } from './queries/tending.ts'
export { type TopicAt, topicAt, triesFor } from './queries/topic.ts'
export {
  categoriesFor,
  categoryAt,
  communitySitemap,
  communitySitemapParts,
  type ShownCategory,
  topicsFor,
} from './queries/topics.ts'
export { communityOn, insideAs, readingAs } from './reading.ts'
export { communityRoutes } from './routes.ts'
export { type CommunityAs, communityCategoryPath, topicPath } from './rules.ts'
export { type Ready, readyPost } from './text.ts'
