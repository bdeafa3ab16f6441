/** Around one post: to say what is wrong with it, to change one's own, to take it out. Each is a page with a form; what one may not do is not there. */
import { communityLimits, flagReasons, type PostView } from '../../contract/community.ts'
import { communityBuckets, secondsToWait } from '../../domain/access/index.ts'
import {
  type CommunityAs,
  changePost,
  flagPost,
  readyPost,
  removePost,
  topicAt,
  topicPath,
} from '../../domain/community/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { formHolds } from '../frame/form-token.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { blankForm, errorsOf } from '../me/sign-in.ts'
import type { Filled, Input } from '../page/form.ts'
import { refusedAs } from './acts.ts'
import { bodyInput, stepsInput, stepsOf, titleInput } from './fields.ts'
import { keepFor } from './kept.ts'
import { topicToken } from './push.ts'
import type { Found } from './structured.ts'
import { nameOf, sayIn } from './words.ts'

type Wrong = { field: string; says: string }[]
type At = { visit: Visit; found: Found; post: PostView; path: string; act: Act }
export const acts = ['flag', 'edit', 'remove'] as const
export type Act = (typeof acts)[number]

/** One post of a topic by its number, where one may do that to it. */
export async function postAt(
  visit: Visit,
  as: CommunityAs,
  { topic, post }: { topic: number; post: number },
  act: Act,
): Promise<At | null> {
  const found = await topicAt(visit.db, as, visit.language, topic, { at: post })
  if (found?.is !== 'topic') return null
  const one = post === 1 ? found.topic.first : found.page.posts.find(({ number }) => number === post)
  // Whoever is not signed in may say what is wrong once they are.
  if (!one || !(one.may[act] || (act === 'flag' && !visit.customer && one.html !== ''))) return null
  return { visit, found, post: one, path: topicPath(found.topic), act }
}

export function showPost(site: Site, at: At): Shown {
  const { visit, post, found } = at
  switch (at.act) {
    case 'flag':
      return flagging(site, at, new URLSearchParams(), [])
    case 'edit':
      return editing(site, at, typedOf(post, found), [])
    case 'remove':
      return { status: 200, page: asks(site, at, [], sayIn(visit.language)('removing.act')) }
  }
}

export async function actOnPost(site: Site, as: CommunityAs, at: At, fields: URLSearchParams): Promise<Shown> {
  const { visit, post, found, path, act } = at
  const { customer, now, to } = visit
  const say = sayIn(visit.language)
  if (!customer) return keepFor(site, visit, `${path}/${act}/${post.number}`, {})
  if ((await secondsToWait(visit.db, communityBuckets(visit.ip), now)) > 0) return troubleShown(visit, 429)
  const show = (wrong: Wrong, status: number, notice: string | null = null): Shown => {
    const shown =
      act === 'flag'
        ? flagging(site, at, fields, wrong, notice)
        : act === 'edit'
          ? editing(site, at, fields, wrong, notice)
          : { status, page: asks(site, at, [], say('removing.act'), notice) }
    return { ...shown, status } as Shown
  }
  if (!formHolds(fields.get('form') ?? '', found.topic.id, customer.sessionId, site.parts.keys, now))
    return show([], 409, visit.say('form.again'))
  const back = (done: string) => `${to(`${path}?done=${done}&at=${post.number}`)}#p-${post.number}`
  try {
    if (act === 'flag') {
      const reason = flagReasons.find(each => each === fields.get('reason'))
      if (!reason) return show([{ field: 'reason', says: say('flagging.choose') }], 422)
      const words = (fields.get('words') ?? '').trim().slice(0, communityLimits.remark)
      await site.parts.change(tx => flagPost(tx, as, { postId: post.id, reason, words }, now))
      return { go: back('flagged') }
    }
    if (act === 'remove') {
      await site.parts.change(tx => removePost(tx, as, { postId: post.id }, now))
      return { go: post.number === 1 ? to(`${path}`) : back('removed') }
    }
    const isFirst = post.number === 1
    const isPractice = isFirst && found.topic.kind === 'practice'
    const ready = await readyPost({
      body: fields.get('text') ?? '',
      ...(isFirst ? { title: fields.get('title') ?? '' } : {}),
      ...(isPractice ? { steps: stepsOf(fields.get('steps') ?? '') } : {}),
    })
    await site.parts.change(tx => changePost(tx, as, { postId: post.id, post: ready }, now))
    return { go: back('changed') }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error
    const { wrong, notice } = refusedAs(visit, error, 'text')
    return show(wrong ? [wrong] : [], error.status, notice ?? null)
  }
}

