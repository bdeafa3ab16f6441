/**
 * What is pressed and written on the page of a topic. A press that is out of date, and what was refused, show the page as it
 * stands, with what was written. Whoever is not signed in yet is led to it, and back to their words.
 */
import { Id } from '../../contract/kit.ts'
import { communityBuckets, secondsToWait } from '../../domain/access/index.ts'
import {
  acceptAnswer,
  type CommunityAs,
  checkPractice,
  follow,
  likePost,
  readyPost,
  selfOf,
  takeBackTry,
  topicAt,
  topicPath,
  tryPractice,
  writePost,
} from '../../domain/community/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { formHolds } from '../frame/form-token.ts'
import type { Posted } from '../frame/posted.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { keepFor } from './kept.ts'
import type { Stopped, Typed } from './push.ts'
import type { Found } from './structured.ts'
import { topicPage, trap } from './topic.ts'
import { sayIn } from './words.ts'

/** A practice is looked at again after half a year, unless they say otherwise. */
const nextLookDays = 180
const modes = ['each', 'digest'] as const

/** Looks for it again: what was just changed is on it. */
async function foundNow(visit: Visit, as: CommunityAs, number: number): Promise<Found | null> {
  const found = await topicAt(visit.db, as, visit.language, number, {})
  return found?.is === 'topic' ? found : null
}

export async function stoppedOf(visit: Visit, as: CommunityAs): Promise<Stopped> {
  return visit.customer ? (await selfOf(visit.db, as, visit.language)).stopped : null
}

export async function actOnTopic(
  site: Site,
  visit: Visit,
  as: CommunityAs,
  found: Found,
  { fields }: Posted,
): Promise<Shown> {
  const { parts } = site
  const { customer, now, to } = visit
  const { topic } = found
  const say = sayIn(visit.language)
  const path = topicPath(topic)
  const act = fields.get('act') ?? ''
  const typed: Typed = {
    text: (fields.get('text') ?? '').slice(0, 50_000),
    tried: (fields.get('tried') ?? '').slice(0, 5000),
    answersTo: numberIn(fields.get('answers')),
  }
  // Programs fill in what people do not see.
  if (fields.get(trap)) return { go: to(path) }
  if ((await secondsToWait(visit.db, communityBuckets(visit.ip), now)) > 0) return troubleShown(visit, 429)
  if (!customer) return keepFor(site, visit, path, wordsIn(fields, ['act', 'text', 'tried', 'answers']))
  const show = async (more: Typed, status: number): Promise<Shown> => {
    const at = (await foundNow(visit, as, topic.number)) ?? found
    const page = await topicPage(visit, at, parts.keys, { ...typed, ...more }, await stoppedOf(visit, as))
    return { status, page }
  }
  if (!formHolds(fields.get('form') ?? '', topic.id, customer.sessionId, parts.keys, now))
    return show({ notice: typed.text ? visit.say('form.again') : say('done.again') }, 409)
  try {
    const done = await doing()
    if (!done) return troubleShown(visit, 400)
    if ('wrong' in done) return show(done, 422)
    const told = [...(done.as ? [`done=${done.as}`] : []), ...(done.at ? [`at=${done.at}`] : [])].join('&')
    return { go: `${to(`${path}${told ? `?${told}` : ''}`)}${done.at ? `#p-${done.at}` : ''}` }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error
    return show(refusedAs(visit, error, 'text'), error.status)
  }

  type Done = { as: string; at?: number } | { wrong: { field: string; says: string } }
  async function doing(): Promise<Done | null> {
    const postId = Id.safeParse(fields.get('post')).data
    const at = found.page.posts.find(({ id }) => id === postId)?.number
    const onPost = async (done: string, change: (postId: string) => Promise<unknown>): Promise<Done | null> => {
      if (!postId) return null
      await change(postId)
      return at ? { as: done, at } : { as: done }
    }
    const inTx = parts.change
    switch (act) {
      case 'reply': {
        if (typed.text!.trim() === '') return { wrong: { field: 'text', says: say('new.noBody') } }
        const press = Id.safeParse(fields.get('press')).data
        if (!press) return null
        const post = await readyPost({ body: typed.text! })
        const answersTo = typed.answersTo ?? null
        const said = await inTx(tx => writePost(tx, as, { press, topicId: topic.id, post, answersTo }, now))
        return { as: said.state === 'standing' ? 'replied' : 'waits', at: said.post }
      }
      case 'like':
      case 'unlike':
        return onPost('', id => inTx(tx => likePost(tx, as, { postId: id, on: act === 'like' }, now)))
      case 'accept':
        return onPost('accepted', id => inTx(tx => acceptAnswer(tx, as, { topicId: topic.id, postId: id }, now)))
      case 'unaccept':
        await inTx(tx => acceptAnswer(tx, as, { topicId: topic.id, postId: null }, now))
        return { as: 'unaccepted' }
      case 'follow': {
        const mode = modes.find(each => each === fields.get('mode')) ?? 'each'
        await inTx(tx => follow(tx, as, { topicId: topic.id }, mode, now))
        return { as: 'followed' }
      }
      case 'unfollow':
        await inTx(tx => follow(tx, as, { topicId: topic.id }, null, now))
        return { as: 'unfollowed' }
      case 'try': {
        const worked = { yes: true, no: false }[fields.get('worked') ?? '']
        if (worked === undefined) return { wrong: { field: 'tried', says: say('tried.missing') } }
        await inTx(tx => tryPractice(tx, as, { topicId: topic.id, worked, words: typed.tried!.trim() }, now))
        return { as: 'tried' }
      }
      case 'untry':
        await inTx(tx => takeBackTry(tx, as, { topicId: topic.id }, now))
        return { as: 'untried' }
      case 'checked': {
        const reviewDueAt = new Date(now.getTime() + nextLookDays * 86_400_000)
        await inTx(tx => checkPractice(tx, as, { topicId: topic.id, reviewDueAt }, now))
        return { as: 'checked' }
      }
      default:
        return null
    }
  }
}

export const numberIn = (text: string | null): number | null =>
  text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null

export function wordsIn(fields: URLSearchParams, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = (fields.get(name) ?? '').slice(0, 40_000).replaceAll('\0', '')
      return value ? [[name, value]] : []
    }),
  )
}

/** Why it was not taken, said where it can be mended; what is nobody's to mend is said above. */
export function refusedAs(visit: Visit, { code, facts }: Refusal, field: string): Pick<Typed, 'wrong' | 'notice'> {
  const say = sayIn(visit.language)
  const minutes = Number(facts.minutes) || 15
  switch (code) {
    case 'post-empty':
      return { wrong: { field, says: say('new.noBody') } }
    case 'post-too-long':
      return { wrong: { field, says: say('new.tooLong', { longest: Number(facts.longest) || 0 }) } }
    case 'too-many-steps':
      return { wrong: { field: 'steps', says: say('new.tooManySteps', { most: Number(facts.most) || 0 }) } }
    case 'title-missing':
      return { wrong: { field: 'title', says: say('new.noTitle') } }
    case 'too-many-posts':
      return {
        notice: say('refused.often', { far: visit.far(new Date(visit.now.getTime() + minutes * 60_000)) }),
      }
    case 'said-already':
      return { notice: say('refused.said') }
    default:
      return { notice: say('refused.notNow') }
  }
}
