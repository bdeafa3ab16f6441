/** The page of one topic: what was asked, the accepted answer, what others say, how it went for those who tried, and the forms beneath. Changes nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { communityCategoryPath, topicPath } from '../../domain/community/index.ts'
import { hereFor, presenceFor } from '../frame/here.ts'
import { dayOf } from '../frame/times.ts'
import type { Visit } from '../frame/visit.ts'
import { nobody } from '../home/home.ts'
import { errorsOf } from '../me/sign-in.ts'
import type { Push, Topic } from '../page/community.ts'
import type { Page } from '../page.ts'
import { homePath } from './places.ts'
import { postOf } from './post.ts'
import { type Around, hiddenOf, push, type Stopped, type Typed } from './push.ts'
import { aboutTopic, type Found } from './structured.ts'
import { workedOf } from './tried.ts'
import { nameOf, sayIn, withLink } from './words.ts'

export const trap = 'website'

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

/** Of the whole topic: what came of it, and what it goes with, once each. */
function tiesOf({ visit, found: { topic } }: Around): Topic['ties'] {
  const links = topic.ties.flatMap(({ article }) =>
    article ? [{ label: article.title, address: visit.to(article.path) }] : [],
  )
  const each = links.filter((link, at) => links.findIndex(({ address }) => address === link.address) === at)
  return each.length > 0 ? { title: sayIn(visit.language)('topic.goesWith'), links: each } : null
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
