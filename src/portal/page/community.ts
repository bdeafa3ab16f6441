/** The community outside: lists of topics, and one topic or practice with what people wrote to it. */
import type { Errors, FormBody } from './form.ts'
import type { Link } from './frame.ts'
import type { Home, Presence } from './home.ts'

/** A form of one button. */
export type Push = { label: string; action: string; hidden: { name: string; value: string }[]; pressed: boolean }

export type TopicLine = Link & {
  beneath: string
  /** what tells it apart: answered, a practice, waiting for approval */
  mark: { is: 'answered' | 'practice' | 'waiting' | 'plain'; words: string } | null
}
export type TopicList = {
  /** null: the page's own heading says it */
  title: string | null
  note: string | null
  topics: TopicLine[]
  /** said while there is none */
  none: string | null
  more: Link | null
}

export type Forum = {
  is: 'forum'
  crumbs: { label: string; links: Link[] } | null
  heading: string
  intro: string | null
  notice: string | null
  search: Home['search']
  /** to begin something: the likeliest first; none where one may not */
  begin: Link[]
  /** in words, where one may not */
  closed: string | null
  places: { title: string; links: (Link & { beneath: string | null })[] } | null
  lists: TopicList[]
  presence: Presence
  /** `following`: that one does, and how */
  asides: { title: string; words: string; links: Link[]; following: string | null; pushes: Push[] }[]
}

/** Whoever wrote: their name, whose they are, and when. */
export type Writer = {
  name: string
  /** their organisation */
  of: string | null
  /** somebody of ours: the name of the installation */
  ours: string | null
  when: string
}

export type Post = {
  anchor: string
  by: Writer
  /** what it answers, in the same topic */
  to: Link | null
  /** safe markup; null: it was taken out */
  html: string | null
  /** instead of it, or before it: who sees it, and why */
  told: string | null
  accepted: string | null
  liked: string | null
  /** what became of it: words around a link */
  became: { before: string; link: Link; after: string }[]
  pushes: Push[]
  links: Link[]
}

type Practice = {
  context: { title: string; html: string }
  /** safe markup, too */
  steps: { title: string; each: string[] }
}
export type Worked = {
  title: string
  rows: { name: string; of: string | null; when: string; words: string; worked: string | null }[]
  more: Link | null
  /** null: asks to sign in, or it is their own */
  form: { title: string; body: FormBody } | null
  mine: { words: string; push: Push } | null
}

export type Topic = {
  is: 'topic'
  crumbs: { label: string; links: Link[]; here: string }
  heading: string
  errors: Errors | null
  notice: string | null
  /** who alone sees it, or what waits */
  limited: string | null
  /** null: how it went for others, all of it, has a page of its own */
  first: Post | null
  practice: Practice | null
  /** a link where it stands on another page of replies */
  accepted: { title: string; post: Post | null; link: Link | null } | null
  worked: Worked | null
  posts: { title: string; each: Post[]; before: Link | null; after: Link | null; none: string | null } | null
  reply: { title: string; hint: { before: string; link: Link; after: string } | null; form: FormBody } | null
  /** asks whoever wrote it whether it is still right */
  check: { words: string; push: Push } | null
  /** where nothing can be written: why, and where to go instead */
  instead: { words: string; link: Link | null } | null
  facts: { title: string; words: string; each: string[]; following: string | null; pushes: Push[] }
  ties: { title: string; links: Link[] } | null
  wrong: { title: string; before: string; link: Link; after: string } | null
  presence: Presence
}
