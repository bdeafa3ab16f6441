/** A page on which something is filled in: fields as they were left, and what is to be mended. */

import type { Link } from './frame.ts'
import type { Presence } from './home.ts'

type Common = {
  name: string
  label: string
  hint: string | null
  /** "(if you like)"; null: it is needed */
  optional: string | null
  trouble: string | null
}
export type Choice = { value: string; label: string; what: string | null; chosen: boolean }
export type Input = Common &
  (
    | {
        is: 'line'
        kind: 'text' | 'email' | 'tel' | 'date' | 'number'
        value: string
        most: number
        complete?: string
        small?: boolean
      }
    /** `peek`: leads to what may answer it already, where that stands below; null: room for it, until the script knows */
    | { is: 'long'; value: string; rows: number; most: number; peek?: { label: string; address: string } | null }
    | { is: 'select'; choices: Choice[] }
    | { is: 'picks'; choices: Choice[]; inLine: boolean; several?: boolean }
    /** files that came with an earlier try, each to be left out again */
    | { is: 'files'; kept: { id: string; label: string }[]; leaveOut: string }
    | { is: 'pair'; inputs: Input[] }
  )

export type Button = {
  label: string
  kind: 'primary' | 'second' | 'link'
  name?: string
  value?: string
  action?: string
  /** while it is being sent */
  busy?: string
  /** of no use where the script is at work */
  withoutScript?: boolean
}
/** Named on top, explained at the fields. */
export type Errors = { title: string; beneath: string; each: { field: string; says: string }[] }

export type FormBody = {
  action: string
  hidden: { name: string; value: string }[]
  /** with files */
  multipart: boolean
  /** a field that people do not see and programs fill in */
  trap: { name: string; label: string } | null
  inputs: Input[]
  buttons: Button[]
  /** beside the button: what happens then */
  beside: string | null
  /** in sight all the time */
  sticky: boolean
}

/** What may answer it already; with it, that it did. */
export type Suggestion = Link & {
  beneath: string | null
  press: { action: string; token: string; label: string; thanks: string } | null
}

export type Filled = {
  is: 'form'
  heading: string
  lede: string[]
  crumbs: { back: Link; here: string } | null
  errors: Errors | null
  notice: string | null
  /** what it is about, or how it will look: a heading, safe markup, and steps */
  quote?: { title: string; heading: string | null; html: string; steps: string[] }
  form: FormBody | null
  /** which of several; instead of a form */
  list: (Link & { beneath: string | null })[]
  /** beneath it, or instead of it */
  links: Link[]
  presence: Presence | null
  /** `ask`: where the script asks for more while one writes */
  suggest: { title: string; words: string; ask: string | null; each: Suggestion[] } | null
  asides: { title: string; words: string; links: (Link & { beneath: string | null })[] }[]
}
