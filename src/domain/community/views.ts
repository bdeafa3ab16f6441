/** From rows to what is shown: who said it, what of it may be read, and what whoever reads may do with it. Pure. */
import type { z } from 'zod'
import type {
  CommunityAuthor,
  PostState,
  PostView,
  Remover,
  TopicKind,
  TopicRow,
  TopicTie,
  WaitReason,
} from '../../contract/community.ts'
import type { Audience } from '../../contract/knowledge.ts'
import { personOf, type RawAuthor, tends } from './reading.ts'
import { acceptsAnswer, type CommunityAs, editsPost, judgesPost, readsPost, removesPost } from './rules.ts'

export function authorOf(raw: RawAuthor, as: CommunityAs): z.output<typeof CommunityAuthor> {
  const mine = raw.id !== null && raw.id === personOf(as)
  const is = raw.id === null ? ('left' as const) : raw.us ? ('us' as const) : ('person' as const)
  return {
    ...{ is, mine, name: is === 'left' ? null : raw.name, from: is === 'person' ? raw.from : null },
    personId: as.is === 'inside' ? raw.id : null,
  }
}

export type RawTopic = {
  id: string
  number: number
  slug: string
  kind: TopicKind
  title: string
  language: string
  state: PostState
  categoryId: string
  categorySlug: string
  categoryName: string
  audience: Audience
  author: RawAuthor
  begunAt: Date
  lastAt: Date
  answers: number
  likes: number
  accepted: boolean
  worked: number
  pinned: boolean
  locked: boolean
}

export function topicRow(row: RawTopic, as: CommunityAs): TopicRow {
  const { categoryId, categorySlug, categoryName, audience, author, begunAt, lastAt, ...rest } = row
  return {
    ...{ id: rest.id, number: Number(rest.number), slug: rest.slug, kind: rest.kind, title: rest.title },
    ...{ language: rest.language, state: rest.state, answers: rest.answers, likes: rest.likes },
    ...{ accepted: rest.accepted, worked: rest.worked, pinned: rest.pinned, locked: rest.locked },
    category: { id: categoryId, slug: categorySlug, name: categoryName, audience },
    author: authorOf(author, as),
    at: begunAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }
}

export type RawPost = {
  id: string
  number: number
  author: RawAuthor
  source: string
  html: string
  steps: { source: string; html: string }[]
  answersTo: number | null
  state: PostState
  waitsFor: WaitReason | null
  removedBy: Remover | null
  likes: number
  liked: boolean
  byUs: boolean
  at: Date
  editedAt: Date | null
}

type About = {
  as: CommunityAs
  topic: { kind: TopicKind; state: PostState; locked: boolean; asked: boolean; acceptedId: string | null }
  ties: readonly TopicTie[]
}

export function postView(row: RawPost, { as, topic, ties }: About): PostView {
  const author = authorOf(row.author, as)
  const own = { mine: author.mine, byUs: row.byUs, state: row.state, number: row.number, topic }
  const readable = readsPost(as, own)
  const edits = readable && editsPost(as, own)
  const { asked, kind } = topic
  return {
    ...{ id: row.id, number: row.number, author },
    ...{ state: row.state, removedBy: row.removedBy, answersTo: row.answersTo },
    at: row.at.toISOString(),
    editedAt: readable ? (row.editedAt?.toISOString() ?? null) : null,
    waitsFor: author.mine || tends(as) ? row.waitsFor : null,
    html: readable ? row.html : '',
    steps: readable ? row.steps.map(step => step.html) : [],
    typed: edits ? { body: row.source, steps: row.steps.map(step => step.source) } : null,
    likes: readable ? row.likes : 0,
    liked: row.liked,
    accepted: topic.acceptedId === row.id,
    ties: readable ? ties.filter(tie => tie.postNumber === row.number) : [],
    may: {
      edit: edits,
      remove: removesPost(as, own),
      like: judgesPost(as, own),
      flag: judgesPost(as, own),
      accept: acceptsAnswer(as, { asked, number: row.number, state: row.state, kind }),
    },
  }
}
