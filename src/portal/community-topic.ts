/** The page of one topic: what was asked, the accepted answer, what others say, how it went for those who tried, and the forms beneath. Changes nothing. */
import { randomUUIDv7 } from 'node:crypto'
import type { PostView, TopicTie, TryView } from '../contract/community.ts'
import { communityCategoryPath, topicPath } from '../domain/community/index.ts'
import { homePath } from './community-places.ts'
import { aboutTopic, type Found } from './community-structured.ts'
import { nameOf, sayIn, withLink, writerOf } from './community-words.ts'
import { formToken } from './form-token.ts'
import { hereFor, presenceFor } from './here.ts'
import { nobody } from './home.ts'
import type { Post, Push, Topic, Worked } from './page/community.ts'
import type { FormBody } from './page/form.ts'
import type { Page } from './page.ts'
import { errorsOf } from './sign-in.ts'
import { dayOf } from './times.ts'
import type { Visit } from './visit.ts'

/** What was typed, and what is wrong with it. */
export type Typed = {
  text?: string
  tried?: string
  answersTo?: number | null
  wrong?: { field: string; says: string }
  notice?: string | null
  /** under which their words were kept */
  kept?: string
}
export type Stopped = { until: string | null; because: string } | null
export const trap = 'website'

/** Holds for this topic and whoever is signed in, for a day. */
export function topicToken(visit: Visit, topicId: string, keys: readonly Buffer[]): string {
  return formToken(topicId, visit.customer?.sessionId ?? '', keys, visit.now)
}

type Around = { visit: Visit; found: Found; keys: readonly Buffer[]; path: string }

export async function topicPage(
  visit: Visit,
  found: Found,
  keys: readonly Buffer[],
  typed: Typed,
  stopped: Stopped = null,
): Promise<Page> {
  const { say: help, to, language } = visit
  const say = sayIn(language)
  const { topic, page } = found
  const path = topicPath(topic)
  const it: Around = { visit, found, keys, path }
  const answer = page.posts.find(({ accepted }) => accepted) ?? null
  const isFirstPage = page.before === null
  const presence = await presenceFor(visit)
  const { practice } = topic
  const shape: Topic = {
    is: 'topic',
    crumbs: {
      label: say('where'),
      links: [
        { label: say('title'), address: to(homePath) },
        { label: topic.category.name, address: to(communityCategoryPath(topic.category.slug)) },
      ],
      here: topic.kind === 'practice' ? say('topic.kind.practice') : say('topic.number', { number: topic.number }),
    },
    heading: topic.title,
    errors: typed.wrong ? errorsOf(visit, [typed.wrong]) : null,
    notice: typed.notice ?? null,
    limited: topic.category.audience === 'public' ? null : say(`only.${topic.category.audience}`),
    first: postOf(it, topic.first, practice ? writtenWhen(it) : null),
    practice:
      practice && topic.first.html !== ''
        ? {
            context: { title: say('topic.context'), html: topic.first.html },
            steps: { title: say('topic.steps'), each: topic.first.steps },
          }
        : null,
    check:
      topic.may.check && practice && topic.first.author.mine
        ? { words: say('topic.mine'), push: push(it, 'checked', say('topic.still'), {}) }
        : null,
    accepted:
      isFirstPage && answer
        ? { title: say('topic.answer'), post: postOf(it, answer), link: null }
        : topic.acceptedNumber && !answer
          ? {
              title: say('topic.answer'),
              post: null,
              link: {
                label: say('topic.toAnswer'),
                address: `${to(`${path}?at=${topic.acceptedNumber}`)}#p-${topic.acceptedNumber}`,
              },
            }
          : null,
    worked: practice && isFirstPage ? workedOf(it, typed) : null,
    posts: {
      title: topic.answers > 0 ? say('topic.replies', { count: topic.answers }) : say('topic.noReplies'),
      none: topic.answers === 0 && topic.may.write ? say('topic.noRepliesWords') : null,
      each: page.posts.filter(post => !isFirstPage || post !== answer).map(post => postOf(it, post)),
      before: page.before
        ? { label: say('topic.earlier'), address: to(`${path}?before=${encodeURIComponent(page.before)}`) }
        : null,
      after: page.after
        ? { label: say('topic.later'), address: to(`${path}?after=${encodeURIComponent(page.after)}`) }
        : null,
    },
    reply: !stopped && (topic.may.write || (!visit.customer && !topic.locked)) ? replyOf(it, typed) : null,
    instead: insteadOf(it, stopped),
    facts: {
      title: say(`topic.kind.${topic.kind}`),
      words: say(`topic.kindWords.${topic.kind}`),
      each: [
        ...(practice && practice.worked > 0 ? [say('tried.did', { count: practice.worked })] : []),
        ...(practice && practice.notWorked > 0 ? [say('tried.didNot', { count: practice.notWorked })] : []),
        ...(topic.followers > 0 ? [say('topic.followers', { count: topic.followers })] : []),
      ],
      following: topic.following ? say(topic.following === 'each' ? 'topic.followsEach' : 'topic.followsDigest') : null,
      pushes: visit.customer ? followsOf(it) : [],
    },
    ties: tiesOf(it),
    wrong: topic.first.may.flag
      ? {
          title: say('topic.wrong'),
          ...withLink(say, 'topic.tellUs', 'link', {
            label: say('topic.tellUsLink'),
            address: to(`${path}/flag/${topic.first.number}`),
          }),
        }
      : null,
    presence: presence ? hereFor(visit, presence) : nobody(visit),
  }
  const isPublic = topic.category.audience === 'public' && topic.first.state === 'standing'
  const listed = isPublic && isFirstPage ? { listed: aboutTopic(visit, found) } : {}
  const title = typed.wrong ? help('errors.window', { count: 1, title: topic.title }) : topic.title
  return visit.page(title, { path, place: 'community', ...listed }, shape)
}

