/** What a language tells the hints: how somebody is sent on, blamed, refused, labelled. Shapes only; a language may leave a rule out, and is then silent there. */

export type Tongue = {
  /** small words that say nothing about what a sentence is about, without accents */
  small: ReadonlySet<string>
  /** asks for help as such, and courtesies: no question that a reply must touch */
  courtesy: RegExp
  runaround: RegExp
  /** where what looks like it is none: "you can call us any time" */
  notRunaround?: RegExp
  blame: RegExp
  jargon: RegExp
  /** words of one sentence beyond which nobody reads on */
  longest: number
  badNews: RegExp
  /** a word from one person to another beside it */
  personal: RegExp
  no: RegExp
  alternative: RegExp
  /** of people in notes: what is found, and which gentler words fit (a key of the catalogue, `kindness:instead.…`) */
  labels: readonly { says: RegExp; instead: Instead }[]
}

export type Instead = 'effort' | 'mood' | 'sense' | 'honesty' | 'demand'

/** Marks that don't change the word, and cases. */
export const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0652\u0640]/g, '')
    .toLowerCase()

export const smallWords = (words: string): ReadonlySet<string> => new Set(bare(words).split(/\s+/).filter(Boolean))
