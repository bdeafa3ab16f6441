/** One post on the page of its topic: its words, what is told of it, what became of it, and what this reader may do with it. */
import type { PostView, TopicTie } from '../../contract/community.ts'
import type { Visit } from '../frame/visit.ts'
import type { Post } from '../page/community.ts'
import { type Around, push } from './push.ts'
import { nameOf, sayIn, withLink, writerOf } from './words.ts'

const anchorOf = (number: number) => `p-${number}`

export function postOf(it: Around, post: PostView, when: string | null = null): Post {
  const { visit, found, path } = it
  const { to } = visit
  const say = sayIn(visit.language)
  const { topic } = found
  const isFirst = post.number === 1
  const at = visit.due(post.at)
  const said = when ?? (post.editedAt ? say('topic.edited', { when: at, edited: visit.due(post.editedAt) }) : at)
  const answered = post.answersTo && post.answersTo > 1 ? post.answersTo : null
  const other = answered ? found.page.posts.find(({ number }) => number === answered) : undefined
  const canRead = post.html !== '' || post.steps.length > 0
  return {
    anchor: anchorOf(post.number),
    by: writerOf(visit, post.author, said),
    to: answered
      ? {
          label: say('topic.inAnswerTo', { name: other ? nameOf(visit, other.author) : `#${answered}` }),
          address: other ? `#${anchorOf(answered)}` : `${to(`${path}?at=${answered}`)}#${anchorOf(answered)}`,
        }
      : null,
    html: canRead ? post.html : null,
    told: toldOf(visit, post),
    accepted: post.accepted ? say('topic.accepted') : null,
    liked: post.likes > 0 && canRead ? say('topic.liked', { count: post.likes }) : null,
    became: post.ties.flatMap(tie => becameOf(visit, tie)),
    pushes: [
      ...(post.may.like
        ? [push(it, post.liked ? 'unlike' : 'like', say(post.liked ? 'topic.unlike' : 'topic.like'), { post: post.id })]
        : []),
      ...(post.may.accept && !isFirst
        ? [
            push(it, post.accepted ? 'unaccept' : 'accept', say(post.accepted ? 'topic.unaccept' : 'topic.accept'), {
              post: post.id,
            }),
          ]
        : []),
    ].map(each => ({ ...each, pressed: post.liked && each.hidden.some(({ value }) => value === 'unlike') })),
    links: [
      ...(topic.may.write && !isFirst && canRead && !post.author.mine
        ? [
            {
              label: say('topic.answerThis'),
              address: `${to(`${path}?answers=${post.number}&at=${post.number}`)}#reply`,
            },
          ]
        : []),
      ...(post.may.edit ? [{ label: say('topic.edit'), address: to(`${path}/edit/${post.number}`) }] : []),
      ...(post.may.remove ? [{ label: say('topic.remove'), address: to(`${path}/remove/${post.number}`) }] : []),
      ...(post.may.flag && !isFirst ? [{ label: say('topic.flag'), address: to(`${path}/flag/${post.number}`) }] : []),
    ],
  }
}

/** Honest about what happens, and by whom. */
function toldOf(visit: Visit, post: Pick<PostView, 'state' | 'waitsFor' | 'removedBy'>): string | null {
  const say = sayIn(visit.language)
  const installation = visit.house.name
  switch (post.state) {
    case 'waiting':
      return say(post.waitsFor ? `state.waitingFor.${post.waitsFor}` : 'state.waiting', { installation })
    case 'hidden':
      return say('state.hidden', { installation })
    case 'removed':
      return say(post.removedBy === 'author' ? 'state.author' : 'state.moderator', { installation })
    default:
      return null
  }
}

function becameOf(visit: Visit, tie: TopicTie): Post['became'] {
  if (tie.is !== 'article' || !tie.article) return []
  const say = sayIn(visit.language)
  const link = { label: tie.article.title, address: visit.to(tie.article.path) }
  return tie.credits
    ? [withLink(say, 'topic.becameThanks', 'title', link, { name: nameOf(visit, tie.credits) })]
    : [withLink(say, 'topic.became', 'title', link)]
}
