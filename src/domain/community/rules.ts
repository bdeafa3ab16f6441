/** Who reads and writes where, who waits for a look, what flags do, and what somebody has shown by being here. Pure: no clock, no database. */
import type { PostState, TopicKind, WaitReason } from '../../contract/community.ts'
import type { Trust } from '../../contract/community-tending.ts'
import { type Guarded, readsArticle } from '../knowledge/rules.ts'

/** As whom somebody reads and writes. `tends`: looks after it; `settles`: makes and moves categories. */
export type CommunityAs =
  | { is: 'anybody' }
  | { is: 'person'; personId: string; organisations: readonly string[] }
  | { is: 'inside'; personId: string; tends: boolean; settles: boolean }

export type Tending = Extract<CommunityAs, { is: 'inside' }>

/** What one may not read is not there. Categories are guarded as articles are. */
export const readsCategory: (as: CommunityAs, category: Guarded) => boolean = readsArticle

type Place = Guarded & { begins: 'everybody' | 'us'; archived: boolean }
type Standing = { state: PostState | 'merged'; locked: boolean }

/** Null: they may. Otherwise the code of the refusal. */
export function whyNotBegin(as: CommunityAs, place: Place): string | null {
  if (!readsCategory(as, place)) return 'absent'
  if (as.is === 'anybody') return 'sign-in-to-write'
  if (place.archived) return 'category-archived'
  return place.begins === 'us' && as.is !== 'inside' ? 'not-here' : null
}

export function whyNotWrite(as: CommunityAs, place: Place, topic: Standing): string | null {
  if (!readsCategory(as, place)) return 'absent'
  if (as.is === 'anybody') return 'sign-in-to-write'
  if (topic.state === 'removed') return 'topic-removed'
  if (place.archived) return 'category-archived'
  // Those who look after it may say why it is closed.
  if (topic.locked && !(as.is === 'inside' && as.tends)) return 'topic-locked'
  return null
}

type Shown = { state: PostState; mine: boolean }
/** A post that waits or is hidden is read by whoever wrote it, and by those who look after the community. */
export const readsPost = (as: CommunityAs, post: Shown): boolean =>
  post.state === 'standing' || (post.state !== 'removed' && (post.mine || (as.is === 'inside' && as.tends)))

/** What somebody did here: on how many days, how many posts stood, how many were taken away by us. */
export type Deeds = { days: number; stood: number; removed: number }

/** Grows with use and is shown to nobody: it only says how carefully we look. What we took away weighs more than what stood. */
export function trustOf({ days, stood, removed }: Deeds): Trust {
  const net = stood - removed * 5
  if (days >= 15 && net >= 30) return 'trusted'
  return days >= 2 && net >= 3 ? 'known' : 'new'
}

export type Pace = { tenMinutes: number; day: number; topicsDay: number }
const paces: Record<Trust, Pace> = {
  new: { tenMinutes: 3, day: 10, topicsDay: 3 },
  known: { tenMinutes: 6, day: 50, topicsDay: 10 },
  trusted: { tenMinutes: 15, day: 200, topicsDay: 30 },
}
export const paceOf = (trust: Trust): Pace => paces[trust]

/** What they wrote lately. Null: they may write; else in how many minutes. */
export function minutesToWait(trust: Trust, lately: Pace, beginsTopic: boolean): number | null {
  const pace = paceOf(trust)
  if (lately.day >= pace.day || (beginsTopic && lately.topicsDay >= pace.topicsDay)) return 24 * 60
  return lately.tenMinutes >= pace.tenMinutes ? 10 : null
}

export type Coming = {
  trust: Trust
  approve: 'all-new' | 'when-odd' | 'never'
  links: number
  misleads: boolean
  /** of theirs that wait already */
  waiting: number
  /** by how many people who are new, in the last ten minutes */
  newcomers: number
  /** others said just this lately, and it is no "thank you" */
  saidByOthers: boolean
}

