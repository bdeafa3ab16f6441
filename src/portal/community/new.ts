/**
 * Beginning a topic: a question, a discussion, or what works. One may look at it first; what may answer it already stands beside,
 * and the button to post it is never hidden. Whoever is not signed in yet comes back to their words by the mailed link.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type TopicKind, topicKinds } from '../../contract/community.ts'
import { Id } from '../../contract/kit.ts'
import { communityBuckets, secondsToWait } from '../../domain/access/index.ts'
import {
  beginTopic,
  type CommunityAs,
  guidelinesOf,
  readyPost,
  type ShownCategory,
  topicPath,
} from '../../domain/community/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import { hereFor, presenceFor } from '../frame/here.ts'
import { fieldsOf } from '../frame/posted.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import type { Answers } from '../home/answers.ts'
import { suggestionsFor, suggestPath } from '../home/suggest.ts'
import { blankForm, errorsOf } from '../me/sign-in.ts'
import type { Filled, Input } from '../page/form.ts'
import { refusedAs, stoppedOf, wordsIn } from './acts.ts'
import { bodyInput, stepsInput, stepsOf, titleInput } from './fields.ts'
import { forgetKept, keepFor, keptIn } from './kept.ts'
import { homePath, newPath, placesFor } from './places.ts'
import { stoppedWords, trap } from './topic.ts'
import { sayIn } from './words.ts'

/** More than these are chosen from a list. */
const mostInSight = 7
const kept = ['kind', 'in', 'title', 'text', 'steps'] as const
type Wrong = { field: string; says: string }
type Typed = { wrong?: Wrong[]; notice?: string | null; looks?: boolean }

export async function showNew(
  site: Site,
  answers: Answers,
  visit: Visit,
  as: CommunityAs,
  request: FastifyRequest,
): Promise<Shown> {
  const found = await keptIn(visit, request, newPath)
  const say = sayIn(visit.language)
  const { kind, in: place } = request.query as { kind?: unknown; in?: unknown }
  const fields = new URLSearchParams()
  if (found && found !== 'gone') {
    for (const name of kept) if (found.words[name]) fields.set(name, found.words[name])
    fields.set('kept', found.id)
    return shown(site, answers, visit, as, fields, { notice: say('signIn.kept') })
  }
  if (typeof kind === 'string') fields.set('kind', kind)
  if (typeof place === 'string') fields.set('in', place)
  return shown(site, answers, visit, as, fields, found === 'gone' ? { notice: say('signIn.gone') } : {})
}

