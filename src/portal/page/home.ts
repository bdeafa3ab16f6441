/** The home of the pages outside: search, the person on duty with a time, what is open between us, and sections that stay away while they are empty. */
import type { Link } from './frame.ts'
import type { Promised } from './pieces.ts'

/** Where something stands in a text, in UTF-16 units. */
export type Mark = [from: number, to: number]

export type Section = {
  title: string
  /** null: nothing beneath the title */
  note: string | null
  links: (Link & { beneath: string | null; marks?: { title: Mark[]; beneath: Mark[] } })[]
  /** `subjects`: side by side */
  shape: 'list' | 'subjects'
}

/** Who answers, from when to when, and what else one can do; in the side column. */
export type Presence = {
  title: string
  /** "Here until 17:30 today"; null: nobody is here now */
  here: string | null
  words: string
  /** the time in it, which stands out */
  strong: string
  write: Link | null
}

export type Home = {
  is: 'home'
  heading: string
  intro: string | null
  search: {
    action: string
    label: string
    hint: string
    button: string
    placeholder: string
    language: string | null
    looked: string
  } | null
  /** where the person's block is far below */
  narrow: { before: string; link: Link; after: string } | null
  open: { title: string; promises: Promised[] } | null
  sections: Section[]
  presence: Presence
  note: { title: string; words: string } | null
  hours: { title: string; rows: { day: string; times: string; now: boolean }[]; beneath: string | null } | null
}
