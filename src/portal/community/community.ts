/**
 * The community outside: what people ask each other and what works for them, to be read by everybody who may and written by whoever
 * signs in. While there is none, or it is switched off, its pages are not there; what one may not read is not there either.
 */

import type { FastifyRequest } from 'fastify'
import { type FollowMode, followModes } from '../../contract/community.ts'
import { communityBuckets, secondsToWait } from '../../domain/access/index.ts'
import {
  type CommunityAs,
  categoryAt,
  communityCategoryPath,
  follow,
  readingAs,
  selfOf,
  topicAt,
  topicPath,
  triesFor,
} from '../../domain/community/index.ts'
import { isSlug } from '../../domain/knowledge/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import { fieldsOf } from '../frame/posted.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import type { Answers } from '../home/answers.ts'
import { plain } from '../me/sign-in.ts'
import type { Push, Topic } from '../page/community.ts'
import { actOnTopic, numberIn, stoppedOf } from './acts.ts'
import { forgetKept, keepFor, keptIn, keptPages } from './kept.ts'
import { categoryPage, communityFeed, communityHome, topicList } from './lists.ts'
import { postNew, showNew } from './new.ts'
import { feedPath, homePath, newPath, practicesPath } from './places.ts'
import { actOnPost, acts, postAt, showPost } from './posts.ts'
import type { Typed } from './push.ts'
import { topicPage } from './topic.ts'
import { tryRow } from './tried.ts'
import { sayIn } from './words.ts'

const doneWords = new Set([
  ...['posted', 'replied', 'changed', 'removed', 'accepted', 'unaccepted', 'flagged', 'followed', 'unfollowed'],
  ...['tried', 'untried', 'checked'],
])
const cursorIn = (given: unknown) =>
  typeof given === 'string' && given.length > 0 && given.length <= 400 ? given : null
const queryOf = (request: FastifyRequest) => request.query as Record<string, unknown>

type Shows = (visit: Visit, as: CommunityAs, request: FastifyRequest) => Promise<Shown>