/** "Written 3 Mar, looked at again 12 Sep 2026. Next look: Mar 2027." */
function writtenWhen({ visit, found: { topic } }: Around): string {
  const say = sayIn(visit.language)
  const on = (at: string) => dayOf(new Date(at), visit.clock)
  const { checkedAt, reviewDueAt } = topic.practice!
  const when = on(topic.at)
  const again = checkedAt !== null && Date.parse(checkedAt) - Date.parse(topic.at) > 86_400_000
  return [
    again ? say('topic.checked', { when, checked: on(checkedAt) }) : say('topic.written', { when }),
    ...(reviewDueAt ? [say('topic.next', { next: on(reviewDueAt) })] : []),
  ].join(' ')
}

const anchorOf = (number: number) => `p-${number}`

function postOf(it: Around, post: PostView, when: string | null = null): Post {
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

/** Of the whole topic: what came of it, and what it goes with, once each. */
function tiesOf({ visit, found: { topic } }: Around): Topic['ties'] {
  const links = topic.ties.flatMap(({ article }) =>
    article ? [{ label: article.title, address: visit.to(article.path) }] : [],
  )
  const each = links.filter((link, at) => links.findIndex(({ address }) => address === link.address) === at)
  return each.length > 0 ? { title: sayIn(visit.language)('topic.goesWith'), links: each } : null
}

function push(
  { visit, found, keys, path }: Around,
  act: string,
  label: string,
  more: Record<string, string>,
): Push {
  return {
    label,
    action: visit.to(path),
    hidden: [
      { name: 'form', value: topicToken(visit, found.topic.id, keys) },
      { name: 'act', value: act },
      ...Object.entries(more).map(([name, value]) => ({ name, value })),
    ],
    pressed: false,
  }
}

function followsOf(it: Around): Push[] {
  const say = sayIn(it.visit.language)
  const { following } = it.found.topic
  if (!following) return [push(it, 'follow', say('topic.follow'), {})]
  const other = following === 'each' ? 'digest' : 'each'
  return [
    push(it, 'unfollow', say('topic.unfollow'), {}),
    push(it, 'follow', say(`topic.rather.${other}`), { mode: other }),
  ]
}

function hiddenOf({ visit, found, keys }: Around, act: string, press: string): FormBody['hidden'] {
  if (!visit.customer) return [{ name: 'act', value: act }]
  return [
    { name: 'form', value: topicToken(visit, found.topic.id, keys) },
    { name: 'act', value: act },
    { name: 'press', value: press },
  ]
}

function replyOf(it: Around, typed: Typed): Topic['reply'] {
  const { visit, found, path } = it
  const { to, customer, say: help } = visit
  const say = sayIn(visit.language)
  const answers = typed.answersTo ? found.page.posts.find(({ number }) => number === typed.answersTo) : undefined
  const press = randomUUIDv7()
  return {
    title: answers ? say('topic.replyTo', { name: nameOf(visit, answers.author) }) : say('topic.reply'),
    hint: withLink(
      say,
      found.topic.category.audience === 'public' ? 'topic.replyPublic' : 'topic.replyLimited',
      'link',
      { label: say('topic.writeUs'), address: to('/help/ask') },
    ),
    form: {
      action: to(path),
      hidden: [
        ...hiddenOf(it, 'reply', press),
        ...(typed.kept ? [{ name: 'kept', value: typed.kept }] : []),
        ...(answers ? [{ name: 'answers', value: String(answers.number) }] : []),
      ],
      ...{ multipart: false, sticky: false },
      trap: customer ? null : { name: trap, label: help('ask.trap') },
      inputs: [
        {
          ...{ is: 'long', name: 'text', label: say('topic.words'), hint: say('topic.wordsHint'), optional: null },
          ...{ value: typed.text ?? '', rows: 5, most: 40_000 },
          trouble: typed.wrong?.field === 'text' ? typed.wrong.says : null,
        },
      ],
      buttons: [{ label: say('topic.post'), kind: 'primary' }],
      beside: customer ? null : say('topic.postBeside'),
    },
  }
}

function insteadOf({ visit, found: { topic } }: Around, stopped: Stopped): Topic['instead'] {
  const say = sayIn(visit.language)
  const link = { label: visit.say('nav.write'), address: visit.to('/help/ask') }
  if (stopped) return { words: stoppedWords(visit, 'topic', stopped), link }
  if (topic.locked) return { words: say('topic.locked'), link }
  return null
}

export function stoppedWords(visit: Visit, part: 'topic' | 'me', { until, because }: NonNullable<Stopped>): string {
  const say = sayIn(visit.language)
  return until
    ? say(`${part}.stopped`, { when: dayOf(new Date(until), visit.clock), because })
    : say(`${part}.stoppedForNow`, { because })
}

export function tryRow(visit: Visit, each: TryView, tells: boolean): Worked['rows'][number] {
  const say = sayIn(visit.language)
  const by = writerOf(visit, each.author, dayOf(new Date(each.at), visit.clock))
  return {
    ...{ name: by.name, of: by.ours ?? by.of, when: by.when, words: each.words },
    worked: tells ? say(each.worked ? 'tried.worked' : 'tried.not') : null,
  }
}

function workedOf(it: Around, typed: Typed): Worked {
  const { visit, found, path } = it
  const { to, say: help } = visit
  const say = sayIn(visit.language)
  const { worked, notWorked, tries, mine } = found.topic.practice!
  const trouble = typed.wrong?.field === 'tried' ? typed.wrong.says : null
  return {
    title: worked > 0 ? say('tried.title', { count: worked }) : say('tried.nobody'),
    rows: tries.map(each => tryRow(visit, each, false)),
    more: worked + notWorked > 0 ? { label: say('tried.all'), address: to(`${path}/tries`) } : null,
    mine: mine
      ? {
          words: say(mine.worked ? 'tried.youSaid' : 'tried.youSaidNot'),
          push: push(it, 'untry', say('tried.takeBack'), {}),
        }
      : null,
    form:
      !mine && (found.topic.may.try || (!visit.customer && !found.topic.locked))
        ? {
            title: say('tried.have'),
            body: {
              action: to(path),
              hidden: hiddenOf(it, 'try', randomUUIDv7()),
              ...{ multipart: false, sticky: false, trap: null, beside: null },
              inputs: [
                {
                  ...{ is: 'long', name: 'tried', label: say('tried.different'), hint: null, trouble },
                  ...{ optional: help('optional'), value: typed.tried ?? '', rows: 2, most: 2000 },
                },
              ],
              buttons: [
                { label: say('tried.itWorked'), kind: 'primary', name: 'worked', value: 'yes' },
                { label: say('tried.itDidNot'), kind: 'second', name: 'worked', value: 'no' },
              ],
            },
          }
        : null,
  }
}
