/** My details: what one says of oneself, where one is signed in, and one's data. */
import type { Push } from './community.ts'
import type { Errors, FormBody } from './form.ts'
import type { Link } from './frame.ts'

/** A form of one button. */
export type Press = { label: string; action: string; value: string | null; token: { name: string; value: string } }

export type Me = {
  is: 'me'
  heading: string
  lede: string
  errors: Errors | null
  notice: string | null
  form: FormBody
  /** null: there is no community */
  community: {
    title: string
    stopped: string | null
    form: FormBody
    follows: { title: string; none: string; rows: (Link & { beneath: string; push: Push })[] }
  } | null
  sessions: {
    title: string
    rows: { id: string; name: string; beneath: string; mark: string | null; end: Press }[]
    all: Press
  }
  data: { title: string; words: string; export: Press; eraseTitle: string; eraseWords: string; erase: Press }
}