export function communityPages(site: Site, answers: Answers) {
  const { keys } = site.parts
  const open =
    (show: Shows) =>
    async (visit: Visit, request: FastifyRequest): Promise<Shown> => {
      if (!visit.community) return troubleShown(visit, 404)
      return show(visit, await readingAs(visit.db, visit.customer?.personId ?? null), request)
    }
  const get = (url: string, show: Shows) => site.get(url, open(show))
  const post = (url: string, show: Shows) => site.post(url, open(show))

  keptPages(site)
  get(homePath, communityHome)
  get(feedPath, async visit => communityFeed(visit, await readingAs(visit.db, null)))
  for (const kind of ['newest', 'unanswered'] as const)
    get(`${homePath}/${kind}`, (visit, as, request) => topicList(visit, as, kind, cursorIn(queryOf(request).after)))
  get(practicesPath, (visit, as, request) => topicList(visit, as, 'practices', cursorIn(queryOf(request).after)))
  get(newPath, (visit, as, request) => showNew(site, answers, visit, as, request))
  post(newPath, (visit, as, request) => postNew(site, answers, visit, as, request))

  get(`${homePath}/c/:slug`, async (visit, as, request) => {
    const { slug } = request.params as { slug: string }
    const { after, done } = queryOf(request)
    const category = visit.customer && isSlug(slug) ? await categoryAt(visit.db, as, visit.language, slug) : null
    const say = sayIn(visit.language)
    const notice = done === 'followed' || done === 'unfollowed' ? say(`done.${done}`) : null
    const follows = category ? (await selfOf(visit.db, as, visit.language)).follows : []
    const mode = follows.find(({ id }) => id === category?.id)?.mode ?? null
    const follow = category ? followsOf(visit, category, mode) : null
    return categoryPage(visit, as, slug, cursorIn(after), { follow, notice })
  })
  post(`${homePath}/c/:slug`, async (visit, as, request) => {
    const { slug } = request.params as { slug: string }
    const { fields } = await fieldsOf(request)
    const category = isSlug(slug) ? await categoryAt(visit.db, as, visit.language, slug) : null
    if (!category) return troubleShown(visit, 404)
    if ((await secondsToWait(visit.db, communityBuckets(visit.ip), visit.now)) > 0) return troubleShown(visit, 429)
    const path = communityCategoryPath(category.slug)
    if (!visit.customer) return keepFor(site, visit, path, {})
    if (!formHolds(fields.get('form') ?? '', category.id, visit.customer.sessionId, keys, visit.now))
      return { go: visit.to(path) }
    const on = fields.get('act') === 'follow'
    const mode = on ? (followModes.find(each => each === fields.get('mode')) ?? 'each') : null
    await site.parts.change(tx => follow(tx, as, { categoryId: category.id }, mode, visit.now))
    return { go: visit.to(`${path}?done=${on ? 'followed' : 'unfollowed'}`) }
  })
  /** As a topic is followed: by mail at first, of each new topic; rather in a digest, for who prefers that. */
  function followsOf(visit: Visit, category: { id: string; slug: string }, mode: FollowMode | null) {
    const say = sayIn(visit.language)
    const push = (label: string, act: string, more: { name: string; value: string }[] = []): Push => ({
      ...{ label, action: visit.to(communityCategoryPath(category.slug)), pressed: false },
      hidden: [
        { name: 'form', value: formToken(category.id, visit.customer?.sessionId ?? '', keys, visit.now) },
        { name: 'act', value: act },
        ...more,
      ],
    })
    if (!mode) return { words: null, pushes: [push(say('topic.follow'), 'follow')] }
    const other = mode === 'each' ? 'digest' : 'each'
    return {
      words: say(mode === 'each' ? 'category.followsEach' : 'category.followsDigest'),
      pushes: [
        push(say('topic.unfollow'), 'unfollow'),
        push(say(`category.rather.${other}`), 'follow', [{ name: 'mode', value: other }]),
      ],
    }
  }

  const topicUrl = `${homePath}/t/:topic`
  get(topicUrl, showTopic)
  post(topicUrl, async (visit, as, request) => {
    const number = numberOf(request)
    const found = number ? await topicAt(visit.db, as, visit.language, number, {}) : null
    if (found?.is !== 'topic') return missing(visit)
    const posted = await fieldsOf(request)
    const shown = await actOnTopic(site, visit, as, found, posted)
    if ('go' in shown) await forgetKept(site, posted.fields)
    return shown
  })
  get(`${topicUrl}/tries`, showTries)
  for (const act of acts) {
    const url = `${topicUrl}/${act}/:post`
    const found = async (visit: Visit, as: CommunityAs, request: FastifyRequest) => {
      const topic = numberOf(request)
      const post = numberIn((request.params as { post: string }).post)
      return topic && post ? postAt(visit, as, { topic, post }, act) : null
    }
    get(url, async (visit, as, request) => {
      const at = await found(visit, as, request)
      return at ? showPost(site, at) : missing(visit)
    })
    post(url, async (visit, as, request) => {
      const at = await found(visit, as, request)
      return at ? actOnPost(site, as, at, (await fieldsOf(request)).fields) : missing(visit)
    })
  }

  async function showTopic(visit: Visit, as: CommunityAs, request: FastifyRequest): Promise<Shown> {
    const { to, db, language } = visit
    const number = numberOf(request)
    const { after, before, at, done, answers: answersTo } = queryOf(request)
    const wanted = typeof at === 'string' ? numberIn(at) : null
    const place = {
      ...(cursorIn(after) ? { after: cursorIn(after)! } : {}),
      ...(cursorIn(before) ? { before: cursorIn(before)! } : {}),
      ...(wanted ? { at: wanted } : {}),
    }
    const found = number ? await topicAt(db, as, language, number, place) : null
    if (!found) return missing(visit)
    if (found.is === 'removed') return removed(visit, found.by)
    if (found.is === 'moved')
      return { go: `${to(topicPath(found))}${found.post ? `#p-${found.post}` : ''}`, moved: true }
    const path = topicPath(found.topic)
    const { topic: asked } = request.params as { topic: string }
    if (asked !== path.slice(path.lastIndexOf('/') + 1)) return { go: to(path), moved: true }
    const say = sayIn(language)
    const kept = await keptIn(visit, request, path)
    const typed: Typed = {
      ...(typeof answersTo === 'string' ? { answersTo: numberIn(answersTo) } : {}),
      ...(typeof done === 'string' && doneWords.has(done)
        ? { notice: say(`done.${done}`, { installation: visit.house.name }) }
        : {}),
      ...(kept === 'gone' ? { notice: say('signIn.gone') } : {}),
      ...(kept && kept !== 'gone'
        ? {
            ...{
              notice: say('signIn.kept'),
              kept: kept.id,
              text: kept.words.text ?? '',
              tried: kept.words.tried ?? '',
            },
            answersTo: numberIn(kept.words.answers ?? null),
          }
        : {}),
    }
    const isPlain = Object.keys(typed).length === 0
    const page = await topicPage(visit, found, keys, typed, await stoppedOf(visit, as))
    return { status: 200, page, kept: isPlain }
  }

  async function showTries(visit: Visit, as: CommunityAs, request: FastifyRequest): Promise<Shown> {
    const { db, language, to } = visit
    const number = numberOf(request)
    const found = number ? await topicAt(db, as, language, number, {}) : null
    if (found?.is !== 'topic' || !found.topic.practice) return missing(visit)
    const { topic } = found
    const after = cursorIn(queryOf(request).after)
    const { tries, next } = await triesFor(db, as, topic.id, after ? { after } : {})
    const say = sayIn(language)
    const path = topicPath(topic)
    const page = await topicPage(visit, found, keys, {})
    const shape = page as Topic & typeof page
    const whole: Topic = {
      ...shape,
      crumbs: { ...shape.crumbs, links: [...shape.crumbs.links, { label: topic.title, address: to(path) }], here: '' },
      heading: say('tried.allTitle', { title: topic.title }),
      ...{ practice: null, first: null, accepted: null, check: null, reply: null, instead: null, posts: null },
      worked: {
        ...{ title: say('tried.all'), mine: null, form: null },
        rows: tries.map(each => tryRow(visit, each, true)),
        more: next
          ? { label: say('list.older'), address: to(`${path}/tries?after=${encodeURIComponent(next)}`) }
          : null,
      },
    }
    return { status: 200, page: visit.page(whole.heading, { path: `${path}/tries`, place: 'community' }, whole) }
  }
}

/** "12-does-it-wear" or "12": the number tells. */
function numberOf(request: FastifyRequest): number | null {
  const { topic } = request.params as { topic: string }
  return numberIn(/^(\d{1,9})(?:-|$)/.exec(topic)?.[1] ?? null)
}

/** What is gone for good says so, and by whom. */
function removed(visit: Visit, by: 'author' | 'moderator'): Shown {
  const say = sayIn(visit.language)
  const words = say(`gone.${by}`, { installation: visit.house.name })
  const shown = plain(visit, say('gone.title'), [words], [{ label: say('gone.back'), address: visit.to(homePath) }])
  return { ...shown, status: 410 }
}

function missing(visit: Visit): Shown {
  const say = sayIn(visit.language)
  const links = [{ label: say('gone.back'), address: visit.to(homePath) }]
  return { ...plain(visit, say('gone.missing'), [say('gone.missingWords')], links), status: 404 }
}
