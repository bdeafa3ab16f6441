/** An article: its words made safe, what vouches for it, and the way on to a person. */
import type { Link } from './frame.ts'
import type { Presence } from './home.ts'

export type Article = {
  is: 'article'
  crumbs: { label: string; links: Link[] }
  heading: string
  /** of its words, which may be another than the page's */
  language: string
  rightToLeft: boolean
  kept: string
  /** who alone sees it; null: everybody */
  limited: string | null
  seal: { title: string; words: string } | null
  summary: string
  /** safe markup */
  html: string
  contents: { label: string; links: Link[] } | null
  /** the same in other languages */
  editions: (Link & { language: string })[]
  helpful: {
    action: string
    token: string
    title: string
    choices: { value: string; label: string; chosen: boolean }[]
    words: { label: string; optional: string; hint: string; value: string }
    send: string
    instead: Link | null
    trouble: { title: string; says: string } | null
    notice: string | null
  }
  related: { label: string; links: (Link & { beneath: string | null })[] } | null
  /** topics it came of, with thanks to whoever said it first */
  thanks: { title: string; each: { before: string; link: Link; after: string }[] } | null
  presence: Presence
}
