/** My conversations, and one of them. */
import type { Errors, FormBody } from './form.ts'
import type { Link } from './frame.ts'
import type { Promised } from './pieces.ts'

export type Item = {
  title: Link
  /** "has it", after the name, which stands out; null: the whole is in `beneath` */
  who: string | null
  beneath: string
  promises: Promised[]
  /** beneath the promises: who knows that it is late */
  late: string | null
  answers: Link[]
}
export type Mine = {
  is: 'mine'
  heading: string
  lede: string
  /** by whose turn it is; one that holds nothing is not there */
  groups: { title: string; count: string; items: Item[]; more: Link | null }[]
  /** said while there is nothing at all */
  none: { words: string; link: Link | null } | null
}

export type Said = {
  id: string
  author: string
  when: string
  them: boolean
  text: string
  files: { label: string; address: string }[]
  /** options, in place */
  offer: FormBody | null
  /** what was chosen of them */
  chosen: string | null
}
export type OneConversation = {
  is: 'one'
  crumbs: { back: Link; here: string }
  heading: string
  errors: Errors | null
  notice: string | null
  earlier: { label: string; said: Said[] } | null
  said: Said[]
  /** what they may have promised in what they have just written */
  promise: { title: string; hint: string; form: FormBody } | null
  followUp: { title: string; form: FormBody } | null
  answer: { title: string; hint: string; form: FormBody } | null
  /** where nothing can be written any more */
  closed: string | null
  owner: { name: string; rest: string; beneath: string }
  promises: Promised[]
  nothing: string | null
  asides: { title: string; words: string }[]
}
