/** What each page outside shows: sentences and times that are ready to be read. The pages lay them out and decide nothing. */

export type Frame = {
  language: string
  rightToLeft: boolean
  installation: string
  logo: string | null
  /** where its style sheet lies */
  style: string
  /** `title` and `mend` are the browser window's: as it is, and where something is missing */
  words: { skip: string; title: string; notSent: string; mend: string }
  /** whose page it is, and where else to write */
  foot: string[]
}

export type Row = { value: string; label: string; what: string; cost: string; chosen: boolean }
export type Field = { name: string; label: string; hint: string; value: string; rows: number }
export type Trouble = { field: string; says: string } | null
export type Person = { name: string; beneath: string }
export type Promised = {
  state: 'open' | 'soon' | 'overdue' | 'kept' | 'kept-late' | 'renegotiated' | 'broken' | 'released'
  theirs: boolean
  words: string
  by: string
}
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

export type Page = {
  frame: Frame
  heading: string
  lede: string[]
  /** what was chosen, as the row they chose */
  chosen: { label: string; what: string; cost: string } | null
  promises: Promised[]
  /** an answer they had from us, folded */
  read: { label: string; text: string } | null
  form: Form | null
  links: { label: string; address: string; primary: boolean }[]
  aside: { person: Person | null; sections: { title: string; words: string }[] }
}