function asks(site: Site, at: At, inputs: Input[], label: string, notice: string | null = null, wrong: Wrong = []) {
  const { visit, found, post, path, act } = at
  const { to } = visit
  const say = sayIn(visit.language)
  const installation = visit.house.name
  const part = { flag: 'flagging', edit: 'editing', remove: 'removing' }[act]
  const heading = say(`${part}.title`)
  const lede =
    act === 'remove'
      ? say(found.topic.answers === 0 ? 'removing.topicWords' : 'removing.words')
      : say(`${part}.lede`, { installation })
  const back = `${to(path)}#p-${post.number}`
  const shape: Filled = {
    ...blankForm,
    heading,
    lede: [lede],
    notice,
    crumbs: { back: { label: found.topic.title, address: back }, here: heading },
    errors: wrong.length > 0 ? errorsOf(visit, wrong) : null,
    form: {
      ...{
        action: to(`${path}/${act}/${post.number}`),
        multipart: false,
        trap: null,
        inputs,
        beside: null,
        sticky: false,
      },
      hidden: visit.customer ? [{ name: 'form', value: topicToken(visit, found.topic.id, site.parts.keys) }] : [],
      buttons: [{ label, kind: 'primary' }],
    },
    links: [{ label: say('removing.back'), address: back }],
    ...(act === 'edit'
      ? {}
      : {
          quote: {
            ...{ title: say('flagging.what', { name: nameOf(visit, post.author) }), heading: null },
            ...{ html: post.html, steps: post.steps },
          },
        }),
  }
  const title = wrong.length > 0 ? visit.say('errors.window', { count: wrong.length, title: heading }) : heading
  return visit.page(title, { path, place: 'community' }, shape)
}

function flagging(site: Site, at: At, fields: URLSearchParams, wrong: Wrong, notice: string | null = null): Shown {
  const { visit } = at
  const say = sayIn(visit.language)
  const inputs: Input[] = [
    {
      ...{ is: 'picks', name: 'reason', label: say('flagging.reason'), hint: null, optional: null, inLine: false },
      trouble: wrong.find(({ field }) => field === 'reason')?.says ?? null,
      choices: flagReasons.map(value => ({
        ...{ value, label: say(`flagging.reasons.${value}`), what: null },
        chosen: fields.get('reason') === value,
      })),
    },
    {
      ...{ is: 'long', name: 'words', label: say('flagging.words'), hint: null, optional: visit.say('optional') },
      ...{ trouble: null, value: fields.get('words') ?? '', rows: 3, most: communityLimits.remark },
    },
  ]
  return { status: 200, page: asks(site, at, inputs, say('flagging.send'), notice, wrong) }
}

function typedOf(post: PostView, { topic }: Found): URLSearchParams {
  return new URLSearchParams({
    title: topic.title,
    text: post.typed?.body ?? '',
    steps: (post.typed?.steps ?? []).map(step => step.replaceAll('\n', ' ')).join('\n'),
  })
}

function editing(site: Site, at: At, fields: URLSearchParams, wrong: Wrong, notice: string | null = null): Shown {
  const { visit, post, found } = at
  const say = sayIn(visit.language)
  const { kind } = found.topic
  const isFirst = post.number === 1
  const inputs: Input[] = [
    ...(isFirst ? [titleInput(visit, kind, fields, wrong)] : []),
    isFirst
      ? bodyInput(visit, kind, fields, wrong)
      : { ...bodyInput(visit, kind, fields, wrong), label: say('topic.words'), hint: say('topic.wordsHint') },
    ...(isFirst && kind === 'practice' ? [stepsInput(visit, fields, wrong)] : []),
  ]
  return { status: 200, page: asks(site, at, inputs, say('editing.save'), notice, wrong) }
}
