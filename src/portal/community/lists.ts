/** Lists of the community: its start, one category, what is newest, what waits for an answer, practices, and what is new as a feed. */
import type { TopicRow } from '../../contract/community.ts'
import {
  type CommunityAs,
  categoriesFor,
  categoryAt,
  communityCategoryPath,
  type ShownCategory,
  topicPath,
  topicsFor,
} from '../../domain/community/index.ts'
import { isSlug } from '../../domain/knowledge/index.ts'
import { feedOf } from '../frame/feed.ts'
import { hereFor, presenceFor } from '../frame/here.ts'
import { type Shown, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { nobody, searchOf } from '../home/home.ts'
import type { Forum, Push, TopicLine, TopicList } from '../page/community.ts'
import { feedPath, homePath, newPath, placesFor, practicesPath } from './places.ts'
import { apart, namedFrom, sayIn } from './words.ts'

const few = 5

export function lineOf(visit: Visit, topic: TopicRow): TopicLine {
  const say = sayIn(visit.language)
  const isPractice = topic.kind === 'practice'
  const count =
    isPractice && topic.worked > 0
      ? say('row.worked', { count: topic.worked })
      : topic.answers > 0
        ? say('row.replies', { count: topic.answers })
        : say('row.noReply')
  const is = topic.state === 'waiting' ? 'waiting' : topic.accepted ? 'answered' : isPractice ? 'practice' : null
  const plain = topic.pinned ? 'pinned' : topic.locked ? 'locked' : null
  return {
    label: topic.title,
    address: visit.to(topicPath(topic)),
    beneath: say('row.beneath', { name: apart(namedFrom(visit, topic.author)), count, far: visit.far(topic.lastAt) }),
    mark: is ? { is, words: say(`row.${is}`) } : plain ? { is: 'plain', words: say(`row.${plain}`) } : null,
  }
}

const links = (visit: Visit, ...kinds: ('question' | 'practice')[]) => {
  const say = sayIn(visit.language)
  return kinds.map(kind => ({
    label: say(kind === 'question' ? 'ask' : 'tell'),
    address: visit.to(kind === 'question' ? newPath : `${newPath}?kind=practice`),
  }))
}

async function around(visit: Visit, more: Pick<Forum, 'heading' | 'intro' | 'lists'> & Partial<Forum>): Promise<Forum> {
  const found = await presenceFor(visit)
  const say = sayIn(visit.language)
  return {
    ...{ is: 'forum', crumbs: null, notice: null, search: null, begin: [], closed: null, places: null },
    asides: [
      {
        ...{ title: say('about.title'), words: say('about.words'), following: null, pushes: [] },
        links: [{ label: say('about.feed'), address: visit.to(feedPath) }],
      },
    ],
    presence: found ? hereFor(visit, found) : nobody(visit),
    ...more,
  }
}

const trail = (visit: Visit) => ({
  label: sayIn(visit.language)('where'),
  links: [{ label: sayIn(visit.language)('title'), address: visit.to(homePath) }],
})

export async function communityHome(visit: Visit, as: CommunityAs): Promise<Shown> {
  const { language, db, to } = visit
  const say = sayIn(language)
  const [categories, places, newest, unanswered, practices] = await Promise.all([
    categoriesFor(db, as, language),
    placesFor(visit, as),
    topicsFor(db, as, language, { limit: 10 }),
    topicsFor(db, as, language, { show: 'unanswered', limit: few }),
    topicsFor(db, as, language, { kind: 'practice', limit: few }),
  ])
  const list = (
    title: string,
    { topics, next }: Awaited<ReturnType<typeof topicsFor>>,
    more: { label: string; path: string },
    note: string | null = null,
  ): TopicList => ({
    ...{ title, note, none: null, topics: topics.map(topic => lineOf(visit, topic)) },
    more: next ? { label: more.label, address: to(more.path) } : null,
  })
  const newestList = list(say('list.newest'), newest, {
    label: say('list.allNewest'),
    path: `${homePath}/newest`,
  })
  const waiting = list(
    say('list.unanswered'),
    unanswered,
    { label: say('list.allUnanswered'), path: `${homePath}/unanswered` },
    say('list.unansweredNote'),
  )
  const found = list(say('list.practices'), practices, { label: say('list.allPractices'), path: practicesPath })
  const shape = await around(visit, {
    heading: say('title'),
    intro: say('lede'),
    search: { ...searchOf(visit, '')!, hint: say('find') },
    begin: places.length > 0 ? links(visit, 'question', 'practice') : [],
    places: {
      title: say('places'),
      links: categories.map(each => ({
        label: each.name,
        address: to(communityCategoryPath(each.slug)),
        beneath: aboutOf(visit, each),
      })),
    },
    lists: [
      newest.topics.length > 0 ? newestList : { ...newestList, none: say('list.none') },
      ...(practices.topics.length > 0 ? [found] : []),
      ...(unanswered.topics.length > 0 && newest.topics.length > few ? [waiting] : []),
    ],
  })
  const described = say('described', { installation: visit.house.name })
  return {
    status: 200,
    page: visit.page(
      say('title'),
      { path: homePath, place: 'community', listed: { description: described, feed: feedLink(visit) } },
      shape,
    ),
    kept: true,
  }
}

const feedLink = (visit: Visit) => ({
  label: sayIn(visit.language)('about.feed'),
  address: visit.whole(feedPath),
})

function aboutOf({ language }: Visit, { about, topics, audience }: ShownCategory): string {
  const say = sayIn(language)
  return [
    about && apart(about),
    topics > 0 ? say('topics', { count: topics }) : say('noTopics'),
    audience === 'public' ? '' : say(`only.${audience}`),
  ]
    .filter(Boolean)
    .join(' ')
}

type Kind = 'newest' | 'unanswered' | 'practices'
const listPaths: Record<Kind, string> = {
  newest: `${homePath}/newest`,
  unanswered: `${homePath}/unanswered`,
  practices: practicesPath,
}

/** All of one kind, as far as one leafs. */
export async function topicList(visit: Visit, as: CommunityAs, kind: Kind, after: string | null): Promise<Shown> {
  const { language, db, to } = visit
  const say = sayIn(language)
  const asked =
    kind === 'practices' ? { kind: 'practice' as const } : kind === 'unanswered' ? { show: 'unanswered' as const } : {}
  const { topics, next } = await topicsFor(db, as, language, { ...asked, ...(after ? { after } : {}) })
  const heading = say(`list.${kind === 'newest' ? 'allNewest' : kind}`)
  const path = listPaths[kind]
  const none = { newest: 'list.none', unanswered: 'list.noneUnanswered', practices: 'list.nonePractices' }[kind]
  const intro =
    kind === 'practices' ? say('list.practicesLede') : kind === 'unanswered' ? say('list.unansweredNote') : null
  const shape = await around(visit, {
    ...{ heading, intro, crumbs: trail(visit) },
    begin: links(visit, kind === 'practices' ? 'practice' : 'question'),
    lists: [
      {
        ...{ title: null, note: null, none: topics.length === 0 ? say(none) : null },
        topics: topics.map(topic => lineOf(visit, topic)),
        more: next ? { label: say('list.older'), address: to(`${path}?after=${encodeURIComponent(next)}`) } : null,
      },
    ],
  })
  const where = { path, place: 'community' as const }
  const listed = after ? {} : { listed: { description: intro ?? heading, feed: feedLink(visit) } }
  return { status: 200, page: visit.page(heading, { ...where, ...listed }, shape), kept: true }
}

export async function categoryPage(
  visit: Visit,
  as: CommunityAs,
  slug: string,
  after: string | null,
  more: { follow: { words: string | null; pushes: Push[] } | null; notice: string | null },
): Promise<Shown> {
  const { language, db, to } = visit
  const say = sayIn(language)
  const category = isSlug(slug) ? await categoryAt(db, as, language, slug) : null
  if (!category) return troubleShown(visit, 404)
  if (category.slug !== slug) return { go: to(communityCategoryPath(category.slug)), moved: true }
  const [{ topics, next }, places] = await Promise.all([
    topicsFor(db, as, language, { categoryId: category.id, ...(after ? { after } : {}) }),
    placesFor(visit, as),
  ])
  const begins = places.some(({ id }) => id === category.id)
  const path = communityCategoryPath(category.slug)
  const shape = await around(visit, {
    ...{ heading: category.name, intro: category.about || null, crumbs: trail(visit), notice: more.notice },
    begin: begins
      ? links(visit, 'question', 'practice').map(link => ({
          ...link,
          address: `${link.address}${link.address.includes('?') ? '&' : '?'}in=${category.slug}`,
        }))
      : [],
    closed:
      [category.audience === 'public' ? '' : say(`only.${category.audience}`), begins ? '' : say('onlyUs')]
        .filter(Boolean)
        .join(' ') || null,
    lists: [
      {
        ...{ title: null, note: null, none: topics.length === 0 ? say('list.none') : null },
        topics: topics.map(topic => lineOf(visit, topic)),
        more: next ? { label: say('list.older'), address: to(`${path}?after=${encodeURIComponent(next)}`) } : null,
      },
    ],
  })
  const [about, ...rest] = shape.asides
  const { words: following = null, pushes = [] } = more.follow ?? {}
  const asides = about ? [{ ...about, following, pushes }, ...rest] : []
  const isPublic = category.audience === 'public' && !after
  const listed = isPublic ? { listed: { description: category.about || category.name, feed: feedLink(visit) } } : {}
  return {
    status: 200,
    page: visit.page(category.name, { path, place: 'community', ...listed }, { ...shape, asides }),
    kept: more.notice === null,
  }
}

/** What anybody may read, newest first; never what needs a session. */
export async function communityFeed(visit: Visit, anybody: CommunityAs): Promise<Shown> {
  const { topics } = await topicsFor(visit.db, anybody, visit.language, { limit: 30 })
  const say = sayIn(visit.language)
  return feedOf(visit, {
    path: feedPath,
    of: homePath,
    title: say('about.feedTitle', { installation: visit.house.name }),
    entries: topics.map(topic => ({
      path: topicPath(topic),
      title: topic.title,
      at: new Date(topic.lastAt),
      summary: lineOf(visit, topic).beneath,
    })),
  })
}
