/** What stands around every page outside: the head, the foot, and what browsers and search engines read of it. */

export type Link = { label: string; address: string }

/** The way about in a page under /help; pages that mails lead to have none. */
export type Head = {
  home: string
  nav: (Link & { current: boolean; count: { shown: string; says: string } | null })[]
  me: Link[]
  /** the page in other languages */
  tongues: { label: string; each: (Link & { language: string; current: boolean })[] }
  /** null on the form itself */
  write: Link | null
  words: { nav: string; menu: string }
}

/** For browsers' heads and search engines. */
export type About = {
  /** null: nobody shall keep or list it */
  canonical: string | null
  description: string | null
  alternates: { language: string; address: string }[]
  feed: Link | null
  /** schema.org */
  structured: object | null
}

export type Frame = {
  language: string
  rightToLeft: boolean
  installation: string
  logo: string | null
  /** where its style sheet lies */
  style: string
  /** makes a page quicker to use; never needed. null: the page has none */
  script: string | null
  /** `title` is the browser window's */
  words: { skip: string; title: string }
  head: Head | null
  about: About
  foot: { links: Link[]; lines: string[] }
}
