/** The pages that mails lead to: one thing to read, and at most one thing to answer. */
import type { Promised } from './pieces.ts'

export type Row = { value: string; label: string; what: string; cost: string; chosen: boolean }
export type Field = { name: string; label: string; hint: string; value: string; rows: number }
export type Trouble = { field: string; says: string } | null
export type Person = { name: string; beneath: string }
export type Form = {
  /** its own address */
  action: string
  token: string
  legend: string
  name: string
  rows: Row[]
  field: Field | null
  button: string
  beside: string
  trouble: Trouble
  /** said above the form: it is out of date */
  notice: string | null
}

export type Letter = {
  is: 'letter'
  heading: string
  lede: string[]
  /** where something is missing: `title` is then the window's */
  words: { notSent: string; mend: string }
  /** what was chosen, as the row they chose */
  chosen: { label: string; what: string; cost: string } | null
  promises: Promised[]
  /** an answer they had from us, folded */
  read: { label: string; text: string } | null
  form: Form | null
  links: { label: string; address: string; primary: boolean }[]
  aside: { person: Person | null; sections: { title: string; words: string }[] }
}
