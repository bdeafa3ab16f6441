/** A page of the installation's own: its words made safe, and a person one step away. */
import type { Link } from './frame.ts'
import type { Presence } from './home.ts'

export type OwnPage = {
  is: 'own'
  heading: string
  /** of its words, which may be another than the page's */
  language: string
  rightToLeft: boolean
  /** safe markup */
  html: string
  contents: { label: string; links: Link[] } | null
  presence: Presence
}
