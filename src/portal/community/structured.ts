/** A topic as search engines read it: a question with its answers, or a discussion. Only of what anybody may read. */
import type { PostsPage, PostView, TopicView } from '../../contract/community.ts'
import { topicPath } from '../../domain/community/index.ts'
import { roughText } from '../../platform/mail/reading/roughHtml.ts'
import type { Visit, Where } from '../frame/visit.ts'
import { nameOf } from './words.ts'

export type Found = { topic: TopicView; page: PostsPage }

const longest = 5000
const mostPosts = 20
const plain = (post: Pick<PostView, 'html' | 'steps'>) =>
  roughText([post.html, ...post.steps].join(' '), longest)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)

export function aboutTopic(visit: Visit, { topic, page }: Found): NonNullable<Where['listed']> {
  const address = visit.whole(topicPath(topic))
  const text = plain(topic.first)
  const person = (post: PostView) =>
    post.author.is === 'us'
      ? {
          ...{ '@type': 'Person', name: nameOf(visit, post.author) },
          worksFor: { '@type': 'Organization', name: visit.house.name },
        }
      : { '@type': 'Person', name: nameOf(visit, post.author) }
  const post = (type: string, it: PostView) => ({
    ...{ '@type': type, text: plain(it), datePublished: it.at, author: person(it), upvoteCount: it.likes },
    url: `${address}#p-${it.number}`,
  })
  const said = page.posts.filter(it => it.state === 'standing' && it.html !== '').slice(0, mostPosts)
  const answers = said.filter(it => !it.accepted).map(it => post('Answer', it))
  const accepted = said.find(it => it.accepted)
  const about = {
    ...{
      author: person(topic.first),
      datePublished: topic.at,
      upvoteCount: topic.first.likes,
      inLanguage: topic.language,
    },
    ...(topic.first.editedAt ? { dateModified: topic.first.editedAt } : {}),
  }
  const structured =
    topic.kind === 'question'
      ? {
          ...{ '@context': 'https://schema.org', '@type': 'QAPage', url: address },
          mainEntity: {
            ...{ '@type': 'Question', name: topic.title, text, ...about, answerCount: topic.answers },
            ...(accepted ? { acceptedAnswer: post('Answer', accepted) } : {}),
            ...(answers.length > 0 ? { suggestedAnswer: answers } : {}),
          },
        }
      : {
          ...{
            '@context': 'https://schema.org',
            '@type': 'DiscussionForumPosting',
            headline: topic.title,
            text,
            ...about,
          },
          ...{ url: address, commentCount: topic.answers },
          ...(said.length > 0 ? { comment: said.map(it => post('Comment', it)) } : {}),
        }
  // The words are the same in whichever language the page around them is: there are no others to lead to.
  return { description: text.slice(0, 200) || topic.title, structured, languages: [] }
}