export async function postNew(
  site: Site,
  answers: Answers,
  visit: Visit,
  as: CommunityAs,
  request: FastifyRequest,
): Promise<Shown> {
  const { fields } = await fieldsOf(request)
  const { customer, now, to } = visit
  const say = sayIn(visit.language)
  const kind = kindIn(fields)
  if (fields.get(trap)) return { go: to(homePath) }
  if ((await secondsToWait(visit.db, communityBuckets(visit.ip), now)) > 0) return troubleShown(visit, 429)
  const places = await placesFor(visit, as)
  const place = places.find(({ slug }) => slug === fields.get('in')) ?? (places.length === 1 ? places[0] : undefined)
  const wrong: Wrong[] = [
    ...(place ? [] : [{ field: 'in', says: say('new.noCategory') }]),
    ...((fields.get('title') ?? '').trim() ? [] : [{ field: 'title', says: say('new.noTitle') }]),
    ...((fields.get('text') ?? '').trim() ? [] : [{ field: 'text', says: say('new.noBody') }]),
    ...(kind !== 'practice' || stepsOf(fields.get('steps') ?? '').length > 0
      ? []
      : [{ field: 'steps', says: say('new.noSteps') }]),
  ]
  const show = (typed: Typed, status: number) => shown(site, answers, visit, as, fields, typed, status)
  if (wrong.length > 0 && places.length > 0) return show({ wrong }, 422)
  try {
    const post = await readyPost({
      ...{ body: fields.get('text') ?? '', title: fields.get('title') ?? '' },
      ...(kind === 'practice' ? { steps: stepsOf(fields.get('steps') ?? '') } : {}),
    })
    if (fields.get('do') === 'look') return show({ looks: true }, 200)
    if (!place) return show({}, 403)
    if (!customer) return keepFor(site, visit, newPath, wordsIn(fields, kept))
    const press = Id.safeParse(fields.get('press')).data
    if (!press || !formHolds(fields.get('form') ?? '', press, customer.sessionId, site.parts.keys, now))
      return show({ notice: visit.say('form.again') }, 409)
    const topic = { press, categoryId: place.id, kind, language: visit.language, post }
    const said = await site.parts.change(tx => beginTopic(tx, as, topic, now))
    await forgetKept(site, fields)
    return { go: to(`${topicPath(said)}?done=${said.state === 'standing' ? 'posted' : 'waits'}`) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error
    const { wrong: one, notice } = refusedAs(visit, error, error.fields[0]?.path === 'title' ? 'title' : 'text')
    return show({ ...(one ? { wrong: [one] } : {}), notice: notice ?? null }, error.status)
  }
}

const kindIn = (fields: URLSearchParams): TopicKind =>
  topicKinds.find(each => each === fields.get('kind')) ?? 'question'

async function shown(
  site: Site,
  answers: Answers,
  visit: Visit,
  as: CommunityAs,
  fields: URLSearchParams,
  { wrong = [], notice = null, looks = false }: Typed,
  status = 200,
): Promise<Shown> {
  const { to, say: help, customer } = visit
  const say = sayIn(visit.language)
  const kind = kindIn(fields)
  const [places, found, guidelines, stopped] = await Promise.all([
    placesFor(visit, as),
    presenceFor(visit),
    guidelinesOf(visit.db),
    stoppedOf(visit, as),
  ])
  const heading = say(`new.${kind}`)
  const crumbs = { back: { label: say('title'), address: to(homePath) }, here: heading }
  const presence = found && hereFor(visit, found)
  const where = { path: newPath, place: 'community' as const, scripted: true }
  if (stopped || places.length === 0) {
    const words = stopped ? stoppedWords(visit, 'topic', stopped) : say('new.nowhere')
    return {
      status: status === 200 ? 200 : 403,
      page: visit.page(heading, where, { ...blankForm, heading, lede: [words], crumbs, presence }),
    }
  }
  const suggested =
    looks || wrong.length > 0
      ? await suggestionsFor(
          visit,
          answers,
          new URLSearchParams({ subject: fields.get('title') ?? '', text: fields.get('text') ?? '' }),
          site.parts.keys,
        )
      : []
  const others = topicKinds.filter(each => each !== kind)
  const shape: Filled = {
    ...blankForm,
    ...{ heading, crumbs, notice, lede: [say(`new.lede.${kind}`)] },
    errors: wrong.length > 0 ? errorsOf(visit, wrong) : null,
    ...(looks ? { quote: await quoteOf(visit, kind, fields) } : {}),
    form: {
      action: to(newPath),
      hidden: hiddenOf(site, visit, kind, fields),
      ...{ multipart: false, sticky: true },
      trap: customer ? null : { name: trap, label: help('ask.trap') },
      inputs: [
        ...(places.length > 1 ? [placeInput(visit, places, fields, wrong)] : []),
        titleInput(visit, kind, fields, wrong),
        bodyInput(visit, kind, fields, wrong),
        ...(kind === 'practice' ? [stepsInput(visit, fields, wrong)] : []),
      ],
      buttons: [
        { label: say('new.post'), kind: 'primary', busy: help('ask.sending') },
        { label: say('new.look'), kind: 'second', name: 'do', value: 'look' },
      ],
      beside: say(customer ? 'new.beside' : 'new.keeps'),
    },
    suggest: { title: say('new.maybe'), words: say('new.maybeWords'), ask: to(suggestPath), each: suggested },
    presence: null,
    asides: [
      ...(guidelines ? [{ title: say('about.asked'), words: guidelines, links: [] }] : []),
      {
        ...{ title: say('new.else'), words: '' },
        links: [
          ...others.map(each => ({ label: say(`new.${each}`), address: to(`${newPath}?kind=${each}`), beneath: null })),
          ...(presence ? [{ label: say('new.private'), address: to('/help/ask'), beneath: null }] : []),
        ],
      },
    ],
  }
  const title = wrong.length > 0 ? help('errors.window', { count: wrong.length, title: heading }) : heading
  return { status, page: visit.page(title, where, shape) }
}

async function quoteOf(visit: Visit, kind: TopicKind, fields: URLSearchParams): Promise<NonNullable<Filled['quote']>> {
  const ready = await readyPost({
    ...{ body: fields.get('text') ?? '', title: fields.get('title') ?? '' },
    ...(kind === 'practice' ? { steps: stepsOf(fields.get('steps') ?? '') } : {}),
  })
  const title = sayIn(visit.language)('new.preview')
  return { title, heading: ready.title, html: ready.html, steps: ready.steps.map(({ html }) => html) }
}

function hiddenOf(site: Site, visit: Visit, kind: TopicKind, fields: URLSearchParams) {
  const press = randomUUIDv7()
  const keptId = Id.safeParse(fields.get('kept')).data
  return [
    { name: 'kind', value: kind },
    ...(keptId ? [{ name: 'kept', value: keptId }] : []),
    ...(visit.customer
      ? [
          { name: 'press', value: press },
          { name: 'form', value: formToken(press, visit.customer.sessionId, site.parts.keys, visit.now) },
        ]
      : []),
  ]
}

function placeInput(visit: Visit, places: ShownCategory[], fields: URLSearchParams, wrong: Wrong[]): Input {
  const common = {
    ...{ name: 'in', label: sayIn(visit.language)('new.category'), hint: null, optional: null },
    trouble: wrong.find(({ field }) => field === 'in')?.says ?? null,
  }
  const choices = places.map(({ slug, name, about }) => ({
    ...{ value: slug, label: name, what: about || null, chosen: fields.get('in') === slug },
  }))
  return places.length > mostInSight
    ? { is: 'select', ...common, choices: [{ value: '', label: '', what: null, chosen: false }, ...choices] }
    : { is: 'picks', ...common, choices, inLine: false }
}