/** Null: it stands at once. */
export function waitsFor(it: Coming): WaitReason | null {
  if (it.misleads) return 'links'
  if (it.saidByOthers && it.trust !== 'trusted') return 'same'
  if (it.trust === 'new') {
    if (it.links > 0 && it.approve !== 'never') return 'links'
    if (it.approve === 'all-new') return 'first'
    if (it.approve === 'never') return it.links > 2 ? 'links' : null
    if (it.waiting > 0) return 'many'
    return it.newcomers >= 20 ? 'flood' : null
  }
  return it.links > (it.trust === 'known' ? 5 : 20) ? 'links' : null
}

/** Short words are said by many. */
export const tellsApart = (words: string) => words.length >= 40

/** A flag counts towards hiding when we know whoever raised it well. */
export const countsAsFlag = (trust: Trust) => trust === 'trusted'
export function hiddenByFlags(it: {
  counting: number
  toHide: number
  state: PostState
  byUs: boolean
  looked: boolean
}): boolean {
  // What a teammate wrote, or looked at and let stand, is hidden by nobody.
  return it.state === 'standing' && !it.byUs && !it.looked && it.counting >= it.toHide
}

type Own = { mine: boolean; byUs: boolean; state: PostState; number: number; topic: Standing }
export const editsPost = (as: CommunityAs, it: Own): boolean =>
  as.is !== 'anybody' && it.state !== 'removed' && ((it.mine && !it.topic.locked) || (as.is === 'inside' && as.tends))
export const removesPost = (as: CommunityAs, it: Own): boolean =>
  as.is !== 'anybody' && it.state !== 'removed' && (it.mine || (as.is === 'inside' && as.tends))
/** Likes it or flags it: what stands and is somebody else's. */
export const judgesPost = (as: CommunityAs, it: Pick<Own, 'mine' | 'state'>): boolean =>
  as.is !== 'anybody' && it.state === 'standing' && !it.mine
/** Whoever asked says which answer it was; so may those who look after it. */
export const acceptsAnswer = (
  as: CommunityAs,
  it: { asked: boolean; number: number; state: PostState; kind: TopicKind },
): boolean =>
  it.number > 1 && it.state === 'standing' && it.kind !== 'discussion' && (it.asked || (as.is === 'inside' && as.tends))

type Named = { personId: string; name: string }
/** Those who take part and are called by name: `@Camila Restrepo` or `@Camila`, where that is one person. */
export function mentionsIn(words: string, people: readonly Named[]): string[] {
  const found = new Set<string>()
  const lower = words.toLowerCase()
  for (let at = lower.indexOf('@'); at >= 0; at = lower.indexOf('@', at + 1)) {
    if (at > 0 && /[\p{L}\p{N}._%+-]/u.test(lower[at - 1]!)) continue
    const rest = lower.slice(at + 1, at + 101)
    const fits = (name: string) =>
      name !== '' && rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length))
    const whole = people.filter(each => fits(each.name.toLowerCase()))
    if (whole.length > 0) {
      const longest = Math.max(...whole.map(each => each.name.length))
      for (const each of whole) if (each.name.length === longest) found.add(each.personId)
      continue
    }
    const first = people.filter(each => fits(each.name.toLowerCase().split(/\s+/)[0]!))
    if (new Set(first.map(each => each.personId)).size === 1) found.add(first[0]!.personId)
  }
  return [...found].slice(0, 20)
}

/** When the next gathering of what was said is due. */
export function nextDigest(rhythm: 'daily' | 'weekly' | 'never', from: Date): Date | null {
  if (rhythm === 'never') return null
  return new Date(from.getTime() + (rhythm === 'daily' ? 1 : 7) * 86_400_000)
}

export const topicPath = ({ number, slug }: { number: number; slug: string }) =>
  `/help/community/t/${number}-${encodeURIComponent(slug)}`
export const communityCategoryPath = (slug: string) => `/help/community/c/${encodeURIComponent(slug)}`
